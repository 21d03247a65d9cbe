"""Staged rows become part of the record: what the trace commits to, and what if the record has moved."""

from datetime import date, timedelta

import pytest

from henji.evidence.models import Trace
from henji.members import commands, leaves, queries
from henji.members.jobs import roster
from henji.members.models import Membership, Particulars, Person, StagedMember, Unplaced
from henji.members.tests.rosters import number_of
from henji.work import jobs
from henji.work.models import State, Verdict

LI = ("李会员", number_of(1), "13812345678", "", "2015-03-01")
WANG = ("王会员", number_of(3), "13912345678", "", "2015-04-01")
MOVED = "检查之后数据有变动，请重新检查"


def test_the_root_comes_out_the_same_from_the_living_rows(import_rows, at, employ):
    employ("常山纺织")
    first = import_rows([LI, WANG, ("赵会员", number_of(5), "", "没有的", "", "转出")])
    second = import_rows([(*LI[:3], "常山纺织"), ("王惠", number_of(3))], at=at + timedelta(days=1))
    for job in (first, second):
        trace = Trace.objects.get(pk=job.trace_id)
        living = leaves.rows_root(trace.pk)
        assert (living.count, living.root) == (trace.rows_count, trace.rows_root)


def test_the_root_still_verifies_when_a_persons_key_is_destroyed(import_rows):
    job = import_rows([LI, WANG])
    Person.objects.update(key=None)
    trace = Trace.objects.get(pk=job.trace_id)
    assert leaves.rows_root(trace.pk).root == trace.rows_root
    assert all(queries.opened(row) == {} for row in Particulars.objects.select_related("person"))


def test_the_root_tells_when_a_row_was_altered(import_rows):
    job = import_rows([LI, WANG])
    Membership.objects.filter(start_on=date(2015, 3, 1)).update(start_on=date(2015, 3, 2))
    trace = Trace.objects.get(pk=job.trace_id)
    assert leaves.rows_root(trace.pk).root != trace.rows_root


# -- when the record moves between check and promotion ---------------------------------------------


@pytest.fixture
def checked(hand_in):
    """A roster that has been checked and waits for a yes."""

    def checked(rows, **more):
        job = hand_in(rows, **more)
        jobs.run_here(job)
        assert job.state == State.READY
        return job

    return checked


@pytest.fixture
def confirmed(officer):
    """Say yes, and see how it ends."""

    def confirmed(job):
        jobs.say_yes(job, asker=officer, post="干事")
        jobs.run_here(job)
        return job

    return confirmed


def test_somebody_enrolled_meanwhile_is_not_enrolled_twice(checked, confirmed, enrol):
    job = checked([LI, WANG])
    enrol("李会员", serial=1)
    assert (confirmed(job).state, job.problem) == (State.FAILED, MOVED)
    assert Person.objects.count() == 1


def test_a_correction_made_meanwhile_is_not_overwritten(checked, confirmed, enrol, officer, actor, at):
    person = enrol(phone="13800000000")
    job = checked([LI])
    card = queries.card(person)
    commands.correct_person(
        person=person,
        seen=card.seen,
        name="李会员",
        phone="13711112222",
        employer=None,
        start_on=card.latest.start_on,
        end_on=None,
        by=actor(officer),
        at=at + timedelta(minutes=5),
    )
    assert (confirmed(job).state, job.problem) == (State.FAILED, MOVED)
    assert queries.card(person).opened["phone"] == "13711112222"


def test_an_employer_registered_meanwhile_makes_the_check_stale(checked, confirmed, employ):
    job = checked([(*LI[:3], "没有的单位", LI[4])])
    employ("没有的单位")
    assert (confirmed(job).state, job.problem) == (State.FAILED, MOVED)
    assert not Unplaced.objects.exists()


def test_a_stale_check_can_be_made_again(checked, confirmed, enrol):
    job = checked([LI, WANG])
    enrol("李会员", serial=1, phone="13812345678")
    confirmed(job)
    jobs.again(job)
    jobs.run_here(job)
    assert confirmed(job).state == State.DONE
    assert Person.objects.count() == 2


def test_nothing_staged_stays_behind_but_what_came_back(checked, confirmed):
    job = checked([LI, ("", number_of(7))])
    confirmed(job)
    assert [row.verdict for row in StagedMember.objects.all()] == [Verdict.REJECTED]


def test_the_preview_shows_how_rows_would_be_taken_in(checked):
    job = checked([LI, ("", number_of(7))])
    preview = roster.preview(job)
    assert [row[2] for row in preview.sample] == ["李会员"]
    assert [row.label for row in preview.rejected] == ["姓名"]


def test_the_same_roster_again_does_not_undo_what_was_corrected_by_hand(import_rows, officer, actor, at):
    import_rows([LI])
    person = Person.objects.get()
    commands.correct_person(
        person=person,
        seen=queries.card(person).seen,
        name="李会圆",
        employer=None,
        start_on=date(2015, 4, 1),
        end_on=None,
        by=actor(officer),
        at=at + timedelta(days=1),
    )
    job = import_rows([LI], at=at + timedelta(days=2))
    assert (job.result["imported"], job.result["unchanged"]) == (0, 1)
    assert Particulars.objects.known().get().name == "李会圆"
    assert Membership.objects.known().get().start_on == date(2015, 4, 1)
