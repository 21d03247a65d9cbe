"""Questions about the books."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from henji.lib.reach import Reach
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.chart import ACCOUNTS, CHART, Account
from henji.mutual_aid.ledger.models import (
    NO_UNIT,
    WHOLE,
    BankLine,
    Closing,
    DaySum,
    Kind,
    Posting,
    PostingQuerySet,
    Tick,
    Voucher,
    VoucherQuerySet,
)
from henji.mutual_aid.models import AidPayment, Donation, Subsidy
from henji.unions.models import Employer, Union

ZERO = Decimal("0.00")
#: What adds to the surplus, and what takes from it.
RECEIPTS = tuple(account.code for account in CHART if account.flows and not account.grows_by_debit)
PAYMENTS = tuple(account.code for account in CHART if account.flows and account.grows_by_debit)


@dataclass(frozen=True, slots=True)
class Standing:
    """科目余额: what stood on an account before a period, what moved within it, what stands at its end."""

    account: Account
    opened_yuan: Decimal
    debit_yuan: Decimal
    credit_yuan: Decimal

    @property
    def stands_yuan(self) -> Decimal:
        """余额 at the end of the period."""
        return self.opened_yuan + self.account.stands_at(self.debit_yuan, self.credit_yuan)


def standings(county: Union, start: date, last: date) -> list[Standing]:
    """科目余额表: every account over the days, from `start` to `last`; one query."""
    before, within = Q(on__lt=start), Q(on__gte=start)
    sums = {
        row["account"]: row
        for row in DaySum.objects.filter(county=county, unit=WHOLE, on__lte=last)
        .values("account")
        .order_by("account")
        .annotate(
            debit_before=Sum("debit_yuan", filter=before, default=0),
            credit_before=Sum("credit_yuan", filter=before, default=0),
            debit=Sum("debit_yuan", filter=within, default=0),
            credit=Sum("credit_yuan", filter=within, default=0),
        )
    }
    return [_standing(account, sums.get(account.code, {})) for account in CHART]


def _standing(account: Account, sums: Any) -> Standing:
    told = {name: Decimal(sums.get(name, 0)) for name in ("debit_before", "credit_before", "debit", "credit")}
    opened = account.stands_at(told["debit_before"], told["credit_before"])
    return Standing(account, opened, told["debit"], told["credit"])


def flows(county: Union, on: date) -> Iterator[tuple[Account, int | None, Decimal]]:
    """本年收支: the accounts that a year's end carries on, with what stands on each, unit by unit."""
    held = DaySum.objects.filter(county=county, on__lte=on).values("account", "unit")
    for row in held.order_by("account", "unit").annotate(debit=Sum("debit_yuan"), credit=Sum("credit_yuan")):
        account = ACCOUNTS[row["account"]]
        if not account.flows or account.by_unit == (row["unit"] == WHOLE):
            continue
        stands = account.stands_at(row["debit"], row["credit"])
        if stands:
            yield account, (row["unit"] if row["unit"] > NO_UNIT else None), stands


def surplus(county: Union, on: date) -> Decimal:
    """累计结余: what the fund holds in trust at the end of the day, carried or not."""
    sums = DaySum.objects.filter(county=county, unit=WHOLE, on__lte=on, account__startswith="2301").aggregate(
        debit=Sum("debit_yuan", default=0), credit=Sum("credit_yuan", default=0)
    )
    return Decimal(sums["credit"]) - Decimal(sums["debit"])


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """单位余额: of a unit's account what was debited and credited, and what stands."""

    unit: int
    name: str
    debit_yuan: Decimal
    credit_yuan: Decimal
    stands_yuan: Decimal


def standings_by_unit(county: Union, account: Account, on: date, *, no_unit: str) -> list[UnitStanding]:
    """单位明细: what stands on the account by unit at the end of the day; two queries."""
    held = DaySum.objects.filter(county=county, account=account.code, on__lte=on, unit__gte=NO_UNIT)
    sums = held.values("unit").order_by("unit").annotate(debit=Sum("debit_yuan"), credit=Sum("credit_yuan"))
    names = dict(Employer.objects.filter(county=county).values_list("pk", "name"))
    return [
        UnitStanding(
            row["unit"],
            names.get(row["unit"], no_unit),
            row["debit"],
            row["credit"],
            account.stands_at(row["debit"], row["credit"]),
        )
        for row in sums
    ]


def vouchers_within(reach: Reach) -> VoucherQuerySet:
    """凭证 within reach, with the county and the trace."""
    return Voucher.objects.within(reach).select_related("county", "trace", "reverses")


def vouchers_in(reach: Reach, county: Union) -> VoucherQuerySet:
    """凭证 of the county within reach."""
    return Voucher.objects.within(reach).filter(county=county)


def total_of(voucher: Voucher) -> Decimal:
    """合计 of either side."""
    total: Decimal | None = voucher.postings.aggregate(total=Sum("debit_yuan"))["total"]
    return total or ZERO


@dataclass(frozen=True, slots=True)
class Rows:
    """所记各笔: the rows of the record that the voucher's deed wrote, the first of them, and how many."""

    gifts: list[Donation]
    payments: list[AidPayment]
    subsidies: list[Subsidy]
    count: int


#: So many rows, and lines, stand on the page of a voucher; a book may have a hundred thousand.
SHOWN, LINES_SHOWN = 50, 400


