"""合并单元格: what people mean by one unit's name beside five persons.

A file says behind its rows which cells are merged; only the topmost holds the value.
"""

import re
from collections.abc import Collection, Iterable
from typing import IO, NamedTuple

from henji.lib.xlsx_cells import COVERED, Cell, column_of
from henji.lib.xlsx_package import MIB, damage_refused

_END_OF_ROWS = b"</sheetData>"
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
#: Of what stands behind the rows, so much is looked at.
_MOST_BEHIND = 8 * MIB


class Merged(NamedTuple):
    """合并区域: the column (from 0) at its left, and its first and last row as Excel shows them."""

    column: int
    first: int
    last: int


def merged_cells(stream: IO[bytes]) -> list[Merged]:
    """合并区域 of a sheet that go over several rows, from top to bottom.

    To come to the end the part is inflated once more, which takes a hundredth of the time of an import.
    """
    kept = behind = b""
    with damage_refused():
        while chunk := stream.read(MIB):
            found = kept + chunk
            kept = found[-len(_END_OF_ROWS) :]
            if behind:
                behind = (behind + chunk)[:_MOST_BEHIND]
            else:
                _rows, end, rest = found.rpartition(_END_OF_ROWS)
                behind = end + rest if end else b""
    ranges = (
        Merged(column_of(left.decode()), int(first), int(last))
        for left, first, last in _MERGED.findall(behind)
    )
    return sorted((each for each in ranges if each.first < each.last), key=lambda each: each.first)


class Spread:
    """填满: gives covered cells the value of the topmost, row by row from top to bottom.

    Columns in `meant` mean every row that is covered. Those in `apart` say something else of everybody: a
    covered cell there is marked as such. Other columns stay as they are.
    """

    def __init__(self, ranges: Iterable[Merged], *, meant: Collection[int], apart: Collection[int]) -> None:
        self._meant = meant
        self._coming = [each for each in ranges if each.column in meant or each.column in apart][::-1]
        self._open: dict[int, tuple[int, Cell]] = {}

    def over(self, number: int, cells: list[Cell]) -> tuple[int, ...]:
        """Fill the row's covered cells, and tell which were given a value."""
        filled = []
        for column, (last, value) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif cells[column] is None:
                cells[column] = value if column in self._meant else COVERED
                filled += [column] if column in self._meant else []
        while self._coming and self._coming[-1].first <= number:
            column, first, last = self._coming.pop()
            if first == number and cells[column] is not None:
                self._open[column] = last, cells[column]
        return tuple(filled)
