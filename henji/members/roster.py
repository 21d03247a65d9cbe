"""花名册: the columns of a roster, and what one row of it says."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.keys import vault
from henji.lib import tongues
from henji.lib.columns import Column, as_text
from henji.lib.dates import DayIncomplete, parse_day
from henji.lib.identity import must_be_valid
from henji.lib.refusals import Refusal
from henji.lib.xlsx_cells import Cell
from henji.members import queries, rules
from henji.members.details import IDENTITY, PHONE, TOLD, Detail
from henji.members.rules import Place, ToldTerm

_MOBILE_DIGITS = 11
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


def _column(detail: Detail) -> Column:
    shared = detail.name not in _OF_ONE
    return Column(detail.name, detail.label, detail.heads, parse=_words, few=shared, spreads=shared)


COLUMNS = (
    Column(
        "name",
        gettext_lazy("姓名"),
        ("姓名", "会员姓名", "职工姓名", "名字"),
        mandatory=True,
        parse=_name,
    ),
    Column("identity", IDENTITY.label, IDENTITY.heads, mandatory=True),
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
    "standing": gettext_lazy("正常、保留会籍、转出、退会、除名、死亡；空着就是正常"),
    "left_on": gettext_lazy("转出、退会等的日期；空着按导入当天"),
    "birth_on": "1985-03-12",
    "sex": gettext_lazy("男、女"),
}


_DETAILS = tuple(detail.name for detail in TOLD)
_details = itemgetter(*_DETAILS)


class Told(NamedTuple):
    """名册一行: what it says of a person. `likeness` is equal for rows that say the same.

    `hint` is what does not fit together in it, `hint_in` the column; it does not keep the row out.
    """

    number: int
    blind: str
    values: Mapping[str, str]
    term: ToldTerm
    likeness: str
    hint: str
    hint_in: str


class Bad(NamedTuple):
    """退回的行: beside which column, and why."""

    number: int
    field: str
    reason: str


def told_by(
    number: int, cells: Mapping[str, Any], place_of: Callable[[str, str], Place | None], *, today: date
) -> Told | Bad:
    """读懂一行: what the row says, or why it comes back. `place_of` is that of the county's `Units`."""
    field = "document"
    try:
        rules.must_be_resident(cells["document"] or "")
        field = "identity"
        who = must_be_valid(cells["identity"], today=today)
        field = "standing"
        left = rules.has_left(cells["standing"] or "")
        field = "unit"
        place = place_of(cells["unit"] or "", cells["unit_code"] or "")
    except Refusal as refusal:
        return Bad(number, field, refusal.words)
    start_on = None if cells["start_on"] is INCOMPLETE else cells["start_on"]
    term = ToldTerm(place, start_on, left, cells["left_on"] if left else None)
    told = _details(cells)
    values = {"name": cells["name"], "identity": who.number}
    values |= {name: words for name, words in zip(_DETAILS, told, strict=True) if words}
    doubts = _doubts(cells, who.sex, who.birth_on)
    return Told(
        number=number,
        blind=queries.blind_identity(who.number),
        values=values,
        term=term,
        likeness=_likeness(cells["name"], who.number, told, term),
        hint=_("；").join(str(words) for _column, words in doubts) if doubts else "",
        hint_in=doubts[0][0] if doubts else "",
    )


def with_filled(row: Told, columns: Sequence[str]) -> Told:
    """注明: the row with a word that the columns got their value from a merged cell above."""
    labels = tongues.listed(column.label for column in COLUMNS if column.name in columns)
    words = _("%(labels)s取自上方的合并单元格") % {"labels": labels}
    hint = _("；").join(filter(None, (row.hint, words)))
    return row._replace(hint=hint, hint_in=row.hint_in or columns[0])


_SEX = gettext_lazy("性别与身份证号不符")
_BIRTH = gettext_lazy("出生日期与身份证号不符")
_PHONE = gettext_lazy("手机号不是 11 位")
_START = gettext_lazy("入会日期早于出生日期")
_MONTH = gettext_lazy("入会日期没有写到日，先按日期不详登记")


def _likeness(name: str, number: str, told: Sequence[str | None], term: ToldTerm) -> str:
    place = term.place
    where = f"{place.union}|{place.employer}|{place.named}" if place else ""
    details = "|".join([words or "" for words in told])
    said = f"{name}|{number}|{details}|{where}|{term.start_on}|{term.left}|{term.left_on}"
    return vault().blind("roster row", said)


def _doubts(cells: Mapping[str, Any], sex: str, birth_on: date) -> list[tuple[str, Promise]]:
    doubts: list[tuple[str, Promise]] = []
    sex_told, phone, start_on = cells["sex"], cells[PHONE.name], cells["start_on"]
    if sex_told and sex_told[0] in "男女" and sex_told[0] != sex:
        doubts.append(("sex", _SEX))
    if cells["birth_on"] and cells["birth_on"] != birth_on:
        doubts.append(("birth_on", _BIRTH))
    if phone and len(phone) != _MOBILE_DIGITS:
        doubts.append((PHONE.name, _PHONE))
    if start_on is INCOMPLETE:
        doubts.append(("start_on", _MONTH))
    elif start_on and start_on < birth_on:
        doubts.append(("start_on", _START))
    return doubts
