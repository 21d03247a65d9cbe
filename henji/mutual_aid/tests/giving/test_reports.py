"""填报和受理: what an employer reports counts once the county says so, and nobody's gift counts twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.members.models import Membership
from henji.mutual_aid import rules as room
from henji.mutual_aid.giving import commands, queries, rules
from henji.mutual_aid.giving.commands.reporting import BY_LINK
from henji.mutual_aid.giving.models import Report
from henji.mutual_aid.models import Donation


@pytest.fixture
def people(enrol):
    """Three new members of the mill."""
    return [enrol(name, n, start_on=date(2016, 6, 1)) for n, name in enumerate(("甲一", "乙二", "丙三"), 1)]


@pytest.fixture
def made(desk, people):
    """The lists have been made."""
    desk.make()
    return desk


def given(drive):
    return dict(Donation.objects.known().filter(drive=drive).values_list("person", "amount_yuan"))


def test_a_report_counts_once_it_is_accepted(made, people, mill, drive):
    report = made.report(mill, {people[0]: 50, people[1]: "100.50"})
    assert given(drive) == {}
    accepted = made.accept(report)
    assert (accepted.gifts, accepted.amount_yuan, accepted.left_out) == (2, Decimal("150.50"), 0)
    assert given(drive) == {people[0].pk: 50, people[1].pk: Decimal("150.50") - 50}
    gift = Donation.objects.known().first()
    assert (gift.employer_id, gift.given_on, gift.dated) == (mill.pk, date(2016, 12, 1), True)
    trace = Trace.objects.get(deed="mutual_aid.reports_accepted")
    assert (trace.rows_count, trace.facts["amount_yuan"]) == (2, "150.50")


def test_a_report_is_replaced_by_the_next_and_only_that_one_is_accepted(made, people, mill, drive):
    first = made.report(mill, {people[0]: 50})
    second = made.report(mill, {people[1]: 30}, seen=first.pk)
    with pytest.raises(rules.ReportMoved):
        made.accept(first)
    made.accept(second)
    assert given(drive) == {people[1].pk: 30}


def test_who_did_not_see_the_report_that_lies_there_is_told(made, people, mill):
    made.report(mill, {people[0]: 50})
    with pytest.raises(rules.ReportMoved):
        made.report(mill, {people[1]: 30})
    assert Report.objects.open().get().people == 1


def test_who_gave_meanwhile_is_left_out_and_told_of(made, people, mill, drive, give):
    report = made.report(mill, {people[0]: 50, people[1]: 30})
    give(people[0], "80")
    accepted = made.accept(report)
    assert (accepted.gifts, accepted.left_out) == (1, 1)
    assert given(drive) == {people[0].pk: 80, people[1].pk: 30}


def test_two_employers_that_report_one_person_add_one_gift(made, people, mill, employ, drive, enrol):
    woodwork = employ("新安木器厂")
    made.make()
    other = made.report(mill, {people[0]: 50})
    # 甲一 moves; the other employer reports the same gift.
    _move(people[0], woodwork)
    made.make()
    again = made.report(woodwork, {people[0]: 50})
    accepted = made.accept(other, again)
    assert (accepted.gifts, accepted.left_out) == (1, 1)
    assert given(drive) == {people[0].pk: 50}


def _move(person, employer):
    Membership.objects.known().filter(person=person).update(employer=employer)


def test_who_gave_already_cannot_be_reported_again(made, people, mill, give):
    give(people[0])
    with pytest.raises(rules.NotOnTheRoll):
        made.report(mill, {people[0]: 50})


def test_who_works_elsewhere_cannot_be_reported(made, people, mill, enrol, employ):
    stranger = enrol("丁四", 9, employer=employ("别家"))
    with pytest.raises(rules.NotOnTheRoll):
        made.report(mill, {stranger: 50})


def test_who_gives_without_standing_on_the_list_is_put_on_it(made, mill, enrol, drive):
    late = enrol("晚来", 9)
    assert late.pk not in made.listed()
    made.accept(made.report(mill, {late: 20}))
    assert made.listed(mill)[late.pk] == "added"
    assert made.make().ended == 0


@pytest.mark.parametrize(
    ("gifts", "on", "refusal"),
    [
        ({}, date(2016, 12, 1), rules.NobodyTicked),
        ({0: 0}, date(2016, 12, 1), room.BadAmount),
        ({0: "-5"}, date(2016, 12, 1), room.BadAmount),
        ({0: "1.005"}, date(2016, 12, 1), room.BadAmount),
        ({0: 50}, date(2017, 2, 1), room.NotYetHappened),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_leaves_nothing(made, people, mill, gifts, on, refusal):
    before = Trace.objects.count()
    with pytest.raises(refusal):
        made.report(mill, {people[n]: yuan for n, yuan in gifts.items()}, on=on)
    assert (Report.objects.count(), Trace.objects.count()) == (0, before)


def test_a_report_that_was_returned_says_why_and_cannot_be_accepted(made, people, mill, signed):
    report = made.report(mill, {people[0]: 50})
    commands.return_report(report=report, reason="金额和回单不符", **signed)
    with pytest.raises(rules.ReportMoved):
        made.accept(report)
    last = queries.reports_of(made.roll(mill)).first()
    assert last.settled_by.words.text == "金额和回单不符"
    with pytest.raises(rules.ReportMoved):
        commands.return_report(report=report, reason="再退", **signed)


def test_the_total_of_a_list_stays_open_until_the_slip_equals_it(made, people, mill, signed):
    made.accept(made.report(mill, {people[0]: 50, people[1]: 30}))
    roll = made.roll(mill)
    assert queries.balance_of(roll).owing_yuan == 80
    made.pay(mill, 60)
    assert queries.balance_of(roll).owing_yuan == 20
    made.pay(mill, 30, number="回2")
    assert queries.balance_of(roll).owing_yuan == -10
    (listed,) = queries.balances_of(type(roll).objects.filter(pk=roll.pk))
    assert (listed.given_yuan, listed.paid_yuan, listed.owing_yuan) == (80, 90, -10)
    slip = roll.slips.known().get(number="回2")
    commands.withdraw_slip(slip=slip, reason="记错单位", **signed)
    assert queries.balance_of(roll).owing_yuan == 20


def test_a_slips_number_is_used_once(made, mill):
    made.pay(mill, 50)
    with pytest.raises(rules.SlipTaken):
        made.pay(mill, 50)


# -- links -------------------------------------------------------------------------------------------


def test_each_use_of_a_link_leaves_a_trace_that_names_it(made, people, mill, at):
    link = made.link(mill)
    commands.open_link(link=link, by=BY_LINK, at=at)
    made.report(mill, {people[0]: 50}, link=link)
    uses = Trace.objects.of(link)
    assert {(trace.deed, trace.by_id, trace.facts["link"]) for trace in uses} == {
        ("mutual_aid.roll_opened", 0, str(link.pk)),
        ("mutual_aid.gifts_reported", 0, str(link.pk)),
    }


def test_a_link_that_ended_or_was_revoked_opens_nothing(made, people, mill, at, signed):
    link = made.link(mill, days=1)
    by = BY_LINK
    with pytest.raises(rules.LinkEnded):
        commands.open_link(link=link, by=by, at=at + timedelta(days=1))
    commands.open_link(link=link, by=by, at=at + timedelta(hours=23))
    commands.revoke_link(link=link, **signed)
    for use in (
        lambda: commands.open_link(link=link, by=by, at=at),
        lambda: made.report(mill, {people[0]: 50}, link=link),
        lambda: commands.revoke_link(link=link, **signed),
    ):
        with pytest.raises(rules.LinkEnded):
            use()


def test_a_new_link_ends_the_one_before(made, mill, at):
    first, second = made.link(mill), made.link(mill)
    with pytest.raises(rules.LinkEnded):
        commands.open_link(link=first, by=BY_LINK, at=at)
    commands.open_link(link=second, by=BY_LINK, at=at)


def test_a_link_is_not_used_more_often_than_careful_people_do(made, mill, at, monkeypatch):
    monkeypatch.setattr(rules, "USES", 2)
    link, by = made.link(mill), BY_LINK
    for _time in range(2):
        commands.open_link(link=link, by=by, at=at)
    with pytest.raises(rules.TooOften):
        commands.open_link(link=link, by=by, at=at)
    commands.open_link(link=link, by=by, at=at + timedelta(hours=1))


# -- receipts ----------------------------------------------------------------------------------------


def test_receipts_are_numbered_without_gaps_and_keep_their_numbers(made, mill, signed):
    slips = [made.pay(mill, 50, number=f"回{n}") for n in range(3)]
    receipts = [made.receipt(slip) for slip in slips]
    assert [receipt.name for receipt in receipts] == ["2017-000001", "2017-000002", "2017-000003"]
    commands.cancel_receipt(receipt=receipts[1], reason="写错", **signed)
    again = made.receipt(slips[1])
    assert again.name == "2017-000004"
    with pytest.raises(rules.ReceiptGone):
        commands.cancel_receipt(receipt=receipts[1], reason="再废", **signed)
    with pytest.raises(rules.ReceiptStands):
        made.receipt(slips[0])


def test_a_slip_with_a_good_receipt_is_not_withdrawn(made, mill, signed):
    slip = made.pay(mill, 50)
    receipt = made.receipt(slip)
    with pytest.raises(rules.ReceiptStands):
        commands.withdraw_slip(slip=slip, reason="错", **signed)
    commands.cancel_receipt(receipt=receipt, reason="错", **signed)
    commands.withdraw_slip(slip=slip, reason="错", **signed)
    with pytest.raises(rules.SlipGone):
        made.receipt(slip)


def test_numbers_begin_anew_each_year_and_in_each_county(made, mill, at, signed):
    first, second = made.pay(mill, 50), made.pay(mill, 60, number="回2")
    made.receipt(first)
    later = signed | {"at": at.replace(year=2018)}
    assert commands.issue_receipt(slip=second, **later).name == "2018-000001"


def test_names_are_masked_where_they_stay_apart_all_the_same():
    names = {1: "赵晓明", 2: "赵大明", 3: "王芳", 4: "欧阳小红", 5: "王五", 6: "李", 7: ""}
    assert rules.masked(names) == {
        1: "赵晓明",
        2: "赵大明",
        3: "王芳",
        4: "欧**红",
        5: "王五",
        6: "李",
        7: "",
    }
    assert rules.masked({1: "赵晓明", 2: "王芳"}) == {1: "赵*明", 2: "王*"}
