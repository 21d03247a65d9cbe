"""Long work of this room: rosters."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from henji.lib import tags
from henji.lib.actors import Actor
from henji.members import commands, history, queries, twins
from henji.members.cards.jobs import card_returns
from henji.members.details import MASKED
from henji.members.judging import RosterJudge
from henji.members.models import StagedMember
from henji.members.roster import COLUMNS, EXAMPLE
from henji.work.intake import Altered, Intake
from henji.work.jobs import Progress
from henji.work.models import Job

__all__ = ["RosterIntake", "card_returns", "fewer_collections", "roster"]


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Rows come and go without cycles; to look for cycles among them takes a twelfth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class RosterIntake(Intake[StagedMember]):
    """花名册导入."""

    kind = "members.roster"
    power = "members.roster_imported"
    title = _("会员花名册")
    advice = _("一行一人，姓名和身份证号必填。空着的格子不会抹掉已有的内容。")
    columns = COLUMNS
    staged = StagedMember
    masks: ClassVar[Mapping[str, Callable[[str], str]]] = {
        name: detail.shown for name, detail in MASKED.items()
    }
    sample_heads = (
        _("行"),
        _("结论"),
        _("姓名"),
        _("工作单位"),
        _("入会日期"),
        _("离会日期"),
        _("提示"),
    )
    example_rows = (tuple(EXAMPLE.get(column.name, "") for column in COLUMNS),)

    def run(self, job: Job, progress: Progress) -> None:
        """Run the job's step."""
        with fewer_collections():
            super().run(job, progress)

    def judging(self, job: Job) -> RosterJudge:
        """A judge of this roster's rows."""
        return RosterJudge(job)

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed."""
        return commands.import_roster(job=job, result=result, by=by, at=at)

    def settle(self, job: Job, progress: Progress) -> None:
        """Which new rows may be somebody on record: a question, not a refusal."""
        for marked in twins.alike(job):
            with transaction.atomic():
                progress.tell(self.rows_of(job).count(), 0)
                StagedMember.objects.bulk_update(marked, ["conflict", "reason", "field"])

    def names_of(self, rows: Sequence[StagedMember]) -> dict[int, str]:
        """By what is on record of them, where the row only says the same."""
        held = queries.names_told({row.held_particulars for row in rows if row.held_particulars})
        return {row.pk: row.name or held.get(row.held_particulars or 0, "") for row in rows}

    def sample(self, rows: Sequence[StagedMember]) -> list[Sequence[object]]:
        """Some rows as they would be taken in."""
        employers = queries.employers_named({row.employer for row in rows if row.employer})
        return [
            (
                row.number,
                row.get_verdict_display(),
                row.name,
                row.named or employers.get(row.employer or 0, tags.NOTHING),
                tags.day(row.start_on),
                tags.day(row.end_on),
                _("单位待归属") if row.question else str(row.get_conflict_display()),
            )
            for row in rows
        ]

    def altered(self, rows: Sequence[StagedMember]) -> list[Altered]:
        """Before and after, masked where it must be."""
        found = history.staged_changes(rows)
        return [Altered(row.number, row.name, said) for row, said in zip(rows, found, strict=True)]


roster = RosterIntake()
