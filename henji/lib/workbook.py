"""工作簿: writing `.xlsx` files in which no cell can become a formula.

Every text is written as a string under a format with a quote prefix: the program that opens the file takes
it as text, also after someone has clicked into it. Numbers and days are typed. Rows are written as they
come, through temporary files that only the server's user can read and that are gone when the writing ends.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Literal
from unicodedata import east_asian_width

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from henji.lib.columns import Column
from henji.lib.identity import lost_digits
from henji.lib.spreadsheet import REASON, SOURCE_ROW
from henji.lib.xlsx_cells import Cell

#: A row that was refused: its number in the sheet, its cells, and the reason, of the whole or by place.
Rejection = tuple[int, Sequence[Cell], Mapping[int, str] | str]

Kind = Literal["text", "number", "cut", "yuan", "day", "moment"]
Looks = Literal["plain", "boxed", "wrapped", "head", "title", "footer", "reason", "bad"]

_NARROWEST, _WIDEST, _REASON_WIDTH = 6, 40, 44
#: How many rows decide the widths of the columns.
_MEASURED = 100
#: With more comments a workbook opens slowly; each reason stands in its column all the same.
_MOST_COMMENTS = 2000
#: Excel knows no day before this year, and no sheet name longer than this or with these characters.
_FIRST_YEAR = 1900
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\ud800-\udfff]")

_FONT = {"font_name": "等线", "font_size": 11, "valign": "vcenter"}
_RED = "#8C1D18"
_KINDS: Mapping[Kind, Mapping[str, object]] = {
    "text": {"num_format": "@", "quote_prefix": True},
    "number": {},
    "cut": {"num_format": "@"},
    "yuan": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}
_LOOKS: Mapping[Looks, Mapping[str, object]] = {
    "plain": {},
    "boxed": {"border": 1},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "bg_color": "#F1EFEA", "bottom": 1, "align": "center", "text_wrap": True},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "footer": {"font_color": "#6B6660"},
    "reason": {"font_color": _RED},
    "bad": {"font_color": _RED, "bg_color": "#FDE3E1", "border": 1, "border_color": _RED},
}


def write_table(
    stream: IO[bytes],
    *,
    sheet: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    footer: str | Callable[[int], str] = "",
) -> int:
    """写表: heads, which stay in sight, and rows of any number; tells how many these were.

    A cell may be None, text, a number, a Decimal (yuan), a day, or an instant (shown in local time);
    anything else is written as its text. `footer` stands below, after an empty row; it may be worded by the
    number of rows.
    """
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        pen = _Pen(book, sheet)
        pen.heads(0, heads)
        pen.page.freeze_panes(1, 0)
        coming = iter(rows)
        first = list(islice(coming, _MEASURED))
        pen.widths([heads, *first])
        last = 0
        for last, row in enumerate(chain(first, coming), start=1):
            for place, value in enumerate(row):
                pen.value(last, place, value)
        words = footer if isinstance(footer, str) else footer(last)
        if words:
            pen.text(last + 2, 0, words, "footer")
    return last


def write_paper(
    stream: IO[bytes],
    *,
    sheet: str,
    titles: Sequence[str],
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    notes: Sequence[str] = (),
) -> None:
    """写报表: a sheet to be printed: titles across, heads on every page, rows, and notes below.

    A4 lying, as wide as one page.
    """
    with xlsxwriter.Workbook(stream) as book:
        pen = _Pen(book, sheet)
        for row, title in enumerate(titles):
            pen.title(row, [title], len(heads))
        pen.heads(len(titles), heads)
        pen.page.repeat_rows(0, len(titles))
        pen.page.set_landscape()
        pen.page.set_paper(9)
        pen.page.fit_to_pages(1, 0)
        written = [list(row) for row in rows]
        pen.widths([heads, *written])
        for row, cells in enumerate(written, start=len(titles) + 1):
            for place, value in enumerate(cells):
                pen.value(row, place, value, "boxed")
        for row, note in enumerate(notes, start=len(titles) + len(written) + 2):
            pen.text(row, 0, note)


def write_sheets(
    stream: IO[bytes], sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]
) -> None:
    """写多张表: sheets by name, each with heads and rows as `write_table` takes them; long texts wrap."""
    with xlsxwriter.Workbook(stream) as book:
        for sheet, (heads, rows) in sheets.items():
            pen = _Pen(book, sheet)
            pen.heads(0, heads)
            pen.page.freeze_panes(1, 0)
            written = [list(row) for row in rows]
            pen.widths([heads, *written])
            for row, cells in enumerate(written, start=1):
                for place, value in enumerate(cells):
                    pen.value(row, place, value, "wrapped")


def write_back(
    stream: IO[bytes],
    *,
    title_rows: Sequence[Sequence[Cell]],
    head_rows: Sequence[Sequence[Cell]],
    rejected: Iterable[Rejection],
) -> None:
    """退回: the refused rows as a workbook of the same layout, to be mended and handed in again.

    At the right stand why each row was refused and where it stood; a reason by place (from 0) also marks
    its cell and comments on it. `open_book` passes over those two columns.
    """
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        pen = _Pen(book, _("退回"))
        width = max(map(len, head_rows))
        below = len(title_rows) + len(head_rows)
        for row, cells in enumerate(title_rows):
            pen.title(row, cells, width)
        for row, heads in enumerate(head_rows, start=len(title_rows)):
            pen.heads(row, ["" if head is None else str(head) for head in heads])
        pen.text(below - 1, width, REASON, "head")
        pen.text(below - 1, width + 1, SOURCE_ROW, "head")
        pen.page.freeze_panes(below, 0)
        coming = iter(rejected)
        first = list(islice(coming, _MEASURED))
        pen.widths([*head_rows, *(cells[:width] for _number, cells, _reason in first)])
        pen.page.set_column(width, width, _REASON_WIDTH)
        for row, rejection in enumerate(chain(first, coming), start=below):
            pen.rejection(row, rejection, width)


def write_template(
    stream: IO[bytes],
    *,
    columns: Sequence[Column],
    example_rows: Sequence[Sequence[object]],
    notes: Sequence[str],
) -> None:
    """模板: an empty sheet to fill in, in formats that keep every digit, and a second one that explains.

    The examples stand on the second sheet, so that nobody hands them in by mistake.
    """
    heads = [column.heads[0] + (_("（必填）") if column.mandatory else "") for column in columns]
    with xlsxwriter.Workbook(stream) as book:
        pen = _Pen(book, _("填写"))
        pen.heads(0, heads)
        pen.page.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            widest = max(_width(heads[place]), *(_width(row[place]) for row in example_rows), _NARROWEST)
            kind: Kind = "yuan" if column.kind == "yuan" else "text"
            pen.page.set_column(place, place, min(widest + 2, _WIDEST), pen.format(kind, "plain"))
        _explain(_Pen(book, _("说明")), heads, example_rows, notes)


def _explain(
    pen: "_Pen", heads: Sequence[str], example_rows: Sequence[Sequence[object]], notes: Sequence[str]
) -> None:
    pen.page.set_column(0, len(example_rows), 24)
    for row, note in enumerate(notes):
        pen.text(row, 0, note)
    for place, head in enumerate(heads):
        row = len(notes) + 1 + place
        # The column's letter also keeps this list from being taken for a head.
        pen.text(row, 0, f"{xl_col_to_name(place)} {head}", "head")
        for beside, example in enumerate(example_rows, start=1):
            pen.value(row, beside, example[place])


class _Pen:
    """Writes typed cells into a new sheet; each format is made once."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: str) -> None:
        self.page: Worksheet = book.add_worksheet(
            _NOT_IN_SHEET_NAMES.sub(" ", sheet).strip()[:_LONGEST_SHEET_NAME]
        )
        self._book = book
        self._formats: dict[tuple[Kind, Looks], Format] = {}
        self._comments = 0

    def format(self, kind: Kind, looks: Looks) -> Format:
        """The format of a kind of value, looking so."""
        made = self._formats.get((kind, looks))
        if made is None:
            made = self._book.add_format({**_FONT, **_KINDS[kind], **_LOOKS[looks]})
            self._formats[kind, looks] = made
        return made

    def text(self, row: int, place: int, text: str, looks: Looks = "plain") -> None:
        """Write a text that stays a text."""
        self.page.write_string(row, place, _NOT_IN_XML.sub("\ufffd", text), self.format("text", looks))

    def value(self, row: int, place: int, value: object, looks: Looks = "plain") -> None:
        """Write a value by its type."""
        if value is None or value == "":
            if looks != "plain":
                self.page.write_blank(row, place, None, self.format("text", looks))
        elif isinstance(value, str):
            self.text(row, place, value, looks)
        elif isinstance(value, bool):
            self.text(row, place, _("是") if value else _("否"), looks)
        elif isinstance(value, int | float | Decimal) and math.isfinite(value):
            self.page.write_number(row, place, value, self.format(_kind_of(value), looks))
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            self._day(row, place, value, looks)
        else:
            self.text(row, place, str(value), looks)

    def _day(self, row: int, place: int, day: date, looks: Looks) -> None:
        if not isinstance(day, datetime):
            self.page.write_datetime(row, place, day, self.format("day", looks))
            return
        local = timezone.localtime(day).replace(tzinfo=None) if timezone.is_aware(day) else day
        self.page.write_datetime(row, place, local, self.format("moment", looks))

    def heads(self, row: int, heads: Sequence[str]) -> None:
        """Write a head into each place."""
        for place, head in enumerate(heads):
            self.text(row, place, head, "head")

    def title(self, row: int, cells: Sequence[Cell], width: int) -> None:
        """Write a row above the heads; a lone text spans the table."""
        told = [place for place, cell in enumerate(cells) if cell is not None]
        if told == [0] and width > 1:
            self.page.merge_range(row, 0, row, width - 1, "", self.format("text", "title"))
            self.text(row, 0, str(cells[0]), "title")
            return
        for place in told:
            self.value(row, place, cells[place])

    def rejection(self, row: int, rejection: Rejection, width: int) -> None:
        """Write a refused row, its bad cells marked, and at its right the reason and the number it had."""
        number, cells, reason = rejection
        by_place = {} if isinstance(reason, str) else reason
        for place in range(width):
            cell = cells[place] if place < len(cells) else None
            self.value(row, place, cell, "bad" if place in by_place else "plain")
        whole = reason if isinstance(reason, str) else _("；").join(dict.fromkeys(reason.values()))
        self.text(row, width, whole, "reason")
        self.page.write_number(row, width + 1, number, self.format("number", "plain"))
        for place, why in by_place.items():
            if self._comments < _MOST_COMMENTS:
                self.page.write_comment(row, place, why, {"x_scale": 2})
                self._comments += 1

    def widths(self, rows: Sequence[Sequence[object]]) -> None:
        """Make each column wide enough for what the rows hold."""
        for place in range(max(map(len, rows))):
            widest = max(_width(row[place]) for row in rows if place < len(row))
            self.page.set_column(place, place, min(max(widest + 2, _NARROWEST), _WIDEST))


def _kind_of(number: float | Decimal) -> Kind:
    if isinstance(number, Decimal):
        return "yuan"
    # What Excel has cut short stays a number when it is sent back: as text it would pass for whole.
    return "cut" if lost_digits(number) else "number"


def _width(value: object) -> int:
    """The width on screen; a Chinese character is two wide."""
    return sum(2 if east_asian_width(char) in {"W", "F"} else 1 for char in str(value or ""))
