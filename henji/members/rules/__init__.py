"""Judgments on members and their memberships. Words never repeat a name or a number."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from henji.evidence.versions import Outdated
from henji.lib.dates import NotADay, parse_day
from henji.lib.refusals import Refusal
from henji.lib.text import must_be_a_name, must_hold_no_number, tidy, tidy_name, tidy_unit
from henji.members.details import LONGEST, MASKED, TOLD, Detail
from henji.members.models import Person, Standing, Unplaced
from henji.unions.models import Employer

#: The longest name of an employer that a roster may give.
LONGEST_UNIT = 100
#: How 会籍状态 is written, and whether somebody in it is a member.
_MEMBER = frozenset({"正常", "在册", "在会", "有效", "会员", "正式", "正式会员", "在职", "转入", "入会"})
_LEFT = frozenset({"转出", "退会", "除名", "死亡", "去世", "已故", "注销", "离会", "调出", "开除"})
#: Why a membership is kept, as rosters word it.
_KEPT = {Standing.RETIRED: ("退休", "离休"), Standing.UNEMPLOYED: ("失业", "下岗")}


class AlreadyHeld(Refusal):
    """已有该会员: the number is held in this county."""


class HeldElsewhere(Refusal):
    """他县已登记: the number is held in another county; more is not told."""


class Erased(Refusal):
    """信息已删除: the person's key was destroyed."""


class StandingUnknown(Refusal):
    """会籍状态不认识."""


class EndsBeforeStart(Refusal):
    """离会早于入会."""


class LeftAlready(Refusal):
    """已离会: whoever comes back comes back on a day."""


class StartsBeforeLastEnd(Refusal):
    """入会早于上次离会: two memberships of one person would overlap."""


class TooLong(Refusal):
    """内容过长."""


class NotAUnit(Refusal):
    """单位名称有误."""


class UnitsDiffer(Refusal):
    """单位名称与信用代码不符."""


class OtherDocument(Refusal):
    """不是居民身份证."""


class NotInCounty(Refusal):
    """单位不在本县."""


class PlacedAlready(Refusal):
    """已经归属."""


class NotPlaced(Refusal):
    """没有归属."""


class NoReason(Refusal):
    """没有写明用途."""


class NotMasked(Refusal):
    """没有这一项: only what is masked can be revealed."""


class NothingChanged(Refusal):
    """没有改动."""


class RecordMoved(Refusal):
    """检查之后数据有变动."""


class Place(NamedTuple):
    """归属: the union, and the employer or else the name that the records do not hold."""

    union: int
    employer: int | None = None
    named: str = ""


class Term(NamedTuple):
    """会籍内容: where somebody is a member, from a day, up to and without another, and in which standing."""

    place: Place
    start_on: date | None = None
    end_on: date | None = None
    standing: str = Standing.WORKING.value


class HeldTerm(NamedTuple):
    """已有会籍: the latest on record, its line, and the day on which the one before it ended.

    `awaits` where nobody has told yet where in the county: a roster that tells it completes the record.
    `behind` are the unions in which the person was before.
    """

    line: UUID
    term: Term
    after: date | None = None
    awaits: bool = False
    behind: frozenset[int] = frozenset()


class ToldTerm(NamedTuple):
    """名册所载会籍: what a roster's row says; None or empty where it says nothing.

    `left`: 转出, 退会 and the like. `standing` is one in which the membership is kept without working.
    """

    place: Place | None = None
    start_on: date | None = None
    left: bool = False
    left_on: date | None = None
    standing: str = ""


class NextTerm(NamedTuple):
    """应有会籍: what the record should say; `line` is None where it is a membership of its own."""

    line: UUID | None
    term: Term


# -- what a cell or a field may hold ---------------------------------------------------------------


def exact_name(text: str) -> str:
    """姓名: tidied; raises NotAName."""
    return must_be_a_name(tidy_name(text))


def exact_unit(text: str) -> str:
    """单位名称: tidied; raises NotAUnit."""
    unit = tidy_unit(text)
    if unit.startswith(("=", "+", "-", "@", "|")):
        raise NotAUnit(_("单位名称不能以 = + - @ | 开头，请填写单位全称"))
    if len(unit) > LONGEST_UNIT:
        raise NotAUnit(_("单位名称最长 %(longest)s 字") % {"longest": LONGEST_UNIT})
    return must_hold_no_number(unit)


def exact_told(detail: Detail, text: str) -> str:
    """信息项: the code where one is meant, the day where one is; else the tidied words. Raises TooLong."""
    words = exact_detail(text)
    if detail.codes:
        return detail.codes.code_of(words) or words
    if detail.is_day and words:
        try:
            return parse_day(words).isoformat()
        except NotADay:
            return words
    return words


def exact_detail(text: str) -> str:
    """信息项: tidied; raises TooLong."""
    words = tidy(text)
    if len(words) > LONGEST:
        raise TooLong(_("内容超过 %(longest)s 字，请缩短") % {"longest": LONGEST})
    return words


@lru_cache(maxsize=256)
def has_left(standing: str) -> bool:
    """会籍状态: whether whoever is in it is no longer a member; empty is 正常. Raises StandingUnknown."""
    word = tidy(standing)
    if word in _LEFT:
        return True
    if not word or word in _MEMBER or "保留" in word:
        return False
    raise StandingUnknown(_("会籍状态不认识，可填：正常、保留会籍、转出、退会、除名、死亡；空着就是正常"))


