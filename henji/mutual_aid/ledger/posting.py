"""记账: how deeds post. Steps for commands: inside their transaction, under their one trace.

    posting.post(county=county, kind=Kind.AID, on=day, lines=posting.pair(AID, BANK, amount),
                 trace=trace, at=at)

A voucher's number is the next one of its county and year. Whoever posts has the county to himself until his
transaction ends, and an undone transaction takes its numbers back with it: so there are neither gaps nor
two of one number. Commands that also lock a drive or a record take the drive first, then the county, then
the record.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.timezone import localdate

from henji.evidence.traces import OutsideTransaction
from henji.lib import bulk, money
from henji.mutual_aid.ledger import rules
from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.models import NO_UNIT, WHOLE, Kind, Posting, Voucher
from henji.mutual_aid.ledger.rules import Line, open_day, pair
from henji.mutual_aid.ledger.standing import balance
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.rules import must_have_happened
from henji.unions.models import Union

__all__ = ["Line", "balance", "open_day", "pair", "post", "reverse"]

_ADD = """
INSERT INTO mutual_aid_daysum (county_id, account, unit, "on", debit_yuan, credit_yuan)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (county_id, account, unit, "on") DO UPDATE SET
    debit_yuan = mutual_aid_daysum.debit_yuan + excluded.debit_yuan,
    credit_yuan = mutual_aid_daysum.credit_yuan + excluded.credit_yuan
"""


def post(
    *,
    county: Union,
    kind: Kind,
    on: date,
    lines: Sequence[Line],
    trace: UUID,
    at: datetime,
    words: str = "",
    slip: str = "",
    reverses: Voucher | None = None,
) -> Voucher:
    """记账: write a balanced voucher under the trace of the caller's deed.

    Raises Unbalanced, NotYetHappened, PeriodClosed; outside a transaction OutsideTransaction. A deed that
    tells of a day long past asks `open_day` first.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(kind)
    rules.must_balance(lines)
    must_have_happened(on, today=localdate(at))
    have_to_oneself(county)
    rules.must_be_open(county, on)
    held = Voucher.objects.filter(county=county, year=on.year)
    voucher = Voucher.objects.create(
        county=county,
        year=on.year,
        number=(held.aggregate(last=Max("number"))["last"] or 0) + 1,
        on=on,
        kind=kind,
        words=words[:100],
        slip=slip[:40],
        trace_id=trace,
        reverses=reverses,
    )
    _write(voucher, lines)
    return voucher


def reverse(voucher: Voucher, *, trace: UUID, on: date, at: datetime, words: str = "") -> Voucher:
    """整张冲销: take back the whole of a voucher by a red one; the day's period closed, in the open one.

    A red voucher can itself be taken back. Raises AlreadyReversed.
    """
    have_to_oneself(voucher.county)
    rules.must_stand(voucher)
    return post(
        county=voucher.county,
        kind=Kind.REVERSAL,
        on=open_day(voucher.county, on, today=localdate(at)),
        lines=[line.red for line in lines_of(voucher)],
        trace=trace,
        at=at,
        words=words,
        reverses=voucher,
    )


def lines_of(voucher: Voucher) -> list[Line]:
    """分录 of a voucher."""
    rows = voucher.postings.order_by("id")
    return [Line(row.account, row.debit_yuan, row.credit_yuan, row.employer_id) for row in rows]


def _write(voucher: Voucher, lines: Sequence[Line]) -> None:
    told = {"voucher_id": voucher.pk, "county_id": voucher.county_id, "on": voucher.on}
    bulk.insert(
        Posting,
        [
            Posting(
                account=line.account,
                employer_id=line.unit,
                debit_yuan=line.debit_yuan,
                credit_yuan=line.credit_yuan,
                **told,
            )
            for line in lines
        ],
    )
    with connection.cursor() as cursor:
        day = voucher.on.isoformat() if connection.vendor == "sqlite" else voucher.on
        cursor.executemany(
            _ADD,
            [
                (voucher.county_id, account, unit, day, debit, credit)
                for (account, unit), (debit, credit) in sorted(_summed(lines).items())
            ],
        )


def _summed(lines: Iterable[Line]) -> dict[tuple[str, int], tuple[int, int]]:
    """By account and unit what the lines come to, in fen."""
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for line in lines:
        units = (WHOLE, line.unit or NO_UNIT) if ACCOUNTS[line.account].by_unit else (WHOLE,)
        for unit in units:
            debit, credit = sums.get((line.account, unit), (0, 0))
            added = money.fen(line.debit_yuan), money.fen(line.credit_yuan)
            sums[line.account, unit] = debit + added[0], credit + added[1]
    return sums
