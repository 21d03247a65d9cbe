"""全局: where a county's year stands on a day, as the head of the workbench says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from henji.assessment import day_cache
from henji.assessment import queries as assessment
from henji.assessment.cards import ItemScore, Row, Scorecard, State, rows
from henji.assessment.models import PublishedStandard
from henji.lib.periods import Period
from henji.unions.models import Union

#: So many items are named in the first sentence.
NEAREST = 3
#: An item that falls due within so many days is work of today.
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cell:
    """一格: an item at a glance, as `components/matrix.html` takes it."""

    code: str
    name: str
    points: Decimal
    of: Decimal
    url: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Mine:
    """我的项目: an item that the person sees to or stands in for."""

    row: Row
    url: str
    is_soon: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """全局: the year awaited, its scorecard as of the day, and how many days are left until acceptance."""

    county: Union
    published: PublishedStandard
    card: Scorecard
    accepts_on: date
    today: date

    @property
    def days_left(self) -> int:
        """Until the day of acceptance; 0 on it, less after it."""
        return (self.accepts_on - self.today).days

    @property
    def days_past(self) -> int:
        """Since the day of acceptance."""
        return -self.days_left

    @property
    def year(self) -> int:
        """The year assessed."""
        return self.card.period.start.year

    @property
    def total(self) -> Decimal:
        """The sum that the grade is read from."""
        grading = self.card.grading
        return grading.base if self.card.standard.graded_on == "base" else grading.total

    @property
    def best(self) -> str:
        """The highest grade's name; empty where the standard has none."""
        return self.card.standard.grades[0].name if self.card.standard.grades else ""

    @property
    def best_min(self) -> Decimal:
        """From how many points the highest grade is given."""
        return self.card.standard.grades[0].min if self.best else Decimal(0)

    @property
    def is_best(self) -> bool:
        """Whether the highest grade is given."""
        return self.best == self.card.grading.grade

    @property
    def vetoes(self) -> list[str]:
        """The vetoes that hold, by name."""
        return [veto.veto.name for veto in self.card.vetoes if veto.holds]

    @property
    def nearest(self) -> Sequence[ItemScore]:
        """The base items whose points are the nearest: begun ones first, then by papers that lack.

        As many as it takes to the highest grade, but no more than the first sentence can hold.
        """
        nearest: list[ItemScore] = []
        for item in sorted(self.card.gaps, key=_distance)[:NEAREST]:
            if nearest and self.total + self._of(nearest) >= self.best_min:
                break
            nearest.append(item)
        return nearest

    @property
    def nearest_points(self) -> Decimal:
        """What they would bring together."""
        return self._of(self.nearest)

    def _of(self, items: Sequence[ItemScore]) -> Decimal:
        return sum((item.lacking for item in items), Decimal(0))

    @property
    def query(self) -> str:
        """What an address adds to look at the same year, where it is not this year."""
        asked = {"period": self.year} if self.year != self.today.year else {}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def cells(self) -> list[Cell]:
        """All items."""
        return [
            Cell(
                code=item.code,
                name=item.name,
                points=item.points,
                of=item.of,
                url=self._url(item.code),
                state=item.state.look,
                word=str(item.state.label),
            )
            for item in self.card.items
        ]

    def mine(self, user: int) -> list[Mine]:
        """我的项目 without full points yet, the earliest day first. Costs one query."""
        charges = assessment.charges_of(self.county, self.published.code, self.year)
        held = [row for row in rows(self.card, charges) if str(user) in row.people and row.score.lacking]
        held.sort(key=lambda row: (row.charge.due_on if row.charge else self.accepts_on, row.score.code))
        return [
            Mine(row, self._url(row.score.code), bool(row.charge and row.charge.due_on <= self.today + SOON))
            for row in held
        ]

    def _url(self, code: str) -> str:
        return reverse("assessment:item", args=[code]) + self.query


def _distance(item: ItemScore) -> tuple[bool, int, Decimal, str]:
    papers = max(item.papers_wanted - item.papers_held, 0)
    return item.state == State.UNTOUCHED, papers, -item.lacking, item.code


def outlook(county: Union, today: date) -> Outlook | None:
    """全局 of the year whose acceptance comes next; None before the county has a standard."""
    held = assessment.published(county)
    if held is None:
        return None
    year, accepts_on = assessment.year_awaited(county, today)
    card = day_cache.scorecard(county, held, year, min(today, Period.year(year).last_day))
    return Outlook(county, held, card, accepts_on, today)
