"""Questions about members, over any past."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.lib import ids
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.models import Membership, Person
from henji.members.tests.rosters import number_of

DAY = date(2016, 6, 1)
days = st.dates(date(2015, 1, 1), date(2015, 12, 31))
#: Who (0 to 2), first day, last day; what each deed says.
histories = st.lists(st.tuples(st.integers(0, 2), st.none() | days, st.none() | days), min_size=1, max_size=8)


@dataclass(frozen=True)
class Believed:
    """What is believed of one person, without any database."""

    start_on: date | None
    end_on: date | None

    def is_member(self, day):
        """In force on the day."""
        return not (self.start_on and day < self.start_on) and not (self.end_on and day >= self.end_on)


@contextmanager
def undone():
    """Whatever is written inside has never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, asked=st.lists(days, min_size=3, max_size=3))
def test_any_past_day_can_be_asked_as_known_at_any_instant(
    history, asked, county, officer, actor, reach_of, at
):
    persons: dict[int, Person] = {}
    believed: dict[int, Believed] = {}
    snapshots = []
    with undone():
        for step, (who, start_on, end_on) in enumerate(history):
            now = at + timedelta(hours=step)
            signed = {"by": actor(officer), "at": now}
            try:
                if who in persons:
                    _correct(persons[who], start_on, end_on, signed)
                    believed[who] = Believed(start_on, end_on)
                else:
                    persons[who] = _enrol(county, who, start_on, signed)
                    believed[who] = Believed(start_on, None)
            except Refusal:
                pass
            snapshots.append((now, dict(believed)))
        for instant, then in [*snapshots, (None, believed)]:
            for day in asked:
                expected = sum(one.is_member(day) for one in then.values())
                assert queries.members_counted([county.pk], day, known_at=instant) == {county.pk: expected}
                wanted = queries.Wanted(county.pk, day, known_at=instant)
                assert len(queries.listed(reach_of(officer), wanted)) == expected


def _enrol(county, who, start_on, signed):
    number = number_of(who * 2 + 1)
    return commands.enrol(county=county, name="会员", identity=number, start_on=start_on, **signed)


def _correct(person, start_on, end_on, signed):
    seen = queries.card(person).seen
    commands.correct_person(
        person=person, seen=seen, name="会员", employer=None, start_on=start_on, end_on=end_on, **signed
    )


def test_counties_are_counted_in_one_query(enrol, county, neighbour, django_assert_num_queries):
    enrol()
    enrol(serial=3)
    enrol(serial=5, county=neighbour)
    with django_assert_num_queries(1):
        counted = queries.members_counted([county.pk, neighbour.pk, 99], DAY)
    assert counted == {county.pk: 2, neighbour.pk: 1, 99: 0}


def test_whoever_holds_two_memberships_on_a_day_counts_once(enrol, county, at):
    person = enrol()
    (held,) = person.memberships.all()
    told = {"county": county, "union": held.union, "made_by": held.made_by, "known_from": at}
    earlier = {"start_on": date(2000, 1, 1), "end_on": date(2016, 12, 1)}
    Membership.objects.create(person=person, line=ids.new(at), **told, **earlier)
    assert queries.members_on([county.pk], DAY).count() == 2
    assert queries.members_counted([county.pk], DAY) == {county.pk: 1}


def test_who_gave_no_joining_day_is_a_member_on_any_day_and_told_apart(enrol, county):
    enrol(start_on=None)
    enrol(serial=3)
    assert queries.members_counted([county.pk], date(1990, 1, 1)) == {county.pk: 1}
    assert queries.members_on([county.pk], DAY).get(start_on__isnull=True)


def test_a_number_of_another_county_is_not_found(enrol, county, neighbour):
    enrol(county=neighbour)
    assert queries.find_by_identity(county.pk, [number_of(1)]) == {}


def test_names_are_what_persons_are_called_now(enrol):
    person = enrol("李会员")
    assert queries.names_of([person.pk]) == {person.pk: "李会员"}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (number_of(1), number_of(1)),
        (f" {number_of(1)[:6]} {number_of(1)[6:]} ", number_of(1)),
        (number_of(1)[:6] + number_of(1)[8:17], number_of(1)),
        (number_of(1)[:17], ""),
        ("李会员", ""),
        ("", ""),
    ],
)
def test_a_whole_identity_number_is_recognised_among_words(words, number):
    assert queries.identity_in(words) == number


@pytest.fixture
def listed(county, reach_of, officer):
    """The names on the list that answers to what is wanted."""

    def listed(by=officer, **wanted):
        asked = queries.Wanted(county.pk, DAY, **wanted)
        rows = queries.listed(reach_of(by), asked)
        assert rows.count() == len(rows)
        return sorted(row.name for row in rows)

    return listed


def test_a_list_shows_what_is_wanted(listed, enrol, employ, township, import_rows):
    employer = employ(township=township)
    enrol("李会员", serial=1, employer=employer)
    enrol("李慧", serial=3, start_on=None)
    import_rows([("王会员", number_of(5), "", "没有的单位", "2015-01-01")])
    assert listed() == ["李会员", "李慧", "王会员"]
    assert listed(employer=employer) == listed(unions=(township,)) == ["李会员"]
    assert listed(missing="start") == ["李慧"]
    assert listed(missing="place") == ["王会员"]


def test_a_branch_sees_its_own_tree_only(listed, enrol, employ, township, branch_officer):
    enrol("李会员", serial=1, employer=employ(township=township))
    enrol("王会员", serial=3)
    assert listed(by=branch_officer) == ["李会员"]


def test_the_roll_counts_what_the_list_shows(listed, enrol, import_rows, county, reach_of, officer):
    enrol("李慧", serial=3, start_on=None)
    import_rows([("王会员", number_of(5), "", "没有的单位", "2015-01-01")])
    roll = queries.roll(reach_of(officer), county.pk, DAY)
    assert (roll.members, roll.unplaced, roll.undated) == (
        len(listed()),
        len(listed(missing="place")),
        len(listed(missing="start")),
    )