def rows_of(voucher: Voucher) -> Rows:
    """所记各笔 of the voucher's deed."""
    gifts = Donation.objects.filter(made_by=voucher.trace_id).select_related("employer").order_by("id")
    payments = AidPayment.objects.filter(made_by=voucher.trace_id).order_by("id")
    subsidies = Subsidy.objects.filter(made_by=voucher.trace_id).order_by("id")
    count = gifts.count() + payments.count() + subsidies.count()
    return Rows(list(gifts[:SHOWN]), list(payments[:SHOWN]), list(subsidies[:SHOWN]), count)


def postings_to(county: Union, account: str, unit: int | None = None) -> PostingQuerySet:
    """账页: the postings to an account, or of one of its units (0: of none)."""
    held = Posting.objects.filter(county=county, account=account).order_by("on", "id")
    rows = held.select_related("voucher", "employer")
    if unit is None:
        return rows
    return rows.filter(employer__isnull=True) if unit == NO_UNIT else rows.filter(employer=unit)


def units_of(vouchers: Iterable[int] | QuerySet[Any]) -> dict[int, str]:
    """缴款单位 by voucher, of those that move one unit's money: on the bank's account no unit is kept."""
    rows = Posting.objects.filter(voucher__in=vouchers, employer__isnull=False).order_by("voucher")
    named: dict[int, set[str]] = {}
    for voucher, name in rows.values_list("voucher", "employer__name").distinct():
        named.setdefault(voucher, set()).add(str(name))
    return {voucher: names.pop() for voucher, names in named.items() if len(names) == 1}


def stood_before(row: Posting, unit: int | None = None) -> Decimal:
    """上行余额: what stood on the account, or of the unit, before the posting, by day and entry."""
    days = DaySum.objects.filter(
        county=row.county_id, account=row.account, unit=WHOLE if unit is None else unit, on__lt=row.on
    )
    same_day = postings_to(row.county, row.account, unit).filter(on=row.on, pk__lt=row.pk)
    debit = credit = ZERO
    for held in (days, same_day):
        sums = held.aggregate(debit=Sum("debit_yuan", default=0), credit=Sum("credit_yuan", default=0))
        debit += Decimal(sums["debit"])
        credit += Decimal(sums["credit"])
    return row.of.stands_at(debit, credit)


@dataclass(frozen=True, slots=True)
class Booked:
    """账实核对: a figure of the room beside what the books say of it."""

    account: Account
    on_record_yuan: Decimal
    in_books_yuan: Decimal

    @property
    def agrees(self) -> bool:
        """Whether they are the same."""
        return self.on_record_yuan == self.in_books_yuan


def agreement(county: Union) -> list[Booked]:
    """账实核对: donations, subsidies and aid on record beside the accounts, whatever years were closed."""
    on_record: dict[str, QuerySet[Any]] = {
        chart.DONATIONS: Donation.objects.known().values_list("amount_yuan"),
        chart.SUBSIDY: Subsidy.objects.known().values_list("granted_yuan"),
        chart.AID: AidPayment.objects.known().values_list("paid_yuan"),
    }
    booked = _stands(DaySum.objects.filter(county=county, unit=WHOLE, account__in=on_record))
    carried = _stands(Posting.objects.filter(voucher__county=county, voucher__kind=Kind.CARRYING))
    return [
        Booked(
            ACCOUNTS[account],
            _total(held.filter(county=county)),
            booked.get(account, ZERO) - carried.get(account, ZERO),
        )
        for account, held in on_record.items()
    ]


def _stands(rows: QuerySet[Any]) -> dict[str, Decimal]:
    sums = rows.values("account").order_by().annotate(debit=Sum("debit_yuan"), credit=Sum("credit_yuan"))
    return {row["account"]: ACCOUNTS[row["account"]].stands_at(row["debit"], row["credit"]) for row in sums}


def _total(rows: QuerySet[Any]) -> Decimal:
    (name,) = rows.query.values_select
    total: Decimal | None = rows.order_by().aggregate(total=Sum(name))["total"]
    return total or ZERO


def closings_of(county: Union) -> QuerySet[Closing]:
    """历次结账, the latest first."""
    return Closing.objects.filter(county=county).order_by("-closed_to")


def bank_lines(reach: Reach, county: Union) -> QuerySet[BankLine]:
    """银行流水 of the county within reach, each with the group in which it is ticked."""
    ticked = Tick.objects.known().filter(bank_line=OuterRef("pk")).values("line")
    held = BankLine.objects.filter(county=county)
    return (held if reach.whole_county else held.none()).annotate(group=Subquery(ticked))


def ticks_of(reach: Reach, group: UUID) -> list[Tick]:
    """勾对组: what is ticked together."""
    held = Tick.objects.known().filter(county__in=reach.counties, line=group)
    return list(held.select_related("county", "bank_line", "posting__voucher").order_by("id"))


def payments_between(county: Union, start: date, last: date) -> int:
    """救助笔数 paid in the days, as known now."""
    return AidPayment.objects.known().filter(county=county, paid_on__gte=start, paid_on__lte=last).count()


def open_lists(county: Union) -> list[UnitStanding]:
    """待缴存单位: those whose gifts on record are not all paid in, the most first."""
    account = ACCOUNTS[chart.TO_PAY_IN]
    held = standings_by_unit(county, account, date.max, no_unit="")
    return sorted(
        (one for one in held if one.stands_yuan > 0 and one.unit != NO_UNIT),
        key=lambda one: (-one.stands_yuan, one.unit),
    )


def unit_of(county: Union, unit: int) -> Employer | None:
    """缴款单位 of the county with the id."""
    return Employer.objects.filter(county=county, pk=unit).first()
