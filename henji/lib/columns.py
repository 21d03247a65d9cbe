"""列: which column of a workbook holds what, however its head is worded.

A room lists its columns; the names that unions give them are the `heads`, the best first. Seen in the field:

    姓名            姓名 职工姓名 会员姓名 名字 捐款人 捐款人姓名
    身份证号        身份证号 身份证号码 公民身份号码 公民身份证号码 居民身份证号码 证件号码 身份证 证件号
    手机号          手机号 手机号码 手机 联系电话 联系方式 电话
    工作单位        工作单位 单位名称 所在单位 单位 企业名称
    入会日期        入会日期 入会时间
    捐款金额        捐款金额 金额 捐款额 捐款数
    捐款日期        捐款日期 捐款时间 日期 时间
    信用代码        统一社会信用代码 社会信用代码 信用代码

Case, spaces, line breaks, asterisks, colons and whatever stands in brackets, as in “捐款数(元)” or
“*姓名(必填)”, make no difference.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from henji.lib import tongues
from henji.lib.identity import must_have_all_digits
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.lib.xlsx_cells import Cell

_IN_BRACKETS = re.compile(r"[(（\[【〔{<《][^)）\]】〕}>》]*[)）\]】〕}>》]")
_ORNAMENT = re.compile(r"[\s*※★☆:：、，,。.;；'\"“”‘’_-]")


#: No head was ever explained by anybody.
NOTHING_REMEMBERED: Mapping[str, str] = MappingProxyType({})


class ColumnsMissing(Refusal):
    """缺少必需的列: the sheet has no column that it must have."""


def as_text(cell: Cell) -> str:
    """The cell as tidy words; a number without decimals as its digits. Raises DigitsLost."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, int | float):
        return must_have_all_digits(cell)
    return str(cell)


@dataclass(frozen=True, slots=True)
class Column:
    """列: a column that a room reads. `parse` makes a value of a cell that is not empty, or raises Refusal.

    `kind` is how a template lays out its cells: text keeps every digit that is typed. `few`: the same few
    words stand in row after row, and need to be parsed but once. `spreads`: a merged cell means every row
    that it covers; in other columns it may not cover a mandatory one. `plain`: texts that match it wholly
    parse to themselves, and are no errors.
    """

    name: str
    label: str | Promise
    heads: tuple[str, ...]
    mandatory: bool = False
    parse: Callable[[Cell], object] = as_text
    kind: Literal["text", "day", "yuan"] = "text"
    few: bool = False
    plain: re.Pattern[str] | None = None
    spreads: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """列对照: where each column of the room stands in the sheet (`places`: name to index from 0).

    `heads` are the heads as the sheet words them. A person may correct the proposal:
    `dataclasses.replace(proposal, places=…)`.
    """

    columns: tuple[Column, ...]
    places: Mapping[str, int]
    heads: tuple[str, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """The mandatory columns without a place."""
        return tuple(column for column in self.columns if column.mandatory and column.name not in self.places)


@lru_cache(maxsize=4096)
def heading(head: str) -> str:
    """The head without anything that is mere ornament, for comparing."""
    return _ORNAMENT.sub("", _IN_BRACKETS.sub("", tidy(head))).lower()


def known_heads(columns: Sequence[Column]) -> frozenset[str]:
    """Every name under which the columns are known, as `heading` gives it."""
    return frozenset(heading(alias) for column in columns for alias in column.heads)


def propose(
    heads: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str] = NOTHING_REMEMBERED
) -> ColumnMap:
    """列对照建议: each column at the head that matches its first alias, the leftmost where there are several.

    A head serves one column; an earlier column chooses first. Before all goes what is `remembered` of a head
    (as `heading` gives it): the name of a column, or nothing where it is to be passed over.
    """
    names = {column.name for column in columns}
    places: dict[str, int] = {}
    at: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        meant = remembered.get(heading(head))
        if meant is None:
            at.setdefault(heading(head), []).append(place)
        elif meant in names:
            places.setdefault(meant, place)
    for column in columns:
        if column.name in places:
            continue
        free = next((at[name] for name in map(heading, column.heads) if at.get(name)), None)
        if free:
            places[column.name] = free.pop(0)
    return ColumnMap(tuple(columns), places, tuple(heads))


def must_be_complete(proposal: ColumnMap) -> None:
    """Raise ColumnsMissing where a mandatory column has no place."""
    if proposal.missing:
        seen = tongues.listed(tidy(head)[:20] for head in proposal.heads if head)[:300]
        raise ColumnsMissing(
            _("缺少必需的列：%(missing)s。看到的表头是：%(seen)s。请改表头或补上这些列")
            % {
                "missing": tongues.listed(column.label for column in proposal.missing),
                "seen": seen or _("（空）"),
            }
        )
