"""对账: which lines of the bank belong to which postings, as far as amounts, numbers, units and days tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import BankLine, Kind, Posting, Tick
from henji.mutual_aid.ledger.standing import balance
from henji.unions.models import Union

#: So many days may lie between what the bank says and what the books say of the same money.
NEAR = 15


@dataclass(frozen=True, slots=True)
class Match:
    """勾对: lines of the bank and postings, by their ids, that are to be ticked together."""

    lines: tuple[int, ...]
    postings: tuple[int, ...]

    @classmethod
    def read(cls, text: str) -> "Match":
        """As a page sends it: `12:34` or `:34,35`. Raises ValueError."""
        lines, postings = text.split(":")
        return cls(_ids(lines), _ids(postings))


def _ids(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(",") if one)


@dataclass(frozen=True, slots=True)
class Proposal:
    """建议: a line and the posting that is likely the same money; `sure` where no other is like it."""

    line: BankLine
    posting: Posting
    days: int
    same_slip: bool
    same_unit: bool
    sure: bool

    @property
    def value(self) -> str:
        """As a page sends it."""
        return f"{self.line.pk}:{self.posting.pk}"


def moved(posting: Posting) -> Decimal:
    """变动: by how much the posting moves the bank's account, money in above nothing."""
    return posting.debit_yuan - posting.credit_yuan


def open_lines(county: Union, on: date | None = None) -> QuerySet[BankLine]:
    """未达银行流水: up to the day, if one is given, those not ticked with what is up to the day."""
    lines = BankLine.objects.filter(county=county)
    ticked = Tick.objects.known().filter(bank_line=OuterRef("pk"))
    if on is not None:
        lines, ticked = lines.filter(on__lte=on), ticked.exclude(line__in=_later(county, on))
    return lines.filter(~Exists(ticked)).select_related("employer").order_by("on", "id")


def open_postings(county: Union, on: date | None = None) -> QuerySet[Posting]:
    """未达账项: postings to the bank's account, likewise; what was brought forward has no line."""
    held = Posting.objects.filter(county=county, account=chart.BANK).exclude(voucher__kind=Kind.BROUGHT)
    ticked = Tick.objects.known().filter(posting=OuterRef("pk"))
    if on is not None:
        held, ticked = held.filter(on__lte=on), ticked.exclude(line__in=_later(county, on))
    return held.filter(~Exists(ticked)).select_related("voucher__trace").order_by("on", "id")


def _later(county: Union, on: date) -> QuerySet[Tick]:
    """Groups of which a part comes after the day."""
    groups: QuerySet[Tick] = Tick.objects.known().filter(county=county)
    after = Q(bank_line__on__gt=on) | Q(posting__on__gt=on)
    return groups.filter(after).values("line")  # type: ignore[return-value]  # a query set of values


