"""Saying which employer a roster's name meant."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.members import commands, leaves, queries, rules
from henji.members.deeds import Deed
from henji.members.models import Membership, Unplaced
from henji.members.tests.rosters import number_of
from henji.work.queries import open_duties

ROWS = [
    ("李会员", number_of(1), "", "常山纺织", "2015-03-01"),
    ("王会员", number_of(3), "", "常山纺织", ""),
    ("张会员", number_of(5), "", "另一家", "2015-03-01"),
]


@pytest.fixture
def asked(import_rows):
    """A name that the records do not hold, with two members under it."""
    import_rows(ROWS)
    return Unplaced.objects.get(name="常山纺织")


@pytest.fixture
def place(officer, actor, at):
    """王干事 places a name, a day after the import."""

    def place(unplaced, employer):
        return commands.place(
            unplaced=unplaced, employer=employer, by=actor(officer), at=at + timedelta(days=1)
        )

    return place


def test_all_who_wait_under_the_name_follow(asked, place, employ, township):
    employer = employ(township=township)
    place(asked, employer)
    held = Membership.objects.known().filter(employer=employer)
    assert held.count() == 2
    assert {row.union for row in held} == {township}
    assert {row.start_on for row in held} == {date(2015, 3, 1), None}
    assert Membership.objects.known().filter(unplaced__isnull=False).count() == 1


def test_one_trace_commits_to_every_row(asked, place, employ):
    employer = employ()
    place(asked, employer)
    trace = Trace.objects.of(asked).get()
    assert (trace.deed, trace.facts) == (Deed.PLACED, {"employer": employer.pk, "members": 2})
    assert (trace.rows_count, trace.rows_root) == (2, leaves.rows_root(trace.pk).root)


def test_the_next_roster_follows_the_placement(asked, place, employ, import_rows, at):
    place(asked, employ())
    job = import_rows(ROWS, at=at + timedelta(days=2))
    assert (job.result["imported"], job.result["unchanged"], job.result["questions"]) == (0, 3, 0)


def test_a_placement_is_owed_within_fifteen_days_and_done_by_placing(asked, place, employ, officer, reach_of):
    owed = open_duties(reach_of(officer)).filter(subject_id=str(asked.pk))
    assert [duty.by_on for duty in owed] == [date(2016, 6, 16)]
    place(asked, employ())
    assert not owed.all().exists()


def test_a_name_is_placed_once(asked, place, employ):
    place(asked, employ())
    stale = Unplaced.objects.get(pk=asked.pk)
    with pytest.raises(rules.PlacedAlready):
        place(stale, employ("另一家公司"))


def test_another_countys_employer_is_refused(asked, place, employ, neighbour):
    with pytest.raises(rules.NotInCounty):
        place(asked, employ(county=neighbour))


def test_employers_of_like_names_are_proposed(asked, employ):
    employ("正定县常山纺织有限公司")
    employ("正定县飞飞纺织有限公司")
    assert [employer.name for employer in queries.employers_like(asked)] == ["正定县常山纺织有限公司"]
