"""Long work on the books: statements of the bank."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy

from henji.lib import money, tags
from henji.lib.actors import Actor
from henji.mutual_aid.ledger import commands
from henji.mutual_aid.ledger.models import StagedBankLine
from henji.mutual_aid.ledger.statements import COLUMNS, StatementJudge, shown
from henji.work.intake import Intake
from henji.work.models import Job


class StatementIntake(Intake[StagedBankLine]):
    """银行对账单导入."""

    kind = "mutual_aid.statements"
    power = "mutual_aid.statement_imported"
    title = gettext_lazy("导入银行对账单")
    advice = gettext_lazy(
        "网银导出的对账单原样可交，只导专户的；交过的行再交不会重复。导入后到“银行对账”逐笔勾对。"
    )
    columns = COLUMNS
    staged = StagedBankLine
    starts_over = True
    masks: ClassVar = {"party": shown}
    sample_heads = (
        gettext_lazy("行号"),
        gettext_lazy("日期"),
        gettext_lazy("金额"),
        gettext_lazy("对方户名"),
        gettext_lazy("摘要"),
    )
    example_rows = (
        ("2016-12-20", "500.00", "", "", "", "500.00", "正定县示例家具有限公司", "一日捐", "00001"),
    )

    def judging(self, job: Job) -> StatementJudge:
        """A judge that knows the county's units."""
        return StatementJudge(job, returned=partial(self.returned, job))

    def names_of(self, rows: Sequence[StagedBankLine]) -> dict[int, str]:
        """The other side of each line."""
        return {row.pk: row.party for row in rows}

    def sample(self, rows: Sequence[StagedBankLine]) -> list[Sequence[object]]:
        """As the preview shows them."""
        return [
            (
                row.number,
                tags.day(row.on),
                money.show(Decimal(row.amount_fen).scaleb(-2)),
                row.party or tags.NOTHING,
                row.words or tags.NOTHING,
            )
            for row in rows
        ]

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed."""
        return commands.import_statement(job=job, result=result, by=by, at=at)


statements = StatementIntake()
