"""花名册: the columns of a roster, and what one row of it says."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy

from henji.lib.columns import Column, as_text
from henji.lib.dates import DayIncomplete, NotADay, parse_day
from henji.lib.identity import PLAIN_NUMBER
from henji.lib.text import PLAIN_NAME, PLAIN_WORDS
from henji.lib.xlsx_cells import Cell
from henji.members import rules
from henji.members.details import IDENTITY, PHONE, TOLD, Detail

#: Details that say something else of everybody.
_OF_ONE = frozenset({"phone", "address", "member_number"})


def _words(cell: Cell) -> str:
    return rules.exact_detail(cell if isinstance(cell, str) else as_text(cell))


def _unit(cell: Cell) -> str:
    return rules.exact_unit(as_text(cell))


def _name(cell: Cell) -> str:
    return rules.exact_name(as_text(cell))


class _Incomplete:
    """日期没有写到日: told as a doubt, not guessed."""


INCOMPLETE = _Incomplete()


def _joined(cell: Cell) -> date | _Incomplete:
    """The day of joining; a year and month alone do not keep a member out."""
    try:
        return parse_day(cell)
    except DayIncomplete:
        return INCOMPLETE


def _told(cell: Cell, detail: Detail) -> str:
    if detail.is_day and not isinstance(cell, str):
        try:
            return parse_day(cell).isoformat()
        except NotADay:
            return as_text(cell)
    return rules.exact_told(detail, as_text(cell))


def _column(detail: Detail) -> Column:
    shared = detail.name not in _OF_ONE
    exact = bool(detail.codes) or detail.is_day
    return Column(
        detail.name,
        detail.label,
        detail.heads,
        parse=partial(_told, detail=detail) if exact else _words,
        kind="day" if detail.is_day else "text",
        few=shared,
        plain=None if exact else PLAIN_WORDS,
        spreads=shared,
    )


COLUMNS = (
    Column(
        "name",
        gettext_lazy("姓名"),
        ("姓名", "会员姓名", "职工姓名", "名字"),
        mandatory=True,
        parse=_name,
        plain=PLAIN_NAME,
    ),
    Column("identity", IDENTITY.label, IDENTITY.heads, mandatory=True, plain=PLAIN_NUMBER),
    _column(PHONE),
    Column(
        "unit",
        gettext_lazy("工作单位"),
        (
            *("工作单位", "单位名称", "所在单位", "单位", "企业名称", "单位全称", "工作单位名称"),
            *("所在单位名称", "用人单位", "用人单位名称", "所属工会", "基层工会"),
        ),
        parse=_unit,
        few=True,
        spreads=True,
    ),
    Column(
        "unit_code",
        gettext_lazy("统一社会信用代码"),
        ("统一社会信用代码", "社会信用代码", "信用代码", "单位信用代码"),
        parse=_words,
        few=True,
        spreads=True,
    ),
    Column(
        "start_on",
        gettext_lazy("入会日期"),
        ("入会日期", "入会时间", "入会年月", "加入工会日期", "加入工会时间"),
        parse=_joined,
        kind="day",
        few=True,
        spreads=True,
    ),
    Column("standing", gettext_lazy("会籍状态"), ("会籍状态", "会员状态", "状态"), parse=_words, few=True),
    Column(
        "left_on",
        gettext_lazy("变化日期"),
        ("变化日期", "变动日期", "离会日期", "转出日期", "退会日期"),
        parse=parse_day,
        kind="day",
        few=True,
    ),
    Column("sex", gettext_lazy("性别"), ("性别",), parse=_words, few=True),
    Column(
        "birth_on",
        gettext_lazy("出生日期"),
        ("出生日期", "出生年月日", "生日"),
        parse=parse_day,
        kind="day",
        few=True,
    ),
    Column("document", gettext_lazy("证件类型"), ("证件类型", "证件种类"), parse=_words, few=True),
    *(_column(detail) for detail in TOLD if detail is not PHONE),
)
#: What stands in the template's explanation, column by column.
EXAMPLE = {
    "name": "张三",
    "identity": gettext_lazy("18 位，最后一位可以是 X"),
    "phone": gettext_lazy("11 位"),
    "unit": gettext_lazy("单位全称，与单位名录一致"),
    "unit_code": gettext_lazy("18 位，有就按它认单位"),
    "start_on": "2016-07-08",
    "standing": gettext_lazy(
        "正常、退休保留会籍、失业保留会籍、保留会籍、转出、退会、除名、死亡；空着就是正常"
    ),
    "left_on": gettext_lazy("转出、退会等的日期；空着按导入当天"),
    "birth_on": "1985-03-12",
    "sex": gettext_lazy("男、女"),
}
