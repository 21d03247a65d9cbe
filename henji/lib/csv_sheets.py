"""文本表格: `.csv` as programs and people write it, read row by row.

In UTF-8 or GB18030, told apart by strict decoding; parted by commas, semicolons or tabs. A text file knows no
kinds of cells, so what others write into it to keep the digits of a number, `="130…"` or `'130…`, is
taken off again, and what Excel has cut to `1.30123E+17` is a number that has lost its digits.
"""

import csv
import io
import math
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from henji.lib.sheets import no_workbook
from henji.lib.xlsx_cells import LONGEST_TEXT, Cell, ErrorCell, cell_too_long
from henji.lib.xlsx_merged import Merged
from henji.lib.xlsx_package import (
    CHUNK_BYTES,
    Limits,
    WorkbookRefused,
    too_many_columns,
    too_many_rows,
)

#: A text file is one sheet.
SHEET = "CSV"
_DELIMITERS = ",;\t"
#: So many rows decide what parts the cells.
_TRIED = 30
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
#: Behind an apostrophe only a number is protected; words may begin with one.
_PROTECTED = re.compile(r"""="(.*)"|'([0-9]{5,}[0-9Xx]?)""", re.DOTALL)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")


class QuotesBroken(WorkbookRefused):
    """引号不成对: from there on nobody can tell where a cell ends."""


class CsvSheets:
    """文本表格: judged wholly before a row is given, read again for each asking."""

    names = (SHEET,)

    def __init__(self, file: IO[bytes], *, limits: Limits) -> None:
        """Raises NotAWorkbook where the file is no text, or a text without columns."""
        self._file = file
        self._limits = limits
        self._encoding = _encoding_of(file)
        self._delimiter, self._skipped = self._parted()

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with content. Raises QuotesBroken besides."""
        del sheet
        count = 0
        for number, texts in enumerate(self._records(), start=1):
            cells = [text if text[:1].isalpha() else _cell(text) for text in texts]
            while cells and cells[-1] is None:
                cells.pop()
            if not cells:
                continue
            count += 1
            if count > self._limits.rows:
                raise too_many_rows(self._limits)
            if len(cells) > self._limits.columns:
                raise too_many_columns(self._limits.columns)
            if any(len(text) > LONGEST_TEXT for text in texts):
                raise cell_too_long()
            yield number, cells

    def last_row(self, sheet: str) -> int:
        """As many as there are ends of lines, a few more than rows where cells hold any."""
        del sheet
        self._file.seek(0)
        return sum(chunk.count(b"\n") for chunk in iter(lambda: self._file.read(CHUNK_BYTES), b""))

    def merged_cells(self, sheet: str) -> list[Merged]:
        """None: a text file cannot merge."""
        del sheet
        return []

    def _records(self) -> Iterator[list[str]]:
        lines = self._lines()
        if self._skipped:
            next(lines, None)
        whole = 0
        try:
            for record in csv.reader(lines, delimiter=self._delimiter, strict=True):
                yield record
                whole += 1
        except csv.Error as unclosed:
            words = _("第 %(row)s 行的引号不成对，读不下去，请用 Excel 打开，另存为 .xlsx 后再传")
            raise QuotesBroken(words % {"row": whole + 1}) from unclosed

    def _parted(self) -> tuple[str, bool]:
        """What parts the cells, and whether the first line only says so, as Excel reads it."""
        said = _SAID.fullmatch(next(self._lines(), ""))
        if said:
            return said[1], True
        found = {each: self._cells_parted_by(each) for each in _DELIMITERS}
        best = max(found, key=lambda each: found[each])
        if not found[best]:
            raise no_workbook()
        return best, False

    def _cells_parted_by(self, delimiter: str) -> int:
        reader = csv.reader(self._lines(), delimiter=delimiter)
        try:
            return sum(max(len(record) - 1, 0) for record in islice(reader, _TRIED))
        except csv.Error:
            return 0

    def _lines(self) -> Iterator[str]:
        return iter(io.TextIOWrapper(_Window(self._file), self._encoding, newline=""))


class _Window(io.BufferedIOBase):
    """The file from its beginning, with a place of its own in it: many may read at once, none closes it."""

    name = SHEET

    def __init__(self, file: IO[bytes]) -> None:
        self._seen = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def read1(self, size: int | None = -1, /) -> bytes:
        self._seen.seek(self._at)
        found = self._seen.read(-1 if size is None else size)
        self._at += len(found)
        return found

    def read(self, size: int | None = -1, /) -> bytes:
        return self.read1(size)


def _encoding_of(file: IO[bytes]) -> str:
    file.seek(0)
    if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
        tried: tuple[str, ...] = ("utf-16",)
    else:
        tried = ("utf-8-sig", "gb18030")
    encoding = next((each for each in tried if _is_text(file, each)), None)
    if encoding is None:
        raise no_workbook()
    return encoding


def _is_text(file: IO[bytes], encoding: str) -> bool:
    decoder: Any = getincrementaldecoder(encoding)("strict")
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            if _NO_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _cell(text: str) -> Cell:
    if not text:
        return None
    protected = _PROTECTED.fullmatch(text) if text[0] in "='" else None
    if protected:
        return protected[1] or protected[2] or None
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else ErrorCell("#NUM!")
    return text
