"""考核标准: the shape of an assessment standard. Data only: points, thresholds and operators, never code."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from henji.assessment import reading
from henji.assessment.scoring.kinds import (
    Bonus,
    ByUnitType,
    CountAgainstTarget,
    Discretion,
    ItemRule,
    PartRule,
    Points,
    SumOfParts,
    most,
)
from henji.evidence.kinds import Kind
from henji.lib import data as plain_data
from henji.lib.data import Code, Data, Name, Sort, Version, Words

Entry = TypeVar("Entry")


def _well_formed_address(address: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", address):
        raise ValueError(_("指标地址须写作“房间.指标”，如 members.membership_rate；没有指标就不写这一行"))
    return address


def _well_formed_deed(deed: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", deed):
        raise ValueError(_("事项须写作“房间.事项”，如 mutual_aid.drive_opened"))
    return deed


def _at_least_one(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    # Not by pydantic's min_length, which also complains when the only entry has a fault of its own.
    if not entries:
        raise ValueError(_("至少写 1 条"))
    return entries


bare = plain_data.bare
#: By their sorts a form knows what to offer.
Address = Annotated[str, AfterValidator(_well_formed_address), Sort("address")]
DeedCode = Annotated[str, AfterValidator(_well_formed_deed), Sort("deed")]
PointsOrNone = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]
UnionLevel = Literal["province", "city", "county", "township", "sector", "primary"]


class Demand(Data):
    """佐证要求: which papers, or which deeds, a part wants: so many in each period.

    `standing` means valid whenever it was issued or done. What is not `required` is welcome and never asked
    for.
    """

    kind: Kind | None = None
    deed: DeedCode | None = None
    number: Annotated[int, Field(gt=0, le=1000)] = 1
    period: Literal["year", "quarter", "month", "standing"] = "year"
    required: bool = True

    @model_validator(mode="after")
    def _papers_or_deeds(self) -> Self:
        if (self.kind is None) == (self.deed is None):
            raise ValueError(_("佐证要求须写文件种类 kind 或事项 deed，只写其中一个"))
        return self


class Part(Data):
    """评分点: one judgment on one figure. Without an address the figure is given by hand and explained.

    Under `by_unit_type` the points are those of the largest column, and `figures` may name a figure for each.
    """

    code: Code
    name: Name
    points: Points
    demand: Words
    rule: Annotated[PartRule, Field(discriminator="kind")]
    figure: Address | None = None
    figures: Annotated[Mapping[Code, Address], Field(max_length=20)] = {}
    evidence: Annotated[tuple[Demand, ...], Field(max_length=50)] = ()
    source: Name

    @model_validator(mode="after")
    def _points_given_by_hand_need_no_figure(self) -> Self:
        if self.figure and isinstance(self.rule, Discretion):
            raise ValueError(_("人工评定的评分点不能写指标 figure"))
        if any(code not in self.columns for code in self.figures):
            raise ValueError(_("figures 只用于 by_unit_type，键须是其中的一栏"))
        return self

    @model_validator(mode="after")
    def _the_rule_leads_to_the_points(self) -> Self:
        held = [(self.rule, self.points)]
        if isinstance(self.rule, ByUnitType):
            held += [(column.rule, column.points) for column in self.rule.columns.values()]
        for rule, points in held:
            named = most(rule)
            if named not in (None, points):
                raise ValueError(
                    _("计分办法最高 %(most)s 分，应为 %(points)s 分")
                    % {"most": bare(named or Decimal(0)), "points": bare(points)}
                )
            if isinstance(rule, CountAgainstTarget) and rule.bands and rule.bands[0][1] >= points:
                raise ValueError(_("目标数以下的档须少于 %(points)s 分") % {"points": bare(points)})
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The types of unit that the part tells apart; none where it asks all the same."""
        return tuple(self.rule.columns) if isinstance(self.rule, ByUnitType) else ()

    def column(self, unit_type: str) -> "Part | None":
        """一栏: what the part asks of units of the type; None where it asks nothing of them."""
        if not isinstance(self.rule, ByUnitType):
            return self
        if unit_type not in self.rule.columns:
            return None
        column = self.rule.columns[unit_type]
        figure = self.figures.get(unit_type, self.figure)
        return self.model_copy(
            update={"points": column.points, "rule": column.rule, "figure": figure, "figures": {}}
        )


