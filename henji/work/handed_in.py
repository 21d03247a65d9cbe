"""原表的行: a row of a workbook as it was handed in, read again from the file that is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from henji.lib import identity, tags
from henji.lib.columns import heading
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import Table
from henji.lib.text import tidy
from henji.lib.vault import BoxBroken
from henji.lib.xlsx_cells import Cell
from henji.work import kinds, matching
from henji.work.models import Job

Mask = Callable[[str], str]


class NotFromAWorkbook(Refusal):
    """不是导入的."""


class WorkbookDestroyed(Refusal):
    """原表已销毁: its key was destroyed."""


class WorkbookLost(Refusal):
    """原表不在了."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """原表的行: the sheet's own number of it, and every cell beside its head, masked where it must be."""

    job: Job
    sheet: str
    number: int
    cells: tuple[tuple[str, str], ...]


def row_of(trace: UUID, number: int) -> HandedIn:
    """The row of the workbook that the trace's deed took in; the file is read no further than to the row.

    Raises NotFromAWorkbook, WorkbookDestroyed, WorkbookLost.
    """
    job = Job.objects.select_related("blob", "asker").filter(trace=trace).first()
    if job is None or job.blob is None:
        raise NotFromAWorkbook(_("这条记录不是从表格导入的"))
    if job.blob.key is None:
        raise WorkbookDestroyed(_("原表已按规定销毁，只留下导入时的记录"))
    intake = kinds.handler(job.kind)
    try:
        with intake.book(job) as book:
            table = matching.table_of(job, book, intake.columns)
            row = next((row for row in table.rows() if row.number >= number), None)
    except (FileNotFoundError, BoxBroken, Refusal) as lost:
        raise workbook_lost() from lost
    if row is None or row.number != number:
        raise WorkbookLost(_("原表里没有这一行"))
    return HandedIn(job, table.sheet, number, tuple(_shown(table, row.cells, intake.masks)))


def workbook_lost() -> WorkbookLost:
    """原表读不出来."""
    return WorkbookLost(_("原表读不出来，请告诉管理员"))


def _shown(table: Table, cells: Sequence[Cell], masks: Mapping[str, Mask]) -> Iterator[tuple[str, str]]:
    names = {place: name for name, place in table.columns.places.items()}
    for place, cell in enumerate(cells):
        head = tidy(table.columns.heads[place]) if place < len(table.columns.heads) else ""
        words = _words(cell)
        if head or words:
            mask = masks.get(names.get(place, "")) or _mask_by_head(head)
            yield identity.mask_within(head) or tags.NOTHING, mask(words) if words else tags.NOTHING


def shown(cell: Cell, *, name: str, head: str, masks: Mapping[str, Mask]) -> str:
    """单元格所示: as any page may show it, by the column it is taken for, else by its head."""
    words = _words(cell)
    return (masks.get(name) or _mask_by_head(head))(words) if words else ""


def _mask_by_head(head: str) -> Mask:
    """How a column is hidden of which its room does not say so.

    A day of birth is covered: beside a masked identity number it tells eight of the eleven places hidden.
    """
    word = heading(head)
    found = (mask for parts, mask in _BY_HEAD if any(part in word for part in parts))
    return next(found, identity.mask_within)


def _cover(_words: str) -> str:
    return "****"


#: What heads hold, and what hides the cells below them, however they are written there.
_BY_HEAD: tuple[tuple[tuple[str, ...], Mask], ...] = (
    (("卡号", "账号", "帐号", "银行"), identity.mask_card),
    (("址", "病", "诊断", "出生", "生日"), _cover),
    (("电话", "手机", "联系方式"), identity.mask_phone),
    (("身份证", "证件号"), identity.mask),
)


def _words(cell: Cell | Any) -> str:
    """The cell as Excel shows it, more or less."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))
