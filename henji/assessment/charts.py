"""走势: the score, and the figure of a part, day by day, as charts draw them. Reads through the day cache."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from henji.assessment import day_cache, queries
from henji.assessment.day_cache import MayGoOn
from henji.assessment.models import PublishedStandard, SignedScore
from henji.assessment.schema import Part
from henji.assessment.scoring.kinds import CountAgainstTarget, DeductPerPoints, Threshold, Tiers
from henji.evidence.figures import Count, Figure, Missing, Ratio, Tally
from henji.lib import tags
from henji.lib.periods import Period
from henji.unions.models import Union

T = TypeVar("T")
#: So many days are shown one by one, before them one of each week.
DAILY = 14
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Point:
    """一点: a day, the value drawn, and what its row in the table says beside it."""

    day: date
    value: Decimal | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """目标线: from where on it is enough."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """一行: a point in the table, with what stands marked on its day."""

    day: date
    value: Decimal | None
    words: tuple[str, ...]
    mark: Decimal | None


@dataclass(frozen=True, slots=True)
class Chart:
    """走势图: points in the order of their days, what they are held against, and how many are still to come.

    `heads` are the heads of the table behind it, `marks` points of another kind, such as signed scores.
    """

    title: str
    unit: str
    heads: tuple[str, ...]
    points: tuple[Point, ...]
    of: int
    target: Target | None = None
    marks: tuple[Point, ...] = ()
    marks_name: str = ""

    @property
    def done(self) -> int:
        """How many points are there."""
        return len(self.points)

    @property
    def is_whole(self) -> bool:
        """Whether none is still to come."""
        return self.done == self.of

    @property
    def rows(self) -> list[Row]:
        """The table behind it, the latest first."""
        marked = {mark.day: mark.value for mark in self.marks}
        return [
            Row(point.day, point.value, point.words, marked.get(point.day)) for point in reversed(self.points)
        ]

    @property
    def summary(self) -> str:
        """What it shows, in one sentence, for whoever cannot see it."""
        seen = [point for point in self.points if point.value is not None]
        if not seen:
            return _("%(title)s：还没有数字") % {"title": self.title}
        said = {
            "title": self.title,
            "first": tags.day(seen[0].day),
            "from": tags.points(seen[0].value),
            "last": tags.day(seen[-1].day),
            "to": tags.points(seen[-1].value),
            "unit": self.unit,
        }
        words = _("%(title)s：%(first)s 为 %(from)s%(unit)s，%(last)s 为 %(to)s%(unit)s") % said
        if self.target is None:
            return words
        return _("%(words)s；%(line)s %(value)s%(unit)s") % {
            "words": words,
            "line": self.target.name,
            "value": tags.points(self.target.value),
            "unit": self.unit,
        }

    @property
    def drawing(self) -> str:
        """What the browser draws, as JSON."""
        drawn = {
            "name": self.heads[1],
            "unit": self.unit,
            "points": [_plain(point) for point in self.points if point.value is not None],
            "marks": {"name": self.marks_name, "points": [_plain(point) for point in self.marks]},
            "target": {"name": self.target.name, "value": float(self.target.value)} if self.target else None,
        }
        return json.dumps(drawn, ensure_ascii=False)


def _plain(point: Point) -> list[object]:
    return [point.day.isoformat(), float(point.value or 0)]


def days_of(period: Period, as_of: date, besides: Collection[date] = ()) -> list[date]:
    """取点日: the last days one by one, those asked for besides, then week by week; the latest first of each.

    None lies outside the period or after the day.
    """
    last = min(as_of, period.last_day)
    daily = [last - timedelta(days=back) for back in range(DAILY)]
    weekly = [last - timedelta(days=DAILY - 1) - WEEK * back for back in range(1, 54)]
    wanted = [*daily, *sorted(besides, reverse=True), *weekly, period.start]
    return list(dict.fromkeys(day for day in wanted if period.start <= day <= last))


def of_score(union: Union, published: PublishedStandard, year: int, as_of: date, may_go_on: MayGoOn) -> Chart:
    """得分走势: the year's score as of each day, the line of the best grade, and the scores signed."""
    standard = published.standard
    signed = list(queries.signed_scores(union).filter(year=year, standard__code=published.code))
    days = days_of(Period.year(year), as_of, [score.as_of for score in signed])
    scores = day_cache.scores_by_day(union, published, year, days, may_go_on)
    best = next(iter(standard.grades), None)
    return Chart(
        title=_("%(year)s 年得分走势") % {"year": year},
        unit=pgettext("unit", "分"),
        heads=(_("日期"), _("得分"), _("基础分"), _("加分"), _("等次")),
        points=_in_order(scores, lambda scored: scored.measured(standard.graded_on), _sums),
        of=len(days),
        target=Target(_("%(grade)s线") % {"grade": best.name}, best.min) if best else None,
        marks=tuple(_signed(score, standard.graded_on) for score in reversed(signed) if score.as_of in days),
        marks_name=_("已签评分"),
    )


def _sums(scored: day_cache.Scored) -> tuple[str, ...]:
    return tags.points(scored.base), tags.points(scored.bonus), scored.grade


def _signed(score: SignedScore, graded_on: str) -> Point:
    measured = score.score["base"] if graded_on == "base" else score.score["total"]
    return Point(score.as_of, Decimal(str(measured)), (str(score.get_column_display()),))


def of_figure(union: Union, part: Part, period: Period, as_of: date, may_go_on: MayGoOn) -> Chart:
    """数字走势: the figure of a part as of each day, in per cent where it is a rate, and its line."""
    days = days_of(period, as_of)
    figures = day_cache.figures_by_day(union, part.figure or "", period, days, may_go_on)
    is_rate = any(isinstance(figure, Ratio) for figure in figures.values())
    return Chart(
        title=_("%(name)s走势") % {"name": part.name},
        unit="%" if is_rate else "",
        heads=(_("日期"), part.name, _("说明")),
        points=_in_order(figures, _measured, _sides),
        of=len(days),
        target=_line_of(part),
    )


def _measured(figure: Figure) -> Decimal | None:
    match figure:
        case Ratio(part, whole) if whole:
            # Cut, not rounded: a rate never seems to have reached its target.
            return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        case Count(number):
            return Decimal(number)
        case Tally(levels):
            return Decimal(sum(levels.values()))
    return None


def _sides(figure: Figure) -> tuple[str, ...]:
    match figure:
        case Ratio(part, whole, part_name, whole_name):
            part_said, whole_said = tags.side(part, figure.unit), tags.side(whole, figure.unit)
            return (f"{part_name} {part_said} / {whole_name} {whole_said}",)
        case Missing(what):
            return (_("缺少%(what)s") % {"what": what},)
    return ("",)


def _line_of(part: Part) -> Target | None:
    """From where on the part has full points, where a line can say it."""
    name = _("满分线")
    match part.rule:
        case Threshold(minimum=share) | DeductPerPoints(minimum=share):
            return Target(name, 100 * share)
        case Tiers(bands=((share, _points), *_rest)):
            return Target(name, 100 * share)
        case CountAgainstTarget(target=int(target)):
            return Target(name, Decimal(target))
    return None


def _in_order(
    held: Mapping[date, T], value: Callable[[T], Decimal | None], words: Callable[[T], tuple[str, ...]]
) -> tuple[Point, ...]:
    return tuple(Point(day, value(held[day]), words(held[day])) for day in sorted(held))
