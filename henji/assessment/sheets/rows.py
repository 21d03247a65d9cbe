"""表行: the rows of a named sheet by their columns, and what is wrong with one of their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from henji.assessment.sheets.layout import ABOUT, GRADES, PARTS, UNIT_TYPES, VETOES
from henji.lib import tongues
from henji.lib.columns import Column, propose
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import Book, HeadMissing, is_sum_row
from henji.lib.text import tidy
from henji.lib.xlsx_cells import Cell, CoveredCell, ErrorCell

#: The head is looked for in the first rows.
_HEAD_WITHIN = 30
#: In this order faults are told; those of the whole come last.
_SHEETS = (ABOUT, PARTS, GRADES, VETOES, UNIT_TYPES, "")
#: More faults than these are not told at once.
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """一处错误: in which sheet, row (as Excel counts) and column, and what is wrong. Row 0: the whole."""

    sheet: str
    row: int
    column: str
    words: str

    def __str__(self) -> str:
        if not self.row:
            return _("整张表：%(words)s") % {"words": self.words}
        return _("“%(sheet)s”第 %(row)s 行“%(column)s”：%(words)s") % {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "words": self.words,
        }


class WorkbookUnsound(Refusal):
    """工作簿有误: it can be read, but what it says is no standard. `faults` name each wrong cell."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        told = {(fault.sheet, fault.row, fault.column): fault for fault in reversed(faults)}
        in_order = sorted(told.values(), key=lambda fault: (_SHEETS.index(fault.sheet), fault.row))
        self.faults = tuple(in_order[:MOST_FAULTS])
        more = len(told) - 1
        words = str(self.faults[0])
        super().__init__(_("%(words)s；另有 %(more)s 处") % {"words": words, "more": more} if more else words)


@dataclass(frozen=True, slots=True)
class Row:
    """一行: the cells by the name of their column; heads as the sheet words them."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    heads: Mapping[str, str]

    def words(self, column: str) -> str:
        """What the cell says, without spaces around it; empty where it says nothing."""
        return _words(self.cells.get(column))

    def faults_in(self, column: str) -> Iterator[Fault]:
        """A formula that failed is no content."""
        cell = self.cells.get(column)
        if isinstance(cell, ErrorCell):
            yield self.fault(column, cell.trouble)

    def fault(self, column: str, words: str) -> Fault:
        """What is wrong with a cell of this row."""
        return Fault(self.sheet, self.number, self.heads.get(column, column), words)


def rows_of(book: Book, sheet: str, columns: Sequence[Column], *, needed: bool) -> Iterator[Row]:
    """The rows below the head of the sheet of that name, but for empty ones and sums.

    A sheet that is not needed may lack. Raises HeadMissing.
    """
    name = next((each for each in book.sheets if tidy(each) == sheet), None)
    if name is None:
        if needed:
            raise HeadMissing(_("工作簿里没有“%(sheet)s”这张表，请用模板填写") % {"sheet": sheet})
        return
    rows = list(book.rows(name))
    for at, row in enumerate(islice(rows, _HEAD_WITHIN)):
        proposal = propose([_words(cell) for cell in row.cells], columns)
        if not proposal.missing:
            heads = {column.name: column.heads[0] for column in columns}
            for below in rows[at + 1 :]:
                if any(map(_words, below.cells)) and not is_sum_row(below.cells):
                    placed = {
                        key: below.cells[place]
                        for key, place in proposal.places.items()
                        if place < len(below.cells)
                    }
                    yield Row(sheet, below.number, placed, heads)
            return
    if rows or needed:
        wanted = tongues.listed(column.heads[0] for column in columns if column.mandatory)
        said = _("“%(sheet)s”这张表没有找到表头，表头里要有：%(heads)s")
        raise HeadMissing(said % {"sheet": sheet, "heads": wanted})


def _words(cell: Cell) -> str:
    match cell:
        case None | CoveredCell() | ErrorCell():
            return ""
        case bool():
            return "是" if cell else "否"
        case float():
            return f"{cell:.12f}".rstrip("0").rstrip(".")
        case date():
            return cell.isoformat()
    return str(cell).strip()
