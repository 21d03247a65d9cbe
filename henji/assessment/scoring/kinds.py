"""计分办法: the kinds of rule that an assessment standard may use, as data: no code is ever read from it.

Every rule is marked out of the points of its part, which are also its cap. What is wrong with a rule is told
by the type of the error (`share`, `bands`, …); `henji.assessment.reading` has the words.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, model_validator

from henji.lib.data import MANY, ONE, Code, Data, Share, one_or_many, refuse

Points = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]
Whole = Annotated[int, Field(gt=0, le=1_000_000_000)]


def _descend(bands: tuple["Band", ...]) -> tuple["Band", ...]:
    minima, points = [band[0] for band in bands], [band[1] for band in bands]
    if not bands or not (_falls(minima) and _falls(points)):
        refuse("bands", "bands go from the highest minimum down, and so do their points")
    return bands


def _falls(numbers: Iterable[Decimal]) -> bool:
    return all(higher > lower for higher, lower in pairwise(numbers))


def _not_empty(ladder: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    if not ladder:
        refuse("ladder", "a ladder has at least one level")
    return ladder


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LevelName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
#: From which share on, how many points.
Band = tuple[Share, Points]
Bands = Annotated[tuple[Band, ...], Field(max_length=20), AfterValidator(_descend)]
Ladder = Annotated[Mapping[LevelName, Points], Field(max_length=20), AfterValidator(_not_empty)]


#: So many points for each; or, by level, so many for each of that level.
Each = Annotated[
    Annotated[Points, Tag(ONE)] | Annotated[Ladder, Tag(MANY)],
    Discriminator(one_or_many),
]


class AllOrNothing(Data):
    """有或无: full points for yes, else none."""

    kind: Literal["all_or_nothing"]


class Threshold(Data):
    """达到门槛: full points for a rate that reaches (>=) or exceeds (>) the minimum, else none."""

    kind: Literal["threshold"]
    operator: Literal[">=", ">"]
    minimum: Share


class Tiers(Data):
    """分档: a rate has the points of the highest band that it reaches; the first band gives full points."""

    kind: Literal["tiers"]
    bands: Bands


class DeductPerPoints(Data):
    """按百分点扣分: full points from the minimum on; below it `minus` for each `every` percentage points.

    `begun` says that a begun step of percentage points counts as a whole one.
    """

    kind: Literal["deduct_per_points"]
    minimum: Share
    minus: Points
    every: Annotated[Decimal, Field(ge=1, le=100, decimal_places=2)]
    begun: bool = True


class HandedDown(Data):
    """下达任务: the number that the superior handed down for the year, by the code of the target."""

    handed_down: Code


class CountAgainstTarget(Data):
    """对照目标数: full points from the target on; below it none, or in proportion, or by bands of it."""

    kind: Literal["count_against_target"]
    target: Annotated[
        Annotated[Whole, Tag(ONE)] | Annotated[HandedDown, Tag(MANY)],
        Discriminator(one_or_many),
    ]
    below: Literal["nothing", "proportional", "tiers"] = "nothing"
    bands: Bands | None = None

    @model_validator(mode="after")
    def _bands_are_for_tiers_and_lie_below_the_target(self) -> Self:
        if (self.below == "tiers") != (self.bands is not None):
            refuse("below", "bands belong to below: tiers, and nowhere else")
        if self.bands and self.bands[0][0] >= 1:
            refuse("bands", "bands lie below the target")
        return self


class Rung(Data):
    """一级: its name (A), its points and what reaches it."""

    name: LevelName
    points: Points
    criteria: Words


class Levels(Data):
    """分级: a person says which level is reached; the first gives full points, none of them nothing."""

    kind: Literal["levels"]
    levels: Annotated[tuple[Rung, ...], Field(max_length=20)]

    @model_validator(mode="after")
    def _levels_descend_and_are_told_apart(self) -> Self:
        names = {rung.name for rung in self.levels}
        if not self.levels or len(names) < len(self.levels):
            refuse("levels", "levels are named, each differently")
        if not _falls(rung.points for rung in self.levels):
            refuse("levels", "levels go from the most points down")
        return self


class PerOccurrence(Data):
    """按次计分: points for each, or by level for each of that level; the first `beyond` give none."""

    kind: Literal["per_occurrence"]
    each: Each
    beyond: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @model_validator(mode="after")
    def _by_level_every_one_counts(self) -> Self:
        if self.beyond and isinstance(self.each, Mapping):
            refuse("ladder", "nobody could say which levels are the first")
        return self


class DeductEach(Data):
    """按缺扣分: full points, less so many for each thing missing or wrong, never below nought."""

    kind: Literal["deduct_each"]
    each: Each


class Discretion(Data):
    """酌情评分: a person gives the points and explains them; the demand's words hold the ladder."""

    kind: Literal["discretion", "by_hand"]


PlainRule = (
    AllOrNothing
    | Threshold
    | Tiers
    | DeductPerPoints
    | CountAgainstTarget
    | Levels
    | PerOccurrence
    | DeductEach
    | Discretion
)


class Column(Data):
    """一栏: what units of one type can earn, and by which rule."""

    points: Points
    rule: Annotated[PlainRule, Field(discriminator="kind")]


class ByUnitType(Data):
    """分类计分: a column of points and rule for each type of unit; a type without one is not asked."""

    kind: Literal["by_unit_type"]
    columns: Annotated[Mapping[Code, Column], Field(min_length=1, max_length=20)]


PartRule = PlainRule | ByUnitType


class SumOfParts(Data):
    """各部分之和: an item has the points of its parts together."""

    kind: Literal["sum_of_parts"] = "sum_of_parts"


class Bonus(Data):
    """加分封顶: a bonus item has the points of its parts together, but never more than its own."""

    kind: Literal["bonus"] = "bonus"


ItemRule = SumOfParts | Bonus


def most(rule: PartRule) -> Decimal | None:
    """The most that the rule itself names, which must be its part's points; None where it names nothing."""
    match rule:
        case Tiers():
            return rule.bands[0][1]
        case Levels():
            return rule.levels[0].points
        case ByUnitType():
            return max(column.points for column in rule.columns.values())
    return None


def ladder_of(rule: PerOccurrence | DeductEach) -> Mapping[str, Decimal]:
    """The points of each level; nothing where all count alike."""
    return rule.each if isinstance(rule.each, Mapping) else {}
