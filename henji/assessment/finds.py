"""佐证: what is found for what is demanded, as values. Pure: no clock, no database."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.schema import Demand
from henji.evidence import naming
from henji.lib import tongues


class Question(Enum):
    """疑问: what the owner may be asked about a thing that was found. Never a verdict."""

    OUT_OF_PERIOD = "out_of_period", gettext_lazy("期外")
    FILED_LATE = "filed_late", gettext_lazy("事后补")
    DATED_AFTER = "dated_after", gettext_lazy("日期在事后")

    def __init__(self, code: str, label: Promise) -> None:
        self.code, self.label = code, label


@dataclass(frozen=True, slots=True)
class Find:
    """一件: a paper, or the trace of a deed, that may answer a demand.

    `on` is its own day, `recorded_on` the day when it was filed or recorded; `late` says that it was filed as
    补录.
    """

    on: date
    recorded_on: date
    paper: int | None = None
    trace: UUID | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """一件佐证: something found for a demand, and what may be asked about it."""

    find: Find
    questions: tuple[Question, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it lies in the period that the demand speaks of."""
        return Question.OUT_OF_PERIOD not in self.questions

    @property
    def private(self) -> tuple[Question, ...]:
        """只给本县看: what is for the owner to answer, and for nobody else to see."""
        return tuple(question for question in self.questions if question != Question.OUT_OF_PERIOD)


@dataclass(frozen=True, slots=True)
class Gap:
    """缺口: how many are lacking in a part of the period, named where there are several parts."""

    name: str
    lacking: int
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """佐证要求: how many a part wants in the period, how many of these are held, and all that was found.

    More than is wanted is found and not held: it does not make up for what lacks elsewhere.
    """

    demand: Demand
    wanted: int
    held: int
    gaps: tuple[Gap, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def lacking(self) -> int:
        """How many are still asked for; none where they are merely welcome."""
        return self.wanted - self.held if self.demand.required else 0

    @property
    def label(self) -> str:
        """What is wanted: the kind of paper, or the deed."""
        return str(self.demand.kind.label) if self.demand.kind else naming.deed_name(self.demand.deed or "")

    @property
    def counted(self) -> tuple[Answer, ...]:
        """Those found in the period."""
        return tuple(answer for answer in self.answers if answer.counts)

    @property
    def lacking_words(self) -> str:
        """缺什么: how many lack, and in which quarters or months; empty where nothing does."""
        if not self.lacking:
            return ""
        due = [gap for gap in self.gaps if not gap.is_ahead]
        ahead = [gap for gap in self.gaps if gap.is_ahead]
        if not (due or ahead) or not self.gaps[0].name:
            return _("缺 %(n)s") % {"n": self.lacking}
        told = []
        if due:
            told.append(_("缺 %(n)s（%(when)s）") % _told(due))
        if ahead:
            told.append(_("未到期 %(n)s（%(when)s）") % _told(ahead))
        return _("，").join(told)


def _told(gaps: list[Gap]) -> dict[str, object]:
    return {"n": sum(gap.lacking for gap in gaps), "when": tongues.listed(gap.name for gap in gaps)}
