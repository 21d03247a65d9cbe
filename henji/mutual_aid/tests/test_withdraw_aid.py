"""救助金支付登记作废: what should not have been written down counts no more, and can still be seen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from henji.evidence.figures import Scope
from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.lib.periods import Period
from henji.mutual_aid import commands, offers, rules
from henji.mutual_aid.models import AidPayment


@pytest.fixture
def withdraw(signed):
    return lambda payment, reason="登记了两遍": commands.withdraw_aid(
        payment=payment, reason=reason, **signed
    )


def test_it_counts_no_more_in_the_rate(withdraw, pay, give, enrol, county):
    li = enrol()
    give(li, "1000")
    payment, _other = pay(li, "300"), pay(li, "200", voucher="救2")
    withdraw(payment)
    scope = Scope((county.pk,), Period.year(2017), date(2017, 1, 6))
    payout = offers.payout_rate(scope)[county.pk]
    assert (payout.part, payout.whole) == (200, 1000)
    assert AidPayment.objects.get(pk=payment.pk).paid_yuan == 300


def test_the_deed_is_traced(withdraw, pay, enrol):
    payment = pay(enrol())
    withdraw(payment)
    trace = Trace.objects.get(deed="mutual_aid.aid_withdrawn")
    assert (trace.supersedes_id, trace.words.text) == (payment.made_by_id, "登记了两遍")
    assert trace.facts == {"before_yuan": "3000.00", "aid": str(payment.line)}


def test_its_voucher_may_be_used_again(withdraw, pay, enrol):
    li = enrol()
    withdraw(pay(li))
    pay(li)
    assert AidPayment.objects.known().count() == 1


def test_it_needs_a_reason_and_the_version_that_stands(withdraw, pay, enrol, signed):
    payment = pay(enrol())
    with pytest.raises(rules.NoReason):
        withdraw(payment, " ")
    told = {"category": "意外", "paid_yuan": Decimal(1), "paid_on": payment.paid_on, "voucher": "救1"}
    commands.correct_aid(payment=payment, **told, reason="抄错", **signed)
    with pytest.raises(Outdated):
        withdraw(payment)


def test_the_page_crosses_it_out_and_offers_no_change(client_of, officer, pay, enrol):
    officers, li = client_of(officer), enrol()
    payment = pay(li)
    page = reverse("mutual_aid:withdraw_aid", args=[payment.line])
    assert "救1 ¥3,000.00，2017-01-05" in officers.get(page).content.decode()
    refused = officers.post(page, {"version": payment.pk, "reason": ""})
    assert list(refused.context["form"].errors) == ["reason"]
    officers.post(page, {"version": payment.pk, "reason": "登记了两遍"})
    shown = officers.get(reverse("mutual_aid:payment", args=[payment.line])).content.decode()
    for words in ("<del>¥3,000.00</del>", "已作废", "登记了两遍", "（已更正）"):
        assert words in shown
    assert page not in shown
    assert officers.get(page).status_code == 404
    assert officers.get(reverse("mutual_aid:aid")).context["listing"].total == 0
    person = officers.get(reverse("members:person", args=[li.pk])).content.decode()
    assert "登记了两遍" in person
