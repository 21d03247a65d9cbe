"""表格: workbooks as unions send them, read row by row.

    with open_book(path) as book:
        table = book.table(COLUMNS)
        reader = ColumnsReader(table.columns)
        read = reader.read([row.cells for row in islice(table.rows(), 2000)])

Memory: one row at a time, and the shared strings of an `.xlsx`; all rows of an `.xls`. A refusal may also
come in the midst of the rows (TooManyRows, WorkbookBroken), so nothing read may count before the last row
has come.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice, pairwise, starmap, zip_longest
from os import PathLike
from typing import IO, NamedTuple, Self

from django.utils.translation import gettext as _

from henji.lib import tongues
from henji.lib.columns import (
    NOTHING_REMEMBERED,
    Column,
    ColumnMap,
    heading,
    known_heads,
    must_be_complete,
    propose,
)
from henji.lib.csv_sheets import CsvSheets
from henji.lib.identity import normalise
from henji.lib.sheets import Format, Sheets, format_of, opened
from henji.lib.text import tidy
from henji.lib.xls_sheets import XlsSheets
from henji.lib.xlsx_cells import Cell
from henji.lib.xlsx_merged import Merged, Spread
from henji.lib.xlsx_package import Limits, WorkbookRefused
from henji.lib.xlsx_sheets import XlsxSheets

#: The columns that a workbook sent back carries at its right: why a row was refused, and where it stood.
REASON, SOURCE_ROW = "原因", "原行号"

_DEFAULT = Limits()
#: A head is looked for in the first rows with content, a sum word in the first cells of a row.
_HEAD_WITHIN, _SUM_WITHIN = 30, 6
_SUM = re.compile(r"(?:本页|本表|全部|以上)?[合总小共累]计(?:人数|金额|[:(0-9¥].*)?")
_IDENTITY = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")


class NoVisibleSheet(WorkbookRefused):
    """没有可见的工作表."""


class HeadMissing(WorkbookRefused):
    """没有表头: no row of any visible sheet names a column that is looked for."""


class SheetRow(NamedTuple):
    """行: its number as Excel shows it (from 1), and its cells from column A on.

    `filled` are the places whose value stands above, in a cell that is merged over this row.
    """

    number: int
    cells: list[Cell]
    filled: tuple[int, ...] = ()


class Layout(NamedTuple):
    """版式: which sheet is read, the first and the last row of its head, and where each column stands."""

    sheet: str
    head: tuple[int, int]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Head:
    """表头: one or two rows that name the columns, and the title rows above them."""

    titles: tuple[SheetRow, ...]
    rows: tuple[SheetRow, ...]
    columns: ColumnMap


@dataclass(frozen=True, slots=True)
class Table:
    """表: the rows below a head. `unread` names further visible sheets with such a head and rows below."""

    book: "Book"
    sheet: str
    head: Head
    unread: tuple[str, ...]

    @property
    def columns(self) -> ColumnMap:
        """Where each column stands, as proposed from the head."""
        return self.head.columns

    @property
    def width(self) -> int:
        """How many columns belong to the table; those that `write_back` adds do not."""
        heads = [heading(head) for head in self.columns.heads]
        added = (place for place in range(len(heads)) if heads[place : place + 2] == [REASON, SOURCE_ROW])
        return next(added, len(heads))

    @property
    def layout(self) -> Layout:
        """版式, by which `Book.settled` finds the same table again."""
        span = self.head.rows
        return Layout(self.sheet, (span[0].number, span[-1].number), dict(self.columns.places))

    @property
    def title_rows(self) -> list[list[Cell]]:
        """The cells above the heads, as `write_back` takes them."""
        return [row.cells for row in self.head.titles]

    @property
    def head_rows(self) -> list[list[Cell]]:
        """The cells of the heads, as `write_back` takes them."""
        return [row.cells[: self.width] for row in self.head.rows]

    @property
    def length(self) -> int:
        """About how many rows of data there are; 0 where nobody can tell before they are read."""
        return max(self.book.last_row(self.sheet) - self.head.rows[-1].number, 0)

    def rows(self) -> Iterator[SheetRow]:
        """The rows of data, each `width` cells long, with what merged cells mean for the rows they cover.

        Left out, and not to be counted as read: empty rows, sum rows (合计 and the like, without an identity
        number), and titles and heads repeated on every printed page.
        """
        furniture = _Furniture(self.head)
        spread = self._spread()
        width = self.width
        last = self.head.rows[-1].number
        for row in self.book.rows(self.sheet):
            number, cells, _filled = row
            del cells[width:]
            if number <= last or _is_blank(cells) or furniture.has(cells) or is_sum_row(cells):
                continue
            cells.extend([None] * (width - len(cells)))
            yield row._replace(filled=spread.over(number, cells)) if spread else row

    def _spread(self) -> Spread | None:
        """What fills covered cells below the head; None where none is merged, as in most sheets."""
        last, placed = self.head.rows[-1].number, self.columns.places
        ranges = [each for each in self.book.merged_cells(self.sheet) if each.first > last]
        columns = [(placed[column.name], column) for column in self.columns.columns if column.name in placed]
        meant = {place for place, column in columns if column.spreads}
        apart = {place for place, column in columns if column.mandatory} - meant
        return Spread(ranges, meant=meant, apart=apart) if ranges else None


class Book:
    """工作簿: its visible sheets, whatever the format of the file. To be closed, or used in a `with`."""

    def __init__(self, sheets: Sheets, own: ExitStack) -> None:
        self._sheets = sheets
        self._own = own
        if not sheets.names:
            raise NoVisibleSheet(_("工作簿里没有可见的工作表，请取消隐藏后再传"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, if `open_book` opened it."""
        self._own.close()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the visible sheets, in their order."""
        return self._sheets.names

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Every row with content of the sheet."""
        return starmap(SheetRow, self._sheets.rows(sheet))

    def last_row(self, sheet: str) -> int:
        """About the number of the sheet's last row; 0 where nobody can tell."""
        return self._sheets.last_row(sheet)

    def merged_cells(self, sheet: str) -> list[Merged]:
        """合并区域 of the sheet that go over several rows."""
        return self._sheets.merged_cells(sheet)

    def table(self, columns: Sequence[Column], remembered: Mapping[str, str] = NOTHING_REMEMBERED) -> Table:
        """表: of the first visible sheet whose head names every mandatory column; see `propose`.

        Raises ColumnsMissing (what lacks, and which heads were seen) or HeadMissing.
        """
        table = self.sketch(columns, remembered)
        if table is None or not table.columns.places:
            labels = tongues.listed(column.label for column in columns if column.mandatory)
            raise HeadMissing(_("没有找到表头，表头里要有：%(labels)s") % {"labels": labels})
        must_be_complete(table.columns)
        return table

    def sketch(
        self, columns: Sequence[Column], remembered: Mapping[str, str] = NOTHING_REMEMBERED
    ) -> Table | None:
        """表草样: as `table`, whatever columns lack; without any, below the row that is most like a head."""
        first_rows = {sheet: list(islice(self.rows(sheet), _HEAD_WITHIN)) for sheet in self.sheets}
        heads = {
            sheet: head
            for sheet, rows in first_rows.items()
            if (head := _best_head(rows, columns, remembered))
        }
        whole = [sheet for sheet, head in heads.items() if not head.columns.missing]
        if whole:
            filled = (sheet for sheet in whole[1:] if first_rows[sheet][-1] not in heads[sheet].rows)
            return Table(self, whole[0], heads[whole[0]], tuple(filled))
        if heads:
            sheet = max(heads, key=lambda each: len(heads[each].columns.places))
            return Table(self, sheet, heads[sheet], ())
        likely = {sheet: head for sheet, rows in first_rows.items() if (head := _likely_head(rows, columns))}
        return next((Table(self, sheet, head, ()) for sheet, head in likely.items()), None)

    def settled(self, columns: Sequence[Column], layout: Layout) -> Table:
        """表: laid out as a person said, or as it was found before. Raises HeadMissing, ColumnsMissing."""
        top, last = layout.head
        rows = list(islice(self.rows(layout.sheet), _HEAD_WITHIN)) if layout.sheet in self.sheets else []
        span = tuple(row for row in rows if top <= row.number <= last)
        if not span:
            raise HeadMissing(_("文件里没有原来的表头，请重新检查"))
        words = _words(span, known_heads(columns))
        found = ColumnMap(tuple(columns), layout.places, tuple(words))
        must_be_complete(found)
        return Table(self, layout.sheet, Head(_above(rows, span), span, found), ())


