"""组织信息项: what is kept of a union and its officers, how lists call it, how it is read and shown."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import dates, identity, money, tags
from henji.lib.codelists import CodeList
from henji.lib.refusals import Refusal
from henji.lib.text import must_be_a_name, must_hold_no_number, tidy, tidy_name
from henji.unions import codes
from henji.unions.models import UNION_FACTS, UNION_LABELS, UNION_OPEN, Office, UnionFacts
from henji.unions.rules.told import exact_union_code

#: How people say that there is, or is not, something.
YES = frozenset({"yes", "是", "有", "已建", "已签", "√", "✓"})
NO = frozenset({"否", "无", "没有", "未建", "未签", "×"})
_DIGITS = re.compile(r"[0-9]+")
_ORDINAL = re.compile(r"第?([0-9]{1,3})(?:届|年)?")
_FORMULA = ("=", "+", "-", "@", "|")
_HAN_DIGITS = {sign: str(number) for number, sign in enumerate("零一二三四五六七八九")} | {"十": "10"}


class TooLong(Refusal):
    """文字过长."""


class LikeAFormula(Refusal):
    """像公式: a spreadsheet would run it."""


class NotANumber(Refusal):
    """不是整数."""


class NeitherSinceNorWhether(Refusal):
    """不知有无: neither a day nor yes or no."""


class NotAPhone(Refusal):
    """电话有误."""


@dataclass(frozen=True, slots=True)
class Item:
    """信息项: a value kept under `name`; `parse` makes it of a cell or of what was typed, or raises Refusal.

    Where nothing is told the value is None. `codes` are the codes that it may be.
    """

    name: str
    label: str | Promise
    heads: tuple[str, ...]
    parse: Callable[[Any], Any]
    kind: str = "text"
    codes: CodeList | None = None

    def shown(self, value: Any) -> str:
        """The value in words."""
        match value:
            case date():
                return tags.day(value)
            case Decimal():
                return tags.yuan(value)
        if self.kind == "since":
            return value or _("有")
        if self.kind == "phone":
            return identity.mask_phone(value)
        return self.codes.name_of(value) if self.codes else str(value)


def words(longest: int) -> Callable[[str], str]:
    """文字: tidied, without numbers that belong to persons; raises TooLong, LikeAFormula, NumberInWords."""

    def parse(text: str) -> str:
        bare = tidy(text)
        if bare.startswith(_FORMULA):
            raise LikeAFormula(_("不能以 = + - @ | 开头"))
        if len(bare) > longest:
            raise TooLong(_("最长 %(longest)s 字") % {"longest": longest})
        return must_hold_no_number(bare)

    return parse


def coded(codes: CodeList) -> Callable[[str], str]:
    """代码: the code of the words, else the words themselves."""
    exact = words(40)
    return lambda text: codes.code_of(text) or exact(text)


def number(least: int, most: int) -> Callable[[str], int]:
    """整数: also 第三届 and 5年; raises NotANumber."""

    def parse(text: str) -> int:
        bare = tidy(text).replace(" ", "").replace(",", "").replace("，", "")
        bare = "".join(_HAN_DIGITS.get(sign, sign) for sign in bare)
        found = _ORDINAL.fullmatch(bare) or _DIGITS.fullmatch(bare)
        value = int(found[found.lastindex or 0]) if found and len(found[0]) < 12 else None
        if value is None or not least <= value <= most:
            raise NotANumber(_("请填 %(least)s 到 %(most)s 的整数") % {"least": least, "most": most})
        return value

    return parse


def _yuan(text: str) -> Decimal:
    """An amount, of which nothing is one too."""
    return money.yuan(0) if tidy(text).rstrip("元") in ("0", "0.0", "0.00") else money.parse(text)


def _since(cell: object) -> str | None:
    """Since when there is something: a day, or empty where only that it is; None where it is not."""
    if not isinstance(cell, str):
        return dates.parse_day(cell).isoformat()
    bare = tidy(cell).lower()
    if bare in YES | NO:
        return "" if bare in YES else None
    try:
        return dates.parse_day(bare).isoformat()
    except dates.NotADay:
        raise NeitherSinceNorWhether(_("请写建立或签订的日期，不知道日期的写“是”，没有的空着")) from None


def _account(text: str) -> str:
    bare = tidy(text).replace(" ", "").replace("-", "")
    if not (_DIGITS.fullmatch(bare) and 6 <= len(bare) <= 30):
        raise NotANumber(_("账号只填数字"))
    return bare


def _phone(text: str) -> str:
    bare = tidy(text).replace(" ", "")
    if not re.fullmatch(r"[0-9+][0-9-]{5,19}", bare):
        raise NotAPhone(_("电话只填数字，座机可带区号和短横"))
    return bare


def _name(text: str) -> str:
    return must_be_a_name(tidy_name(text))


def _fact(name: str, heads: tuple[str, ...], parse: Callable[[Any], Any], **more: Any) -> Item:
    return Item(name, UNION_LABELS[name], heads, parse, **more)


def _listed(name: str, heads: tuple[str, ...], listed: CodeList) -> Item:
    return _fact(name, heads, coded(listed), codes=listed)


INSTITUTIONS = tuple(
    Item(
        f"has_{code.code}",
        code.name,
        (code.name, *code.aliases),
        _since,
        kind="since",
    )
    for code in codes.INSTITUTION.edition().codes.values()
)
SECTIONS: tuple[tuple[Promise, tuple[Item, ...]], ...] = (
    (
        gettext_lazy("代码和批复"),
        (
            _fact("union_code", ("工会统一社会信用代码", "工会信用代码", "工会代码"), exact_union_code),
            _fact("approved_by", ("审批单位", "批准单位", "审批机关"), words(100)),
            _fact("approved_on", ("批复日期", "批复时间", "审批日期"), dates.parse_day, kind="day"),
            _fact("approval_number", ("批复文号", "审批文号"), words(50)),
        ),
    ),
    (
        gettext_lazy("届次和任期"),
        (
            _fact("congress", ("届次", "本届届次"), number(1, 100)),
            _fact("elected_on", ("本届选举日期", "选举日期", "换届日期"), dates.parse_day, kind="day"),
            _fact("term_years", ("任期", "任期年数"), number(1, 10)),
        ),
    ),
    (
        gettext_lazy("法人资格"),
        (
            _fact("registrar", ("法人登记机关", "法人资格登记机关"), words(100)),
            _fact("legal_number", ("法人资格证号", "法人证号"), words(50)),
            _fact("legal_to", ("法人资格有效期至", "法人证有效期"), dates.parse_day, kind="day"),
        ),
    ),
    (
        gettext_lazy("账户和经费"),
        (
            _fact("bank", ("开户银行", "开户行"), words(100)),
            _fact("account", ("工会账号", "工会账户", "银行账号"), _account),
            _fact("funds_year", ("经费年度",), number(1980, 2119)),
            _fact("carried_yuan", ("上年结余", "上年经费结余"), _yuan, kind="yuan"),
            _fact("dues_yuan", ("会费收入",), _yuan, kind="yuan"),
            _fact("allotted_yuan", ("拨缴经费", "拨缴经费收入", "2%拨缴"), _yuan, kind="yuan"),
            _fact("other_yuan", ("其他收入", "其他经费收入"), _yuan, kind="yuan"),
        ),
    ),
    (gettext_lazy("建立的制度"), INSTITUTIONS),
    (
        gettext_lazy("评定和状态"),
        (
            _listed("home_level", ("职工之家", "职工之家级别"), codes.HOME_LEVEL),
            _listed("status", ("工会状态",), codes.UNION_STATUS),
        ),
    ),
)
ITEMS = tuple(item for _title, items in SECTIONS for item in items)
#: What is told of the holder of an office; all of it lies closed.
FACETS = ("name", "phone", "time", "rank")


def _offices() -> Iterator[tuple[str, dict[str, Item]]]:
    spoken = {"chair": "工会主席", "vice": "工会副主席", "audit": "经审主任", "women": "女工主任"}
    for office in Office.values:
        called = spoken[office]
        yield (
            office,
            {
                "name": Item(f"{office}_name", gettext_lazy("姓名"), (called, f"{called}姓名"), _name),
                "phone": Item(
                    f"{office}_phone", gettext_lazy("电话"), (f"{called}电话",), _phone, kind="phone"
                ),
                "time": Item(
                    f"{office}_time",
                    gettext_lazy("专兼职"),
                    (f"{called}专兼职",),
                    coded(codes.OFFICE_TIME),
                    codes=codes.OFFICE_TIME,
                ),
                "rank": Item(f"{office}_rank", gettext_lazy("级别"), (f"{called}级别",), words(40)),
            },
        )


OFFICES: Mapping[str, Mapping[str, Item]] = dict(_offices())


def flat(facts: UnionFacts) -> dict[str, Any]:
    """What is told of a union, item by item; what nobody has told is left out."""
    told = {name: getattr(facts, name) for name in UNION_FACTS if name != "institutions"}
    told |= {f"has_{code}": since for code, since in facts.institutions.items()}
    return {
        name: value for name, value in told.items() if value is not None and (value != "" or _is_since(name))
    }


def columns(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, as the columns of `UnionFacts`."""
    values = UNION_OPEN | {name: told[name] for name in UNION_FACTS if told.get(name) is not None}
    held = {name.removeprefix("has_"): since for name, since in told.items() if _is_since(name)}
    return {**values, "institutions": {code: since for code, since in held.items() if since is not None}}


def written(told: Mapping[str, Any]) -> dict[str, str]:
    """What is told, as words that `read` understands."""
    return {
        name: (value or "是") if _is_since(name) else str(value)
        for name, value in told.items()
        if value is not None
    }


def read(words_told: Mapping[str, str]) -> dict[str, Any]:
    """What was written."""
    return {item.name: item.parse(words_told[item.name]) for item in ITEMS if item.name in words_told}


def _is_since(name: str) -> bool:
    return name.startswith("has_")


def due_on(told: Mapping[str, Any]) -> date | None:
    """应换届日期: the day of the election after so many years; None where either lacks."""
    elected_on, years = told.get("elected_on"), told.get("term_years")
    if not elected_on or not years:
        return None
    # There is no 29 February in most years.
    day = min(elected_on.day, 28) if (elected_on.month, elected_on.day) == (2, 29) else elected_on.day
    return date(elected_on.year + years, elected_on.month, day)
