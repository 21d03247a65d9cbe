"""Judgments on what the evidence held already says, so that a person need only confirm it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from henji.assessment.finds import Slot
from henji.assessment.models import ValueKind
from henji.assessment.rules.values import kind_of
from henji.assessment.schema import Part
from henji.assessment.scoring.kinds import AllOrNothing, CountAgainstTarget, PerOccurrence
from henji.lib import tongues
from henji.lib.periods import Period

#: As long as an explanation may be.
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Confirmation:
    """可确认的取值: what to state by hand, from which day, and why. It is an offer and scores nothing."""

    value: int
    from_on: date
    words: str


def confirmation(part: Part, slots: Collection[Slot], period: Period) -> Confirmation | None:
    """可确认的取值 of a part of which all evidence asked for is held; None where it says nothing.

    Yes or no: yes. How many: as many as the scarcest evidence asked for proves.
    """
    asked = [slot for slot in slots if slot.demand.required]
    if not asked or any(slot.lacking for slot in asked):
        return None
    value = _value(part, asked)
    if value is None:
        return None
    days = [answer.find.on for slot in asked for answer in slot.counted if answer.find.on in period]
    return Confirmation(value, max(days, default=period.start), _words(asked))


def _value(part: Part, asked: Collection[Slot]) -> int | None:
    if isinstance(part.rule, AllOrNothing):
        return 1
    # What is deducted counts what is missing, which no evidence held can say.
    if isinstance(part.rule, CountAgainstTarget | PerOccurrence) and kind_of(part.rule) == ValueKind.COUNT:
        return min(len(slot.counted) for slot in asked)
    return None


def _words(asked: Collection[Slot]) -> str:
    with tongues.on_record():
        held = tongues.listed(
            _("%(label)s %(n)s") % {"label": slot.label, "n": len(slot.counted)} for slot in asked
        )
        return (_("佐证已齐：%(held)s") % {"held": held})[:_LONGEST]