def proposals(lines: Sequence[BankLine], postings: Iterable[Posting]) -> list[Proposal]:
    """勾对建议: for each line at most one posting, each posting once, the likeliest first.

    The same amount within fifteen days; before days count the number on the slip and the unit's name.
    """
    by_amount: dict[Decimal, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_amount[moved(posting)].append(posting)
    units = _units(by_amount, lines)
    found = []
    taken: set[int] = set()
    for line in lines:
        likely = [
            _proposal(line, posting, units)
            for posting in by_amount.get(line.amount_yuan, [])
            if posting.pk not in taken and abs((posting.on - line.on).days) <= NEAR
        ]
        likely.sort(key=_likelihood)
        if likely:
            best = likely[0]
            alone = len(likely) == 1 or _likelihood(likely[1])[:2] > _likelihood(best)[:2]
            taken.add(best.posting.pk)
            found.append(Proposal(line, best.posting, best.days, best.same_slip, best.same_unit, sure=alone))
    return found


@dataclass(frozen=True, slots=True)
class Undone:
    """相抵: a posting and the red one that takes it back: the bank has seen neither."""

    posting: Posting
    red: Posting

    @property
    def value(self) -> str:
        """As a page sends it."""
        return f":{self.posting.pk},{self.red.pk}"


def undone(postings: Sequence[Posting]) -> list[Undone]:
    """相抵建议: postings and the red ones of equal amount that take them back, both open."""
    by_voucher = {posting.voucher_id: posting for posting in postings}
    found = []
    for red in postings:
        held = by_voucher.get(red.voucher.reverses_id or 0)
        if held is not None and moved(held) == -moved(red):
            del by_voucher[held.voucher_id]
            found.append(Undone(held, red))
    return found


def _units(by_amount: dict[Decimal, list[Posting]], lines: Iterable[BankLine]) -> dict[int, int]:
    """By voucher the unit whose money it moves, of vouchers that may be meant."""
    wanted = {line.amount_yuan for line in lines if line.employer_id}
    vouchers = [posting.voucher_id for amount in wanted for posting in by_amount.get(amount, [])]
    rows = Posting.objects.filter(voucher__in=vouchers, employer__isnull=False)
    return {voucher: unit for voucher, unit in rows.values_list("voucher", "employer") if unit}


def _proposal(line: BankLine, posting: Posting, units: dict[int, int]) -> Proposal:
    slip = posting.voucher.slip
    return Proposal(
        line,
        posting,
        days=abs((posting.on - line.on).days),
        same_slip=bool(slip) and slip == line.serial,
        same_unit=line.employer_id is not None and units.get(posting.voucher_id) == line.employer_id,
        sure=False,
    )


def _likelihood(one: Proposal) -> tuple[bool, bool, int, int]:
    return (not one.same_slip, not one.same_unit, one.days, one.posting.pk)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """银行存款余额调节表: what the books and the bank say on a day, and what each does not know yet."""

    on: date
    booked_yuan: Decimal
    said_yuan: Decimal
    lines: list[BankLine]
    postings: list[Posting]

    @property
    def lines_in(self) -> Decimal:
        """银行已收、账上未收."""
        return sum((line.amount_yuan for line in self.lines if line.amount_yuan > 0), Decimal(0))

    @property
    def lines_out(self) -> Decimal:
        """银行已付、账上未付."""
        return -sum((line.amount_yuan for line in self.lines if line.amount_yuan < 0), Decimal(0))

    @property
    def postings_in(self) -> Decimal:
        """账上已收、银行未收."""
        return sum((row.debit_yuan for row in self.postings), Decimal(0))

    @property
    def postings_out(self) -> Decimal:
        """账上已付、银行未付."""
        return sum((row.credit_yuan for row in self.postings), Decimal(0))

    @property
    def books_then(self) -> Decimal:
        """调节后余额 of the books."""
        return self.booked_yuan + self.lines_in - self.lines_out

    @property
    def bank_then(self) -> Decimal:
        """调节后余额 of the bank."""
        return self.said_yuan + self.postings_in - self.postings_out

    @property
    def apart_yuan(self) -> Decimal:
        """差额: nothing where all is explained."""
        return self.bank_then - self.books_then


def reconciliation(county: Union, on: date) -> Reconciliation:
    """银行存款余额调节表 at the end of the day."""
    return Reconciliation(
        on=on,
        booked_yuan=balance(county, chart.BANK, on),
        said_yuan=said(county, on),
        lines=list(open_lines(county, on)),
        postings=list(open_postings(county, on)),
    )


def said(county: Union, on: date) -> Decimal:
    """银行余额: as the last line up to the day says it; where lines say none, what they come to."""
    lines = BankLine.objects.filter(county=county, on__lte=on)
    last = lines.filter(stands_yuan__isnull=False).order_by("-on", "-id").first()
    if last is not None and last.stands_yuan is not None:
        return last.stands_yuan
    total: Decimal | None = lines.aggregate(total=Sum("amount_yuan"))["total"]
    return total or Decimal(0)
