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


@pytest.fixture
def withdraw(officer, actor, at):
    """王干事 takes a placing back, two days after the import."""

    def withdraw(unplaced):
        return commands.withdraw_placing(unplaced=unplaced, by=actor(officer), at=at + timedelta(days=2))

    return withdraw


def test_a_placing_taken_back_lets_them_wait_again_and_keeps_the_history(
    asked, place, withdraw, employ, county
):
    employer = employ()
    place(asked, employer)
    withdraw(asked)
    waiting = Membership.objects.known().filter(unplaced=asked)
    assert {(row.union, row.employer, row.start_on) for row in waiting} == {
        (county, None, date(2015, 3, 1)),
        (county, None, None),
    }
    assert Membership.objects.filter(employer=employer, known_to__isnull=False).count() == 2
    placed, withdrawn = Trace.objects.of(asked).order_by("at")
    assert (withdrawn.supersedes, withdrawn.facts) == (placed, {"employer": employer.pk, "members": 2})
    assert withdrawn.rows_root == leaves.rows_root(withdrawn.pk).root
    assert leaves.rows_root(placed.pk).root == placed.rows_root


def test_it_is_owed_again_and_can_be_placed_rightly(
    asked, place, withdraw, employ, officer, reach_of, actor, at
):
    place(asked, employ("另一家公司"))
    withdraw(asked)
    owed = open_duties(reach_of(officer)).filter(subject_id=str(asked.pk))
    assert [duty.by_on for duty in owed] == [date(2016, 6, 18)]
    right = employ()
    commands.place(unplaced=asked, employer=right, by=actor(officer), at=at + timedelta(days=3))
    assert Membership.objects.known().filter(employer=right).count() == 2
    assert not owed.all().exists()


def test_who_was_corrected_by_hand_since_stays(asked, place, withdraw, employ, officer, actor, at):
    place(asked, employ())
    held = Membership.objects.known().filter(employer=asked.employer).first()
    card = queries.card(held.person)
    commands.correct_person(
        person=held.person,
        seen=card.seen,
        name=card.known.name,
        employer=employ("真正的单位"),
        start_on=held.start_on,
        end_on=None,
        by=actor(officer),
        at=at + timedelta(days=1),
    )
    withdraw(asked)
    assert queries.card(held.person).latest.where == "真正的单位"


def test_what_is_not_placed_is_not_taken_back(asked, place, withdraw, employ):
    with pytest.raises(rules.NotPlaced):
        withdraw(asked)
    place(asked, employ())
    stale = Unplaced.objects.get(pk=asked.pk)
    withdraw(asked)
    with pytest.raises(rules.NotPlaced):
        withdraw(stale)


def test_the_page_takes_it_back_and_the_list_finds_it(asked, place, employ, client_of, officer):
    place(asked, employ())
    browser = client_of(officer)
    assert browser.get("/members/unplaced/", {"placed": "yes"}).context["listing"].total == 1
    assert browser.get("/members/unplaced/").context["listing"].total == 1
    browser.post(f"/members/unplaced/{asked.pk}/withdraw/")
    assert browser.get("/members/unplaced/").context["listing"].total == 2


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
