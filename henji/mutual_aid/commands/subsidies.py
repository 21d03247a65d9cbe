"""Deeds on the union's subsidies."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib import ids
from henji.lib.actors import Actor
from henji.mutual_aid import rules
from henji.mutual_aid.commands import _steps
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import Drive, Subsidy


@transaction.atomic
def grant_subsidy(
    *, drive: Drive, granted_yuan: Decimal, granted_on: date, voucher: str, by: Actor, at: datetime
) -> Subsidy:
    """工会补贴拨入: write down money that the union adds to the fund. Raises as pay_aid does."""
    granted_yuan = rules.exact_amount(granted_yuan)
    rules.must_have_happened(granted_on, today=localdate(at))
    voucher = rules.exact_voucher(voucher)
    have_to_oneself(drive.county)
    rules.must_be_a_new_voucher(Subsidy, voucher, county=drive.county_id)
    subsidy = Subsidy.objects.create(
        line=ids.new(at),
        county=drive.county,
        drive=drive,
        granted_yuan=granted_yuan,
        granted_on=granted_on,
        voucher=voucher,
        made_by_id=traces.new_id(at),
        known_from=at,
    )
    return _steps.record(Deed.SUBSIDY_GRANTED, subsidy, by=by, at=at, on=granted_on)


@transaction.atomic
def correct_subsidy(
    *,
    subsidy: Subsidy,
    granted_yuan: Decimal,
    granted_on: date,
    voucher: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Subsidy:
    """工会补贴更正. Raises as grant_subsidy does, and NoReason, NothingChanged, Outdated."""
    granted_yuan = rules.exact_amount(granted_yuan)
    rules.must_have_happened(granted_on, today=localdate(at))
    reason = rules.must_say_why(reason)
    voucher = rules.exact_voucher(voucher)
    told: dict[str, Any] = {"granted_yuan": granted_yuan, "granted_on": granted_on, "voucher": voucher}
    rules.must_change_something(subsidy, **told)
    have_to_oneself(subsidy.county)
    rules.must_be_a_new_voucher(Subsidy, voucher, county=subsidy.county_id, line=subsidy.line)
    signed: dict[str, Any] = {"reason": reason, "by": by, "at": at, "on": granted_on}
    return _steps.correct(Deed.SUBSIDY_CORRECTED, subsidy, **signed, **told)


@transaction.atomic
def withdraw_subsidy(*, subsidy: Subsidy, reason: str, by: Actor, at: datetime) -> None:
    """工会补贴登记作废: the subsidy should not have been written down. Raises NoReason, Outdated."""
    _steps.withdraw(Deed.SUBSIDY_WITHDRAWN, subsidy, reason=reason, by=by, at=at)