_READERS: Mapping[Format, Callable[..., Sheets]] = {"xlsx": XlsxSheets, "xls": XlsSheets, "text": CsvSheets}


def open_book(source: str | PathLike[str] | IO[bytes], *, limits: Limits = _DEFAULT) -> Book:
    """打开工作簿: `.xlsx`, `.xls` or `.csv`, known by its content; the source is a path, or can seek.

    Judged before any row is read. Raises WorkbookRefused, its words one sentence that says what to do: empty
    or too large (FileEmpty, FileTooLarge), another kind of file under the name of a workbook (NotAWorkbook),
    with a password (Encrypted), a zip bomb (SwellsTooMuch), with macros (WithMacros), with a DTD
    (WithForeignMarkup), damaged (WorkbookBroken), without a visible sheet (NoVisibleSheet).
    """
    own = ExitStack()
    try:
        file = opened(source, own)
        return Book(_READERS[format_of(file, limits)](file, limits=limits), own)
    except BaseException:
        own.close()
        raise


def is_sum_row(cells: Sequence[Cell]) -> bool:
    """合计行: whether one of the first cells says 合计 or the like and no cell is an identity number."""
    for cell in cells[:_SUM_WITHIN]:
        if isinstance(cell, str) and "计" in cell and _SUM.fullmatch(tidy(cell).replace(" ", "")):
            return not any(map(_is_identity, cells))
    return False


