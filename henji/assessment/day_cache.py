"""日缓存: what was computed as of a day, kept until a deed moves it. It can be emptied at any time.

Pages read the score through here. What is held counts only under the county's watermark of now, so it is
never older than the record; what is not held, is stale, or cannot be read is computed again. Nothing here is
ever needed: where the database takes no write at the moment, none is made.

Two levels. A figure is kept until a deed that could move a figure: one of any room but those of `APART`,
whose deeds state values, sign, and give posts; no indicator of another room reads their tables, and a test
runs them all to see. A score is kept until a deed of any room. So a value stated by hand costs a marking and
no counting. What is asked as known at an instant is not kept.
"""

import functools
import hashlib
import json
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import get_language

from henji.assessment import queries
from henji.assessment.cards import ItemScore, Scorecard
from henji.assessment.models import DayScore, FigureDay, PublishedStandard
from henji.assessment.schema import Standard
from henji.evidence import figures, packing
from henji.evidence.figures import Figure, Figures, Scope
from henji.evidence.watermarks import Watermark, watermarks
from henji.lib.periods import Period
from henji.unions.models import Union

#: Rooms whose deeds move no figure of another room.
APART = ("assessment", "accounts", "web")
#: The newest rows of each kind that are kept.
KEPT: Mapping[type[models.Model], int] = {FigureDay: 200_000, DayScore: 20_000}
#: A page waits no longer than this, in milliseconds, for somebody else's write to end.
PATIENCE = 50

#: Which unions are scored, each under which standard.
Standards = Mapping[Union, PublishedStandard]
#: Whether there is time left to compute another one.
MayGoOn = Callable[[], bool]
Marks = Mapping[int, Watermark]


@dataclass(frozen=True, slots=True)
class Scored:
    """某日得分: the sums and the grade as of a day, and the points of each item by its code."""

    as_of: date
    total: Decimal
    base: Decimal
    bonus: Decimal
    grade: str
    points: Mapping[str, Decimal]

    def measured(self, graded_on: str) -> Decimal:
        """The sum that the grade is read from."""
        return self.base if graded_on == "base" else self.total


def scorecard(union: Union, published: PublishedStandard, year: int, as_of: date) -> Scorecard:
    """评分卡: as `queries.scorecard` gives it; only figures that are not held are computed."""
    return _cards({union: published}, year, as_of, _marks([union]))[union.pk]


def trial(union: Union, standard: Standard, year: int, as_of: date) -> Scorecard:
    """试算: the scorecard under a standard that may be a draft; figures held are not computed again."""
    period = Period.year(year)
    shelf = _Shelf.of(period, [as_of], _marks([union]))
    card = queries.scorecard(union, standard, period, as_of, compute=shelf.compute)
    shelf.keep()
    return card


def item_scores(
    union: Union, published: PublishedStandard, codes: Container[str], year: int, as_of: date
) -> list[ItemScore]:
    """项目得分: as `queries.item_scores` gives them; only figures that are not held are computed."""
    period = Period.year(year)
    shelf = _Shelf.of(period, [as_of], _marks([union]))
    scores = queries.item_scores(union, published.standard, codes, period, as_of, compute=shelf.compute)
    shelf.keep()
    return scores


def scores(standards: Standards, year: int, as_of: date) -> dict[int, Scored]:
    """得分: of unions as of a day, by union; those not held are computed all together."""
    marks = _marks(standards)
    held = {pk: scored for (pk, _day), scored in _held(standards, year, [as_of], marks).items()}
    missing = {union: published for union, published in standards.items() if union.pk not in held}
    return held | _scored(missing, year, as_of, marks)


def scores_by_day(
    union: Union, published: PublishedStandard, year: int, days: Sequence[date], may_go_on: MayGoOn
) -> dict[date, Scored]:
    """逐日得分: of one union as of many days, in their order as far as there is time."""
    standards = {union: published}
    marks = _marks(standards)
    held = {day: scored for (_union, day), scored in _held(standards, year, days, marks).items()}
    for day in days:
        if day not in held and may_go_on():
            held[day] = _scored(standards, year, day, marks)[union.pk]
    return held


def figures_by_day(
    union: Union, address: str, period: Period, days: Sequence[date], may_go_on: MayGoOn
) -> dict[date, Figure]:
    """逐日数字: one figure of a union as of many days, in their order as far as there is time."""
    shelf = _Shelf.of(period, days, _marks([union]), address)
    held = {day: figure for (_union, day, _address), figure in shelf.held.items()}
    for day in days:
        if day not in held and may_go_on():
            held[day] = shelf.compute(address, Scope((union.pk,), period, day))[union.pk]
    shelf.keep()
    return held


def _marks(unions: Iterable[Union]) -> Marks:
    """水位 of each union: its county's. Those above counties have none, and nothing of theirs is held."""
    county_of = {union.pk: union.county_id for union in unions if union.county_id}
    marks = watermarks(set(county_of.values()), apart=APART)
    return {union: marks[county] for union, county in county_of.items()}


# Scores


def _held(
    standards: Standards, year: int, days: Collection[date], marks: Marks
) -> dict[tuple[int, date], Scored]:
    asked = {(union.pk, published.pk) for union, published in standards.items()}
    rows = DayScore.objects.filter(
        union__in=marks,
        standard__in={published.pk for published in standards.values()},
        year=year,
        as_of__in=days,
        language=_language(),
    )
    return {
        (row.union_id, row.as_of): scored
        for row in rows
        if (row.union_id, row.standard_id) in asked
        and row.watermark == _stamp(marks[row.union_id].whole)
        and (scored := _read(row))
    }


