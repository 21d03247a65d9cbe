"""Judgments on entries and periods."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from henji.evidence import naming
from henji.lib import money, tags
from henji.lib.actors import Actor
from henji.lib.money import LARGEST, yuan
from henji.lib.refusals import Refusal
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import matching
from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.entries import Entry
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.models import BankLine, Closing, Kind, Posting, Tick, TickQuerySet, Voucher
from henji.unions.models import Employer, Union


class Unbalanced(ValueError):
    """借贷不平: no command makes such an entry; one that does is wrong, not whoever used it."""


class PeriodClosed(Refusal):
    """已结账的期间."""


class AlreadyReversed(Refusal):
    """已经冲销."""


class NotByHand(Refusal):
    """不是手工凭证."""


class UnitMissing(Refusal):
    """没有缴款单位."""


class NotOverpaid(Refusal):
    """没有多缴."""


class NotClosable(Refusal):
    """不能结账的日期."""


class NothingTicked(Refusal):
    """没有选择要勾对的."""


class NotEqual(Refusal):
    """两边金额不等."""


class AlreadyTicked(Refusal):
    """已经勾对."""


class OwnVoucher(Refusal):
    """自己记的凭证."""


class NotTicked(Refusal):
    """没有勾对."""


@dataclass(frozen=True, slots=True)
class Line:
    """分录: an amount on one side of an account, of a unit where the account is kept by unit."""

    account: str
    debit_yuan: Decimal = Decimal(0)
    credit_yuan: Decimal = Decimal(0)
    employer: Employer | int | None = None

    @property
    def unit(self) -> int | None:
        """The unit's id."""
        return self.employer.pk if isinstance(self.employer, Employer) else self.employer

    @property
    def red(self) -> "Line":
        """红字: what takes it back, on the same side."""
        return Line(self.account, -self.debit_yuan, -self.credit_yuan, self.employer)


def pair(debit: str, credit: str, amount: Decimal, employer: Employer | int | None = None) -> list[Line]:
    """一借一贷: the two lines of a plain entry; the unit stands on the accounts that are kept by unit."""
    return [
        Line(debit, debit_yuan=amount, employer=employer if ACCOUNTS[debit].by_unit else None),
        Line(credit, credit_yuan=amount, employer=employer if ACCOUNTS[credit].by_unit else None),
    ]


def must_balance(lines: Sequence[Line]) -> None:
    """Raise Unbalanced unless each line is whole fen on one side of an account, and the sides are equal."""
    for line in lines:
        account = ACCOUNTS[line.account]
        if bool(line.debit_yuan) == bool(line.credit_yuan):
            raise Unbalanced(f"{line.account}: one side, and not nothing")
        if line.unit is not None and not account.by_unit:
            raise Unbalanced(f"{line.account} is not kept by unit")
        if any(amount != yuan(amount) for amount in (line.debit_yuan, line.credit_yuan)):
            raise Unbalanced(f"{line.account}: parts of a fen")
        if abs(line.debit_yuan + line.credit_yuan) > LARGEST * 1000:
            raise Unbalanced(f"{line.account}: too much")
    if not lines or sum(line.debit_yuan for line in lines) != sum(line.credit_yuan for line in lines):
        raise Unbalanced("debits are not credits")


def closed_to(county: Union) -> date | None:
    """结账至: the last day into which nothing can be posted any more."""
    last: date | None = Closing.objects.filter(county=county).aggregate(last=Max("closed_to"))["last"]
    return last


def must_be_open(county: Union, on: date) -> None:
    """Raise PeriodClosed where the books of the day are closed."""
    last = closed_to(county)
    if last and on <= last:
        told = {"day": tags.day(on), "last": tags.day(last)}
        raise PeriodClosed(
            _("%(day)s 所在的月份已结账（结至 %(last)s），不能再记账；请记在之后的日期") % told
        )


def open_day(county: Union, on: date, *, today: date) -> date:
    """记账日: the day itself where its books are open, else today: what is late goes into the open period."""
    last = closed_to(county)
    if last is None or on > last:
        return on
    return max(today, last + timedelta(days=1))


def must_stand(voucher: Voucher) -> None:
    """Raise AlreadyReversed where a red voucher has taken back the whole of it."""
    if Voucher.objects.filter(reverses=voucher, kind=Kind.REVERSAL).exists():
        raise AlreadyReversed(_("凭证 %(label)s 已经冲销") % {"label": voucher.label})


