"""Judgments on drives, donations and aid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.evidence.versions import Version
from henji.lib.money import LARGEST, yuan
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.members.models import Person
from henji.mutual_aid.models import AidPayment, Donation, DonationQuerySet, Drive, Giver, Subsidy

#: What books write in the column of names for money that a unit gives without names.
GROUP_WORDS = frozenset({"集体", "集体捐款", "单位", "单位捐款", "企业捐款", "团体", "匿名", "无名氏"})


class BadDays(Refusal):
    """起止日期颠倒."""


class DriveThere(Refusal):
    """活动代号重复."""


class NotYetHappened(Refusal):
    """还没有到的日期."""


class BadAmount(Refusal):
    """金额有误."""


class VoucherTaken(Refusal):
    """凭证号重复."""


class NoVoucher(Refusal):
    """没有凭证号."""


class AlreadyGiven(Refusal):
    """同一天同一收据已有登记."""


class NoSuchMember(Refusal):
    """名册上没有此人."""


class NothingChanged(Refusal):
    """没有更正内容."""


class RecordMoved(Refusal):
    """检查之后数据有变动."""


class NoReason(Refusal):
    """没有写原因."""


class NotUnknown(Refusal):
    """捐款人不是待确认."""


class GiverMissing(Refusal):
    """没有捐款人或单位."""


def terms(
    *,
    name: str,
    collects_from: date,
    collects_to: date,
    aid_from: date,
    aid_to: date,
    counted_on: date | None = None,
) -> dict[str, Any]:
    """活动安排: members count on the last day of collection unless another is named.

    Raises BadDays.
    """
    _must_run_forwards(collects_from, collects_to, _("募集期"))
    _must_run_forwards(aid_from, aid_to, _("救助期"))
    return {
        "name": name[:60],
        "collects_from": collects_from,
        "collects_to": collects_to,
        "aid_from": aid_from,
        "aid_to": aid_to,
        "counted_on": counted_on or collects_to,
    }


def _must_run_forwards(first: date, last: date, what: str) -> None:
    if last < first:
        raise BadDays(_("%(what)s的截止日期早于开始日期") % {"what": what})


def must_be_a_new_code(drive_code: str, county: int) -> str:
    """活动代号: tidied; raises DriveThere."""
    code = tidy(drive_code)[:20]
    if not code:
        raise DriveThere(_("请填写活动代号"))
    if Drive.objects.filter(county=county, code=code).exists():
        raise DriveThere(_("活动代号“%(code)s”已经用过，请换一个") % {"code": code})
    return code


def must_have_happened(day: date, *, today: date) -> None:
    """Raise NotYetHappened for a day in the future."""
    if day > today:
        raise NotYetHappened(_("日期 %(day)s 还没有到") % {"day": day.isoformat()})


def exact_amount(amount: Decimal) -> Decimal:
    """金额 with its two places; raises BadAmount unless it is positive, in whole fen and not absurd."""
    if not 0 < amount <= LARGEST:
        raise BadAmount(_("金额须大于 0，不超过 1 亿元"))
    if amount != yuan(amount):
        raise BadAmount(_("金额最多两位小数"))
    return yuan(amount)


def must_say_why(reason: str) -> str:
    """原因: tidied; raises NoReason."""
    bare = tidy(reason)
    if not bare:
        raise NoReason(_("请写明原因"))
    return bare


def exact_voucher(text: str) -> str:
    """凭证号: tidied; raises NoVoucher."""
    bare = tidy(text)
    if not bare or len(bare) > 40:
        raise NoVoucher(_("请填写凭证号，最长 40 字"))
    return bare


def must_be_a_new_voucher(
    kind: type[AidPayment | Subsidy], voucher: str, *, county: int, line: UUID | None = None
) -> None:
    """Raise VoucherTaken where another payment, or another subsidy, stands under the voucher.

    `line` is the one that is being corrected; it may keep its own.
    """
    held = kind.objects.known().filter(county=county, voucher=voucher)
    others = held.exclude(line=line) if line else held
    if others.exists():
        told = {"voucher": voucher, "what": kind._meta.verbose_name}
        raise VoucherTaken(_("凭证号 %(voucher)s 已登记过一笔%(what)s") % told)


def must_be_unknown(donation: Donation) -> None:
    """Raise NotUnknown unless the donation still looks for its giver."""
    if donation.giver != Giver.UNKNOWN:
        raise NotUnknown(_("这笔捐款的捐款人已经确认"))


def must_be_a_member(person: Person | None) -> Person:
    """会员: whom the county's roster holds; raises NoSuchMember, which says nothing of other counties."""
    if person is None:
        raise NoSuchMember(_("会员名册上没有这个身份证号"))
    return person


def must_be_one_gift(held: DonationQuerySet, *, day: date, receipt: str) -> None:
    """Raise AlreadyGiven where one of the giver's gifts held is of the same day and receipt."""
    if held.filter(given_on=day, receipt=receipt).exists():
        raise AlreadyGiven(_("同一人同一天同一收据号已有登记，如是再次捐款请填不同的日期或收据号"))


def must_change_something(held: Version, **told: object) -> None:
    """Raise NothingChanged where a correction says what is on record already."""
    if all(getattr(held, name) == value for name, value in told.items()):
        raise NothingChanged(_("内容和原来一样，没有要更正的"))


def must_stand_still(condition: object) -> None:
    """Raise RecordMoved unless the record is still as it was when a book was checked against it."""
    if not condition:
        raise record_moved()


def record_moved() -> RecordMoved:
    """The refusal of a book that was checked against a record that has changed since."""
    return RecordMoved(_("检查之后数据有变动，请重新检查"))


def group_name(name: str) -> str:
    """捐款人姓名 as a book wrote it; empty where the words only say that nobody is named."""
    return "" if name in GROUP_WORDS else name


def giver_key(
    drive: Drive, *, person: UUID | None = None, identity: str = "", unit: str = "", named: str = ""
) -> str:
    """捐款方盲索引: who gave, as it was written: a person, a number, or a name in a unit."""
    who = (str(person),) if person else ("", identity) if identity else ("", unit, named)
    return vault().blind("giver", repr((drive.pk, *who)))


@dataclass(frozen=True, slots=True)
class Line:
    """名册一行: what makes it one gift and no other.

    `nth` counts the lines of a book that say the same: two boxes of a unit are two gifts, and the same book
    again gives the same two. `mark` is the book's own, for a line that says neither who nor where from:
    another book's line like it is another gift.
    """

    giver_key: str
    day: date | None
    receipt: str
    fen: int
    mark: str = ""
    nth: int = 1


def gift_key(line: Line) -> str:
    """捐款盲索引: equal for lines that are the same gift, in whatever order books give them.

    A day that is not written stays out of it: imported again on another day it is still the same book.
    """
    day = line.day.isoformat() if line.day else ""
    return vault().blind("gift", repr((line.giver_key, day, line.receipt, line.fen, line.mark, line.nth)))


def key_by_hand(line: UUID) -> str:
    """捐款盲索引 of a gift that no book wrote."""
    return vault().blind("gift", str(line))


def day_given(written: date | None, drive: Drive, *, today: date) -> date:
    """捐款日期: as written, else the drive's last day, or today while it still collects."""
    return written or min(drive.collects_to, today)
