"""较昨日变化: which points have moved since the end of a day, and through which deed or day.

The world is looked at as it was known at instants between, by halving: every look costs only the items that
moved, and counts a figure only where a deed could have moved it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from henji.assessment import bisecting, day_cache, queries
from henji.assessment.bisecting import Move
from henji.assessment.day_cache import APART, MayGoOn
from henji.assessment.models import PublishedStandard
from henji.assessment.schema import Item
from henji.evidence import figures, traces
from henji.evidence.figures import Figures, Scope
from henji.evidence.queries import dawn_of
from henji.evidence.traces import Trace
from henji.lib.periods import Period
from henji.unions.models import Union

ONE_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
#: Rooms whose deeds move no points at all.
STILL = ("accounts", "web", "work")


@dataclass(frozen=True, slots=True)
class Change:
    """一项变化: an item's points before and after, through the deeds of one instant, or a day that passed.

    `traces` are the deeds; without any it was the day, `day`. Where `among` is not 0 it was one of so many
    events, and there was no time to find out which.
    """

    item: Item
    before: Decimal
    after: Decimal
    day: date
    traces: tuple[Trace, ...] = ()
    among: int = 0

    @property
    def by(self) -> Decimal:
        """By how much the points moved."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """变化: since the end of the day `since`, the latest first."""

    since: date
    changes: tuple[Change, ...]

    @property
    def by(self) -> Decimal:
        """By how much all points moved together."""
        return sum((change.by for change in self.changes), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Event:
    """一事: the deeds (codes) of an instant, or a day that begins; and how things are seen after it."""

    at: datetime
    as_of: date
    deeds: tuple[str, ...] = ()

    @property
    def known_at(self) -> datetime:
        """What is known with the deeds, or just before the day."""
        return self.at if self.deeds else self.at - _TICK

    @property
    def moves_figures(self) -> bool:
        """Whether one of the deeds is of a room that figures are counted from."""
        return any(deed.partition(".")[0] not in APART for deed in self.deeds)


def since(
    union: Union, published: PublishedStandard, year: int, as_of: date, *, day: date, may_go_on: MayGoOn
) -> Changes:
    """较某日变化: what the scorecard as of a day says now, against what was seen at the end of another day.

    What was seen then was the scorecard as of that day, or as of `as_of` where this is earlier. Which deed
    moved points is exact; where time is up before it is found, the change says among how many events it is.
    """
    begun = _Event(dawn_of(day + ONE_DAY), min(day, as_of))
    events = _events(union, begun, as_of)
    past = _Past(union, published, Period.year(year), begun, events)
    items = {item.code: item for item in published.standard.items}
    found = list(bisecting.moves(len(events), items, past.points_after, may_go_on))
    told = _told(union, {events[move.last - 1].at for move in found if move.first == move.last})
    return Changes(day, tuple(_change(items[move.code], move, events, told) for move in reversed(found)))


def _events(union: Union, begun: _Event, as_of: date) -> list[_Event]:
    done = _deeds_of(union).filter(at__gte=begun.at).order_by("at").values_list("at", "deed")
    deeds = [
        _Event(at, min(localdate(at), as_of), tuple(deed for _at, deed in same))
        for at, same in groupby(done, key=itemgetter(0))
    ]
    days = [begun.as_of + n * ONE_DAY for n in range(1, (as_of - begun.as_of).days + 1)]
    passing = [_Event(dawn_of(day), day) for day in days]
    return sorted([*deeds, *passing], key=lambda event: (event.at, bool(event.deeds)))


def _deeds_of(union: Union) -> QuerySet[Trace]:
    """Deeds that can move the union's points: those of its county, or all, where it stands above counties."""
    done = traces.all_traces()
    if union.county_id:
        done = done.filter(Q(county=union.county_id) | Q(county__isnull=True))
    for room in STILL:
        done = done.exclude(deed__startswith=f"{room}.")
    return done


@dataclass(slots=True)
class _Past:
    """往日: the items as they were seen after so many events."""

    union: Union
    published: PublishedStandard
    period: Period
    begun: _Event
    events: Sequence[_Event]
    counted: dict[tuple[str, date, datetime | None], Figures] = field(default_factory=dict)

    def points_after(self, count: int, codes: Collection[str]) -> dict[str, Decimal]:
        """The points of the items, by code."""
        event = self.events[count - 1] if count else self.begun
        scores = queries.item_scores(
            self.union,
            self.published.standard,
            codes,
            self.period,
            event.as_of,
            known_at=event.known_at,
            compute=self._compute,
        )
        return {score.code: score.points for score in scores}

    def _compute(self, address: str, scope: Scope) -> Figures:
        known_at = self._last_moved(scope.known_at or self.begun.known_at)
        key = address, scope.as_of, known_at
        if key not in self.counted:
            self.counted[key] = self._count(address, replace(scope, known_at=known_at))
        return self.counted[key]

    def _count(self, address: str, scope: Scope) -> Figures:
        if scope.known_at is not None:
            return figures.compute(address, scope)
        held = day_cache.figures_by_day(self.union, address, self.period, [scope.as_of], lambda: True)
        return {self.union.pk: held[scope.as_of]}

    def _last_moved(self, known_at: datetime) -> datetime | None:
        """The instant of the last deed by then that could move a figure; None where it is the last of all."""
        moving = [event.at for event in self.events if event.moves_figures]
        if not moving or known_at >= moving[-1]:
            return None
        before = [at for at in moving if at <= known_at]
        return before[-1] if before else self.begun.known_at


def _told(union: Union, instants: Collection[datetime]) -> dict[datetime, list[Trace]]:
    told: dict[datetime, list[Trace]] = defaultdict(list)
    for trace in _deeds_of(union).filter(at__in=instants).order_by("at", "id"):
        told[trace.at].append(trace)
    return told


def _change(item: Item, move: Move, events: Sequence[_Event], told: Mapping[datetime, list[Trace]]) -> Change:
    event = events[move.last - 1]
    change = Change(item, move.before, move.after, event.as_of)
    if move.first != move.last:
        return replace(change, among=move.last - move.first + 1)
    if not event.deeds:
        return change
    return replace(change, traces=tuple(trace for trace in told[event.at] if _may_be(trace, item)))


def _may_be(trace: Trace, item: Item) -> bool:
    """Of several deeds of one instant, those about another item did not move this one."""
    part = str(trace.facts.get("part", ""))
    return not part or part.partition(".")[0] == item.code