def is_by_hand(voucher: Voucher) -> bool:
    """Whether the voucher was entered by hand, or takes back one that was."""
    return voucher.trace.deed in {Deed.VOUCHER_ENTERED, Deed.VOUCHER_REVERSED}


def must_be_by_hand(voucher: Voucher) -> None:
    """Raise NotByHand where another deed made the voucher: what it says is corrected where that was done."""
    if not is_by_hand(voucher):
        told = {"deed": naming.deed_name(voucher.trace.deed)}
        raise NotByHand(_("这张凭证是“%(deed)s”记下的，要改请在那一笔上更正或作废") % told)


def must_name_a_unit(entry: Entry, employer: Employer | None) -> Employer | None:
    """缴款单位: the unit where the entry is of one, else nobody; raises UnitMissing."""
    if entry.of_a_unit and employer is None:
        raise UnitMissing(_("请选择缴款单位"))
    return employer if entry.of_a_unit else None


def must_have_overpaid(stands_yuan: Decimal, amount: Decimal) -> None:
    """Raise NotOverpaid where a unit would get back more than it paid in beyond its list."""
    over = max(-stands_yuan, Decimal(0))
    if amount > over:
        raise NotOverpaid(_("该单位比名册多缴 %(over)s，不能退回更多") % {"over": money.show(over)})


@dataclass(frozen=True, slots=True)
class Closable:
    """可结期间: from which day the books are open, and up to which days they may be closed now."""

    open_from: date
    days: tuple[date, ...]


def closable(county: Union, *, today: date) -> Closable | None:
    """可结期间: ends of past months, of one year at a time; None where nothing was ever booked."""
    last = closed_to(county)
    first = Voucher.objects.filter(county=county).aggregate(first=Min("on"))["first"]
    if last is None and first is None:
        return None
    open_from = last + timedelta(days=1) if last else first.replace(day=1)
    ends = (_end_of_month(open_from.year, month) for month in range(open_from.month, 13))
    return Closable(open_from, tuple(end for end in ends if end < today))


def must_be_closable(county: Union, day: date, *, today: date) -> None:
    """Raise NotClosable unless the books may be closed up to the day."""
    offered = closable(county, today=today)
    if offered is None or day not in offered.days:
        raise NotClosable(_("只能结到已经过完的月份的最后一天，一次最多结到当年年底"))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Group:
    """勾对组: lines of the bank and postings that come to the same."""

    lines: list[BankLine]
    postings: list[Posting]


def must_tick_something(matches: Sequence[Match]) -> None:
    """Raise NothingTicked where nothing was chosen."""
    if not matches:
        raise NothingTicked(_("请先选择要勾对的项目"))


def must_agree(county: Union, matches: Sequence[Match]) -> list[Group]:
    """勾对组 of the county's own lines and postings, still open; raises AlreadyTicked, NotEqual. Two queries.

    Either side may be empty where the other comes to nothing: what was booked and taken back.
    """
    wanted = (
        [pk for match in matches for pk in match.lines],
        [pk for match in matches for pk in match.postings],
    )
    lines = matching.open_lines(county).in_bulk(wanted[0])
    postings = matching.open_postings(county).in_bulk(wanted[1])
    if (len(lines), len(postings)) != tuple(map(len, wanted)):
        raise AlreadyTicked(_("选中的项目里有刚被勾对过的，请刷新后再试"))
    groups = [
        Group([lines[pk] for pk in match.lines], [postings[pk] for pk in match.postings]) for match in matches
    ]
    for group in groups:
        _must_be_equal(group)
    return groups


def _must_be_equal(group: Group) -> None:
    said = sum((line.amount_yuan for line in group.lines), Decimal(0))
    booked = sum(map(matching.moved, group.postings), Decimal(0))
    if not (group.lines or group.postings) or said != booked:
        told = {"said": money.show(said), "booked": money.show(booked)}
        raise NotEqual(_("两边金额不相等：银行 %(said)s，账上 %(booked)s") % told)


def must_be_anothers(postings: Iterable[Posting], by: Actor) -> None:
    """Raise OwnVoucher where whoever ticks has booked one of the vouchers: two people see each money."""
    for posting in postings:
        if posting.voucher.trace.by_id == by.id:
            told = {"label": posting.voucher.label}
            raise OwnVoucher(_("凭证 %(label)s 是您自己记的，请由别人对账") % told)


def must_be_ticked(ticks: TickQuerySet) -> Tick:
    """The group's first tick; raises NotTicked where it was taken back already."""
    first = ticks.order_by("id").first()
    if first is None:
        raise NotTicked(_("这一组勾对已经撤回"))
    return first
