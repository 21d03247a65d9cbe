"""评分卡: what a scorecard says, as values. Pure: no clock, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.assessment.finds import Slot
from henji.assessment.marking import Grading, Mark
from henji.assessment.models import Charge, Column, SignedScore, StatedValue
from henji.assessment.schema import Item, Part, Standard, Veto
from henji.evidence.figures import Count, Figure, Flag, Level, Missing, NotKept, Ratio, Tally
from henji.lib.periods import Period


class State(Enum):
    """项目状态: where an item stands on a day; `look` is how `components/state.html` draws it."""

    REACHED = "reached", "good", _("达成")
    MOVING = "moving", "none", _("推进中")
    LATE = "late", "late", _("滞后")
    MISSED = "missed", "missed", _("未达")
    UNTOUCHED = "untouched", "none", _("未开始")

    def __init__(self, code: str, look: str, label: Promise) -> None:
        self.code, self.look, self.label = code, look, label


@dataclass(frozen=True, slots=True)
class PartScore:
    """评分点得分. `address` is B10.participation; `figure` is None where a person gave the points themselves.

    `is_computed` says that the figure comes from records and is never typed.
    """

    address: str
    part: Part
    figure: Figure | None
    mark: Mark
    is_computed: bool
    stated: StatedValue | None
    slots: tuple[Slot, ...]

    @property
    def is_blank(self) -> bool:
        """Whether it waits for a person to state a value."""
        return not self.is_computed and self.stated is None


@dataclass(frozen=True, slots=True)
class ItemScore:
    """项目得分."""

    item: Item
    mark: Mark
    parts: tuple[PartScore, ...]
    state: State

    @property
    def code(self) -> str:
        """B10."""
        return self.item.code

    @property
    def name(self) -> str:
        """The item's name."""
        return self.item.name

    @property
    def points(self) -> Decimal:
        """Points earned so far."""
        return self.mark.points

    @property
    def of(self) -> Decimal:
        """Points that can be earned."""
        return self.mark.of

    @property
    def lacking(self) -> Decimal:
        """Points not earned yet."""
        return self.of - self.points

    @property
    def papers_held(self) -> int:
        """How many of the papers asked for are held."""
        return sum(slot.held for slot in self._asked)

    @property
    def papers_wanted(self) -> int:
        """How many papers are asked for."""
        return sum(slot.wanted for slot in self._asked)

    @property
    def _asked(self) -> list[Slot]:
        return [slot for part in self.parts for slot in part.slots if slot.demand.required]


