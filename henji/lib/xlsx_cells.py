"""单元格: the typed cells of a sheet, row by row, from its XML.

Why not a library: calamine lays out the whole rectangle before it gives the first cell, so that a file of
5 kB with one cell in the last row and column ends the process; it also gives a failed formula as empty.
openpyxl takes four times as long. This reader keeps one row and the shared strings, however long the sheet.
"""

import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import IO

from django.utils.translation import gettext as _

from henji.lib.dates import from_serial
from henji.lib.xlsx_package import (
    CHUNK_BYTES,
    CellTooLong,
    Element,
    Limits,
    TooManyColumns,
    TooManyRows,
    damage_refused,
    strict_parser,
)

#: Excel's own limits: characters of one cell, rows of one sheet.
LONGEST_TEXT = 32_767
LAST_ROW = 1_048_576
#: Days between the two systems by which workbooks count: from 1900, and from 1904 (old Macintosh files).
DAYS_TO_1904 = 1462

_SAFE_DIGITS = 15
_FINAL = True
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


#: What a cell may hold; None is an empty one. Whole numbers of up to fifteen digits are ints.
Cell = str | int | float | date | ErrorCell | None


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
    return not {"y", "d"}.isdisjoint(_NOT_FORMAT.sub("", code).lower())


def shared_strings(stream: IO[bytes]) -> list[str]:
    """共享字符串: the texts that cells refer to by number, without phonetic guides."""
    reader = _StringsReader()
    for _read in reader.read(stream):
        pass
    return reader.strings


def rows(stream: IO[bytes], around: Surroundings, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    """行: number (as Excel shows it) and cells of each row with content, in the order of the file.

    A formula gives the value stored beside it, and counts as empty where none is stored. Raises TooManyRows,
    TooManyColumns or CellTooLong when it comes to them.
    """
    reader = _SheetReader(around, limits)
    for _read in reader.read(stream):
        yield from reader.done
        reader.done.clear()


class _Reader:
    """Walks the XML of a part; text of the part gathers in `_pieces`.

    The handlers are called some two million times for 20,000 rows: they stay flat for that reason.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._text = ""
        self._spoken = ""
        self._parser = strict_parser()
        self._parser.StartElementHandler = self._first
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._pieces.append

    def read(self, stream: IO[bytes]) -> Iterator[None]:
        """Read on by a chunk at each step."""
        with damage_refused():
            while chunk := stream.read(CHUNK_BYTES):
                self._parser.Parse(chunk)
                yield
            self._parser.Parse(b"", _FINAL)
            yield

    def _first(self, tag: str, _attributes: dict[str, str]) -> None:
        """The root tells the prefix that this file's writer gives to every tag."""
        self._name_tags(tag[: tag.rfind(":") + 1])
        self._parser.StartElementHandler = self._start

    def _name_tags(self, prefix: str) -> None:
        self._t, self._phonetic = prefix + "t", prefix + "rPh"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, tag: str) -> None:
        raise NotImplementedError

    def _begin_text(self, tag: str) -> None:
        if tag == self._t:
            self._pieces.clear()
        elif tag == self._phonetic:
            self._spoken = self._text

    def _end_text(self, tag: str) -> None:
        """A text has several `t` where its letters differ in looks; phonetic guides do not belong to it."""
        if tag == self._t:
            self._text += "".join(self._pieces)
        elif tag == self._phonetic:
            self._text = self._spoken


