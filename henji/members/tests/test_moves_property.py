"""随意变动: whatever is done in whatever order, nobody is in two unions on one day."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.accounts.models import User
from henji.lib.actors import INSTALLER
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.jobs import roster
from henji.members.models import Membership, Person, Standing, Transfer, Turn
from henji.members.tests.rosters import number_of, workbook_of
from henji.members.tests.turns import latest
from henji.unions.models import Union
from henji.work.intake import take_in
from henji.work.models import State

#: So many days before today the story begins.
DAYS = 40
ENDINGS = (Turn.LEFT, Turn.EXPELLED, Turn.DIED)


@dataclass
class Story:
    """Two people whose memberships turn this way and that; what the rules refuse does not happen."""

    unions: tuple[Union, ...]
    at: datetime
    officer: User
    persons: list[Person] = field(default_factory=list)

    def happens(self, deed: str, who: int, day: int, which: int) -> None:
        self.at += timedelta(minutes=5)
        with suppress(Refusal), transaction.atomic():
            getattr(self, deed)(self.persons[who], self.at.date() - timedelta(days=day), which)

    @property
    def signed(self) -> dict[str, Any]:
        return {"by": INSTALLER, "at": self.at}

    def turn(self, person: Person) -> dict[str, Any]:
        person.refresh_from_db()
        return {"person": person, "seen": latest(person).pk, **self.signed}

    def ends(self, person: Person, on: date, which: int) -> None:
        ending = ENDINGS[which % len(ENDINGS)]
        commands.end_membership(**self.turn(person), ending=ending, on=on, reason="说明原因")

    def is_kept(self, person: Person, on: date, which: int) -> None:
        standing = Standing.values[which % len(Standing.values)]
        commands.change_standing(**self.turn(person), standing=standing, on=on)

    def comes_back(self, person: Person, on: date, which: int) -> None:
        commands.rejoin(**self.turn(person), employer=None, on=on)

    def is_taken_back(self, person: Person, on: date, which: int) -> None:
        commands.withdraw_turn(**self.turn(person), reason="登记错了")

    def is_released(self, person: Person, on: date, which: int) -> None:
        commands.release(**self.turn(person), to=self.unions[which % len(self.unions)], on=on)

    def is_accepted(self, person: Person, on: date, which: int) -> None:
        for transfer in Transfer.objects.known().filter(person=person).select_related("to_union"):
            with suppress(Refusal), transaction.atomic():
                commands.accept(transfer=transfer, employer=None, on=on, **self.signed)

    def is_refused(self, person: Person, on: date, which: int) -> None:
        deed = (commands.refuse, commands.withdraw_release)[which % 2]
        for transfer in Transfer.objects.known().open().filter(person=person):
            deed(transfer=transfer, reason="不来", **self.signed)

    def is_corrected(self, person: Person, on: date, which: int) -> None:
        turn = self.turn(person)
        card = queries.card(person)
        turn |= {"seen": card.seen, "end_on": None if which % 2 else on + timedelta(days=which)}
        commands.correct_person(**turn, name="李会员", employer=None, start_on=on)

    def is_on_a_roster(self, person: Person, on: date, which: int) -> None:
        """A roster of the county; whatever it says, nobody was elsewhere on a day than the record says."""
        named = ("", *(union.name for union in self.unions), "没有的单位")[which % 5]
        told = {"standing": "退会" if which % 3 == 2 else "", "left_on": on if which % 3 == 2 else ""}
        start = "" if which % 2 else on
        identity = number_of(1 + self.persons.index(person))
        rows = [("李会员", identity, "", named, start, told["standing"], told["left_on"])]
        before = self.known_places(person)
        found: dict[str, Any] = {
            "county": self.unions[0],
            "asker": self.officer,
            "post": "干事",
            "at": self.at,
        }
        job = take_in(roster, workbook_of(rows), file_name="花名册.xlsx", **found)
        assert job.state == State.DONE, job.problem
        after = places(person)
        for day, union in before.items():
            assert after.get(day, union) == union, (day, union, after[day])

    def known_places(self, person: Person) -> dict[date, int]:
        """All but the county's: a roster may tell where in the county somebody is."""
        return {day: union for day, union in places(person).items() if union != self.unions[0].pk}


def places(person: Person) -> dict[date, int]:
    """In which union somebody is on each of the days of the story."""
    held = list(Membership.objects.known().filter(person=person))
    days = [date(2016, 6, 1) - timedelta(days=n) for n in range(-2, DAYS + 3)]
    return {day: row.union_id for day in days for row in held if is_in_force(row, day)}


def is_in_force(row: Membership, day: date) -> bool:
    """What `MembershipQuerySet.on` asks of a database, told once more."""
    return (row.start_on is None or row.start_on <= day) and (row.end_on is None or row.end_on > day)


DEEDS = st.tuples(
    st.sampled_from([name for name in vars(Story) if name.startswith(("is_", "ends", "comes"))]),
    st.integers(0, 1),
    st.integers(0, DAYS),
    st.integers(0, 11),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(DEEDS, max_size=25))
def test_nobody_is_in_two_unions_on_one_day(story, county, neighbour, township, officer, at):
    with transaction.atomic():
        told = Story((county, township, neighbour), at, officer)
        told.persons = [
            commands.enrol(
                county=county,
                name="李会员",
                identity=number_of(serial),
                start_on=at.date() - timedelta(days=DAYS),
                **told.signed,
            )
            for serial in (1, 2)
        ]
        for deed in story:
            told.happens(*deed)
        for person in told.persons:
            held = list(Membership.objects.known().filter(person=person))
            for days in range(-2, DAYS + 3):
                there = [row for row in held if is_in_force(row, at.date() - timedelta(days=days))]
                assert len(there) <= 1, (person, days, there)
        transaction.set_rollback(True)