class Item(Data):
    """考核项目: its points are the sum of its parts; a bonus item's may be less than that, and are its cap.

    `unit_types` names the types of unit that it asks, all where it names none.
    """

    code: Code
    kind: Literal["base", "bonus"]
    name: Name
    points: Points
    unit_types: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    rule: Annotated[ItemRule, Field(discriminator="kind")] = SumOfParts()
    parts: Annotated[tuple[Part, ...], Field(max_length=50), AfterValidator(_at_least_one)]

    @model_validator(mode="after")
    def _only_a_bonus_is_capped(self) -> Self:
        if isinstance(self.rule, Bonus) and self.kind != "bonus":
            raise ValueError(_("计分办法 bonus 只用于加分项"))
        return self

    @model_validator(mode="after")
    def _parts_add_up(self) -> Self:
        told_apart = {code: None for part in self.parts for code in part.columns}
        for unit_type in self.unit_types or told_apart or [""]:
            must_add_up(self, unit_type)
        return self

    @model_validator(mode="after")
    def _parts_are_told_apart(self) -> Self:
        _must_differ(part.code for part in self.parts)
        return self

    def asks(self, unit_type: str) -> bool:
        """Whether units of the type are asked."""
        return not self.unit_types or unit_type in self.unit_types

    def column(self, unit_type: str) -> "Item":
        """一栏: the item as units of the type see it."""
        parts = (part.column(unit_type) for part in self.parts)
        return self.model_copy(update={"parts": tuple(part for part in parts if part)})


def must_add_up(item: Item, unit_type: str) -> None:
    """The parts that the type of unit sees make the item's points; raises ValueError."""
    together = sum((part.points for part in item.column(unit_type).parts), Decimal(0))
    said = {"together": bare(together), "points": bare(item.points)}
    if isinstance(item.rule, Bonus):
        if together < item.points:
            raise ValueError(_("各评分点合计 %(together)s 分，不到上限 %(points)s 分") % said)
    elif together != item.points:
        raise ValueError(_("各评分点合计 %(together)s 分，应为 %(points)s 分") % said)


class Veto(Data):
    """一票否决: where it holds, the grade is not above the one named, or none is given (`barred`).

    `zero_item` is the item that then has no points either.
    """

    code: Code
    name: Name
    demand: Words
    not_above: Name | None = None
    barred: bool = False
    zero_item: Code | None = None
    source: Name

    @model_validator(mode="after")
    def _has_one_effect_on_the_grade(self) -> Self:
        if (self.not_above is None) != self.barred:
            raise ValueError(_("一票否决须写 not_above 或 barred: true，只写其中一个"))
        return self


class Grade(Data):
    """等次: from so many points on."""

    name: Name
    min: PointsOrNone


class UnitType(Data):
    """单位类型: a column of the table, and the levels of the unions that stand in it."""

    code: Code
    name: Name
    levels: Annotated[tuple[UnionLevel, ...], Field(max_length=6), AfterValidator(_at_least_one)]


