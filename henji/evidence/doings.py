"""所做之事: what other rooms may ask about deeds that were done and stand.

A deed that was taken back does not stand; one that was stated anew stands with its new day. Each room says in
its `deeds.py` which of its deeds take back (`UNDOING`) and which state anew (`RESTATING`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from henji.evidence import naming
from henji.evidence.models import Trace, TraceQuerySet


@dataclass(frozen=True, slots=True)
class Done:
    """所做之事: that a deed was done in a county on a day, and recorded on another; `trace` says so.

    `to` is the kind of thing that it was done to, `subject` its id; `by` is who did it.
    """

    county: int
    trace: UUID
    deed: str
    to: str
    on: date
    recorded_on: date
    subject: str
    by: int


def done(
    counties: Collection[int], deeds: Collection[str], *, until: date, known_at: datetime | None = None
) -> list[Done]:
    """所做之事 of the counties up to and with `until`, as far as they stand, by day.

    Where `known_at` is given, as recorded by then. Costs at most two queries.
    """
    if not deeds:
        return []
    known = Trace.objects.in_counties(frozenset(counties))
    if known_at is not None:
        known = known.filter(at__lte=known_at)
    told = ("county", "pk", "deed", "subject_kind", "on", "at", "subject_id", "by_id")
    rows = known.filter(deed__in=deeds).order_by("on", "pk").values_list(*told)
    found = [
        Done(county, pk, deed, to, on, localdate(at), subject, by)
        for county, pk, deed, to, on, at, subject, by in rows
    ]
    standing = _standing(found, _followers(known, {one.deed for one in found}))
    return [one for one in standing if one.on <= until]


@dataclass(frozen=True, slots=True)
class _Follower:
    """A later deed about what an earlier one did: `on` is the day that it states anew, if it does."""

    trace: UUID
    undoes: bool
    on: date | None


#: By the trace that it follows, and the kind of thing that both are about: to correct one row of an import is
#: not to correct the import.
_Followers = Mapping[tuple[UUID | None, str], _Follower]


def _followers(known: TraceQuerySet, deeds: Iterable[str]) -> _Followers:
    rooms = {naming.room_of(deed) for deed in deeds}
    undoing = frozenset[str]().union(*(naming.undoing(room) for room in rooms))
    restating = frozenset[str]().union(*(naming.restating(room) for room in rooms))
    if not undoing | restating:
        return {}
    following = known.filter(deed__in=undoing | restating, supersedes__isnull=False).order_by("at", "pk")
    rows = following.values_list("supersedes", "subject_kind", "pk", "deed", "on")
    return {
        (before, to): _Follower(trace, deed in undoing, on if deed in restating else None)
        for before, to, trace, deed, on in rows
    }


def _standing(found: Iterable[Done], followers: _Followers) -> Iterator[Done]:
    for one in found:
        on, is_undone, follower = one.on, False, followers.get((one.trace, one.to))
        while follower:
            on, is_undone = follower.on or on, follower.undoes
            follower = followers.get((follower.trace, one.to))
        if not is_undone:
            yield replace(one, on=on)
