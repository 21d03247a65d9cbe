"""Judgments on values that a person states: where, which, and what they stand for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from django.utils.translation import gettext as _

from henji.assessment.marking import must_fit
from henji.assessment.models import StatedValue, ValueKind
from henji.assessment.rules.standards import address, is_computed
from henji.assessment.schema import Part, Standard
from henji.assessment.scoring.kinds import (
    AllOrNothing,
    ByUnitType,
    CountAgainstTarget,
    DeductEach,
    DeductPerPoints,
    Discretion,
    Levels,
    PartRule,
    PerOccurrence,
    Threshold,
    Tiers,
    ladder_of,
)
from henji.evidence.figures import Count, Figure, Flag, Level, Ratio, Tally
from henji.lib.levels import level_name
from henji.lib.refusals import Refusal
from henji.lib.text import tidy


class NotInStandard(Refusal):
    """标准中没有: no part and no veto of this code."""


class ComputedNotTyped(Refusal):
    """能算出的数不手填: the figure comes from records."""


class NotExplained(Refusal):
    """没有说明: a value without its reason proves nothing."""


class ValueUnsuitable(Refusal):
    """取值不合适: the value is none that the part's rule can mark."""


class DaysReversed(Refusal):
    """起止日期颠倒."""


class AlreadyStated(Refusal):
    """已有取值: another value holds on some of these days, and nobody said that it is to be replaced."""


#: The largest number that a person may state.
LARGEST = Decimal(10**11)
MOST_OF_A_LEVEL = 10**9


@dataclass(frozen=True, slots=True)
class Blank:
    """待填处: where a person may state a value: what kind, and out of how many points (none for a veto).

    `choices` are the levels that can be stated, as (code, words); none for other kinds.
    """

    address: str
    name: str
    demand: str
    kind: ValueKind
    of: Decimal | None
    choices: tuple[tuple[str, str], ...] = ()

    def in_order(self, said: "Said") -> list[int] | None:
        """How many of each level, in the order of the rule: traces hold no words."""
        if said.levels is None:
            return None
        return [said.levels.get(level, 0) for level, _words in self.choices]


@dataclass(frozen=True, slots=True)
class Said:
    """取值: what a person states. A flag is 1 or 0; only a ratio has a whole.

    `levels` says how many of each level, or names the level reached; `part` is then their sum.
    """

    part: Decimal
    whole: Decimal | None = None
    levels: Mapping[str, int] | None = None

    @classmethod
    def level(cls, name: str) -> "Said":
        """等级: the level reached; none where the name is empty."""
        return cls.tally({name: 1} if name else {})

    @classmethod
    def tally(cls, levels: Mapping[str, int]) -> "Said":
        """分级数目: how many of each level; levels with none are left out."""
        counted = {level: number for level, number in levels.items() if number}
        return cls(Decimal(sum(counted.values())), levels=counted)


def blank(standard: Standard, code: str) -> Blank:
    """待填处 of the part or veto, under the standard as its union sees it.

    Raises NotInStandard, ComputedNotTyped.
    """
    for item in standard.items:
        for part in item.parts:
            if address(item, part) == code:
                _must_not_be_computed(part)
                return blank_of(code, part)
    for veto in standard.vetoes:
        if veto.code == code:
            return Blank(code, veto.name, veto.demand, ValueKind.FLAG, None)
    raise NotInStandard(_("标准里没有“%(code)s”这一项，请从考核评分表里选") % {"code": code[:40]})


def blank_of(code: str, part: Part) -> Blank:
    """待填处 of a part, whose address is B10.participation."""
    return Blank(code, part.name, part.demand, kind_of(part.rule), part.points, _choices(part.rule))


def _choices(rule: PartRule) -> tuple[tuple[str, str], ...]:
    match rule:
        case Levels():
            return tuple((rung.name, rung.criteria) for rung in rule.levels)
        case PerOccurrence() | DeductEach():
            return tuple((level, level_name(level)) for level in ladder_of(rule))
    return ()


def _must_not_be_computed(part: Part) -> None:
    if is_computed(part):
        raise ComputedNotTyped(
            _("“%(name)s”由系统按记录计算，不能手填。数字不对时，请更正原始记录") % {"name": part.name}
        )


def kind_of(rule: PartRule) -> ValueKind:
    """取值种类: what kind of value the rule can mark; columns by type of unit have been chosen before."""
    match rule:
        case AllOrNothing():
            return ValueKind.FLAG
        case CountAgainstTarget():
            return ValueKind.COUNT
        case Threshold() | Tiers() | DeductPerPoints():
            return ValueKind.RATIO
        case Levels():
            return ValueKind.LEVEL
        case PerOccurrence() | DeductEach():
            return ValueKind.TALLY if ladder_of(rule) else ValueKind.COUNT
        case Discretion() | ByUnitType():
            return ValueKind.POINTS
    assert_never(rule)


