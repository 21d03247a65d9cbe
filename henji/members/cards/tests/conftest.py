"""What the tests of cards share: members of a factory, and 王干事's hands."""

from datetime import date, timedelta

import pytest

from henji.members import queries as members
from henji.members.cards import commands, queries
from henji.members.cards.jobs import card_returns
from henji.members.cards.models import Card
from henji.members.tests.conftest import employ, enrol  # noqa: F401 - fixtures of the room
from henji.members.tests.rosters import number_of, workbook_of
from henji.work.intake import take_in

RETURN_HEADS = ("证件号码", "姓名", "卡号", "处理结果", "失败原因")


def card_number(serial: int) -> str:
    """A card number of nobody."""
    return f"6222{serial:012d}"


@pytest.fixture
def factory(employ, township):  # noqa: F811
    """常山纺织 of the township."""
    return employ(township=township)


@pytest.fixture
def hire(enrol, factory):  # noqa: F811
    """A member of the factory, with all that a card needs."""

    def hire(serial=1, **more):
        given = {"name": f"李会员{chr(0x4E00 + serial)}", "phone": f"138{serial:08d}", "employer": factory}
        return enrol(serial=serial, **given | more)

    return hire


class Office:
    """王干事 at the counter: each deed on the day after the one before."""

    def __init__(self, county, user, actor, at):
        self.county, self.user, self._actor, self.at = county, user, actor, at

    @property
    def signed(self):
        """Who signs, and when; every deed a day later."""
        self.at += timedelta(days=1)
        return {"by": self._actor(self.user), "at": self.at}

    @property
    def on(self):
        """Today."""
        return self.at.date()

    def apply(self, *people):
        signed = self.signed
        persons = [person.pk for person in people]
        told = {"consent": "2016-1", "consented_on": self.on, **signed}
        return commands.apply(county=self.county, persons=persons, **told)

    def check(self):
        cards = list(Card.objects.known().filter(state="applied").select_related("person"))
        return commands.check(county=self.county, cards=cards, template="reference", **self.signed)

    def send(self, *people):
        self.apply(*people)
        batch = self.check().batch
        commands.export(batch=batch, reason="送银行开卡", **self.signed)
        return batch

    def take_in(self, batch, rows, heads=RETURN_HEADS):
        signed = self.signed
        return take_in(
            card_returns,
            workbook_of(rows, heads),
            file_name="回盘.xlsx",
            county=self.county,
            asker=self.user,
            post="干事",
            at=signed["at"],
            params={"batch": batch.pk, "on": self.on.isoformat()},
        )

    def make(self, *people):
        batch = self.send(*people)
        numbers = {person.pk: number for person, number in zip(people, self.identities(people), strict=True)}
        rows = [(numbers[p.pk], "", card_number(n), "成功", "") for n, p in enumerate(people, start=1)]
        return self.take_in(batch, rows)

    def identities(self, holders):
        return [members.card(person).opened["identity"] for person in holders]

    def hand_out(self, *people):
        self.make(*people)
        signed = self.signed
        cards = [self.card(person) for person in people]
        commands.hand_out(county=self.county, cards=cards, on=self.on, **signed)
        return [self.card(person) for person in people]

    def step(self, command, card, **more):
        signed = self.signed
        return command(card=card, on=self.on, **more, **signed)

    def card(self, person):
        return queries.last_cards([person.pk])[person.pk]


@pytest.fixture
def office(county, officer, actor, at):
    """王干事 at the counter."""
    return Office(county, officer, actor, at)


@pytest.fixture
def day():
    """A day after all that the office does."""
    return date(2016, 12, 31)


__all__ = ["card_number", "number_of"]