class Standard(Data):
    """考核标准: a whole table of items, one version of it.

    `graded_on` says which sum the grade is read from: "total" is base plus bonus, the bonus capped; "base"
    leaves the bonus out. `ranking` says by what units are ranked: "total", "base", the codes of items.
    `label` says what the table is worth ("参考模板，非官方标准"). An `excerpt` is part of a published table,
    and needs no grades. What is filed more than `filing_days` after its day is asked about.
    """

    code: Code
    version: Version
    name: Name
    label: Name
    excerpt: bool = False
    subject_level: UnionLevel
    unit_types: Annotated[tuple[UnitType, ...], Field(max_length=20)] = ()
    base_total: Points
    bonus_cap: PointsOrNone
    graded_on: Literal["total", "base"] = "total"
    ranking: Annotated[tuple[Code, ...], Field(max_length=20)] = ("total", "base")
    filing_days: Annotated[int, Field(gt=0, le=3660)] = 30
    grades: Annotated[tuple[Grade, ...], Field(max_length=20, validate_default=True)] = ()
    vetoes: Annotated[tuple[Veto, ...], Field(max_length=50)] = ()
    items: Annotated[tuple[Item, ...], Field(max_length=200), AfterValidator(_at_least_one)]

    def __hash__(self) -> int:
        return hash((self.code, self.version))

    @field_validator("grades")
    @classmethod
    def _only_an_excerpt_has_no_grades(
        cls, grades: tuple[Grade, ...], info: ValidationInfo
    ) -> tuple[Grade, ...]:
        return grades if info.data.get("excerpt") else _at_least_one(grades)

    @model_validator(mode="after")
    def _codes_and_names_are_told_apart(self) -> Self:
        _must_differ([*(item.code for item in self.items), *(veto.code for veto in self.vetoes)])
        _must_differ(grade.name for grade in self.grades)
        _must_differ(unit_type.code for unit_type in self.unit_types)
        _must_differ(self.ranking)
        return self

    @model_validator(mode="after")
    def _base_items_add_up(self) -> Self:
        for unit_type in [one.code for one in self.unit_types] or [""]:
            items = [item for item in self.items if item.kind == "base" and item.asks(unit_type)]
            together = sum((item.points for item in items), Decimal(0))
            if together != self.base_total:
                raise ValueError(
                    _("基础项合计 %(together)s 分，应为 base_total %(points)s 分")
                    % {"together": bare(together), "points": bare(self.base_total)}
                )
        return self

    @model_validator(mode="after")
    def _unit_types_are_declared(self) -> Self:
        declared = [unit_type.code for unit_type in self.unit_types]
        for item in self.items:
            named = {*item.unit_types, *(code for part in item.parts for code in part.columns)}
            _must_be_known(item.code, sorted(named - set(declared)), _("单位类型 unit_types"))
            for unit_type in filter(item.asks, declared):
                try:
                    must_add_up(item, unit_type)
                except ValueError as fault:
                    said = {"place": item.code, "fault": fault}
                    raise ValueError(_("%(place)s：%(fault)s") % said) from None
        return self

    @model_validator(mode="after")
    def _grades_descend_to_nought(self) -> Self:
        floors = [grade.min for grade in self.grades]
        if floors and (floors[-1] != 0 or any(high <= low for high, low in pairwise(floors))):
            raise ValueError(_("等次 grades 的分数线须从高到低、各不相同，最低一等为 0 分"))
        return self

    @model_validator(mode="after")
    def _vetoes_name_a_grade_and_an_item(self) -> Self:
        names = [grade.name for grade in self.grades]
        codes = [item.code for item in self.items]
        for veto in self.vetoes:
            if veto.not_above is not None and veto.not_above not in names:
                raise ValueError(
                    _("%(code)s 的 not_above 写的是“%(grade)s”，等次里没有")
                    % {"code": veto.code, "grade": veto.not_above}
                )
            if veto.zero_item is not None:
                _must_be_known(veto.code, {veto.zero_item} - set(codes), _("项目 items"))
        return self

    @model_validator(mode="after")
    def _ranking_names_sums_and_items(self) -> Self:
        known = {"total", "base", *(item.code for item in self.items)}
        _must_be_known("ranking", [code for code in self.ranking if code not in known], _("项目 items"))
        return self

    def unit_type_of(self, level: str) -> str:
        """单位类型 of unions of the level: the first that takes them, the first of all where none does."""
        fitting = [one.code for one in self.unit_types if level in one.levels]
        return next(iter([*fitting, *(one.code for one in self.unit_types)]), "")

    def column(self, unit_type: str) -> "Standard":
        """一栏: the standard as units of the type see it, without `by_unit_type` and what it never asks."""
        if not self.unit_types:
            return self
        items = tuple(item.column(unit_type) for item in self.items if item.asks(unit_type))
        return self.model_copy(update={"items": items})


def load(text: str) -> Standard:
    """读入标准: the standard that the YAML text describes; raises StandardUnreadable or StandardUnsound."""
    data = reading.plain(text)
    try:
        return Standard.model_validate(data)
    except ValidationError as error:
        raise reading.StandardUnsound(reading.sentence(error, data)) from None


def _must_differ(names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(_("“%(name)s”出现了两次，代码和名称不能重复") % {"name": twice[0]})


def _must_be_known(where: str, unknown: Iterable[str], among: str) -> None:
    for code in unknown:
        raise ValueError(
            _("%(where)s 里写的“%(code)s”，%(among)s里没有") % {"where": where, "code": code, "among": among}
        )
