"""Long work on aid: what the bank sends back about payments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.versions import Change
from henji.lib.actors import Actor
from henji.lib.columns import Column
from henji.mutual_aid.cases import commands
from henji.mutual_aid.cases.banks import templates
from henji.mutual_aid.cases.forms import ReturnsForm
from henji.mutual_aid.cases.judging import ReturnsJudge
from henji.mutual_aid.cases.models import StagedPayment
from henji.unions.models import Union
from henji.work.forms import ParamsForm
from henji.work.intake import Altered, Intake
from henji.work.models import Job

_LABELS = {
    "voucher": gettext_lazy("业务编号"),
    "amount": gettext_lazy("金额"),
    "outcome": gettext_lazy("处理结果"),
    "reason": gettext_lazy("失败原因"),
}


def _columns() -> tuple[Column, ...]:
    """The columns of all banks' answers, by the heads of any; the batch tells which bank's words count."""
    return tuple(
        Column(name, label, _heads(name), mandatory=name in ("voucher", "outcome"))
        for name, label in _LABELS.items()
    )


def _heads(name: str) -> tuple[str, ...]:
    told = (head for template in templates().values() for head in getattr(template.returns, name))
    return tuple(dict.fromkeys(told))


class PaymentReturnsIntake(Intake[StagedPayment]):
    """救助金支付回盘导入."""

    kind = "mutual_aid.payment_returns"
    power = "mutual_aid.payment_returns_imported"
    title = gettext_lazy("救助金支付回盘")
    advice = gettext_lazy(
        "银行交回的代发结果原样可交。按业务编号认；付成的记入救助金支付，没付成的带着原因退回待支付。"
    )
    columns = _columns()
    staged = StagedPayment
    sample_heads = (gettext_lazy("行号"), gettext_lazy("业务编号"), gettext_lazy("处理结果"))
    example_rows = (("支20170105-01-001", "3000.00", "成功", ""),)

    def params_form(
        self, county: Union, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> ParamsForm:
        """Which batch the bank answers, and on which day it paid."""
        return ReturnsForm(data, initial=initial, county=county)

    @property
    def questions_url(self) -> str:
        """The applications whose payment failed: they wait to be paid again."""
        return f"{reverse('mutual_aid:cases')}?state=approved"

    def judging(self, job: Job) -> ReturnsJudge:
        """A judge that knows the batch and the bank's words."""
        return ReturnsJudge(job)

    def tally(self, job: Job) -> dict[str, int]:
        """结果, and how many were paid and how many were not."""
        fresh = self.rows_of(job).filter(order__isnull=False)
        outcomes = {name: Count("pk", filter=Q(outcome=name)) for name in ("paid", "failed")}
        return super().tally(job) | fresh.aggregate(**outcomes)

    def sample(self, rows: Sequence[StagedPayment]) -> list[Sequence[object]]:
        """As the preview shows them."""
        return [(row.number, row.voucher, _outcome(row)) for row in rows]

    def names_of(self, rows: Sequence[StagedPayment]) -> dict[int, str]:
        """The number of each payment."""
        return {row.pk: row.voucher for row in rows}

    def altered(self, rows: Sequence[StagedPayment]) -> list[Altered]:
        """The payments that the bank did not make."""
        return [
            Altered(row.number, row.voucher, [Change(_("支付"), _("已送银行"), _outcome(row))])
            for row in rows
        ]

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed."""
        return commands.import_returns(job=job, result=result, by=by, at=at)


def _outcome(row: StagedPayment) -> str:
    return _("已支付") if row.outcome == "paid" else _("支付失败：%(words)s") % {"words": row.words}


payment_returns = PaymentReturnsIntake()