class _StringsReader(_Reader):
    """Reads the part of shared strings."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def _name_tags(self, prefix: str) -> None:
        super()._name_tags(prefix)
        self._si = prefix + "si"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._begin_text(tag)

    def _end(self, tag: str) -> None:
        if tag == self._si:
            self.strings.append(_exact(self._text))
            self._text = ""
        else:
            self._end_text(tag)


class _SheetReader(_Reader):
    """Reads the part of a sheet; rows with content come into `done`."""

    def __init__(self, around: Surroundings, limits: Limits) -> None:
        super().__init__()
        self.done: list[tuple[int, list[Cell]]] = []
        self._around = around
        self._strings = around.strings
        self._most_rows, self._most_columns = limits.rows, limits.columns
        self._columns: dict[str, int] = {}
        self._count = 0
        self._number = 0
        self._row: list[Cell] = []
        self._column = -1
        self._attributes: dict[str, str] = {}

    def _name_tags(self, prefix: str) -> None:
        super()._name_tags(prefix)
        self._c, self._v, self._r = prefix + "c", prefix + "v", prefix + "row"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._c:
            self._attributes = attributes
            self._text = ""
        elif tag == self._v:
            self._pieces.clear()
        elif tag == self._r:
            self._begin_row(attributes.get("r"))
        else:
            self._begin_text(tag)

    def _end(self, tag: str) -> None:
        if tag == self._v:
            self._text = "".join(self._pieces)
        elif tag == self._c:
            self._end_cell(self._attributes, self._text)
        elif tag == self._r:
            self._end_row()
        else:
            self._end_text(tag)

    def _begin_row(self, number: str | None) -> None:
        self._number = int(number) if number else self._number + 1
        if not 1 <= self._number <= LAST_ROW:
            raise ValueError(f"no row has the number {self._number}")
        self._row = []
        self._column = -1

    def _end_row(self) -> None:
        if not self._row:
            return
        self._count += 1
        if self._count > self._most_rows:
            most = f"{self._most_rows:,}"
            raise TooManyRows(_("表里超过 %(most)s 行，请分成几个文件再传") % {"most": most})
        self.done.append((self._number, self._row))

    def _end_cell(self, attributes: dict[str, str], text: str) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            self._column = self._learn(letters) if column is None else column
        if not text:
            return
        kind = attributes.get("t")
        value = self._strings[int(text)] if kind == "s" else self._value(kind, text)
        if value == "":
            return
        beyond = self._column - len(self._row)
        if beyond or self._column >= self._most_columns:
            self._make_room(beyond)
        self._row.append(value)

    def _make_room(self, beyond: int) -> None:
        if beyond < 0:
            raise ValueError("the cells of a row are not in order")
        if self._column >= self._most_columns:
            most = self._most_columns
            raise TooManyColumns(_("表里超过 %(most)s 列，请删去右侧多余的列再传") % {"most": most})
        self._row.extend([None] * beyond)

    def _learn(self, letters: str) -> int:
        """The column (from 0) that the letters name: A is 0, AA is 26."""
        column = 0
        for letter in letters:
            column = column * 26 + ascii_uppercase.index(letter) + 1
        self._columns[letters] = column - 1
        return column - 1

    def _value(self, kind: str | None, text: str) -> Cell:
        if kind is None or kind == "n":
            return self._number_or_day(text)
        if kind == "b":
            return text == "1"
        if kind == "e":
            return ErrorCell(text[:20])
        if kind == "d":
            return date.fromisoformat(text[:10])
        return _exact(text)

    def _number_or_day(self, text: str) -> Cell:
        number = int(text) if text.isdigit() and len(text) <= _SAFE_DIGITS else _float_or_int(text)
        if number is None:
            return ErrorCell("#NUM!")
        if self._attributes.get("s") in self._around.day_styles:
            return from_serial(number + DAYS_TO_1904 * self._around.from_1904) or number
        return number


def _float_or_int(text: str) -> float | None:
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 10**_SAFE_DIGITS else number


def _exact(text: str) -> str:
    """The text as typed: characters that XML cannot hold are written as _x000D_."""
    if len(text) > LONGEST_TEXT:
        raise CellTooLong(_("有单元格的文字超过 %(most)s 字，请删短后再传") % {"most": f"{LONGEST_TEXT:,}"})
    return _ESCAPED.sub(lambda found: _unescaped(int(found[1], 16)), text) if "_x" in text else text


def _unescaped(code: int) -> str:
    """The character; one that no database can hold becomes the sign for an unreadable one."""
    unfit = code == 0 or 0xD800 <= code <= 0xDFFF
    return "\ufffd" if unfit else chr(code)