def _is_identity(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_IDENTITY.fullmatch(normalise(cell)))
    return isinstance(cell, int | float) and cell >= 10**14


def _is_blank(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not tidy(cell)) for cell in cells)


class _Furniture:
    """Titles and heads, to be recognised where a sheet repeats them on every printed page.

    A head is known by its words in the mandatory columns, the first of them not empty.
    """

    def __init__(self, head: Head) -> None:
        placed = head.columns.places
        mandatory = [
            placed[column.name]
            for column in head.columns.columns
            if column.mandatory and column.name in placed
        ]
        self._heads = [
            sorted(((place, _word(row.cells, place)) for place in mandatory), key=lambda each: not each[1])
            for row in head.rows
            if any(_word(row.cells, place) for place in mandatory)
        ]
        self._titles = [row.cells for row in head.titles]

    def has(self, cells: list[Cell]) -> bool:
        """Whether the row is a title or a head of the table."""
        if cells in self._titles:
            return True
        for (place, word), *others in self._heads:
            if _says(cells, place, word) and all(_says(cells, at, other) for at, other in others):
                return True
        return False


def _says(cells: Sequence[Cell], place: int, word: str) -> bool:
    """Whether the cell is the head's word; of a Chinese one the first letter must be in it as it stands."""
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, str) and word > "\u4e00" and word[0] not in cell:
        return False
    return _word(cells, place) == word


def _word(cells: Sequence[Cell], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    return heading(cell) if isinstance(cell, str) else ""


def _best_head(
    rows: Sequence[SheetRow], columns: Sequence[Column], remembered: Mapping[str, str]
) -> Head | None:
    """The complete head with most columns; failing that the incomplete one; None where nothing matches.

    Of equals the shortest and highest: a title above or a person below adds no column.
    """
    known = known_heads(columns) | remembered.keys()
    pairs = [pair for pair in pairwise(rows) if pair[0].number + 1 == pair[1].number]
    found = [
        Head(_above(rows, span), span, proposal)
        for span in [*((row,) for row in rows), *pairs]
        if (proposal := propose(_words(span, known), columns, remembered)).places
    ]
    return max(found, key=lambda head: (not head.columns.missing, len(head.columns.places)), default=None)


def _likely_head(rows: Sequence[SheetRow], columns: Sequence[Column]) -> Head | None:
    """The first of the rows with most texts, of which a head must have two."""
    texts = [sum(isinstance(cell, str) for cell in row.cells) for row in rows]
    if max(texts, default=0) < 2:
        return None
    span = (rows[texts.index(max(texts))],)
    return Head(_above(rows, span), span, ColumnMap(tuple(columns), {}, tuple(_words(span, frozenset()))))


def _above(rows: Sequence[SheetRow], span: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    return tuple(row for row in rows if row.number < span[0].number)


def _words(span: Sequence[SheetRow], known: frozenset[str]) -> list[str]:
    """The head of each column: of two rows the lower, unless only the upper is known."""
    lowest_first = [["" if cell is None else str(cell) for cell in row.cells] for row in reversed(span)]
    return [
        next((word for word in stack if heading(word) in known), next(filter(None, stack), ""))
        for stack in zip_longest(*lowest_first, fillvalue="")
    ]
