"""入账: how gifts, aid and subsidies stand in the books; steps for the commands that write these down.

What is corrected is taken back by a red voucher and booked anew, both under the trace of the correction.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import Kind, Voucher
from henji.mutual_aid.ledger.posting import Line, open_day, pair, post
from henji.mutual_aid.models import AidPayment, Donation, Drive, Subsidy

Money = Donation | AidPayment | Subsidy


@singledispatch
def entry(row: Money) -> tuple[Kind, list[Line], date, str]:
    """分录 of a row: what kind of voucher it makes, its lines, its day, and the number on its paper."""
    raise TypeError(type(row))


@entry.register
def _gift(row: Donation) -> tuple[Kind, list[Line], date, str]:
    lines = pair(chart.TO_PAY_IN, chart.DONATIONS, row.amount_yuan, row.employer_id)
    return Kind.DONATIONS, lines, row.given_on, row.receipt


@entry.register
def _payment(row: AidPayment) -> tuple[Kind, list[Line], date, str]:
    return Kind.AID, pair(chart.AID, chart.BANK, row.paid_yuan), row.paid_on, row.voucher


@entry.register
def _subsidy(row: Subsidy) -> tuple[Kind, list[Line], date, str]:
    return Kind.SUBSIDY, pair(chart.BANK, chart.SUBSIDY, row.granted_yuan), row.granted_on, row.voucher


def book(row: Money, *, trace: UUID, at: datetime) -> Voucher:
    """入账: post what has been written down; where its month is closed, into the open one."""
    return _book(row, entry(row)[2], trace=trace, at=at)


def book_gifts(
    drive: Drive, by_unit: Mapping[int | None, Decimal], *, trace: UUID, on: date, at: datetime
) -> None:
    """捐款名册入账: one voucher for a book's new gifts, with one pair of lines for each unit."""
    lines = [
        line
        for unit, amount in by_unit.items()
        for line in pair(chart.TO_PAY_IN, chart.DONATIONS, amount, unit)
    ]
    if lines:
        day = open_day(drive.county, on, today=localdate(at))
        post(county=drive.county, kind=Kind.DONATIONS, on=day, lines=lines, trace=trace, at=at)


def book_anew(held: Money, corrected: Money, *, trace: UUID, at: datetime) -> None:
    """更正入账: take back what stood, and book what stands now; nothing where no money or day has moved.

    A gift that stands in the books under the day of its donation book stays under that day.
    """
    _kind, lines, day, slip = entry(corrected)
    if (lines, day, slip) == (entry(held)[1], entry(held)[2], entry(held)[3]):
        return
    first = take_back(held, trace=trace, at=at)
    own_day = first is None or first.on == entry(held)[2]
    _book(corrected, day if own_day or first is None else first.on, trace=trace, at=at)


def take_back(held: Money, *, trace: UUID, at: datetime) -> Voucher | None:
    """冲减: a red voucher for what stood; gives the voucher under which it stood."""
    first = voucher_of(held)
    if first is None:
        return None
    post(
        county=held.county,
        kind=Kind.CORRECTION,
        on=open_day(held.county, first.on, today=localdate(at)),
        lines=[line.red for line in entry(held)[1]],
        trace=trace,
        at=at,
        reverses=first,
    )
    return first


def voucher_of(row: Money) -> Voucher | None:
    """所在凭证: under which voucher a row stands in the books."""
    versions: QuerySet[Any] = type(row)._default_manager.filter(line=row.line)
    made = versions.values("made_by")
    booked = Voucher.objects.filter(county=row.county_id, trace__in=made, reverses__isnull=True)
    # One deed may book many payments, each under the number on its own paper.
    own = booked.filter(slip=entry(row)[3])
    return own.order_by("-id").first() or booked.order_by("-id").first()


def _book(row: Money, on: date, *, trace: UUID, at: datetime) -> Voucher:
    kind, lines, _day, slip = entry(row)
    day = open_day(row.county, on, today=localdate(at))
    return post(county=row.county, kind=kind, on=day, lines=lines, trace=trace, at=at, slip=slip)
