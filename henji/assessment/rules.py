"""Judgments on standards, on values stated by hand, and on where an item stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from django.utils.translation import gettext as _

from henji.assessment.cards import PartScore, Slot, State
from henji.assessment.marking import Mark, must_fit
from henji.assessment.models import PublishedStandard, StatedValue, ValueKind
from henji.assessment.schema import (
    AllOrNothing,
    ByHand,
    CountAgainstTarget,
    Demand,
    Item,
    Part,
    PartRule,
    Standard,
    Threshold,
)
from henji.evidence import figures
from henji.evidence.figures import Count, Figure, Flag, Ratio
from henji.lib import dates
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.lib.text import tidy
from henji.unions.models import Union


class StandardChanged(Refusal):
    """标准已发布: this version stands published with other words."""


class StandardOfOther(Refusal):
    """别县的标准: the standard was published by another county."""


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


class DayAhead(Refusal):
    """日期未到: nobody can sign for a day that is still to come."""


class DayBeforeYear(Refusal):
    """日期在年度之前."""


class MovedMeanwhile(Refusal):
    """分数有变: the score is no longer the one that was shown."""


#: The largest number that a person may state.
LARGEST = Decimal(10**11)


@dataclass(frozen=True, slots=True)
class Blank:
    """待填处: where a person may state a value: what kind, and out of how many points (none for a veto)."""

    address: str
    name: str
    demand: str
    kind: ValueKind
    of: Decimal | None


@dataclass(frozen=True, slots=True)
class Said:
    """取值: what a person states. A flag is 1 or 0; only a ratio has a whole."""

    part: Decimal
    whole: Decimal | None = None


def year_in(text: str) -> int | None:
    """年度: the year that four digits say; None where they say none that anybody would score."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_year and dates.EARLIEST <= int(text) <= dates.LATEST else None


def must_be_equal(held: PublishedStandard, *, digest: str) -> None:
    """Raise StandardChanged unless the standard held has the digest."""
    if held.digest != digest:
        raise StandardChanged(
            _("%(name)s的 %(version)s 版已经发布，内容不同。已发布的标准不能改，请换一个版本号")
            % {"name": held.name, "version": held.version}
        )


def must_be_of(standard: PublishedStandard, county: Union) -> None:
    """Raise StandardOfOther unless the county published the standard."""
    if standard.county_id != county.pk:
        raise StandardOfOther(_("这个标准不是本县发布的"))


def address(item: Item, part: Part) -> str:
    """评分点地址: B10.participation."""
    return f"{item.code}.{part.code}"


def is_computed(part: Part) -> bool:
    """Whether some room of this installation computes the part's figure."""
    return part.figure is not None and part.figure in figures.addresses()


def blank(standard: Standard, code: str) -> Blank:
    """待填处 of the part or veto. Raises NotInStandard, ComputedNotTyped."""
    for item in standard.items:
        for part in item.parts:
            if address(item, part) == code:
                _must_not_be_computed(part)
                return Blank(code, part.name, part.demand, kind_of(part.rule), part.points)
    for veto in standard.vetoes:
        if veto.code == code:
            return Blank(code, veto.name, veto.demand, ValueKind.FLAG, None)
    raise NotInStandard(_("标准里没有“%(code)s”这一项，请从考核表里选") % {"code": code[:40]})


def _must_not_be_computed(part: Part) -> None:
    if is_computed(part):
        raise ComputedNotTyped(
            _("“%(name)s”由系统按记录计算，不能手填。数字不对时，请更正原始记录") % {"name": part.name}
        )


def kind_of(rule: PartRule) -> ValueKind:
    """取值种类: what kind of value the rule can mark."""
    match rule:
        case AllOrNothing():
            return ValueKind.FLAG
        case CountAgainstTarget():
            return ValueKind.COUNT
        case Threshold():
            return ValueKind.RATIO
        case ByHand():
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


def _must_be_a_rate(said: Said) -> None:
    if not said.whole:
        raise ValueUnsuitable(_("请填写分母，分母须大于 0"))
    if said.part > 2 * said.whole:
        raise ValueUnsuitable(_("分子是分母的两倍多，请核对是否填反了"))
    if any(side != side.quantize(Decimal("0.01")) for side in (said.part, said.whole)):
        raise ValueUnsuitable(_("分子、分母最多两位小数"))


def may_stand(place: Blank, held: StatedValue) -> bool:
    """Whether a value stated earlier, perhaps under an older version of the standard, can be marked now."""
    if held.kind != place.kind:
        return False
    try:
        must_suit(place, Said(held.part_value, held.whole_value))
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


def must_be_signable(as_of: date, year: int, *, today: date) -> None:
    """Raise DayAhead or DayBeforeYear where nobody could sign the year's score as of the day."""
    if as_of > today:
        raise DayAhead(_("截至日 %(day)s 还没有到，不能签字") % {"day": as_of.isoformat()})
    if as_of < Period.year(year).start:
        raise DayBeforeYear(
            _("截至日 %(day)s 在 %(year)s 年度之前") % {"day": as_of.isoformat(), "year": year}
        )


def must_be_as_seen(digest: str, *, seen: str) -> None:
    """Raise MovedMeanwhile where another score was shown than would be signed."""
    if seen and seen != digest:
        raise MovedMeanwhile(_("分数刚有变化，还没有签字。请看过新的分数再签"))


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
    return None


def _as_said(value: Decimal) -> Decimal | int:
    return int(value) if value == int(value) else value


def slot(demand: Demand, days: Iterable[date], period: Period) -> Slot:
    """佐证要求: how many of the papers of these days meet the demand in the period.

    What is wanted each quarter or month is counted in each by itself: twelve papers of one month do not
    make a year. Standing papers hold whenever they were issued.
    """
    dates = list(days)
    if demand.period == "standing":
        return Slot(demand, demand.number, min(demand.number, len(dates)))
    spans = _spans(period, MONTHS[demand.period])
    held = sum(min(demand.number, sum(day in span for day in dates)) for span in spans)
    return Slot(demand, demand.number * len(spans), held)


MONTHS = {"year": 12, "quarter": 3, "month": 1}


def _spans(period: Period, months: int) -> list[Period]:
    spans, start = [], period.start
    while start < period.end:
        ahead = start.year * 12 + start.month - 1 + months
        end = min(date(ahead // 12, ahead % 12 + 1, 1), period.end)
        spans.append(Period(start, end))
        start = end
    return spans


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
