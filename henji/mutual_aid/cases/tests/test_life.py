"""From the application to the file, and every way back."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.lib.actors import Actor
from henji.mutual_aid.cases import commands, queries, rules
from henji.mutual_aid.cases.models import (
    AidCaseVersion,
    CaseDoubt,
    Doubt,
    OrderState,
    PaymentOrder,
    Slot,
    State,
)
from henji.mutual_aid.cases.tests.conftest import CASHIER, CHAIR, CLERK, FIRST
from henji.mutual_aid.models import AidPayment
from henji.work.models import Duty
from henji.work.queries import open_duties

pytestmark = pytest.mark.django_db


def kinds(case):
    return set(CaseDoubt.objects.filter(case=case.case_id).values_list("kind", flat=True))


def owed(reach):
    return list(open_duties(reach).values_list("awaits", "by_on"))


def test_an_application_goes_from_the_desk_to_the_file(office):
    case = office.paid(1)
    assert case.state == State.PAID
    payment = AidPayment.objects.known().get()
    assert (payment.paid_yuan, payment.category, payment.person_id) == (
        Decimal(3000),
        "本人重大疾病",
        case.case.person_id,
    )
    case = commands.keep_receipt(case=case, on=office.at.date(), **office.by(CLERK))
    with pytest.raises(rules.PaperMissing):
        commands.file_away(case=case, on=office.at.date(), **office.by(CLERK))


def test_the_file_is_complete_when_the_form_is_in_it(office):
    case = office.apply(1)
    office.add_papers(case, b"form", Slot.FORM)
    case = office.visit(office.answer_all(office.now(case)))
    office.post(office.answer_all(case))
    office.decide(case)
    batch = office.batch(case)
    office.send(batch)
    office.take_in(batch)
    case = commands.keep_receipt(case=office.now(case), on=office.at.date(), **office.by(CLERK))
    case = commands.file_away(case=case, on=office.at.date(), **office.by(CLERK))
    assert (case.state, case.due_on) == (State.FILED, None)
    assert not Duty.objects.filter(over_by=None, subject_id=str(case.case_id)).exclude(
        awaits__in=("mutual_aid.case_receipt_kept", "mutual_aid.case_filed")
    )


def test_one_thing_is_owed_at_a_time_and_nothing_in_the_end(office, reach_of, officer):
    reach = reach_of(officer)
    case = office.apply(1)
    assert owed(reach) == [("mutual_aid.case_visited", date(2016, 3, 15))]
    office.visit(office.answer_all(case))
    assert [awaits for awaits, _by in owed(reach)] == ["mutual_aid.cases_posted"]
    office.post(office.answer_all(case))
    assert [awaits for awaits, _by in owed(reach)] == ["mutual_aid.cases_decided"]
    office.decide(case, choice="refuse")
    assert owed(reach) == []


def test_a_notice_is_at_least_as_long_as_the_scheme_asks(office):
    case = office.answer_all(office.visit(office.answer_all(office.apply(1))))
    told = {"county": office.county, "cases": [case], "phone": "0311-88012345", **office.by(CLERK)}
    monday = date(2016, 3, 7)
    with pytest.raises(rules.NoticeTooShort):
        commands.post(starts_on=monday, ends_on=date(2016, 3, 11), **told)
    assert commands.post(starts_on=monday, ends_on=date(2016, 3, 14), **told).ends_on == date(2016, 3, 14)


def test_nothing_is_approved_before_the_notice_is_over(office):
    case = office.visit(office.answer_all(office.apply(1)))
    notice = office.post(office.answer_all(case))
    decisions = [commands.Decision(office.now(case), commands.Choice.GRANT, Decimal(3000))]
    with pytest.raises(rules.NoticeRunning):
        commands.decide(
            county=office.county,
            name="会议",
            held_on=notice.ends_on,
            decisions=decisions,
            minutes=None,
            **office.by(CHAIR),
        )


def test_an_application_with_a_question_left_is_not_approved(office):
    case = office.visit(office.apply(1))
    assert case.open_doubts
    office.post(case)
    with pytest.raises(rules.DoubtOpen):
        office.decide(case)


def test_an_objection_stops_an_application_until_it_is_answered(office):
    case = office.visit(office.answer_all(office.apply(1)))
    notice = office.post(office.answer_all(case))
    told = {"words": "他家有商铺", "who": "", "on": notice.starts_on}
    objection = commands.hear_objection(case=office.now(case), **told, **office.by(CLERK))
    assert objection.is_anonymous
    with pytest.raises(rules.ObjectionOpen):
        office.decide(case)
    answer = {"objection": objection, "words": "已查实，商铺不是他家的", "on": notice.starts_on}
    commands.answer_objection(case=office.now(case), upheld=False, **answer, **office.by(CLERK))
    office.decide(case)
    assert office.now(case).state == State.APPROVED


def test_an_objection_that_holds_sends_the_application_back(office):
    case = office.visit(office.answer_all(office.apply(1)))
    notice = office.post(office.answer_all(case))
    told = {"words": "票据是别人的", "who": "邻居", "on": notice.starts_on}
    objection = commands.hear_objection(case=office.now(case), **told, **office.by(CLERK))
    answer = {"objection": objection, "words": "属实", "on": notice.starts_on}
    case = commands.answer_objection(case=office.now(case), upheld=True, **answer, **office.by(CLERK))
    assert (case.state, case.notice, case.open_objections) == (State.RETURNED, None, 0)


def test_what_was_sent_back_is_put_right_and_looked_through_anew(office):
    case = office.apply(1)
    case = commands.send_back(case=case, words="缺诊断证明", on=FIRST, **office.by(CLERK))
    assert queries.opened(case)["returned"] == "缺诊断证明"
    claim = office.claim(1, costs_yuan=Decimal(60000))
    case = commands.supplement(case=case, claim=claim, on=FIRST, **office.by(CLERK))
    assert (case.state, case.own_yuan, case.proposed_yuan) == (State.APPLIED, 35000, 5000)


def test_what_is_over_the_countys_limit_goes_on_to_the_city(office):
    case = office.apply(1, costs_yuan=Decimal(90000))
    case = office.answer_all(office.visit(office.answer_all(case), 8000))
    office.post(case)
    office.decide(case, amount=8000)
    case = office.now(case)
    assert case.state == State.REFERRED
    told = {"granted": True, "amount_yuan": Decimal(8000), "words": "", "on": case.moved_on}
    with pytest.raises(rules.OwnEntry):
        commands.record_city_decision(case=case, **told, **office.by(CLERK))
    assert commands.record_city_decision(case=case, **told, **office.by(CHAIR)).state == State.APPROVED


def test_more_than_was_put_on_notice_is_not_granted(office):
    case = office.visit(office.answer_all(office.apply(1)))
    office.post(office.answer_all(case))
    with pytest.raises(rules.BadGrant):
        office.decide(case, amount=3001)


def test_what_the_bank_could_not_pay_waits_with_the_reason_and_is_paid_again(office):
    first, second = office.approved(1), office.approved(2)
    batch = office.batch(first, second)
    office.send(batch)
    office.take_in(batch, {first.case_id: "失败"})
    assert [office.now(case).state for case in (first, second)] == [State.APPROVED, State.PAID]
    failed = PaymentOrder.objects.get(case=first.case_id)
    assert (failed.state, failed.reason) == (OrderState.FAILED, "户名不符")
    again = office.batch(first)
    office.send(again)
    office.take_in(again)
    assert office.now(first).state == State.PAID
    assert AidPayment.objects.known().count() == 2


def test_a_file_is_sent_once(office):
    batch = office.batch(office.approved(1))
    assert office.send(batch).name.endswith(".xlsx")
    with pytest.raises(rules.SentAlready):
        office.send(batch)


def test_the_same_answer_of_the_bank_twice_changes_nothing_the_second_time(office):
    batch = office.batch(office.approved(1))
    office.send(batch)
    office.take_in(batch)
    job = office.take_in(batch)
    assert (job.state, job.result["unchanged"]) == ("done", 1)
    assert AidPayment.objects.known().count() == 1


def test_a_cancelled_batch_can_be_formed_anew_and_its_file_goes_nowhere(office):
    case = office.approved(1)
    batch = office.batch(case)
    commands.cancel_batch(batch=batch, words="银行系统停机", **office.by(CASHIER))
    assert office.now(case).state == State.APPROVED
    with pytest.raises(rules.BatchCancelled):
        office.send(batch)
    again = office.batch(case)
    office.send(again)
    office.take_in(again)
    assert AidPayment.objects.known().count() == 1


def test_money_paid_on_false_papers_comes_back_in_parts(office):
    case, on = office.paid(1), office.at.date()
    case = commands.demand_back(case=case, words="发票是假的", on=on, **office.by(CHAIR))
    signed = office.by(CASHIER)
    case = commands.record_recovery(case=case, amount_yuan=Decimal(1000), on=on, **signed)
    assert case.state == State.RECOVERING
    with pytest.raises(rules.TooMuchBack):
        commands.record_recovery(case=case, amount_yuan=Decimal("2000.01"), on=on, **signed)
    case = commands.record_recovery(case=case, amount_yuan=Decimal(2000), on=on, **signed)
    assert (case.state, case.returned_yuan) == (State.RECOVERED, 3000)


def test_whoever_was_slower_is_told_so(office):
    seen = office.apply(1)
    commands.send_back(case=seen, words="缺材料", on=FIRST, **office.by(CLERK))
    with pytest.raises(Outdated):
        commands.refuse(case=seen, words="不符合条件", on=FIRST, **office.by(CHAIR))


def test_days_neither_run_backwards_nor_ahead(office):
    case = office.apply(1)
    told = {"case": case, "words": "不要了", **office.by(CLERK)}
    with pytest.raises(rules.OutOfOrder):
        commands.withdraw(on=FIRST - timedelta(days=1), **told)
    with pytest.raises(rules.InFuture):
        commands.withdraw(on=office.at.date() + timedelta(days=1), **told)
    assert commands.withdraw(on=FIRST, **told).state == State.WITHDRAWN


# -- questions ------------------------------------------------------------------------------------------


def test_the_same_matter_twice_is_asked_about(office):
    office.apply(1)
    assert Doubt.AGAIN in kinds(office.apply(1))
    assert Doubt.AGAIN not in kinds(office.apply(1, disease="心脏瓣膜置换术"))


def test_two_children_of_one_parent_are_asked_about(office):
    parent = {
        "category": "S4",
        "relation": "parent",
        "patient": "李老会员",
        "identity": office.claim(77).identity,
    }
    office.apply(1, **parent)
    assert Doubt.SIBLING in kinds(office.apply(2, **parent))


def test_the_account_of_another_applicant_is_asked_about(office):
    first = office.apply(1)
    assert Doubt.BANK not in kinds(first)
    assert {Doubt.BANK, Doubt.HOLDER} <= kinds(office.apply(2, card=office.claim(1).card, holder="别人"))


def test_bytes_that_another_application_holds_are_asked_about(office):
    first, second = office.apply(1), office.apply(2)
    office.add_papers(first, b"invoice 7")
    assert Doubt.INVOICE not in kinds(first)
    case = office.add_papers(second, b"invoice 7")
    assert Doubt.INVOICE in kinds(second)
    again = office.add_papers(second, b"invoice 7")
    assert (again.open_doubts, second.case.papers.count()) == (case.open_doubts, 1)


def test_a_wage_below_the_least_is_asked_about(office):
    assert Doubt.WAGE in kinds(office.apply(1, income="1200"))
    assert Doubt.WAGE not in kinds(office.apply(2, income="1210"))


def test_a_day_outside_the_aid_year_is_asked_about(office):
    case = office.apply(1, event_on=date(2015, 12, 31))
    assert "no_scheme" in {doubt.about for doubt in case.case.doubts.all()}


def test_more_than_the_scheme_gives_is_asked_about(office):
    assert Doubt.CEILING in kinds(office.visit(office.apply(1), 3001))


def test_papers_that_last_are_not_asked_for_again(office):
    office.add_papers(office.apply(1), b"me", Slot.IDENTITY)
    case = office.apply(1, disease="心脏瓣膜置换术")
    assert Slot.IDENTITY not in queries.needed(case, queries.slots_held(case.case))
    assert Slot.INVOICE in queries.needed(case, queries.slots_held(case.case))


# -- separation of duties -------------------------------------------------------------------------------


@pytest.mark.parametrize("entering", ["apply", "supplement", "papers", "visit"])
@pytest.mark.parametrize("approving", ["decide", "city"])
def test_nobody_approves_what_they_entered(office, entering, approving):
    somebody = Actor(990, "两头办", "干事")
    hands = dict.fromkeys(("apply", "supplement", "papers", "visit"), CLERK) | {entering: somebody}
    costs = {"costs_yuan": Decimal(90000)}
    case = office.apply(1, by=hands["apply"], **costs)
    case = commands.send_back(case=case, words="补材料", on=FIRST, **office.by(CLERK))
    claim = office.claim(1, **costs)
    case = commands.supplement(case=case, claim=claim, on=FIRST, **office.by(hands["supplement"]))
    handed = [commands.Handed(Slot.FORM, BytesIO(b"%PDF-1.7 form"), "application/pdf")]
    case = commands.add_papers(case=case, papers=handed, on=FIRST, **office.by(hands["papers"]))
    told = {"found": "属实", "proposed_yuan": Decimal(8000), "on": FIRST}
    case = commands.visit(case=office.answer_all(case), **told, **office.by(hands["visit"]))
    office.post(office.answer_all(case))
    if approving == "decide":
        with pytest.raises(rules.OwnEntry):
            office.decide(case, by=somebody, amount=8000)
        return
    office.decide(case, amount=8000)
    case = office.now(case)
    city = {"granted": True, "amount_yuan": Decimal(8000), "words": "", "on": case.moved_on}
    with pytest.raises(rules.OwnEntry):
        commands.record_city_decision(case=case, **city, **office.by(somebody))


@pytest.mark.parametrize("paying", ["form", "send", "take_in"])
def test_nobody_pays_what_they_approved(office, officer, actor, paying):
    somebody = actor(officer)
    case = office.visit(office.answer_all(office.apply(1)))
    office.post(office.answer_all(case))
    office.decide(case, by=somebody)
    if paying == "form":
        with pytest.raises(rules.OwnApproval):
            office.batch(case, by=somebody)
        return
    batch = office.batch(case)
    if paying == "send":
        with pytest.raises(rules.OwnApproval):
            office.send(batch, by=somebody)
        return
    office.send(batch)
    job = office.take_in(batch)
    assert (job.state, job.problem) == ("failed", "这里面有您自己审批的申请，支付要由别人来办")
    assert not AidPayment.objects.exists()


# -- what lies in the database --------------------------------------------------------------------------


def test_the_database_holds_neither_diagnosis_nor_account_in_clear(office):
    case = office.paid(1)
    commands.demand_back(case=case, words="恶性肿瘤的病历是假的", on=office.at.date(), **office.by(CHAIR))
    told = ("恶性肿瘤", office.claim(1).card, "县人民医院", office.claim(1).identity)
    with connection.cursor() as cursor:
        # The scheme and its words are everybody's.
        tables = set(connection.introspection.table_names()) - {"mutual_aid_publishedscheme"}
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            lying = str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor])
            for words in told:
                assert words not in lying, table
                assert str(words.encode())[2:-1] not in lying, table


def test_each_deed_leaves_one_trace_and_no_names(office):
    office.paid(1)
    for trace in Trace.objects.filter(deed__startswith="mutual_aid."):
        assert "李会员" not in str(trace.facts)


def test_a_version_of_an_application_stands_once(office):
    case = office.paid(1)
    assert AidCaseVersion.objects.known().filter(case=case.case_id).count() == 1
