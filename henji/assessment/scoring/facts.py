"""事实: what was counted, as rules see it; and what a rule makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from typing import Literal

NOUGHT = Decimal(0)
#: Points, and the sides of a rate, are kept to two places.
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """比率: a part of a whole; the part grows by `step`: 1 of people, 0.01 of yuan."""

    part: Decimal | int
    whole: Decimal | int
    step: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Number:
    """数目: how many."""

    value: int


@dataclass(frozen=True, slots=True)
class Tally:
    """分级数目: how many of each level."""

    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Level:
    """等级: the level that is reached; empty where none is."""

    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """是否: whether something holds."""

    yes: bool


Fact = Rate | Number | Tally | Level | Answer


@dataclass(frozen=True, slots=True)
class Facts:
    """依据: the fact (None: not known), the targets handed down for the year, the type of the unit."""

    fact: Fact | None
    targets: Mapping[str, int] = field(default_factory=dict)
    unit_type: str = ""


class Gap(Enum):
    """无法计算: why a rule can say nothing, and therefore gives nothing."""

    UNKNOWN = auto()  # no fact
    UNSUITABLE = auto()  # a fact of another kind, or a level that the rule does not have
    NO_QUANTITY = auto()  # infinite, not a number, or beyond all that is counted
    NO_WHOLE = auto()
    NEGATIVE_WHOLE = auto()
    NO_TARGET = auto()  # nothing was handed down
    NOT_AWARDED = auto()  # a person is to give the points
    NOT_ASKED = auto()  # the standard has no column for units of this type


@dataclass(frozen=True, slots=True)
class Line:
    """一线: from which share on (`>=`), or above which (`>`), there are so many points."""

    operator: Literal[">=", ">"]
    minimum: Decimal
    points: Decimal

    def is_met(self, part: Decimal, whole: Decimal) -> bool:
        """Whether the rate is on the line's side; exact, for it never divides."""
        wanted = self.minimum * whole
        return part >= wanted if self.operator == ">=" else part > wanted


@dataclass(frozen=True, slots=True)
class Outcome:
    """计分结果: points of `of`, and what is needed to say why.

    `gap` says why nothing could be computed. Where the rule has lines, `step` is the one reached, `next` the
    one above it, and `part` and `whole` are the sides held against them (a count and its target).
    `distance` is the least that must be added to the counted side, or mended of what is missing: to the next
    line where there are lines, else to full points. It is 0 with full points, None where no number says how
    far.
    """

    points: Decimal
    of: Decimal
    gap: Gap | None = None
    step: Line | None = None
    next: Line | None = None
    part: Decimal | None = None
    whole: Decimal | None = None
    distance: Decimal | None = None
