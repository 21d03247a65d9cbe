"""导入单位和工会: the workbook from which a county begins.

It stands upstairs because it needs both the unions, which are below work, and work's way of importing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from henji.lib.actors import Actor
from henji.unions import commands
from henji.web.backup.asking import Backups
from henji.web.employers import COLUMNS, EXAMPLE, line_of
from henji.web.filled import filled_in
from henji.web.judging import EmployersJudge
from henji.web.models import StagedEmployer
from henji.web.rekeying import Rekeying
from henji.work.intake import FRESH, Altered, Intake
from henji.work.models import Job, Verdict


class EmployersIntake(Intake[StagedEmployer]):
    """单位和工会导入."""

    kind = "web.employers"
    power = "unions.employers_imported"
    title = _("导入单位和工会")
    advice = _("一行一个单位。写了乡镇和工会名称的，乡镇工会、基层工会一并建立。")
    staged = StagedEmployer
    columns = COLUMNS
    sample_heads = (_("单位名称"), _("统一社会信用代码"), _("乡镇工会"), _("工会"), _("职工数"))
    example_rows = (tuple(EXAMPLE.get(column.name, "") for column in COLUMNS),)

    def judging(self, job: Job) -> EmployersJudge:
        """A judge that knows the county's employers, and the rows staged so far."""
        return EmployersJudge(job, self.rows_of(job).filter(verdict__in=FRESH).order_by("number"))

    def sample(self, rows: Sequence[StagedEmployer]) -> list[Sequence[object]]:
        """As the preview shows them."""
        return [(row.name, row.credit_code, row.township, row.union, row.workers) for row in rows]

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """单位和工会导入."""
        rows = self.rows_of(job).filter(verdict__in=FRESH).order_by("number")
        lines = [(row.verdict, line_of(row)) for row in rows]
        return commands.import_employers(
            county=job.county,
            lines=[line for verdict, line in lines if verdict == Verdict.NEW],
            filled=[line for verdict, line in lines if verdict == Verdict.CHANGED],
            source=job.blob.digest if job.blob else "",
            by=by,
            at=at,
        ).pk

    def altered(self, rows: Sequence[StagedEmployer]) -> list[Altered]:
        """What is filled, before and after; phones masked."""
        lines = [line_of(row) for row in rows]
        found = filled_in(rows[0].job.county, lines) if rows else []
        return [Altered(row.number, row.name, said) for row, said in zip(rows, found, strict=True)]


employers = EmployersIntake()
backups = Backups()
rekeying = Rekeying()
