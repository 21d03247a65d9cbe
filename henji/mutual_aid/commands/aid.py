"""Deeds on aid paid out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.lib.text import tidy
from henji.members.models import Person
from henji.mutual_aid import paying, rules
from henji.mutual_aid.commands import _steps
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import AidPayment
from henji.unions.models import Union


@transaction.atomic
def pay_aid(
    *,
    county: Union,
    person: Person,
    category: str,
    paid_yuan: Decimal,
    paid_on: date,
    voucher: str,
    by: Actor,
    at: datetime,
) -> AidPayment:
    """救助金支付: write down aid that was paid out. Raises BadAmount, NotYetHappened, VoucherTaken."""
    paid_yuan = rules.exact_amount(paid_yuan)
    rules.must_have_happened(paid_on, today=localdate(at))
    voucher = rules.exact_voucher(voucher)
    have_to_oneself(county)
    payment = paying.write(
        county=county,
        person=person,
        category=category,
        paid_yuan=paid_yuan,
        paid_on=paid_on,
        voucher=voucher,
        trace=traces.new_id(at),
        at=at,
    )
    return _steps.record(Deed.AID_PAID, payment, by=by, at=at, on=paid_on)


@transaction.atomic
def correct_aid(
    *,
    payment: AidPayment,
    category: str,
    paid_yuan: Decimal,
    paid_on: date,
    voucher: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> AidPayment:
    """救助金支付更正. Raises as pay_aid does, and NoReason, NothingChanged, Outdated."""
    paid_yuan = rules.exact_amount(paid_yuan)
    rules.must_have_happened(paid_on, today=localdate(at))
    reason = rules.must_say_why(reason)
    voucher = rules.exact_voucher(voucher)
    told: dict[str, Any] = {"category": tidy(category), "paid_yuan": paid_yuan, "paid_on": paid_on}
    told["voucher"] = voucher
    rules.must_change_something(payment, **told)
    have_to_oneself(payment.county)
    rules.must_be_a_new_voucher(AidPayment, voucher, county=payment.county_id, line=payment.line)
    signed: dict[str, Any] = {"reason": reason, "by": by, "at": at, "on": paid_on}
    return _steps.correct(Deed.AID_CORRECTED, payment, **signed, **told)


@transaction.atomic
def withdraw_aid(*, payment: AidPayment, reason: str, by: Actor, at: datetime) -> None:
    """救助金支付登记作废: the payment should not have been written down. Raises NoReason, Outdated."""
    _steps.withdraw(Deed.AID_WITHDRAWN, payment, reason=reason, by=by, at=at)
