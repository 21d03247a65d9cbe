"""Random deeds in random order: states only as drawn, nobody paid twice or without a grant."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, queries, rules
from henji.mutual_aid.cases.models import (
    GRANTED,
    PAID_OUT,
    AidCase,
    AidCaseVersion,
    CaseDoubt,
    Objection,
    PaymentBatch,
    PaymentOrder,
    State,
)
from henji.mutual_aid.cases.tests.conftest import CASHIER, CHAIR, CLERK
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.models import AidPayment

NTH = st.integers(0, 2)
PEOPLE = st.sampled_from((CLERK, CHAIR, CASHIER))


def _one(command, **told):
    return lambda office, case, by: command(case=case, on=case.moved_on, **told, **office.by(by))


def _answer(office, case, by):
    asked = next(asked for asked in queries.doubts_of(case.case) if asked.is_open)
    told = {"doubt": asked.doubt, "words": "已核实", "on": case.moved_on}
    commands.answer_doubt(case=case, **told, **office.by(by))


def _answer_objection(office, case, by):
    held = next(held for held in queries.objections_of(case.case) if held.is_open)
    told = {"objection": held.objection, "upheld": False, "words": "不实", "on": case.moved_on}
    commands.answer_objection(case=case, **told, **office.by(by))


def _supplement(office, case, by):
    told = {"claim": queries.claim_of(case), "on": case.moved_on}
    commands.supplement(case=case, **told, **office.by(by))


def _decide(office, case, by, choice="grant", days=1):
    last = case.notice.ends_on if case.notice else case.moved_on
    commands.decide(
        county=office.county,
        name="会议",
        held_on=max(last, case.moved_on) + timedelta(days=days),
        decisions=[commands.Decision(case, commands.Choice(choice), case.proposed_yuan, "议定")],
        minutes=None,
        **office.by(by),
    )


STEPS = {
    "answer": (Deed.CASE_DOUBT_ANSWERED, _answer),
    "visit": (Deed.CASE_VISITED, _one(commands.visit, found="属实", proposed_yuan=Decimal(3000))),
    "send back": (Deed.CASE_RETURNED, _one(commands.send_back, words="缺材料")),
    "refuse": (Deed.CASE_REFUSED, _one(commands.refuse, words="不符合")),
    "withdraw": (Deed.CASE_WITHDRAWN, _one(commands.withdraw, words="不要了")),
    "supplement": (Deed.CASE_SUPPLEMENTED, _supplement),
    "object": (Deed.OBJECTION_HEARD, _one(commands.hear_objection, words="有商铺", who="")),
    "answer objection": (Deed.OBJECTION_ANSWERED, _answer_objection),
    "post": (Deed.CASES_POSTED, lambda office, case, by: office.post(case)),
    "grant": (Deed.CASES_DECIDED, _decide),
    "grant early": (Deed.CASES_DECIDED, lambda office, case, by: _decide(office, case, by, days=0)),
    "decide to return": (
        Deed.CASES_DECIDED,
        lambda office, case, by: _decide(office, case, by, choice="return"),
    ),
    "batch": (Deed.PAYMENT_BATCH_FORMED, lambda office, case, by: office.batch(case, by=by)),
    "receipt": (Deed.CASE_RECEIPT_KEPT, _one(commands.keep_receipt)),
    "demand back": (Deed.AID_DEMANDED_BACK, _one(commands.demand_back, words="假票")),
    "recover": (Deed.AID_RECOVERED, _one(commands.record_recovery, amount_yuan=Decimal(1500))),
}
#: Steps that lead on are drawn more often: otherwise hardly any application would be paid.
LIKELY = st.sampled_from([*STEPS, *["answer", "answer", "visit", "post", "grant", "batch"] * 2])


class Machine(RuleBasedStateMachine):
    """Three applications and a clumsy office of three."""

    office = None
    cases = ()

    def __init__(self):
        super().__init__()
        for kind in (PaymentOrder, CaseDoubt, Objection, AidCaseVersion, AidCase, PaymentBatch):
            kind.objects.all().delete()
        AidPayment.objects.all().delete()
        self.cases = [self.office.apply(serial) for serial in (1, 2, 3)]

    @rule(nth=NTH, name=LIKELY, by=PEOPLE)
    def step(self, nth, name, by):
        case = self.office.now(self.cases[nth])
        deed, do = STEPS[name]
        try:
            do(self.office, case, by)
        except (Refusal, StopIteration):
            assert self.office.now(case).pk == case.pk
            return
        now = self.office.now(case)
        before, after = rules.STEPS[deed]
        assert case.state in before
        assert now.state in after

    @rule(by=PEOPLE)
    def send(self, by):
        batch = PaymentBatch.objects.order_by("-pk").first()
        if batch:
            try:
                self.office.send(batch, by=by)
            except Refusal:
                return
            assert by != CHAIR

    @rule(outcome=st.sampled_from(("成功", "失败")))
    def answer(self, outcome):
        batch = PaymentBatch.objects.filter(sent_on__isnull=False).order_by("-pk").first()
        if batch:
            self.office.take_in(batch, outcome)

    @rule()
    def cancel(self):
        batch = PaymentBatch.objects.order_by("-pk").first()
        if batch:
            try:
                commands.cancel_batch(batch=batch, words="停机", **self.office.by(CASHIER))
            except Refusal:
                return

    @invariant()
    def whoever_was_paid_was_paid_once_what_was_granted(self):
        paid = {order.case_id: order for order in PaymentOrder.objects.filter(state="paid")}
        assert PaymentOrder.objects.filter(state="paid").count() == len(paid)
        assert AidPayment.objects.known().count() == len(paid)
        for case in AidCaseVersion.objects.known():
            assert (case.state in PAID_OUT) == (case.case_id in paid)
            if case.case_id in paid:
                booked = AidPayment.objects.known().get(line=paid[case.case_id].aid)
                assert booked.paid_yuan == case.approved_yuan

    @invariant()
    def whatever_was_granted_was_on_notice_and_left_no_question(self):
        for case in AidCaseVersion.objects.known().filter(state__in=GRANTED).select_related("meeting"):
            assert case.notice
            assert case.meeting.held_on > case.notice.ends_on
            assert not case.open_doubts
            assert not case.open_objections

    @invariant()
    def what_is_open_is_counted(self):
        for case in AidCaseVersion.objects.known():
            assert case.open_doubts == case.case.doubts.filter(answered_by=None).count()
            assert case.open_objections == case.case.objections.filter(answered_by=None).count()

    @invariant()
    def an_application_stands_once(self):
        lines = list(AidCaseVersion.objects.known().values_list("line", flat=True))
        assert len(lines) == len(set(lines)) == AidCase.objects.count()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_random_deeds_never_pay_twice_nor_leave_an_impossible_application(office):
    class Here(Machine):
        pass

    Here.office = office
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=10, stateful_step_count=24, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_every_state_is_left_by_some_deed_or_is_an_end():
    left = {state for before, _after in rules.STEPS.values() for state in before}
    reached = {state for _before, after in rules.STEPS.values() for state in after}
    assert set(State) - left == {State.REFUSED, State.WITHDRAWN, State.RECOVERED}
    assert set(State) - reached == set()