@dataclass(frozen=True, slots=True)
class VetoScore:
    """否决项: whether it holds, by whose statement. Nothing stated means that it does not."""

    veto: Veto
    stated: StatedValue | None

    @property
    def holds(self) -> bool:
        """Whether the grade is barred."""
        return self.stated is not None and bool(self.stated.part_value)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """评分卡: a county under a standard, for a period, as of the end of a day."""

    standard: Standard
    period: Period
    as_of: date
    items: tuple[ItemScore, ...]
    vetoes: tuple[VetoScore, ...]
    grading: Grading

    @property
    def base_items(self) -> tuple[ItemScore, ...]:
        """基础项."""
        return tuple(item for item in self.items if item.item.kind == "base")

    @property
    def bonus_items(self) -> tuple[ItemScore, ...]:
        """加分项."""
        return tuple(item for item in self.items if item.item.kind == "bonus")

    @property
    def gaps(self) -> tuple[ItemScore, ...]:
        """失分项: base items short of points, those with the most to win first."""
        short = [item for item in self.base_items if item.lacking]
        return tuple(sorted(short, key=lambda item: (-item.lacking, item.code)))

    def plain(self) -> dict[str, Any]:
        """The card as JSON takes it; the shape is a contract with everybody who reads it."""
        return {
            "total": plain_number(self.grading.total),
            "base": plain_number(self.grading.base),
            "bonus": plain_number(self.grading.bonus),
            "grade": self.grading.grade,
            "items": [_plain_item(item) for item in self.items],
        }

    def frozen(self, *, county: str, standard: str, people: Mapping[str, str]) -> dict[str, Any]:
        """What a signature freezes: whose card it is, under what, and who sees to which item (by its code).

        `standard` is the text's digest.
        """
        return {
            "county": county,
            "standard": {
                "code": self.standard.code,
                "version": self.standard.version,
                "name": self.standard.name,
                "label": self.standard.label,
                "digest": standard,
            },
            "period": {"from": self.period.start.isoformat(), "to": self.period.last_day.isoformat()},
            "as_of": self.as_of.isoformat(),
            "grading": self.grading.explanation,
            "vetoes": [veto.veto.code for veto in self.vetoes if veto.holds],
            "people": dict(people),
            "papers": {item.code: [item.papers_held, item.papers_wanted] for item in self.items},
            "score": self.plain(),
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """上级给分 of an item: the points, and why, where they are not those of the county (`own`)."""

    points: Decimal
    own: Decimal
    reason: str

    @property
    def by(self) -> Decimal:
        """By how much the points differ from the county's own; 0 where they do not."""
        return self.points - self.own


@dataclass(frozen=True, slots=True)
class Row:
    """考核评分表的一行: an item as it stands, the points signed for it, and who sees to it, if anybody."""

    score: ItemScore
    signed: Decimal | None
    charge: Charge | None
    as_of: date
    city: Judged | None = None
    province: Judged | None = None

    @property
    def judged(self) -> Judged | None:
        """What a superior gave, where only one of the two columns is looked at."""
        return self.city or self.province

    @property
    def people(self) -> set[str]:
        """The ids of who sees to it and who stands in."""
        held = (self.charge.person_id, self.charge.deputy_id) if self.charge else ()
        return {str(person) for person in held if person}

    @property
    def is_overdue(self) -> bool:
        """逾期: whether the day set has passed without full points. Bonus points are never owed."""
        is_owed = self.score.item.kind == "base" and self.score.lacking > 0
        return is_owed and self.charge is not None and self.charge.due_on < self.as_of

    @property
    def moved(self) -> Decimal | None:
        """By how much the points have moved since they were signed; None where nothing was or has."""
        return (self.score.points - self.signed) or None if self.signed is not None else None


def rows(
    card: Scorecard, charges: Mapping[str, Charge], columns: Mapping[str, SignedScore] | None = None
) -> list[Row]:
    """The card's items beside who sees to them (by item code) and what was signed in each column."""
    return [row_of(score, card.as_of, charges.get(score.code), columns or {}) for score in card.items]


def row_of(score: ItemScore, as_of: date, charge: Charge | None, columns: Mapping[str, SignedScore]) -> Row:
    """An item beside who sees to it and what was signed for it in each column."""
    own = columns.get(Column.SELF)
    return Row(
        score=score,
        signed=own.points.get(score.code) if own else None,
        charge=charge,
        as_of=as_of,
        city=_judged(columns.get(Column.CITY), score.code),
        province=_judged(columns.get(Column.PROVINCE), score.code),
    )


def _judged(signed: SignedScore | None, code: str) -> Judged | None:
    plain = next((item for item in signed.score["items"] if item["code"] == code), None) if signed else None
    if plain is None:
        return None
    return Judged(Decimal(str(plain["points"])), Decimal(str(plain["own"])), plain["reason"])


def plain_number(value: Decimal | int) -> int | float:
    """The number as JSON takes it: 4 rather than 4.00, 1.5 rather than "1.5"."""
    return int(value) if value == int(value) else float(value)


def _plain_item(item: ItemScore) -> dict[str, Any]:
    return {
        "code": item.code,
        "points": plain_number(item.points),
        "of": plain_number(item.of),
        "parts": [_plain_part(part) for part in item.parts],
    }


def _plain_part(part: PartScore) -> dict[str, Any]:
    return {
        "code": part.part.code,
        "points": plain_number(part.mark.points),
        "of": plain_number(part.mark.of),
        "explanation": part.mark.explanation,
        "figure": _plain_figure(part.figure) if part.figure else _plain_award(part),
    }


def _plain_award(part: PartScore) -> dict[str, Any]:
    note = part.stated.explanation if part.stated else ""
    return {"kind": "points", "points": plain_number(part.mark.points), "note": note}


def _plain_figure(figure: Figure) -> Mapping[str, Any]:
    match figure:
        case Ratio():
            return {
                "kind": "ratio",
                "part": plain_number(figure.part),
                "whole": plain_number(figure.whole),
                "part_name": figure.part_name,
                "whole_name": figure.whole_name,
                "unit": figure.unit,
                "note": figure.note,
            }
        case Count():
            return {"kind": "count", "number": figure.number, "name": figure.name, "note": figure.note}
        case Tally():
            return {"kind": "tally", "levels": dict(figure.levels), "name": figure.name, "note": figure.note}
        case Level():
            return {"kind": "level", "level": figure.level, "name": figure.name, "note": figure.note}
        case Flag():
            return {"kind": "flag", "yes": figure.yes, "name": figure.name, "note": figure.note}
        case Missing(what):
            return {"kind": "missing", "what": what}
        case NotKept(why):
            return {"kind": "not_kept", "why": why}
