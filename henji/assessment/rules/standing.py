"""Judgments on where an item stands, and how late it is."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from henji.assessment.cards import PartScore, State
from henji.assessment.marking import Mark
from henji.assessment.schema import Item
from henji.evidence.figures import Count, Ratio
from henji.lib.periods import Period

#: From this share of the period on, an item without full points is late.
LATE_FROM = Decimal("0.75")


def state_of(item: Item, mark: Mark, parts: Iterable[PartScore], *, period: Period, as_of: date) -> State:
    """项目状态: by points first, then by whether anything is there, then by how much of the period is left.

    Bonus points are welcome, never owed: a bonus item is neither late nor missed.
    """
    if mark.points == mark.of:
        return State.REACHED
    is_begun = mark.points > 0 or any(part.stated or _has_papers(part) or _has_rows(part) for part in parts)
    if item.kind == "base":
        if as_of >= period.last_day:
            return State.MISSED
        if _share_gone(period, as_of) >= LATE_FROM:
            return State.LATE
    return State.MOVING if is_begun else State.UNTOUCHED


def _has_papers(part: PartScore) -> bool:
    return any(slot.held for slot in part.slots)


def _has_rows(part: PartScore) -> bool:
    match part.figure:
        case Ratio(counted) | Count(counted):
            return counted > 0
    return False


def _share_gone(period: Period, day: date) -> Decimal:
    return Decimal((day - period.start).days + 1) / (period.end - period.start).days
