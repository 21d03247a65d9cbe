"""所属工会不同: a roster that names another union moves nobody; a person says whether, and on which day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from henji.evidence.models import Trace
from henji.members import commands
from henji.members.deeds import Deed
from henji.members.models import Answer, Doubt, Kind, Membership, Person, Stage, StagedMember, Transfer, Turn
from henji.members.rules import doubts, moving
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest
from henji.unions import commands as unions
from henji.work import jobs
from henji.work.models import Conflict, Verdict

HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期", "会籍状态", "变化日期")
MILL, BOARD = "常山纺织", "瑞信板材"


@pytest.fixture
def firms(county, employ, officer, actor, at):
    """Two employers, each with a union of its own."""
    found = {}
    for name in (MILL, BOARD):
        union = unions.found_union(
            name=f"{name}工会",
            level="primary",
            parent=county,
            founded_on=date(2000, 1, 1),
            by=actor(officer),
            at=at,
        )
        found[name] = employ(name, union=union)
    return found


@pytest.fixture
def row():
    """A row of 李会员, at one of the firms."""

    def row(unit, phone="13812345678", start="2009-10-28", standing="", left=""):
        return ("李会员", number_of(1), phone, unit, start, standing, left)

    return row


@pytest.fixture
def told(import_rows, firms, row, at):
    """Rosters that one after the other tell of 李会员, each a day later."""
    days = iter(range(1, 100))

    def told(unit, **more):
        return import_rows([row(unit, **more)], heads=HEADS, at=at + timedelta(days=next(days)))

    return told


@pytest.fixture
def signed(officer, actor, at):
    return {"by": actor(officer), "at": at + timedelta(days=50)}


def counts(job):
    assert job.result["read"] == job.result["imported"] + job.result["unchanged"] + job.result["rejected"]
    return tuple(job.result[name] for name in ("read", "imported", "unchanged", "rejected", "questions"))


def queue():
    return Doubt.objects.known().open().filter(kind=Kind.UNION)


def union_on(day):
    return Membership.objects.known().on(day).get().union.name


def test_a_roster_moves_nobody_and_asks(told, firms):
    told(MILL)
    job = told(BOARD, phone="13700000000", start="2015-01-01")
    assert counts(job) == (1, 1, 0, 0, 0)  # the phone is taken in
    assert job.trace.facts["disputed"] == 1
    for day in (date(2010, 1, 1), date(2016, 6, 1)):
        assert union_on(day) == "常山纺织工会"
    held, doubt = Membership.objects.get(), queue().get()
    assert held.start_on == date(2009, 10, 28)
    assert (doubt.from_union, doubt.to_union.name, doubt.employer) == (
        held.union,
        "瑞信板材工会",
        firms[BOARD],
    )
    again = told(BOARD, phone="13700000000", start="2015-01-01")
    assert counts(again) == (1, 0, 1, 0, 0)
    assert "disputed" not in again.trace.facts
    assert queue().get() == doubt


def test_the_review_says_it_in_one_sentence(told, hand_in, row, at):
    told(MILL)
    job = hand_in([row(BOARD)], heads=HEADS, at=at + timedelta(days=9))
    jobs.run_here(job)
    staged = StagedMember.objects.get(job=job)
    assert (staged.verdict, staged.conflict) == (Verdict.SAME, Conflict.UNION)
    assert staged.reason == (
        "现为“常山纺织工会”会员，名册写的是“瑞信板材工会”：请到“冲突待核”办转移，写明日期"
    )
    assert staged.field == "unit"


def test_two_unions_that_hand_in_in_turn_do_not_flip_a_person(told):
    for unit in (MILL, BOARD, MILL, BOARD, MILL):
        told(unit)
    assert (Membership.objects.count(), queue().count()) == (1, 1)
    assert union_on(date(2016, 6, 1)) == "常山纺织工会"


def test_moved_on_a_day_ends_one_membership_and_begins_another(told, firms, signed):
    told(MILL)
    told(BOARD)
    doubt = queue().get()
    move = {"doubt": doubt, "employer": firms[BOARD], **signed}
    with pytest.raises(moving.NotYetHappened):
        commands.settle_by_moving(**move, on=date(2017, 1, 1))
    with pytest.raises(moving.BeforeJoining):
        commands.settle_by_moving(**move, on=date(2009, 1, 1))
    with pytest.raises(moving.NotUnderReceiver):
        commands.settle_by_moving(**move | {"employer": firms[MILL]}, on=date(2014, 5, 1))
    commands.settle_by_moving(**move, on=date(2014, 5, 1))
    assert union_on(date(2014, 4, 30)) == "常山纺织工会"
    assert union_on(date(2014, 5, 1)) == "瑞信板材工会"
    held = Membership.objects.known().order_by("start_on")
    assert [(row.began_by, row.ended_by) for row in held] == [(Turn.JOINED, Turn.MOVED), (Turn.MOVED, "")]
    transfer = Transfer.objects.get()
    assert (transfer.stage, transfer.released_on) == (Stage.ACCEPTED, date(2014, 5, 1))
    assert Trace.objects.get(deed=Deed.ACCEPTED).facts["doubt"] == "union"
    assert not queue().exists()
    with pytest.raises(doubts.DoubtSettled):
        commands.settle_by_moving(**move, on=date(2014, 5, 2))
    settled = Doubt.objects.known().get()
    with pytest.raises(doubts.MovedSince):
        commands.reopen_doubt(doubt=settled, **signed)
    # The union that was left says so later: that ends nothing elsewhere.
    assert counts(told(MILL, standing="转出")) == (1, 0, 1, 0, 0)
    assert latest(Person.objects.get()).end_on is None
    # It says that it has him still: that is a question of its own.
    told(MILL, phone="13600000000")
    assert queue().get().to_union.name == "常山纺织工会"


def test_who_stays_is_not_asked_about_again(told, signed):
    told(MILL)
    told(BOARD)
    commands.settle_doubt(doubt=queue().get(), answer=Answer.STAYS, **signed)
    for phone in ("13812345678", "13700000000"):
        told(BOARD, phone=phone)
        assert not queue().exists()
    commands.reopen_doubt(doubt=Doubt.objects.known().get(), **signed)
    assert queue().count() == 1


def test_a_transfer_by_both_unions_answers_too(told, firms, signed):
    told(MILL)
    told(BOARD)
    person = Person.objects.get()
    to, on = firms[BOARD].home, date(2014, 5, 1)
    waiting = commands.release(person=person, seen=latest(person).pk, to=to, on=on, **signed)
    with pytest.raises(moving.InTransfer):
        commands.settle_by_moving(doubt=queue().get(), employer=None, on=on, **signed)
    commands.accept(transfer=waiting, employer=firms[BOARD], on=on, **signed)
    assert not queue().exists()


def test_what_is_no_other_union_changes_as_before(told, employ, firms):
    told(MILL)
    sister = employ("常山染厂", union=firms[MILL].union)
    assert counts(told("常山染厂")) == (1, 1, 0, 0, 0)
    assert latest(Person.objects.get()).employer == sister
    told("")
    job = told("没有的单位")
    assert counts(job) == (1, 0, 1, 0, 0)
    assert latest(Person.objects.get()).employer == sister
    assert not queue().exists()


def test_whose_employer_founds_a_union_has_not_moved(told, employ, firms, actor, officer, at):
    firm = employ("常山印染")
    told("常山印染")
    unions.organise(
        employer=firm,
        organised_on=date(2016, 6, 1),
        name="常山印染工会",
        by=actor(officer),
        at=at + timedelta(days=2),
    )
    assert counts(told("常山印染")) == (1, 1, 0, 0, 0)
    assert union_on(date(2016, 7, 1)) == "常山印染工会"
    assert not queue().exists()


def test_a_roster_completes_what_the_county_did_not_know(told):
    told("")
    assert counts(told("没有的单位")) == (1, 1, 0, 0, 1)
    assert counts(told(MILL)) == (1, 1, 0, 0, 0)
    assert union_on(date(2016, 6, 1)) == "常山纺织工会"
    assert not queue().exists()


def test_who_left_and_comes_back_elsewhere_gets_a_membership_of_its_own(told):
    told(MILL)
    told(BOARD, standing="退会", left="2012-01-05")
    assert union_on(date(2012, 1, 4)) == "常山纺织工会"
    assert latest(Person.objects.get()).end_on == date(2012, 1, 5)
    told(BOARD, start="2013-01-01")
    assert union_on(date(2011, 1, 1)) == "常山纺织工会"
    assert union_on(date(2014, 1, 1)) == "瑞信板材工会"
    assert not queue().exists()


def test_whoever_is_erased_is_asked_about_no_more(told, signed):
    told(MILL)
    told(BOARD)
    commands.erase_person(person=Person.objects.get(), reason="本人要求", **signed)
    assert not queue().exists()


def test_the_queue_settles_it(told, firms, officer, outsider, branch_officer, client_of):
    told(MILL)
    told(BOARD)
    doubt = queue().get()
    client = client_of(officer)
    page = client.get(reverse("members:doubt", args=[doubt.line])).content.decode()
    assert "常山纺织工会" in page
    assert "确实转了，办转移" in page
    address = reverse("members:settle_by_moving", args=[doubt.line])
    for stranger in (outsider, branch_officer):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(address, {"on": "2014-05-01"}).status_code == 404
    assert client.get(address).context["form"]["employer"].value() == firms[BOARD].pk
    refused = client.post(address, {"employer": firms[BOARD].pk, "on": "2030-05-01"})
    assert "还没有到" in str(refused.context["form"].errors["on"])
    assert client.post(address, {"employer": firms[BOARD].pk, "on": "2014-05-01"}).status_code == 302
    after = client.get(reverse("members:doubt", args=[doubt.line])).content.decode()
    assert "已核定：已转移" in after
    assert "撤回核定" not in after
