"""Judgments on lists, links, reports, slips and receipts."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from henji.lib import tags
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.mutual_aid import rules
from henji.mutual_aid.giving.models import Outcome, Receipt, Report, RollLink, Slip
from henji.mutual_aid.ledger.models import Kind, Voucher

#: A link is good for so many days unless another number is given, and for no more than so many.
DAYS, MOST_DAYS = 14, 60
#: So often an hour a link may be used; a careful officer needs a handful.
USES = 30
AN_HOUR = timedelta(hours=1)


class LinkEnded(Refusal):
    """链接失效: it was called back, or its days are over."""


class TooOften(Refusal):
    """使用过多: a link was used too often within the hour."""


class BadSpan(Refusal):
    """有效天数有误."""


class NoRolls(Refusal):
    """没有名单."""


class NobodyTicked(Refusal):
    """没有勾选."""


class NotOnTheRoll(Refusal):
    """不在名单上."""


class ReportMoved(Refusal):
    """填报有变动."""


class SlipTaken(Refusal):
    """回单号重复."""


class NoNumber(Refusal):
    """没有回单号."""


class SlipGone(Refusal):
    """缴款登记已作废."""


class ReceiptStands(Refusal):
    """收据还有效."""


class ReceiptGone(Refusal):
    """收据已作废."""


def must_last(days: int) -> int:
    """有效天数; raises BadSpan."""
    if not 1 <= days <= MOST_DAYS:
        raise BadSpan(_("有效天数填 1 到 %(most)s") % {"most": MOST_DAYS})
    return days


def must_have_rolls(rolls: Collection[object]) -> None:
    """Raise NoRolls where there is none."""
    if not rolls:
        raise NoRolls(_("没有要发的名单"))


def must_not_be_revoked(link: RollLink) -> None:
    """Raise LinkEnded where the link was called back."""
    if link.revoked_by_id is not None:
        raise LinkEnded(_("这个链接已经收回，请向县总工会要新的"))


def must_be_good(link: RollLink, at: datetime) -> None:
    """Raise LinkEnded where the link opens nothing any more."""
    must_not_be_revoked(link)
    if not link.is_good(at):
        raise LinkEnded(_("这个链接已经过期，请向县总工会要新的"))


def must_be_seldom(uses: int) -> None:
    """Raise TooOften after so many uses within the hour."""
    if uses >= USES:
        raise TooOften(_("这个链接用得太频繁，请过一小时再试"))


def exact_gifts(gifts: Mapping[UUID, Decimal], allowed: Collection[UUID]) -> dict[UUID, Decimal]:
    """填报的金额, each exact. Raises NobodyTicked, NotOnTheRoll, BadAmount."""
    if not gifts:
        raise NobodyTicked(_("还没有勾选捐款的人"))
    if not gifts.keys() <= set(allowed):
        raise NotOnTheRoll(_("有人不在这份名单上，或已经登记过捐款，请看过新的名单再报"))
    return {person: rules.exact_amount(amount) for person, amount in gifts.items()}


def must_be_as_seen(held: Report | None, seen: int | None) -> None:
    """Raise ReportMoved where another report was made, or settled, since the reporter looked."""
    if (held.pk if held else None) != seen:
        raise ReportMoved(_("这份名单刚刚有人报过或处理过，请看过新的内容再报"))


def must_be_open(found: int, asked: int) -> None:
    """Raise ReportMoved where some of the reports asked for are no longer open."""
    if found != asked or not asked:
        raise ReportMoved(_("有的填报已经处理过或重报过，请看过新的内容再办"))


def must_wait(report: Report) -> None:
    """Raise ReportMoved unless the report is open."""
    must_be_open(int(report.outcome == Outcome.OPEN), 1)


def exact_number(text: str) -> str:
    """回单号: tidied; raises NoNumber."""
    bare = tidy(text)
    if not bare or len(bare) > 40:
        raise NoNumber(_("请填写银行回单号，最长 40 字"))
    return bare


def must_be_a_new_number(number: str, *, county: int) -> None:
    """Raise SlipTaken where another slip, or an entry in the books, stands under the number."""
    booked = Voucher.objects.filter(county=county, kind=Kind.PAID_IN, slip=number, reversals=None)
    if Slip.objects.known().filter(county=county, number=number).exists() or booked.exists():
        raise SlipTaken(_("回单号 %(number)s 已登记过") % {"number": number})


def must_have_no_receipt(line: UUID) -> None:
    """Raise ReceiptStands where a receipt for the slip is good."""
    held = Receipt.objects.good().filter(slip__line=line).first()
    if held:
        raise ReceiptStands(_("这笔缴款开过收据 %(name)s，请先作废收据") % {"name": held.name})


def must_stand(slip: Slip) -> None:
    """Raise SlipGone where the slip was withdrawn."""
    if not Slip.objects.known().filter(pk=slip.pk).exists():
        raise SlipGone(_("这笔缴款登记已经作废"))


def must_be_valid(receipt: Receipt) -> None:
    """Raise ReceiptGone where the receipt was cancelled."""
    if not Receipt.objects.good().filter(pk=receipt.pk).exists():
        raise ReceiptGone(_("这张收据已经作废"))


def next_number(last: int | None) -> int:
    """下一号: the one after the last; the first is 1."""
    return (last or 0) + 1


def masked(names: Mapping[UUID, str]) -> dict[UUID, str]:
    """遮名: the middle of each name hidden, where those who remain alike are told apart by it all the same.

    赵晓明 is 赵*明 as long as nobody else on the list is; of two that would look alike both stand whole.
    """
    short = {person: _short(name) for person, name in names.items()}
    alike: dict[str, set[str]] = {}
    for person, name in names.items():
        alike.setdefault(short[person], set()).add(name)
    return {
        person: short[person] if len(alike[short[person]]) == 1 else name for person, name in names.items()
    }


def _short(name: str) -> str:
    if len(name) < 2:
        return name
    return name[0] + "*" * max(len(name) - 2, 1) + (name[-1] if len(name) > 2 else "")


def difference_in_words(difference: Decimal) -> str:
    """差额 of what was given over what was paid in, in words."""
    if difference > 0:
        return _("待缴存 %(sum)s") % {"sum": tags.yuan(difference)}
    if difference < 0:
        return _("多缴 %(sum)s，名单未列") % {"sum": tags.yuan(-difference)}
    return _("已对平")