def _read(row: DayScore) -> Scored | None:
    try:
        points = {code: Decimal(points) for code, points in json.loads(row.body).items()}
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        return None
    return Scored(row.as_of, row.total, row.base, row.bonus, row.grade, points)


def _scored(standards: Standards, year: int, as_of: date, marks: Marks) -> dict[int, Scored]:
    if not standards:
        return {}
    cards = _cards(standards, year, as_of, marks)
    scored = {union: _score_of(card) for union, card in cards.items()}
    _keep(
        _row(union, published, year, scored[union.pk], marks)
        for union, published in standards.items()
        if union.pk in marks
    )
    return scored


def _score_of(card: Scorecard) -> Scored:
    grading = card.grading
    points = {item.code: item.points for item in card.items}
    return Scored(card.as_of, grading.total, grading.base, grading.bonus, grading.grade, points)


def _row(union: Union, published: PublishedStandard, year: int, scored: Scored, marks: Marks) -> DayScore:
    return DayScore(
        union=union,
        standard=published,
        year=year,
        as_of=scored.as_of,
        language=_language(),
        watermark=_stamp(marks[union.pk].whole),
        total=scored.total,
        base=scored.base,
        bonus=scored.bonus,
        grade=scored.grade,
        body=json.dumps({code: str(points) for code, points in scored.points.items()}),
    )


def _cards(standards: Standards, year: int, as_of: date, marks: Marks) -> dict[int, Scorecard]:
    period = Period.year(year)
    shelf = _Shelf.of(period, [as_of], marks)
    texts = {union: published.standard for union, published in standards.items()}
    cards = queries.scorecards(texts, period, as_of, compute=shelf.compute)
    shelf.keep()
    return cards


# Figures


@dataclass(slots=True)
class _Shelf:
    """一架数字: the figures held for some unions and days, and those computed since."""

    period: Period
    marks: Marks
    held: dict[tuple[int, date, str], Figure]
    fresh: list[FigureDay] = field(default_factory=list)

    @classmethod
    def of(cls, period: Period, days: Collection[date], marks: Marks, address: str = "") -> "_Shelf":
        rows = FigureDay.objects.filter(
            union__in=marks,
            as_of__in=days,
            period_from=period.start,
            period_to=period.end,
            language=_language(),
        )
        if address:
            rows = rows.filter(address=address)
        held = {
            (row.union_id, row.as_of, row.address): figure
            for row in rows
            if row.watermark == _stamp(marks[row.union_id].records) and (figure := _unpacked(row.body))
        }
        return cls(period, marks, held)

    def compute(self, address: str, scope: Scope) -> Figures:
        """As `figures.compute`; what is held is not computed again."""
        if address.partition(".")[0] in APART:
            return figures.compute(address, scope)
        lacking = tuple(union for union in scope.unions if (union, scope.as_of, address) not in self.held)
        if lacking:
            computed = figures.compute(address, replace(scope, unions=lacking))
            for union, figure in computed.items():
                self.held[union, scope.as_of, address] = figure
                self._remember(union, address, scope.as_of, figure)
        return {union: self.held[union, scope.as_of, address] for union in scope.unions}

    def keep(self) -> None:
        """Write down what was computed."""
        _keep(self.fresh)
        self.fresh = []

    def _remember(self, union: int, address: str, as_of: date, figure: Figure) -> None:
        if union not in self.marks:
            return
        with suppress(packing.Unpackable):
            row = FigureDay(
                union_id=union,
                address=address,
                period_from=self.period.start,
                period_to=self.period.end,
                as_of=as_of,
                language=_language(),
                watermark=_stamp(self.marks[union].records),
                body=packing.packed(figure),
            )
            self.fresh.append(row)


def _unpacked(body: str) -> Figure | None:
    try:
        return packing.unpacked(body)
    except packing.Unpackable:
        return None


# Rows


def _keep(rows: Iterable[FigureDay | DayScore]) -> None:
    """Write the rows in place of those of the same key; or nothing, where that would have to wait."""
    fresh = list(rows)
    if fresh:
        with suppress(DatabaseError), _impatience():
            _write(type(fresh[0]), fresh)


def _write(model: type[DayScore | FigureDay], rows: Sequence[DayScore | FigureDay]) -> None:
    fields = model._meta.concrete_fields
    unique = next(iter(model._meta.constraints)).fields  # type: ignore[attr-defined]  # it has just this one
    key = [each.attname for each in fields if each.name in unique]
    written: Any = model._default_manager
    written.bulk_create(
        # Always in the same order: two who write the same rows wait for each other and never cross.
        sorted(rows, key=lambda row: [getattr(row, name) for name in key]),
        batch_size=500,
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[each.name for each in fields if each.name not in {"id", *unique}],
    )
    newest = written.order_by("-pk").values_list("pk", flat=True).first()
    written.filter(pk__lte=newest - KEPT[model]).delete()


@contextmanager
def _impatience() -> Iterator[None]:
    """A transaction that fails rather than wait longer than PATIENCE for another one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {before}")
        else:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
                yield


def _language() -> str:
    return get_language() or ""


def _stamp(watermark: str) -> str:
    """What must not have changed: the record, and what counts and marks it."""
    return f"{_code()} {watermark}"


@functools.cache
def _code() -> str:
    """代码摘要: another version of this installation counts, marks or words things differently."""
    house = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for kind in ("*.py", "*.mo") for path in house.rglob(kind)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
