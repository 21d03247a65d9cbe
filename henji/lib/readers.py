"""读列: the cells of many rows, parsed column by column.

    reader = ColumnsReader(table.columns)
    read = reader.read([row.cells for row in rows])

Column by column: what a column says again is looked up, and each is asked for what it needs alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext as _

from henji.lib.columns import Column, ColumnMap
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.lib.xlsx_cells import Cell, CoveredCell, ErrorCell

#: Errors copied as text, or sent back by `write_back`.
_ERRORS_AS_TEXT = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
#: Different texts of one column, as many as the days of forty years.
_REMEMBERED = 1 << 14
_EMPTY, _TEXTS, _TEXTS_OR_EMPTY = {type(None)}, {str}, {str, type(None)}


class CellFailed(Refusal):
    """单元格是错误值."""


class CellCovered(Refusal):
    """单元格被合并."""


class CellMissing(Refusal):
    """必填的单元格是空的."""


class ReadRows(NamedTuple):
    """读出的行: the values of each column, row by row; and by row the reason for each place refused.

    An empty cell reads as None, and so does one that was refused.
    """

    values: Mapping[str, Sequence[Any]]
    refused: Mapping[int, Mapping[int, str]]


class ColumnsReader:
    """逐列读: parses the rows of one sheet. An empty cell is refused only where it is mandatory."""

    def __init__(self, proposal: ColumnMap) -> None:
        places = proposal.places
        self._names = [column.name for column in proposal.columns]
        sought = [column for column in proposal.columns if column.name in places or column.mandatory]
        self._placed = [_Placed(column, places.get(column.name)) for column in sought]
        self._width = max(places.values(), default=-1) + 1

    def read(self, rows: Sequence[Sequence[Cell]]) -> ReadRows:
        """Every column of the rows parsed."""
        whole = [row if len(row) >= self._width else _filled_up(row, self._width) for row in rows]
        nothing = [None] * len(rows)
        across = list(zip(*whole, strict=False))
        values: dict[str, Sequence[Any]] = dict.fromkeys(self._names, nothing)
        refused: dict[int, dict[int, str]] = {}
        for placed in self._placed:
            cells = nothing if placed.place is None or not across else across[placed.place]
            read = placed.read(cells)
            if _Refused in set(map(type, read)):
                read = _taken_out(read, placed.place or 0, refused)
            values[placed.column.name] = read
        return ReadRows(values, refused)

    def name_at(self, place: int) -> str:
        """The name of the column that stands at the place, or nothing."""
        return next((each.column.name for each in self._placed if each.place == place), "")


class _Refused(NamedTuple):
    """A cell that was refused, and why."""

    reason: str


class _Placed:
    """A column and where it stands."""

    def __init__(self, column: Column, place: int | None) -> None:
        self.column = column
        self.place = place
        self._known = _Known(self._value)

    def read(self, cells: Sequence[Cell]) -> Sequence[Any]:
        """What the cells mean, or why they are refused."""
        kinds = set(map(type, cells))
        if kinds == _EMPTY and not self.column.mandatory:
            return cells
        if self.column.plain:
            if kinds == _TEXTS and _all_match(self.column.plain, cast("Sequence[str]", cells)):
                return cells
            is_plain, value = self.column.plain.fullmatch, self._value
            return [cell if type(cell) is str and is_plain(cell) else value(cell) for cell in cells]
        if self.column.few and kinds <= _TEXTS_OR_EMPTY:
            # Texts alone are looked up: 1, 1.0 and True are equal, and not the same words.
            self._known.keep_within(_REMEMBERED)
            return list(map(self._known.__getitem__, cells))
        return list(map(self._value, cells))

    def _value(self, cell: Cell) -> object:
        try:
            return _value(cell, self.column)
        except Refusal as refusal:
            return _Refused(refusal.words)


class _Known(dict[Cell, object]):
    """What the texts of a column mean, each parsed when it is first met."""

    def __init__(self, parse: Callable[[Cell], object]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: Cell) -> object:
        found = self[cell] = self._parse(cell)
        return found

    def keep_within(self, most: int) -> None:
        """Forget all, where there is more than so much."""
        if len(self) > most:
            self.clear()


def _all_match(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    """Whether the pattern matches each text wholly; asked of all at once, which takes a sixth of the time."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and _lines_of(pattern).fullmatch(lines) is not None


@cache
def _lines_of(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"(?:(?:{pattern.pattern})\n)*+", pattern.flags)


def _filled_up(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[None] * (width - len(row))]


def _taken_out(read: Sequence[Any], place: int, refused: dict[int, dict[int, str]]) -> list[Any]:
    """The values with None for what was refused, which is written down by its row."""
    values = list(read)
    for number, value in enumerate(values):
        if type(value) is _Refused:
            refused.setdefault(number, {})[place] = value.reason
            values[number] = None
    return values


def _value(cell: Cell, column: Column) -> object:
    if cell is None and not column.mandatory:
        return None
    if isinstance(cell, ErrorCell) or cell in _ERRORS_AS_TEXT:
        raise CellFailed(ErrorCell(str(cell)).trouble)
    if isinstance(cell, CoveredCell):
        raise CellCovered(_("合并单元格只有第一行有内容，请取消合并并填满"))
    if cell is None or (isinstance(cell, str) and not tidy(cell)):
        if column.mandatory:
            raise CellMissing(_("没有填写%(label)s") % {"label": column.label})
        return None
    return column.parse(cell)
