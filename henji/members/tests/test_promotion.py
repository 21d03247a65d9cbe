"""Staged rows become part of the record: what the trace commits to, and what if the record has moved."""

from datetime import date, timedelta

import pytest
from django.db import connection

from henji.evidence.models import Trace
from henji.lib import bulk
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


def indexes():
    """The indexes of the members' tables, as the database knows them."""
    with connection.cursor() as cursor:
        return {
            name
            for model in (Particulars, Membership)
            for name, kind in connection.introspection.get_constraints(cursor, model._meta.db_table).items()
            if kind["index"] or kind["unique"]
        }


def test_indexes_built_after_the_rows_are_the_same(import_rows, monkeypatch):
    usual = indexes()
    monkeypatch.setattr(bulk, "_WORTH_SORTING", 1)
    import_rows([LI, WANG])
    assert indexes() == usual
    assert {row.name for row in Particulars.objects.named("李")} == {"李会员"}


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


def test_the_preview_shows_what_changes_before_and_after(checked, import_rows, employ, township, at):
    employ("常山纺织", township=township)
    import_rows([LI, WANG])
    job = checked([(LI[0], LI[1], "13700000000", "常山纺织", "2015-05-01"), WANG, ("新会员", number_of(9))])
    (altered,) = roster.preview(job).altered
    told = [(str(change.label), change.before, change.after) for change in altered.changes]
    assert (altered.number, altered.name) == (2, "李会员")
    assert told == [
        ("手机号", "138****5678", "137****0000"),
        ("所属工会", "正定县总工会", "新安镇总工会"),
        ("工作单位", "—", "常山纺织"),
        ("入会日期", "2015-03-01", "2015-05-01"),
    ]


def test_who_comes_back_is_previewed_as_a_membership_of_its_own(checked, import_rows, at):
    import_rows([(*LI[:5], "转出", "2015-12-31")])
    job = checked([(*LI[:4], "2016-05-01")])
    (altered,) = roster.preview(job).altered
    assert [(str(change.label), change.before, change.after) for change in altered.changes] == [
        ("所属工会", "—", "正定县总工会"),
        ("入会日期", "—", "2016-05-01"),
    ]


def test_fifty_changes_are_previewed_by_as_many_queries_as_one(
    checked, import_rows, django_assert_max_num_queries
):
    import_rows([("李会员", number_of(serial)) for serial in range(1, 60)])
    job = checked([("李慧", number_of(serial)) for serial in range(1, 60)])
    with django_assert_max_num_queries(8):
        assert len(roster.preview(job).altered) == 50


def test_columns_that_were_not_recognised_are_named(checked):
    job = checked([("1", *LI[:2], "A", "13912345678")], heads=("序号", "姓名", "身份证号", "血型", "备 用"))
    assert job.remark == "没有认出这些列，不会导入：血型、备 用。"


def test_of_many_unknown_columns_the_first_are_named(checked):
    job = checked([LI[:2]], heads=("姓名", "身份证号", *(f"栏{n}" for n in range(12))))
    assert job.remark.endswith("栏6、栏7等 12 列。")


def test_indexes_stay_where_the_rows_are_refused(checked, confirmed, enrol, monkeypatch):
    job, usual = checked([LI, WANG]), indexes()
    enrol("李会员", serial=1)
    monkeypatch.setattr(bulk, "_WORTH_SORTING", 1)
    assert (confirmed(job).state, job.problem, indexes()) == (State.FAILED, MOVED, usual)
