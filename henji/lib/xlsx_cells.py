"""单元格: what a cell of a sheet may hold, and how the texts of its XML become that."""

import math
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import ascii_uppercase

from django.utils.translation import gettext as _

from henji.lib.dates import from_serial
from henji.lib.xlsx_package import CellTooLong, Element, too_many_columns

#: Excel's own limits: characters of one cell, rows of one sheet.
LONGEST_TEXT = 32_767
LAST_ROW = 1_048_576
#: Of a format of numbers; whatever is longer was written by no program.
_LONGEST_FORMAT = 255
#: Days between the two systems by which workbooks count: from 1900, and from 1904 (old Macintosh files).
DAYS_TO_1904 = 1462

_SAFE_DIGITS = 15
#: Formats of days among those that Excel numbers itself, the Chinese ones included (ECMA-376, 18.8.30).
_BUILT_IN_DAYS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """错误值: a cell whose formula failed; `code` is what Excel shows, such as #N/A."""

    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def trouble(self) -> str:
        """What to say of it."""
        if not self.code:
            return _("公式没有算出的值，请用 Excel 或 WPS 打开这个文件，保存一次再传")
        return _("单元格是错误值 %(code)s，请改成实际内容") % {"code": self.code}


#: 未算出的公式: the program that wrote the workbook left its result to the one that would open it.
UNCALCULATED = ErrorCell("")


class CoveredCell:
    """被合并的单元格: empty, because the one above it is merged over it."""

    def __str__(self) -> str:
        return ""


COVERED = CoveredCell()

#: What a cell may hold; None is an empty one. Whole numbers of up to fifteen digits are ints.
Cell = str | int | float | date | ErrorCell | CoveredCell | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """表外: what cells refer to: the shared strings, the styles that mean a day, and the day of number 0."""

    strings: Sequence[str]
    day_styles: Set[str]
    from_1904: bool = False


def day_styles(elements: Sequence[Element]) -> frozenset[str]:
    """The numbers (as text) of the cell styles that show a number as a day; from the styles part."""
    own_formats = {
        each.attributes.get("numFmtId"): each.attributes.get("formatCode", "")
        for each in elements
        if each.tag == "numFmt"
    }
    formats = [each.attributes.get("numFmtId", "0") for each in elements if each[:2] == ("cellXfs", "xf")]
    return frozenset(
        str(number)
        for number, id in enumerate(formats)
        if (_shows_a_day(own_formats[id]) if id in own_formats else int(id) in _BUILT_IN_DAYS)
    )


def _shows_a_day(code: str) -> bool:
    return not {"y", "d"}.isdisjoint(_NOT_FORMAT.sub("", code[:_LONGEST_FORMAT]).lower())


class Values:
    """取值: what the text of a cell stands for, by the kind (`t`) and the style (`s`) that the cell names."""

    def __init__(self, around: Surroundings) -> None:
        self._strings = around.strings
        self._day_styles = around.day_styles
        self._first_day = DAYS_TO_1904 * around.from_1904
        #: The reading of a cell's text, by its kind and style.
        self.reading = lru_cache(maxsize=4096)(self._reading)

    def _reading(self, kind: str | None, style: str | None) -> Callable[[str], Cell]:
        if kind == "s":
            return self._shared
        if kind is None or kind == "n":
            return self._day if style in self._day_styles else _number
        return _READINGS.get(kind, exact)

    def all_shared(self, readings: Sequence[Callable[[str], Cell]]) -> Sequence[str] | None:
        """The shared strings, where the readings do nothing but refer to them."""
        return self._strings if all(reading == self._shared for reading in readings) else None

    def _shared(self, text: str) -> str:
        return self._strings[int(text)]

    def _day(self, text: str) -> Cell:
        number = _number(text)
        if isinstance(number, ErrorCell):
            return number
        return from_serial(number + self._first_day) or number


def _number(text: str) -> float | ErrorCell:
    if text.isdigit() and len(text) <= _SAFE_DIGITS:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        return ErrorCell("#NUM!")
    return exact_digits(number)


def exact_digits(number: float) -> float:
    """The finite number: a whole one of up to fifteen digits as an int, which has every digit."""
    return int(number) if number.is_integer() and abs(number) < 10**_SAFE_DIGITS else number


def exact(text: str) -> str:
    """The text as typed: characters that XML cannot hold are written as _x000D_. Raises CellTooLong."""
    if len(text) > LONGEST_TEXT:
        raise cell_too_long()
    return _ESCAPED.sub(lambda found: _unescaped(int(found[1], 16)), text) if "_x" in text else text


def cell_too_long() -> CellTooLong:
    """单元格文字过长."""
    return CellTooLong(_("有单元格的文字超过 %(most)s 字，请删短后再传") % {"most": f"{LONGEST_TEXT:,}"})


def all_exact(texts: Sequence[str]) -> list[str]:
    """The texts, all as typed; quicker than one by one where none of them is odd. Raises CellTooLong."""
    is_odd = max(map(len, texts), default=0) > LONGEST_TEXT or "_x" in "|".join(texts)
    return list(map(exact, texts)) if is_odd else list(texts)


def _unescaped(code: int) -> str:
    """The character; one that no database can hold becomes the sign for an unreadable one."""
    unfit = code == 0 or 0xD800 <= code <= 0xDFFF
    return "\ufffd" if unfit else chr(code)


_READINGS: dict[str, Callable[[str], Cell]] = {
    "b": lambda text: text == "1",
    "e": lambda text: ErrorCell(text[:20]),
    "d": lambda text: date.fromisoformat(text[:10]),
}


@lru_cache(maxsize=4096)
def column_of(letters: str) -> int:
    """The column (from 0) that the letters name: A is 0, AA is 26. Raises ValueError."""
    column = 0
    for letter in letters:
        column = column * 26 + ascii_uppercase.index(letter) + 1
    return column - 1


def must_be_a_row(number: int) -> int:
    """The number of a row; raises ValueError where no sheet has one of that number."""
    if not 1 <= number <= LAST_ROW:
        raise ValueError(f"no row has the number {number}")
    return number


def put(cells: list[Cell], column: int, value: Cell, most: int) -> None:
    """Add the value to the row, at its column (from 0). Raises TooManyColumns."""
    beyond = column - len(cells)
    if beyond < 0:
        raise ValueError("the cells of a row are not in order")
    if column >= most:
        raise too_many_columns(most)
    if beyond:
        cells.extend([None] * beyond)
    cells.append(value)
