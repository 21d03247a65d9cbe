"""Deeds after payment: the receipt, the file, and money paid on false papers, which comes back."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.mutual_aid.cases import queries, rules
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import AidCaseVersion, Slot, State
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import chart, posting
from henji.mutual_aid.ledger.models import Kind


@transaction.atomic
def keep_receipt(*, case: AidCaseVersion, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助金回执登记: the aided person has signed for the money. Raises NotNow, OutOfOrder, Outdated."""
    trace = traces.new_id(at)
    change = {"state": State.RECEIPTED}
    (moved,) = _steps.move(
        Deed.CASE_RECEIPT_KEPT, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _steps.leave(Deed.CASE_RECEIPT_KEPT, moved, trace=trace, by=by, at=at, on=on)
    return moved


@transaction.atomic
def file_away(*, case: AidCaseVersion, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助建档: the file is complete. Raises PaperMissing, NotNow, OutOfOrder, Outdated."""
    rules.must_hold(Slot.FORM, queries.slots_held(case.case))
    trace = traces.new_id(at)
    change = {"state": State.FILED}
    (moved,) = _steps.move(Deed.CASE_FILED, [case], [change], county=case.county, on=on, at=at, trace=trace)
    _steps.leave(Deed.CASE_FILED, moved, trace=trace, by=by, at=at, on=on)
    return moved


@transaction.atomic
def demand_back(*, case: AidCaseVersion, words: str, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助金追回决定: the aid was paid on false papers and is to come back.

    Raises NothingSaid, NotNow, Outdated.
    """
    said = _steps.said(case, recovery=rules.must_say(words))
    trace = traces.new_id(at)
    change = {"state": State.RECOVERING, "box": said}
    (moved,) = _steps.move(
        Deed.AID_DEMANDED_BACK, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _steps.leave(Deed.AID_DEMANDED_BACK, moved, trace=trace, by=by, at=at, on=on)
    return moved


@transaction.atomic
def record_recovery(
    *, case: AidCaseVersion, amount_yuan: Decimal, on: date, by: Actor, at: datetime
) -> AidCaseVersion:
    """救助金追回入账: money that came back, all of it or a part.

    Raises BadGrant, TooMuchBack, NotNow, OutOfOrder, Outdated.
    """
    total = rules.back_in_all(case, amount_yuan)
    trace = traces.new_id(at)
    whole = total == case.approved_yuan
    change = {"state": State.RECOVERED if whole else State.RECOVERING, "returned_yuan": total}
    (moved,) = _steps.move(
        Deed.AID_RECOVERED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    posting.post(
        county=case.county,
        kind=Kind.RECOVERY,
        on=posting.open_day(case.county, on, today=localdate(at)),
        lines=posting.pair(chart.BANK, chart.RECOVERED, amount_yuan),
        trace=trace,
        at=at,
    )
    facts = {"returned_yuan": amount_yuan}
    _steps.leave(Deed.AID_RECOVERED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved
