"""考核标准: the shape of an assessment standard. Data only: points, thresholds and operators, never code."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from henji.assessment import reading
from henji.evidence.kinds import Kind

Entry = TypeVar("Entry")


def _well_formed_code(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,27}", code):
        raise ValueError(_("代码须以字母开头，只用字母、数字和下划线，最多 28 个"))
    return code


def _well_formed_address(address: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", address):
        raise ValueError(_("指标地址须写作“房间.指标”，如 members.membership_rate；没有指标就不写这一行"))
    return address


def _share(value: Decimal) -> Decimal:
    if not 0 <= value <= 2:
        raise ValueError(_("门槛须为 0 到 2 之间的小数，百分之二十五写作 0.25"))
    return value


def _at_least_one(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    # Not by pydantic's min_length, which also complains when the only entry has a fault of its own.
    if not entries:
        raise ValueError(_("至少写 1 条"))
    return entries


Code = Annotated[str, AfterValidator(_well_formed_code)]
Address = Annotated[str, AfterValidator(_well_formed_address)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Version = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Points = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]
PointsOrNone = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Threshold(_Data):
    """达到门槛: full points for a rate that reaches (>=) or exceeds (>) the minimum, else none."""

    kind: Literal["threshold"]
    operator: Literal[">=", ">"]
    minimum: Annotated[Decimal, Field(decimal_places=6), AfterValidator(_share)]


class AllOrNothing(_Data):
    """有或无: full points for yes, else none."""

    kind: Literal["all_or_nothing"]


class CountAgainstTarget(_Data):
    """对照目标数: full points from the target on; below it none, or in proportion."""

    kind: Literal["count_against_target"]
    target: Annotated[int, Field(gt=0, le=1_000_000_000)]
    below: Literal["nothing", "proportional"]


class ByHand(_Data):
    """人工评定: a person gives the points and explains them; the demand's words hold the ladder."""

    kind: Literal["by_hand"]


class SumOfParts(_Data):
    """各部分之和: an item has the points of its parts together."""

    kind: Literal["sum_of_parts"] = "sum_of_parts"


PartRule = Threshold | AllOrNothing | CountAgainstTarget | ByHand


class Demand(_Data):
    """佐证要求: which papers a part wants. `standing` means valid whenever it was issued.

    What is not `required` is welcome and never asked for.
    """

    kind: Kind
    number: Annotated[int, Field(gt=0, le=1000)] = 1
    period: Literal["year", "quarter", "month", "standing"] = "year"
    required: bool = True


class Part(_Data):
    """评分点: one judgment on one figure. Without an address the figure is given by hand and explained."""

    code: Code
    name: Name
    points: Points
    demand: Words
    rule: Annotated[PartRule, Field(discriminator="kind")]
    figure: Address | None = None
    evidence: Annotated[tuple[Demand, ...], Field(max_length=50)] = ()
    source: Name

    @model_validator(mode="after")
    def _points_given_by_hand_need_no_figure(self) -> Self:
        if self.figure and isinstance(self.rule, ByHand):
            raise ValueError(_("人工评定的评分点不能写指标 figure"))
        return self


class Item(_Data):
    """考核项目: its points are the sum of its parts; a bonus item's points are its cap."""

    code: Code
    kind: Literal["base", "bonus"]
    name: Name
    points: Points
    rule: SumOfParts = SumOfParts()
    parts: Annotated[tuple[Part, ...], Field(max_length=50), AfterValidator(_at_least_one)]

    @model_validator(mode="after")
    def _parts_add_up(self) -> Self:
        together = sum((part.points for part in self.parts), Decimal(0))
        if together != self.points:
            raise ValueError(
                _("各评分点合计 %(together)s 分，应为 %(points)s 分")
                % {"together": bare(together), "points": bare(self.points)}
            )
        return self

    @model_validator(mode="after")
    def _parts_are_told_apart(self) -> Self:
        _must_differ(part.code for part in self.parts)
        return self


class Veto(_Data):
    """一票否决: where it holds, the grade is not above the one named, whatever the points."""

    code: Code
    name: Name
    demand: Words
    not_above: Name
    source: Name


class Grade(_Data):
    """等次: from so many points on."""

    name: Name
    min: PointsOrNone


class Standard(_Data):
    """考核标准: a whole table of items, one version of it.

    `graded_on` says which sum the grade is read from: "total" is base plus bonus, the bonus capped; "base"
    leaves the bonus out. `label` says what the table is worth ("参考模板，非官方标准").
    """

    code: Code
    version: Version
    name: Name
    label: Name
    subject_level: Literal["province", "city", "county", "township", "sector", "primary"]
    base_total: Points
    bonus_cap: PointsOrNone
    graded_on: Literal["total", "base"] = "total"
    grades: Annotated[tuple[Grade, ...], Field(max_length=20), AfterValidator(_at_least_one)]
    vetoes: Annotated[tuple[Veto, ...], Field(max_length=50)] = ()
    items: Annotated[tuple[Item, ...], Field(max_length=200), AfterValidator(_at_least_one)]

    @model_validator(mode="after")
    def _base_items_add_up(self) -> Self:
        together = sum((item.points for item in self.items if item.kind == "base"), Decimal(0))
        if together != self.base_total:
            raise ValueError(
                _("基础项合计 %(together)s 分，应为 base_total %(points)s 分")
                % {"together": bare(together), "points": bare(self.base_total)}
            )
        return self

    @model_validator(mode="after")
    def _codes_and_names_are_told_apart(self) -> Self:
        _must_differ([*(item.code for item in self.items), *(veto.code for veto in self.vetoes)])
        _must_differ(grade.name for grade in self.grades)
        return self

    @model_validator(mode="after")
    def _grades_descend_to_nought(self) -> Self:
        floors = [grade.min for grade in self.grades]
        if floors[-1] != 0 or any(high <= low for high, low in pairwise(floors)):
            raise ValueError(_("等次 grades 的分数线须从高到低、各不相同，最低一等为 0 分"))
        return self

    @model_validator(mode="after")
    def _vetoes_name_a_grade(self) -> Self:
        names = [grade.name for grade in self.grades]
        for veto in self.vetoes:
            if veto.not_above not in names:
                raise ValueError(
                    _("%(code)s 的 not_above 写的是“%(grade)s”，等次里没有")
                    % {"code": veto.code, "grade": veto.not_above}
                )
        return self


def load(text: str) -> Standard:
    """读入标准: the standard that the YAML text describes; raises StandardUnreadable or StandardUnsound."""
    data = reading.plain(text)
    try:
        return Standard.model_validate(data)
    except ValidationError as error:
        raise reading.StandardUnsound(reading.sentence(error, data)) from None


def bare(number: Decimal) -> str:
    """The number without idle zeros: 4 for 4.00, 1.5 for 1.50, 100 for 100."""
    return f"{number.normalize():f}"


def _must_differ(names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(_("“%(name)s”出现了两次，代码和名称不能重复") % {"name": twice[0]})
