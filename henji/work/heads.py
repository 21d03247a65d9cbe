"""表头所示: each head of a file, what it was taken for, and a few cells below it, to be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from henji.lib import identity
from henji.lib.columns import Column
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import Table
from henji.lib.text import tidy
from henji.lib.vault import BoxBroken
from henji.work import matching
from henji.work.handed_in import shown, workbook_lost
from henji.work.intake import Intake
from henji.work.models import Job

#: So many rows are looked through for so many cells of each column.
_LOOKED_THROUGH, _SAMPLE = 50, 3
#: Of a long cell, so much is shown.
_LONGEST = 30


class NothingLikeAHead(Refusal):
    """没有像表头的行."""


@dataclass(frozen=True, slots=True)
class HeadShown:
    """表头: where it stands, as Excel letters its column, its words, what it is taken for, and a sample."""

    place: int
    letter: str
    words: str
    column: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """各列: those of the table that is read; `missing` are mandatory columns without a head."""

    table: Table
    shown: tuple[HeadShown, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Mandatory columns that no head was taken for."""
        return self.table.columns.missing


def heads_of(job: Job, intake: Intake[Any]) -> Heads:
    """各列: from the file itself. Raises WorkbookLost, NothingLikeAHead, WorkbookRefused."""
    if job.blob is None or job.blob.key is None:
        raise workbook_lost()
    try:
        with intake.book(job) as book:
            table = matching.table_now(job, book, intake.columns)
            if table is None:
                raise NothingLikeAHead(_("文件里没有像表头的行"))
            return Heads(table, tuple(_shown(table, intake)))
    except (FileNotFoundError, BoxBroken) as gone:
        raise workbook_lost() from gone


def _shown(table: Table, intake: Intake[Any]) -> Iterator[HeadShown]:
    names = {place: name for name, place in table.columns.places.items()}
    rows = [row.cells for row in islice(table.rows(), _LOOKED_THROUGH)]
    for place, head in enumerate(table.columns.heads[: table.width]):
        name, words = names.get(place, ""), tidy(head)
        cells = (shown(row[place], name=name, head=words, masks=intake.masks) for row in rows)
        sample = tuple(each[:_LONGEST] for each in islice(filter(None, cells), _SAMPLE))
        if words or sample:
            yield HeadShown(place, xl_col_to_name(place), identity.mask_within(words), name, sample)
