"""小世界的会员卡: cards of each kind, made through commands when a test first asks for one."""

from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

from henji.lib.actors import INSTALLER
from henji.members import commands as members
from henji.members.cards import commands as cards
from henji.members.cards.models import Card, CardBatch
from henji.members.models import Particulars
from henji.members.queries import opened
from henji.members.tests.rosters import number_of, workbook_of
from henji.unions.models import Employer, Union
from henji.work.models import Job
from tests.cast import AT

DAY = AT.date()
SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class Cards:
    """会员卡 of the small world; the rest of it says where they belong and how a workbook is taken in."""

    county: Union

    @cached_property
    def employer(self) -> Employer:
        raise NotImplementedError

    @cached_property
    def card(self) -> Card:
        """A card that the bank has made, and nobody has been given yet."""
        return self.make_card(0)

    @cached_property
    def batch(self) -> CardBatch:
        """A batch whose file has not been made yet."""
        return self.make_batch(300)

    @cached_property
    def used_card(self) -> Card:
        """A card in its holder's hands."""
        return self._given(self.make_card(100))

    @cached_property
    def lost_card(self) -> Card:
        card = self._given(self.make_card(101))
        cards.lose(card=card, on=DAY, **SIGNED)
        return self.card_of(card)

    @cached_property
    def refused_card(self) -> Card:
        """A card that the bank did not want to make."""
        return self._answered(self._sent(102), "失败")

    def make_card(self, n: int) -> Card:
        """A card that waits for its holder."""
        return self._answered(self._sent(n), "成功")

    def make_batch(self, n: int) -> CardBatch:
        """A batch of one card, checked and not yet sent."""
        applied = self.make_application(n)
        batch = cards.check(county=self.county, cards=[applied], template="reference", **SIGNED).batch
        assert batch is not None
        return batch

    def make_application(self, n: int) -> Card:
        """An application of somebody for whom the bank has all that it needs."""
        person = members.enrol(
            county=self.county,
            name=f"钱会员{n}",
            identity=number_of(n, born="19860412"),
            phone=f"139{n:08d}",
            employer=self.employer,
            start_on=date(2015, 3, 1),
            **SIGNED,
        )
        agreed: dict[str, Any] = {"consent": "2016-1", "consented_on": DAY}
        (line,) = cards.apply(county=self.county, persons=[person.pk], **agreed, **SIGNED)
        return Card.objects.known().select_related("person", "county").get(line=line)

    def card_of(self, card: Card) -> Card:
        """The card as it is now."""
        return Card.objects.known().select_related("person", "county").get(line=card.line)

    def _sent(self, n: int) -> Card:
        batch = self.make_batch(n)
        cards.export(batch=batch, reason="送银行开卡", **SIGNED)
        return Card.objects.known().get(batch=batch)

    def _answered(self, card: Card, outcome: str) -> Card:
        held = Particulars.objects.known().get(person=card.person_id)
        number = opened(held)["identity"]
        row = (number, f"6222{int(number[6:17]):012d}" if outcome == "成功" else "", outcome)
        source = workbook_of([row], ("证件号码", "卡号", "处理结果"))
        params: dict[str, object] = {"batch": card.batch_id, "on": DAY.isoformat()}
        self._confirmed(self._checked("members.card_returns", source, "回盘.xlsx", params))
        return self.card_of(card)

    def _given(self, card: Card) -> Card:
        cards.hand_out(county=self.county, cards=[card], on=DAY, **SIGNED)
        return self.card_of(card)

    def _checked(self, kind: str, source: BytesIO, name: str, params: dict[str, object] | None = None) -> Job:
        raise NotImplementedError

    def _confirmed(self, job: Job) -> None:
        raise NotImplementedError
