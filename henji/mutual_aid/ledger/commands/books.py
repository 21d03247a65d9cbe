"""Deeds that write the books: vouchers by hand, taking them back, closing a month or a year."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.lib.text import tidy
from henji.mutual_aid import rules as money_rules
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import chart, posting, queries, rules
from henji.mutual_aid.ledger.entries import ENTRIES
from henji.mutual_aid.ledger.models import Closing, Kind, Voucher
from henji.mutual_aid.ledger.posting import Line
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Employer, Union


@transaction.atomic
def enter_voucher(
    *,
    county: Union,
    entry: str,
    amount_yuan: Decimal,
    on: date,
    slip: str,
    by: Actor,
    at: datetime,
    employer: Employer | None = None,
    words: str = "",
) -> Voucher:
    """手工记账: book what no other deed books, by the entry's code: a bank slip, money from or to the city.

    Raises BadAmount, NotYetHappened, UnitMissing, NotOverpaid, PeriodClosed.
    """
    amount_yuan = money_rules.exact_amount(amount_yuan)
    meant = ENTRIES[entry]
    employer = rules.must_name_a_unit(meant, employer)
    have_to_oneself(county)
    if employer and meant.kind == Kind.RETURN:
        stands = posting.balance(county, chart.TO_PAY_IN, date.max, employer)
        rules.must_have_overpaid(stands, amount_yuan)
    trace = traces.new_id(at)
    voucher = posting.post(
        county=county,
        kind=meant.kind,
        on=on,
        lines=posting.pair(meant.debit, meant.credit, amount_yuan, employer),
        trace=trace,
        at=at,
        words=tidy(words),
        slip=tidy(slip),
    )
    traces.leave(
        Deed.VOUCHER_ENTERED,
        id=trace,
        subject=voucher,
        county=county,
        by=by,
        at=at,
        on=on,
        facts={"entry": entry, "amount_yuan": amount_yuan, "voucher": voucher.label},
    )
    return voucher


@transaction.atomic
def reverse_voucher(*, voucher: Voucher, reason: str, by: Actor, at: datetime) -> Voucher:
    """凭证冲销: take a voucher by hand back by a red one, in its own month where that is open, else in this.

    Raises NoReason, NotByHand, AlreadyReversed.
    """
    reason = money_rules.must_say_why(reason)
    rules.must_be_by_hand(voucher)
    trace = traces.new_id(at)
    red = posting.reverse(voucher, trace=trace, on=voucher.on, at=at)
    traces.leave(
        Deed.VOUCHER_REVERSED,
        id=trace,
        subject=red,
        county=red.county,
        by=by,
        at=at,
        on=red.on,
        facts={"voucher": red.label},
        words=reason,
        supersedes=voucher.trace_id,
    )
    return red


@transaction.atomic
def close_books(*, county: Union, closed_to: date, by: Actor, at: datetime) -> Closing:
    """结账: nothing more is posted up to the day, the end of a month; that of a year carries the surplus.

    Raises NotClosable. It cannot be undone.
    """
    have_to_oneself(county)
    rules.must_be_closable(county, closed_to, today=localdate(at))
    trace = traces.new_id(at)
    lines = list(_carrying(county, closed_to)) if (closed_to.month, closed_to.day) == (12, 31) else []
    if lines:
        posting.post(county=county, kind=Kind.CARRYING, on=closed_to, lines=lines, trace=trace, at=at)
    closing = Closing.objects.create(county=county, closed_to=closed_to, trace_id=trace)
    surplus = queries.surplus(county, closed_to)
    traces.leave(
        Deed.BOOKS_CLOSED,
        id=trace,
        subject=closing,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"closed_to": closed_to, "surplus_yuan": surplus},
    )
    return closing


def _carrying(county: Union, on: date) -> Iterator[Line]:
    """年终结转: what a year's receipts and payments stand at goes to the surplus, unit by unit."""
    surplus = Decimal(0)
    for account, unit, stands in queries.flows(county, on):
        if account.grows_by_debit:
            yield Line(account.code, credit_yuan=stands, employer=unit)
            surplus -= stands
        else:
            yield Line(account.code, debit_yuan=stands, employer=unit)
            surplus += stands
    if surplus:
        yield Line(chart.SURPLUS, credit_yuan=surplus)
