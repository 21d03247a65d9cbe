"""Judgments on entries and periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from henji.lib import tags
from henji.lib.money import LARGEST, yuan
from henji.lib.refusals import Refusal
from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.models import Closing, Kind, Voucher
from henji.unions.models import Employer, Union


class Unbalanced(ValueError):
    """借贷不平: no command makes such an entry; one that does is wrong, not whoever used it."""


class PeriodClosed(Refusal):
    """已结账的期间."""


class AlreadyReversed(Refusal):
    """已经冲销."""


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
