"""救助金支付更正."""

from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.mutual_aid import commands, rules
from henji.mutual_aid.models import AidPayment


@pytest.fixture
def correct(signed):
    def correct(payment, **changes):
        fields = ("category", "paid_yuan", "paid_on", "voucher")
        told = {name: getattr(payment, name) for name in fields}
        return commands.correct_aid(payment=payment, **told | {"reason": "抄错"} | changes, **signed)

    return correct


def test_what_was_believed_before_stays(correct, pay, enrol):
    payment = pay(enrol())
    corrected = correct(payment, paid_yuan=Decimal(2000), category="意外", voucher="救2")
    assert AidPayment.objects.known().get() == corrected
    assert AidPayment.objects.get(pk=payment.pk).paid_yuan == 3000
    trace = Trace.objects.get(pk=corrected.made_by_id)
    assert (trace.facts["before_yuan"], trace.supersedes) == ("3000.00", payment.made_by)


def test_it_may_keep_its_own_voucher_but_take_no_others(correct, pay, enrol):
    li = enrol()
    payment, _other = pay(li), pay(li, voucher="救2")
    correct(payment, paid_yuan=Decimal(2000))
    with pytest.raises(rules.VoucherTaken):
        correct(AidPayment.objects.known().get(line=payment.line), voucher="救2")


def test_a_correction_needs_a_reason_and_a_change(correct, pay, enrol):
    payment = pay(enrol())
    with pytest.raises(rules.NothingChanged):
        correct(payment)
    with pytest.raises(rules.NoReason):
        correct(payment, paid_yuan=Decimal(1), reason="")


def test_whoever_saw_an_older_version_is_told_so(correct, pay, enrol):
    payment = pay(enrol())
    correct(payment, paid_yuan=Decimal(2000))
    with pytest.raises(Outdated):
        correct(payment, paid_yuan=Decimal(1000))
