"""单位名单: the columns of a list of employers, and what one row of it says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.keys import vault
from henji.lib import tongues
from henji.lib.codelists import CodeList
from henji.lib.columns import Column, as_text
from henji.lib.dates import parse_day
from henji.lib.refusals import Refusal
from henji.lib.text import must_hold_no_number, tidy_unit
from henji.lib.vault import Sealed
from henji.lib.xlsx_cells import Cell
from henji.unions import codes, records, rules
from henji.unions.models import PROFILE
from henji.unions.planting import EmployerLine
from henji.unions.records import Item
from henji.web.models import StagedEmployer

#: What is written in a cell that is left open, and to say that there is nothing.
OPEN = frozenset({"/", "-", "—", "——"})
NOTHING = OPEN | {"无", "没有", "暂无"}
YES = frozenset({"是", "有", "已建", "已建会", "√", "✓"})
NO = frozenset({"否", "不是", "无", "没有", "暂无", "未建", "未建会", "×"})
MOST_WORKERS = 1_000_000
#: What of a line is staged otherwise than as its own column.
_APART = frozenset({"facts", "holders"})

_PEOPLE = re.compile(r"([0-9]+)(?:\.0+)?人?")


class NotANumber(Refusal):
    """不是人数."""


class TooLong(Refusal):
    """文字过长."""


class NeitherYesNorNo(Refusal):
    """不知是否."""


class SaidOfNoUnion(Refusal):
    """没有工会: something is told of a union, and none is named."""


class SaidBothWays(Refusal):
    """前后矛盾: a union is named, and said not to be there."""


def line_told(cells: Mapping[str, Any], *, union_held: str = "") -> EmployerLine:
    """一行: what the row says, before its place among the unions is known.

    Who says that there is a union, without its name, means the one held, else one of the employer's name.
    Raises SaidBothWays, SaidOfNoUnion, NoName.
    """
    union = cells["union"] or ""
    is_organised = bool(union or cells["organised"] or cells["founded_on"])
    if is_organised and says_no_union(cells):
        raise SaidBothWays(_("写了没有建会，又写了工会名称、建会日期或已建会，请核对"))
    if is_organised and not union:
        union = union_held or rules.must_have_a_name(f"{cells['name']}工会")
    facts, holders = _told_of_union(cells)
    if (facts or holders) and not union:
        raise SaidOfNoUnion(_("写了工会的内容，没有写工会名称，也没有写已建会，请核对"))
    return EmployerLine(
        name=cells["name"],
        credit_code=cells["credit_code"] or "",
        township=cells["township"] or "",
        union=union,
        founded_on=cells["founded_on"],
        facts=facts,
        holders=holders,
        **{name: cells[name] for name in PROFILE if cells[name] is not None},
    )


def _told_of_union(cells: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    facts = {item.name: cells[item.name] for item in records.ITEMS if cells[item.name] is not None}
    holders = {
        office: told
        for office, items in records.OFFICES.items()
        if (told := {facet: cells[item.name] for facet, item in items.items() if cells[item.name]})
    }
    return facts, holders


def says_no_union(cells: Mapping[str, Any]) -> bool:
    """未建会: whether the row says in words that there is no union."""
    return cells["organised"] is False or cells["union"] == ""


def line_of(row: StagedEmployer) -> EmployerLine:
    """一行: as it was staged."""
    return EmployerLine(
        name=row.name,
        credit_code=row.credit_code,
        township=row.township,
        union=row.union,
        founded_on=row.founded_on,
        facts=records.read(row.facts),
        holders=_holders(row),
        **{name: getattr(row, name) for name in PROFILE},
    )


def staged(line: EmployerLine) -> dict[str, Any]:
    """暂存: the line as the columns of `StagedEmployer`; persons are closed."""
    plain = {each.name: getattr(line, each.name) for each in fields(line) if each.name not in _APART}
    closed = {
        f"{office}_{facet}": words for office, told in line.holders.items() for facet, words in told.items()
    }
    sealed = vault().seal(closed) if closed else None
    return {
        **plain,
        "facts": records.written(line.facts),
        "box": sealed and sealed.box,
        "key": sealed and sealed.key,
    }


def _holders(row: StagedEmployer) -> dict[str, dict[str, str]]:
    closed = vault().open(Sealed(bytes(row.box), bytes(row.key))) if row.box and row.key else {}
    holders: dict[str, dict[str, str]] = {}
    for name, words in closed.items():
        office, _sign, facet = name.partition("_")
        holders.setdefault(office, {})[facet] = words
    return holders


def _unless(words: frozenset[str], parse: Callable[[Cell], object]) -> Callable[[Cell], object]:
    """The same, and None where the cell says in words that there is nothing."""
    return lambda cell: None if as_text(cell) in words else parse(cell)


def _name(cell: Cell) -> str:
    return rules.must_have_a_name(as_text(cell))


def _code(cell: Cell) -> str:
    return rules.exact_credit_code(as_text(cell))


def _listed(codes: CodeList, label: str) -> Callable[[Cell], str]:
    """The code, or the words where no code is meant."""

    def parse(cell: Cell) -> str:
        told = codes.exact(must_hold_no_number(tidy_unit(as_text(cell))))
        if len(told) > 40:
            raise TooLong(_("%(label)s最长 40 字") % {"label": tongues.told(label)})
        return told

    return parse


def _union(cell: Cell) -> str:
    """The name; empty where the cell says in words that there is none."""
    return "" if as_text(cell) in NO else _name(cell)


def _organised(cell: Cell) -> bool:
    text = as_text(cell)
    if text not in YES | NO:
        raise NeitherYesNorNo(_("是否建会请填“是”或“否”"))
    return text in YES


def _column(item: Item, label: str | Promise) -> Column:
    def parse(cell: Cell) -> object:
        raw = item.kind in ("day", "since") and not isinstance(cell, str)
        return item.parse(cell if raw else as_text(cell))

    nothing = OPEN if item.kind == "since" else NOTHING
    kind: Literal["day", "text"] = "day" if item.kind == "day" else "text"
    return Column(item.name, label, item.heads, parse=_unless(nothing, parse), kind=kind)


def _people(cell: Cell) -> int:
    found = _PEOPLE.fullmatch(as_text(cell).replace(",", "").replace("，", "").replace(" ", ""))
    if not found or int(found[1]) > MOST_WORKERS:
        raise NotANumber(_("人数要填整数，如 120，不写“约”“余”"))
    return int(found[1])


COLUMNS = (
    Column(
        "name",
        gettext_lazy("单位名称"),
        ("单位名称", "企业名称", "用人单位", "工作单位", "单位", "名称"),
        mandatory=True,
        parse=_name,
    ),
    Column(
        "credit_code",
        gettext_lazy("统一社会信用代码"),
        ("统一社会信用代码", "社会信用代码", "信用代码"),
        parse=_unless(NOTHING, _code),
    ),
    Column(
        "township",
        gettext_lazy("所属乡镇"),
        ("所属乡镇", "乡镇", "乡镇街道", "所在乡镇", "街道"),
        parse=_unless(NOTHING, _name),
    ),
    Column(
        "union",
        gettext_lazy("工会名称"),
        ("工会名称", "所属工会", "基层工会"),
        parse=_unless(OPEN, _union),
    ),
    Column(
        "organised",
        gettext_lazy("是否建会"),
        ("是否建会", "已建会", "建会情况"),
        parse=_unless(OPEN, _organised),
    ),
    Column(
        "industry",
        gettext_lazy("行业"),
        ("行业", "所属行业", "国民经济行业", "行业代码"),
        parse=_unless(NOTHING, _listed(codes.INDUSTRY, "行业")),
    ),
    Column(
        "unit_type",
        gettext_lazy("单位类别"),
        ("单位类别", "单位类型", "单位性质", "经济类型", "企业性质"),
        parse=_unless(NOTHING, _listed(codes.UNIT_TYPE, "单位类别")),
    ),
    Column(
        "address",
        gettext_lazy("单位地址"),
        ("单位地址", "地址", "详细地址", "注册地址", "经营地址"),
        parse=_unless(NOTHING, lambda cell: records.words(100)(as_text(cell))),
    ),
    Column(
        "workers",
        gettext_lazy("职工数"),
        ("职工数", "职工人数", "职工总数", "人数"),
        parse=_unless(NOTHING, _people),
    ),
    Column(
        "founded_on",
        gettext_lazy("建会日期"),
        ("建会日期", "建会时间", "工会成立日期", "工会成立时间"),
        parse=_unless(NOTHING, parse_day),
        kind="day",
    ),
    *(
        Column(name, label, heads, parse=_unless(NOTHING, _people))
        for name, label, heads in (
            ("women", gettext_lazy("女职工数"), ("女职工数", "女职工人数", "女职工")),
            ("migrants", gettext_lazy("农民工数"), ("农民工数", "农民工人数", "农民工")),
            (
                "dispatched",
                gettext_lazy("劳务派遣工数"),
                ("劳务派遣工数", "劳务派遣工", "派遣工数", "劳务派遣"),
            ),
        )
    ),
    Column(
        "counted_on",
        gettext_lazy("人数截至日期"),
        ("人数截至日期", "统计日期", "截至日期", "数据日期"),
        parse=_unless(NOTHING, parse_day),
        kind="day",
    ),
    *(_column(item, item.label) for item in records.ITEMS),
    *(_column(item, item.heads[0]) for items in records.OFFICES.values() for item in items.values()),
)
#: What stands in the template under each column.
EXAMPLE = {
    "name": "正定县示例家具有限公司",
    "township": "正定镇",
    "union": "正定县示例家具有限公司工会",
    "organised": "是",
    "industry": "制造业",
    "unit_type": "私营企业",
    "workers": "120",
    "counted_on": "2016-05-31",
}
