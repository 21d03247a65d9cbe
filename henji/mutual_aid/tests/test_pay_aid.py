"""救助金支付: to a member, on a day, under a voucher."""

from datetime import date
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import rules
from henji.mutual_aid.models import AidPayment


def test_aid_is_paid(pay, enrol):
    li = enrol()
    payment = pay(li, "3000.50")
    assert (payment.person, payment.paid_yuan, payment.voucher) == (li, Decimal("3000.50"), "救1")
    trace = Trace.objects.of(payment).get()
    assert trace.facts == {"paid_yuan": "3000.50", "aid": str(payment.line)}
    assert trace.on == date(2017, 1, 5)


def test_a_voucher_pays_once(pay, enrol):
    li = enrol()
    pay(li, voucher="救 1")
    with pytest.raises(rules.VoucherTaken, match="救 1"):
        pay(li, voucher=" 救\u3000 1 ")
    pay(li, voucher="救2")
    assert AidPayment.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"amount": "0"}, rules.BadAmount),
        ({"amount": "0.001"}, rules.BadAmount),
        ({"on": date(2017, 1, 7)}, rules.NotYetHappened),
        ({"voucher": " "}, rules.NoVoucher),
        ({"voucher": "9" * 41}, rules.NoVoucher),
    ],
)
def test_what_cannot_be_is_refused(pay, enrol, told, refusal):
    with pytest.raises(refusal):
        pay(enrol(), **told)
    assert not AidPayment.objects.exists()