def must_suit(place: Blank, said: Said) -> None:
    """Raise ValueUnsuitable, or PointsDoNotFit, unless the value is one that can be marked there."""
    if place.kind == ValueKind.POINTS and place.of is not None:
        must_fit(said.part, place.of)
        return
    sides = [side for side in (said.part, said.whole) if side is not None]
    if any(not side.is_finite() or not 0 <= side <= LARGEST for side in sides):
        raise ValueUnsuitable(_("数字须在 0 到 %(largest)s 之间") % {"largest": f"{LARGEST:,}"})
    if place.kind == ValueKind.RATIO:
        _must_be_a_rate(said)
    elif place.kind == ValueKind.COUNT and said.part != int(said.part):
        raise ValueUnsuitable(_("数目须为整数"))
    elif place.kind == ValueKind.FLAG and said.part not in (0, 1):
        raise ValueUnsuitable(_("请选择是或否"))
    elif place.kind in (ValueKind.LEVEL, ValueKind.TALLY):
        _must_be_levels(place, said.levels)


def _must_be_a_rate(said: Said) -> None:
    if not said.whole:
        raise ValueUnsuitable(_("请填写分母，分母须大于 0"))
    if said.part > 2 * said.whole:
        raise ValueUnsuitable(_("分子是分母的两倍多，请核对是否填反了"))
    if any(side != side.quantize(Decimal("0.01")) for side in (said.part, said.whole)):
        raise ValueUnsuitable(_("分子、分母最多两位小数"))


def _must_be_levels(place: Blank, levels: Mapping[str, int] | None) -> None:
    known = dict(place.choices)
    if levels is None or any(level not in known for level in levels):
        raise ValueUnsuitable(_("请从标准写明的级别里选"))
    if any(not 0 <= number <= MOST_OF_A_LEVEL for number in levels.values()):
        raise ValueUnsuitable(_("数字须在 0 到 %(largest)s 之间") % {"largest": f"{MOST_OF_A_LEVEL:,}"})
    if place.kind == ValueKind.LEVEL and sum(levels.values()) > 1:
        raise ValueUnsuitable(_("只能选一级"))


def may_stand(place: Blank, held: StatedValue) -> bool:
    """Whether a value stated earlier, perhaps under an older version of the standard, can be marked now."""
    if held.kind != place.kind:
        return False
    try:
        must_suit(place, Said(held.part_value, held.whole_value, held.levels))
    except Refusal:
        return False
    return True


def must_explain(words: str) -> str:
    """说明: tidied; raises NotExplained."""
    bare = tidy(words)
    if not 2 <= len(bare) <= 500:
        raise NotExplained(_("请用一两句话说明依据，最多 500 字"))
    return bare


def must_run_forwards(first: date, last: date | None) -> None:
    """Raise DaysReversed where the last day lies before the first."""
    if last is not None and last < first:
        raise DaysReversed(_("止日早于起日，请核对"))


def must_mean_to_replace(held: Iterable[StatedValue], *, replacing: bool) -> None:
    """Raise AlreadyStated where values hold on the same days and nobody said that they are to go."""
    days = [_days(value) for value in held]
    if days and not replacing:
        raise AlreadyStated(
            _("与已有取值的日期重叠（%(days)s）。确要取代，请勾选“取代重叠日期内的旧取值”")
            % {"days": _("；").join(days)}
        )


def days_left(held: StatedValue, first: date, last: date | None) -> Iterator[tuple[date, date | None]]:
    """余下的日子: the days of the value before the first and after the last, as (from, to), none empty."""
    if held.from_on < first:
        yield held.from_on, first - timedelta(days=1)
    if last is not None and (held.to_on is None or held.to_on > last):
        yield last + timedelta(days=1), held.to_on


def _days(value: StatedValue) -> str:
    first = value.from_on.isoformat()
    if value.to_on is None:
        return _("%(first)s 起") % {"first": first}
    return _("%(first)s 至 %(last)s") % {"first": first, "last": value.to_on.isoformat()}


def figure_stated(held: StatedValue, *, name: str) -> Figure | None:
    """The figure that a stated value stands for; None where it gives the points themselves."""
    note = _("人工取值（%(days)s）：%(words)s") % {"days": _days(held), "words": held.explanation}
    match held.kind:
        case ValueKind.FLAG:
            return Flag(bool(held.part_value), name, note=note)
        case ValueKind.COUNT:
            return Count(int(held.part_value), name, note=note)
        case ValueKind.RATIO if held.whole_value is not None:
            return Ratio(
                _as_said(held.part_value), _as_said(held.whole_value), _("分子"), _("分母"), note=note
            )
        case ValueKind.LEVEL:
            return Level(next(iter(held.levels or {}), ""), name, note=note)
        case ValueKind.TALLY:
            return Tally(held.levels or {}, name, note=note)
    return None


def _as_said(value: Decimal) -> Decimal | int:
    return int(value) if value == int(value) else value
