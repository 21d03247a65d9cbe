"""保留会籍 in a roster: whose membership is kept is told apart, and nothing undoes it but a person."""

from datetime import timedelta

import pytest

from henji.members import commands, queries
from henji.members.jobs import roster
from henji.members.models import Membership, Standing
from henji.members.rules import kept_standing
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest
from henji.work import jobs


def row(standing, serial=1):
    return ("李会员", number_of(serial), "", "", "2015-03-01", standing, "")


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ("退休保留会籍", "retired"),
        ("保留会籍（离休）", "retired"),
        ("失业保留", "unemployed"),
        ("下岗，保留会籍", "unemployed"),
        ("保留会籍", "kept"),
        ("正常", ""),
        ("在职", ""),
        ("", ""),
    ],
)
def test_what_a_roster_calls_it(told, standing):
    assert kept_standing(told) == standing


def test_a_membership_begins_in_the_standing_that_the_roster_tells(import_rows):
    import_rows([row("退休保留会籍"), row("正常", 3), row("", 5)])
    held = Membership.objects.order_by("source_row").values_list("standing", flat=True)
    assert list(held) == [Standing.RETIRED, Standing.WORKING, Standing.WORKING]


def test_whose_membership_is_kept_from_now_on_is_a_change_that_is_shown(import_rows, hand_in, at):
    import_rows([row("正常")])
    job = hand_in([row("失业保留会籍")], at=at + timedelta(days=1))
    jobs.run_here(job)
    (altered,) = roster.altered(list(roster.rows_of(job)))
    assert [(change.label, change.before, change.after) for change in altered.changes] == [
        ("会籍状态", "—", "失业保留会籍")
    ]
    jobs.say_yes(job, asker=job.asker, post="干事")
    jobs.run_here(job)
    (held,) = Membership.objects.known()
    assert (held.standing, held.source_row) == (Standing.UNEMPLOYED, 2)
    assert Membership.objects.count() == 2


def test_the_same_again_changes_nothing(import_rows, at):
    import_rows([row("保留会籍")])
    again = import_rows([row("保留会籍")], at=at + timedelta(days=1))
    assert again.result["unchanged"] == 1


def test_a_roster_that_says_nothing_of_it_leaves_it_as_it_is(import_rows, at, officer, actor):
    import_rows([row("")])
    (person,) = [one.person for one in Membership.objects.known()]
    signed = {"by": actor(officer), "at": at + timedelta(days=1)}
    day = (at + timedelta(days=1)).date()
    commands.change_standing(person=person, seen=latest(person).pk, standing="retired", on=day, **signed)
    later = ("李会员", number_of(1), "13800001234", "", "", "正常", "")
    job = import_rows([later], at=at + timedelta(days=2))
    assert job.result["changed"] == 1
    assert latest(person).standing == Standing.RETIRED
    assert queries.card(person).opened["phone"] == "13800001234"