@lru_cache(maxsize=256)
def kept_standing(standing: str) -> str:
    """保留会籍: in which standing the membership is kept without working; empty where it says nothing of it.

    “正常” says nothing either: whose membership is kept becomes an ordinary member again by hand alone.
    """
    word = tidy(standing)
    if "保留" not in word:
        return ""
    told = (kind for kind, parts in _KEPT.items() if any(part in word for part in parts))
    return next(told, Standing.KEPT).value


@lru_cache(maxsize=256)
def must_be_resident(document: str) -> None:
    """Raise OtherDocument where the kind of document is named and is no resident identity card."""
    if document and not any(word in document for word in ("身份证", "居住证")):
        raise OtherDocument(_("目前只收居民身份证，请核对证件类型"))


# -- memberships -----------------------------------------------------------------------------------


def must_run_forwards(start_on: date | None, end_on: date | None) -> None:
    """Raise EndsBeforeStart."""
    if start_on and end_on and end_on < start_on:
        raise EndsBeforeStart(_("离会日期早于入会日期，请核对"))


def must_not_overlap(start_on: date | None, last_end: date | None) -> None:
    """Raise StartsBeforeLastEnd where the membership begins before the one before it ended."""
    if last_end and (start_on is None or start_on < last_end):
        raise StartsBeforeLastEnd(_("入会日期早于上次离会日期，请核对"))


def merged(held: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """会员信息合并: what is told over what is held; a blank never erases, a code no word that means it."""
    return {
        **held,
        **{name: value for name, value in told.items() if value and not _means(held, name, value)},
    }


_CODED = {detail.name: detail.codes for detail in TOLD if detail.codes}


def _means(held: Mapping[str, str], name: str, code: str) -> bool:
    words = held.get(name, "")
    return bool(words) and name in _CODED and _CODED[name].code_of(words) == code


# -- persons ---------------------------------------------------------------------------------------


def must_be_free(holder: Person | None, *, county: int) -> None:
    """Raise AlreadyHeld or HeldElsewhere where somebody holds the identity number."""
    if holder is None:
        return
    if holder.county_id == county:
        raise AlreadyHeld(_("该身份证号已登记为本县会员，请按身份证号查找后更正"))
    raise held_elsewhere()


def held_elsewhere() -> HeldElsewhere:
    """The refusal that tells no more than it must."""
    return HeldElsewhere(_("该身份证号已在其他县（区）登记，请到“会籍转移”请求转入"))


def must_be_open(person: Person) -> bytes:
    """The person's key; raises Erased where it was destroyed."""
    if not person.key:
        raise erased()
    return bytes(person.key)


def erased() -> Erased:
    """The refusal where a key was destroyed."""
    return Erased(_("该会员的信息已按规定删除，不能再改"))


def must_be_of(employer: Employer | None, *, county: int) -> None:
    """Raise NotInCounty unless the employer is one of the county, or none is given."""
    if employer is not None and employer.county_id != county:
        raise NotInCounty(_("该单位不在本县，请重新选择"))


def place_of(employer: Employer | None, *, county: int) -> Place:
    """归属: the employer's nearest union; the county alone where there is no employer."""
    return Place(employer.home.pk, employer.pk) if employer else Place(county)


def must_agree(coded: Place | None, named: Place | None) -> None:
    """Raise UnitsDiffer where the credit code and the name are those of two employers."""
    if coded and named and coded != named:
        raise UnitsDiffer(_("单位名称和信用代码不是同一个单位，请核对"))


def must_not_be_placed(unplaced: Unplaced, *, taken: bool) -> None:
    """Raise PlacedAlready where somebody else has found the employer first."""
    if taken:
        raise PlacedAlready(_("“%(name)s”已经归属，请刷新后查看") % {"name": unplaced.name})


def must_be_placed(unplaced: Unplaced, *, taken: bool = False) -> Employer:
    """The employer meant; raises NotPlaced where there is none, or somebody else has just changed it."""
    if unplaced.employer is None or taken:
        raise NotPlaced(_("“%(name)s”没有归属，请刷新后查看") % {"name": unplaced.name})
    return unplaced.employer


def must_say_why(reason: str) -> str:
    """用途: tidied; raises NoReason."""
    words = tidy(reason)
    if len(words) < 2:
        raise NoReason(_("请写明查看的用途"))
    return words[:LONGEST]


def must_be_masked(field: str) -> None:
    """Raise NotMasked unless the detail is one of those that are masked."""
    if field not in MASKED:
        raise NotMasked(_("没有这一项"))


def must_be_current(condition: object) -> None:
    """Raise Outdated unless what was seen is still what is believed."""
    if not condition:
        raise Outdated(_("这条记录刚被别人更正过，请看过新的内容再改"))


def must_change_something(fields: list[str]) -> None:
    """Raise NothingChanged where everything is as it was."""
    if not fields:
        raise NothingChanged(_("没有改动，无需保存"))


def must_stand_still(condition: object) -> None:
    """Raise RecordMoved unless what was checked still holds."""
    if not condition:
        raise record_moved()


def record_moved() -> RecordMoved:
    """The refusal where the record is no longer as it was when it was checked."""
    return RecordMoved(_("检查之后数据有变动，请重新检查"))
