"""Deeds on the union's subsidies."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.mutual_aid import rules
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
    trace = traces.new_id(at)
    subsidy = Subsidy.objects.create(
        line=ids.new(at),
        county=drive.county,
        drive=drive,
        granted_yuan=granted_yuan,
        granted_on=granted_on,
        voucher=voucher,
        made_by_id=trace,
        known_from=at,
    )
    facts = {"granted_yuan": granted_yuan}
    _leave(Deed.SUBSIDY_GRANTED, subsidy, trace=trace, by=by, at=at, on=granted_on, facts=facts)
    return subsidy


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
    trace = traces.new_id(at)
    corrected = versions.supersede(subsidy, trace=trace, at=at, **told)
    facts = {"before_yuan": subsidy.granted_yuan, "granted_yuan": granted_yuan}
    _leave(
        Deed.SUBSIDY_CORRECTED,
        corrected,
        trace=trace,
        by=by,
        at=at,
        on=granted_on,
        facts=facts,
        words=reason,
        supersedes=subsidy.made_by_id,
    )
    return corrected


@transaction.atomic
def withdraw_subsidy(*, subsidy: Subsidy, reason: str, by: Actor, at: datetime) -> None:
    """工会补贴登记作废: the subsidy should not have been written down. Raises NoReason, Outdated."""
    reason = rules.must_say_why(reason)
    trace = traces.new_id(at)
    versions.end(subsidy, trace=trace, at=at)
    _leave(
        Deed.SUBSIDY_WITHDRAWN,
        subsidy,
        trace=trace,
        by=by,
        at=at,
        on=localdate(at),
        facts={"before_yuan": subsidy.granted_yuan},
        words=reason,
        supersedes=subsidy.made_by_id,
    )


def _leave(
    deed: Deed,
    subsidy: Subsidy,
    *,
    trace: UUID,
    by: Actor,
    at: datetime,
    on: date,
    facts: Mapping[str, object],
    words: str = "",
    supersedes: UUID | None = None,
) -> None:
    """The trace of a deed on one subsidy; it names the line, whichever version is current."""
    traces.leave(
        deed,
        id=trace,
        subject=subsidy,
        county=subsidy.county,
        by=by,
        at=at,
        on=on,
        facts={**facts, "grant": subsidy.line},
        words=words,
        supersedes=supersedes,
    )
