"""Long work on cards: what the bank sends back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence.versions import Change
from henji.lib.actors import Actor
from henji.lib.columns import Column
from henji.lib.identity import mask, mask_card
from henji.members.cards import commands
from henji.members.cards.banks import templates
from henji.members.cards.forms import ReturnsForm
from henji.members.cards.judging import ReturnsJudge
from henji.members.cards.models import StagedCardReturn
from henji.members.details import IDENTITY
from henji.unions.models import Union
from henji.work.forms import ParamsForm
from henji.work.intake import Altered, Intake
from henji.work.models import Job

_LABELS = {
    "identity": IDENTITY.label,
    "name": gettext_lazy("姓名"),
    "card": gettext_lazy("卡号"),
    "outcome": gettext_lazy("处理结果"),
    "reason": gettext_lazy("失败原因"),
}


def _columns() -> tuple[Column, ...]:
    """The columns of all banks' answers, by the heads of any; the batch tells which bank's words count."""
    return tuple(
        Column(name, label, _heads(name), mandatory=name == "identity") for name, label in _LABELS.items()
    )


def _heads(name: str) -> tuple[str, ...]:
    told = (head for template in templates().values() for head in getattr(template.returns, name))
    return tuple(dict.fromkeys(told))


class CardReturnsIntake(Intake[StagedCardReturn]):
    """银行回盘导入."""

    kind = "members.card_returns"
    power = "members.card_returns_imported"
    title = gettext_lazy("银行回盘")
    advice = gettext_lazy(
        "银行交回的开卡结果原样可交。按身份证号认人；不在这一批里的、看不懂的，列为退回的行。"
    )
    columns = _columns()
    staged = StagedCardReturn
    by_unions = False
    masks: ClassVar = {"identity": mask, "card": mask_card}
    sample_heads = (
        gettext_lazy("行号"),
        gettext_lazy("姓名"),
        gettext_lazy("处理结果"),
        gettext_lazy("卡号尾号"),
    )
    example_rows = (("130123198503120012", "王示例", "6222000000000000000", "成功", ""),)

    def params_form(
        self, county: Union, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> ParamsForm:
        """Which batch the bank answers, and on which day it did."""
        return ReturnsForm(data, initial=initial, county=county)

    @property
    def questions_url(self) -> str:
        """The cards that the bank refused."""
        return f"{reverse('members:cards')}?doubt=refused"

    def judging(self, job: Job) -> ReturnsJudge:
        """A judge that knows the batch and the bank's words."""
        return ReturnsJudge(job)

    def tally(self, job: Job) -> dict[str, int]:
        """结果, and how many cards were made, refused and activated."""
        outcomes = {name: Count("pk", filter=Q(outcome=name)) for name in ("made", "refused", "activated")}
        fresh = self.rows_of(job).exclude(verdict="rejected")
        return super().tally(job) | fresh.aggregate(**outcomes)

    def sample(self, rows: Sequence[StagedCardReturn]) -> list[Sequence[object]]:
        """As the preview shows them."""
        return [(row.number, row.name, _outcome(row), row.tail or "—") for row in rows]

    def altered(self, rows: Sequence[StagedCardReturn]) -> list[Altered]:
        """What the bank says of cards that are not made by it."""
        return [
            Altered(row.number, row.name, [Change(_("卡状态"), _before(row), _outcome(row))]) for row in rows
        ]

    def promote(self, job: Job, *, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
        """Do the deed."""
        return commands.import_returns(job=job, result=result, by=by, at=at)


def _outcome(row: StagedCardReturn) -> str:
    words = {
        "made": _("已制卡"),
        "refused": _("银行退回：%(words)s") % {"words": row.words},
        "activated": _("已激活"),
    }
    return words[row.outcome]


def _before(row: StagedCardReturn) -> str:
    return _("待激活") if row.outcome == "activated" else _("已送行")


card_returns = CardReturnsIntake()
