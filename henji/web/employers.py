"""单位名单: the columns of a list of employers, and what one row of it says."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib.columns import Column, as_text
from henji.lib.dates import parse_day
from henji.lib.refusals import Refusal
from henji.lib.text import tidy_unit
from henji.lib.xlsx_cells import Cell
from henji.unions import rules
from henji.unions.planting import EmployerLine
from henji.web.models import StagedEmployer

#: What is written in a cell that is left open, and to say that there is nothing.
OPEN = frozenset({"/", "-", "—", "——"})
NOTHING = OPEN | {"无", "没有", "暂无"}
YES = frozenset({"是", "有", "已建", "已建会", "√", "✓"})
NO = frozenset({"否", "不是", "无", "没有", "暂无", "未建", "未建会", "×"})
MOST_WORKERS = 1_000_000

_PEOPLE = re.compile(r"([0-9]+)(?:\.0+)?人?")


class NotANumber(Refusal):
    """不是人数."""


class TooLong(Refusal):
    """文字过长."""


class NeitherYesNorNo(Refusal):
    """不知是否."""


class SaidBothWays(Refusal):
    """前后矛盾: a union is named, and said not to be there."""


def line_told(cells: Mapping[str, Any], *, union_held: str = "") -> EmployerLine:
    """一行: what the row says, before its place among the unions is known.

    Who says that there is a union, without its name, means the one held, else one of the employer's name.
    Raises SaidBothWays, NoName.
    """
    union = cells["union"] or ""
    is_organised = bool(union or cells["organised"] or cells["founded_on"])
    if is_organised and says_no_union(cells):
        raise SaidBothWays(_("写了没有建会，又写了工会名称、建会日期或已建会，请核对"))
    if is_organised and not union:
        union = union_held or rules.must_have_a_name(f"{cells['name']}工会")
    return EmployerLine(
        name=cells["name"],
        credit_code=cells["credit_code"] or "",
        township=cells["township"] or "",
        union=union,
        industry=cells["industry"] or "",
        workers=cells["workers"],
        founded_on=cells["founded_on"],
    )


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
        industry=row.industry,
        workers=row.workers,
        founded_on=row.founded_on,
    )


def _unless(words: frozenset[str], parse: Callable[[Cell], object]) -> Callable[[Cell], object]:
    """The same, and None where the cell says in words that there is nothing."""
    return lambda cell: None if as_text(cell) in words else parse(cell)


def _name(cell: Cell) -> str:
    return rules.must_have_a_name(as_text(cell))


def _code(cell: Cell) -> str:
    return rules.exact_credit_code(as_text(cell))


def _industry(cell: Cell) -> str:
    text = tidy_unit(as_text(cell))
    if len(text) > 40:
        raise TooLong(_("行业最长 40 字"))
    return text


def _union(cell: Cell) -> str:
    """The name; empty where the cell says in words that there is none."""
    return "" if as_text(cell) in NO else _name(cell)


def _organised(cell: Cell) -> bool:
    text = as_text(cell)
    if text not in YES | NO:
        raise NeitherYesNorNo(_("是否建会请填“是”或“否”"))
    return text in YES


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
        ("行业", "所属行业", "国民经济行业"),
        parse=_unless(NOTHING, _industry),
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
)
