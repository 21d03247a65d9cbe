"""导入: how every room takes in the workbooks that unions send.

Handed in → staged in chunks → shown for review → promoted by one deed. Staging goes on after a worker's
death where it stopped; nothing becomes part of the record before somebody has said yes.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import compress, islice
from typing import Any, BinaryIO, ClassVar, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from henji.accounts.models import User
from henji.evidence import blobs
from henji.evidence.versions import Change
from henji.lib import bulk, identity, spreadsheet, workbook
from henji.lib.actors import Actor
from henji.lib.columns import Column
from henji.lib.readers import ColumnsReader
from henji.lib.sheets import media_type_of
from henji.lib.spreadsheet import SheetRow
from henji.unions.models import Union
from henji.work import jobs, matching
from henji.work.forms import ParamsForm
from henji.work.models import Job, StagedRow, State, Verdict

S = TypeVar("S", bound=StagedRow)

#: Rows staged in one transaction: SQLite's other writers wait no longer than for one of these.
CHUNK = 2000
#: A text of more characters is longer than anything that a name, a number or a sentence needs.
LONG = 512
#: Rows that the import would make part of the record.
FRESH = (Verdict.NEW, Verdict.CHANGED)


class Row(NamedTuple):
    """待检查的行: the values by column name; None where the cell is empty or the column lacks.

    `filled` are the columns that were empty and got their value from a merged cell above.
    """

    number: int
    values: Mapping[str, Any]
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """待检查的各行, column by column; one by one where somebody asks for them."""

    numbers: Sequence[int]
    values: Mapping[str, Sequence[Any]]
    filled: Sequence[tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Row]:
        across = zip(*self.values.values(), strict=True)
        for number, cells, filled in zip(self.numbers, across, self.filled, strict=True):
            yield Row(number, dict(zip(self.values, cells, strict=True)), filled)

    def without(self, places: Collection[int]) -> "Rows":
        """All but the rows at the places."""
        if not places:
            return self
        kept = [place not in places for place in range(len(self))]
        values = {name: list(compress(cells, kept)) for name, cells in self.values.items()}
        return Rows(list(compress(self.numbers, kept)), values, list(compress(self.filled, kept)))


@dataclass(frozen=True, slots=True)
class Judged(Generic[S]):
    """检查结果: one staged row for each row; `columns` are further rows, which are many and alike."""

    rows: Sequence[S]
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)


class Judging(Protocol[S]):
    """检查: judges rows in their order; remembers what it has seen in the same workbook."""

    def judge(self, rows: Rows) -> Judged[S]:
        """One staged row for each row given."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """行的说明: where a row stands, in which column the trouble is, and what is said of it."""

    number: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Altered:
    """变更的行: where it stands, whom or what it is about, and what it would say otherwise."""

    number: int
    name: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Preview:
    """预览: what the import would do, before somebody says yes.

    `altered` are rows that change what is held; `doubtful` are rows that would be imported although
    something in them looks odd; `rejected` come back.
    """

    heads: Sequence[str | Promise]
    sample: Sequence[Sequence[object]]
    altered: Sequence[Altered]
    doubtful: Sequence[Remarked]
    rejected: Sequence[Remarked]


class _Briefly:
    """长文字摘要: what stands for a long text in a mark.

    Any number of cells may share one text: it is digested once. What is remembered is small, not the text.
    """

    def __init__(self) -> None:
        self._digests: dict[int, str] = {}

    def __getitem__(self, text: str) -> str:
        digest = self._digests.get(hash(text))
        if digest is None:
            digest = self._digests[hash(text)] = hashlib.sha256(text.encode()).hexdigest()
        return digest


class Intake(ABC, Generic[S]):
    """导入种类: one kind of workbook that a room takes in; an instance stands in the room's `jobs.py`."""

    kind: ClassVar[str]
    power: ClassVar[str]
    title: ClassVar[str | Promise]
    advice: ClassVar[str | Promise] = ""
    columns: ClassVar[tuple[Column, ...]]
    staged: type[S]
    #: Whether a row's judgment depends on all the rows before it, so that broken-off staging begins anew.
    starts_over: ClassVar[bool] = False
    #: Whether such workbooks come from the county's unions, and not from elsewhere, such as a bank.
    by_unions: ClassVar[bool] = True
    sample_heads: ClassVar[tuple[str | Promise, ...]] = ()
    example_rows: ClassVar[tuple[tuple[object, ...], ...]] = ()
    #: How the cells of a column are hidden where a row is shown as it was handed in.
    masks: ClassVar[Mapping[str, Callable[[str], str]]] = {
        "identity": identity.mask,
        "phone": identity.mask_phone,
    }

    # -- what the room says --------------------------------------------------------------------------

    @abstractmethod
    def judging(self, job: Job) -> Judging[S]:
        """A judge of this job's rows that knows what the job has staged already."""

    @abstractmethod
    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed with the staged rows through one command, and return its trace."""

    @abstractmethod
    def sample(self, rows: Sequence[S]) -> list[Sequence[object]]:
        """The rows as the preview shows them, under `sample_heads`."""

    def altered(self, rows: Sequence[S]) -> list[Altered]:
        """What the changed rows would change, field by field; nothing where the room does not say."""
        return []

    def names_of(self, rows: Sequence[S]) -> dict[int, str]:
        """Whom or what each row is about, by the row's id."""
        return {row.pk: getattr(row, "name", "") for row in rows}

    def params_form(
        self, county: Union, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> ParamsForm | None:
        """A form for what must be said beside the file, such as the drive; None where nothing must be.

        `initial` are the address's parameters.
        """
        return None

    @property
    def questions_url(self) -> str:
        """Where what an import asked is answered; empty where there is no such page."""
        return ""

    def settle(self, job: Job, progress: jobs.Progress) -> None:
        """合看: what can be judged only when all rows have been read; most kinds have nothing of the sort."""

    def tally(self, job: Job) -> dict[str, int]:
        """结果: read = imported + unchanged + rejected; questions are among the imported."""
        counted = self.rows_of(job).aggregate(
            read=Count("pk"),
            new=Count("pk", filter=Q(verdict=Verdict.NEW)),
            changed=Count("pk", filter=Q(verdict=Verdict.CHANGED)),
            unchanged=Count("pk", filter=Q(verdict=Verdict.SAME)),
            rejected=Count("pk", filter=Q(verdict=Verdict.REJECTED)),
            questions=Count("pk", filter=~Q(question="") & Q(verdict__in=FRESH)),
        )
        return {"imported": counted["new"] + counted["changed"], **counted}

    # -- what is the same everywhere -----------------------------------------------------------------

    def run(self, job: Job, progress: jobs.Progress) -> None:
        """Run the job's step."""
        if job.step == "stage":
            self._stage(job, progress)
        else:
            self._promote(job, progress)

    def rows_of(self, job: Job) -> QuerySet[S]:
        """The rows staged for the job."""
        return self.staged._default_manager.filter(job=job)

    def preview(self, job: Job, *, rows: int = 10, remarks: int = 50) -> Preview:
        """预览: some rows that would be imported, those that look odd, and those that come back."""
        staged = self.rows_of(job).order_by("number")
        fresh = staged.filter(verdict__in=FRESH)
        return Preview(
            heads=self.sample_heads,
            sample=self.sample(list(fresh[:rows])),
            altered=self.altered(list(staged.filter(verdict=Verdict.CHANGED)[:remarks])),
            doubtful=self._remarked(fresh.exclude(reason="")[:remarks]),
            rejected=self._remarked(staged.filter(verdict=Verdict.REJECTED)[:remarks]),
        )

    def _remarked(self, rows: Iterable[S]) -> list[Remarked]:
        labels = {column.name: str(column.label) for column in self.columns}
        return [Remarked(row.number, labels.get(row.field, ""), row.reason) for row in rows]

    def discard(self, job: Job) -> None:
        """Drop what was staged; those rejected stay for the workbook that goes back."""
        self.rows_of(job).exclude(verdict=Verdict.REJECTED).delete()

    def forget(self, job: Job) -> None:
        """Drop all that was staged."""
        self.rows_of(job).delete()

    def write_rejected(self, job: Job, stream: BinaryIO) -> None:
        """退回表: the bad rows as the same workbook, with the reason beside the cell."""
        reasons = {row.number: row for row in self.rows_of(job).filter(verdict=Verdict.REJECTED)}
        with self.book(job) as book:
            table = matching.table_of(job, book, self.columns)
            places = table.columns.places
            back = (
                (
                    row.number,
                    row.cells,
                    {places.get(reasons[row.number].field, 0): reasons[row.number].reason},
                )
                for row in table.rows()
                if row.number in reasons
            )
            workbook.write_back(
                stream,
                title_rows=[row.cells for row in table.head.titles],
                head_rows=[row.cells[: table.width] for row in table.head.rows],
                rejected=back,
            )

    def mark(self, job: Job) -> str:
        """印记: equal for workbooks whose rows say the same, in whatever order and however saved."""
        total, briefly = 0, _Briefly()
        with self.book(job) as book:
            for row in matching.table_of(job, book, self.columns).rows():
                cells = [briefly[c] if type(c) is str and len(c) > LONG else c for c in row.cells]
                total += int.from_bytes(hashlib.sha256(repr(cells).encode()).digest())
        return f"{total:x}"

    def book(self, job: Job) -> spreadsheet.Book:
        """原表: the workbook as it was handed in; to be closed."""
        pieces = blobs.clear_pieces(job.blob) if job.blob else ()
        return spreadsheet.open_book(BytesIO(b"".join(pieces)), limits=settings.IMPORT_LIMITS)

    def _stage(self, job: Job, progress: jobs.Progress) -> None:
        if self.starts_over:
            with transaction.atomic():
                progress.tell(0, 0)
                self.forget(job)
        with self.book(job) as book:
            table = matching.match(job, book, self.columns)
            jobs.remark(job, matching.unread(job, table))
            reader = ColumnsReader(table.columns)
            judge = self.judging(job)
            done = self.rows_of(job).count()
            rows, length = islice(table.rows(), done, None), table.length
            while chunk := list(islice(rows, CHUNK)):
                rows_read, returned = self._read(job, reader, chunk)
                judged = judge.judge(rows_read)
                done += len(chunk)
                with transaction.atomic():
                    progress.tell(done, length and max(done, length))
                    bulk.insert(self.staged, [*returned, *judged.rows])
                    bulk.insert_columns(self.staged, judged.columns)
        bulk.analyse(self.staged)
        self.settle(job, progress)
        jobs.finish_step(job, State.READY, result=self.tally(job))

    def _read(self, job: Job, reader: ColumnsReader, chunk: Sequence[SheetRow]) -> tuple[Rows, list[S]]:
        """The rows that could be read, and those that come back because of a cell."""
        read = reader.read([row.cells for row in chunk])
        numbers = [row.number for row in chunk]
        filled = [tuple(map(reader.name_at, row.filled)) if row.filled else () for row in chunk]
        returned = []
        for at, reasons in read.refused.items():
            place, reason = next(iter(reasons.items()))
            returned.append(self.returned(job, numbers[at], reader.name_at(place), reason))
        return Rows(numbers, read.values, filled).without(read.refused), returned

    def returned(self, job: Job, number: int, field: str, reason: str) -> S:
        """退回的行: one that comes back, with the reason beside the field."""
        return self.staged(job=job, number=number, verdict=Verdict.REJECTED, field=field, reason=reason[:200])

    def _promote(self, job: Job, progress: jobs.Progress) -> None:
        progress.hold()
        result = self.tally(job)
        with transaction.atomic():
            trace = self.promote(job, result=result, by=job.actor, at=progress.now())
            jobs.finish_step(job, State.DONE, result=result, trace=trace)
        self.discard(job)


def take_in(
    intake: Intake[Any],
    source: BinaryIO,
    *,
    file_name: str,
    county: Union,
    asker: User,
    post: str,
    at: datetime,
    params: Mapping[str, object] | None = None,
) -> Job:
    """就地导入: stage and promote in this process, without the queue; for the command line and the demo."""
    job = jobs.hand_in(
        intake.kind,
        county=county,
        asker=asker,
        post=post,
        at=at,
        source=source,
        file_name=file_name,
        media_type=media_type_of(source),
        params=params,
    )
    jobs.run_here(job, at=at)
    if job.state == State.READY:
        jobs.say_yes(job, asker=asker, post=post)
        jobs.run_here(job, at=at)
    return job
