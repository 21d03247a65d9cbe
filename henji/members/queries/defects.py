"""合格记录: which members' records lack something, by county and by union."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from henji.lib import counting
from henji.lib.reach import Reach
from henji.members.defects import SPOKEN, Defect
from henji.members.models import Membership, MembershipQuerySet, Particulars, ParticularsQuerySet
from henji.unions.models import Union

#: What a list may be asked for.
ASKED = frozenset({*SPOKEN, "any", "none"})
_UNDATED, _UNPLACED = Q(start_on__isnull=True), Q(unplaced__isnull=False)


def faulty(
    counties: Iterable[int], known_at: datetime | None = None, defect: Defect | None = None
) -> ParticularsQuerySet:
    """有缺项的会员信息: of whom something lacks, or just this."""
    held = Particulars.objects.known(known_at).filter(county__in=counties, defects__gt=0)
    return held.annotate(asked=F("defects").bitand(defect)).filter(asked__gt=0) if defect else held


def lacking(counties: Collection[int], known_at: datetime | None, what: str = "any") -> Q:
    """Which memberships lack what is asked: "any", or one of `SPOKEN`; "none" are the valid ones."""
    if what in SPOKEN:
        return Q(person__in=faulty(counties, known_at, SPOKEN[what][0]).values("person"))
    broken = _UNDATED | _UNPLACED | Q(person__in=faulty(counties, known_at).values("person"))
    return ~broken if what == "none" else broken


def invalid_counted(
    counties: Iterable[int], day: date, *, known_at: datetime | None = None
) -> dict[int, int]:
    """不合格记录: members of the day in whose record something lacks, by county; one query."""
    held = Membership.objects.known(known_at).on(day)
    return counting.counted(
        {county: _persons(held.filter(county=county), county, known_at) for county in counties}
    )


def _persons(held: MembershipQuerySet, county: int, known_at: datetime | None) -> QuerySet[Any, Any]:
    """Each once. Few lack anything: three short lists are found sooner than one condition is tried on all."""
    odd = Q(person__in=faulty((county,), known_at).values("person"))
    undated, unplaced, wrong = (held.filter(one).values("person") for one in (_UNDATED, _UNPLACED, odd))
    return undated.union(unplaced, wrong)


@dataclass(frozen=True, slots=True)
class Lack:
    """一个工会的缺项: how many members it has, and of how many what lacks."""

    union: Union
    members: int
    valid: int
    undated: int
    unplaced: int
    phone: int
    odd_phone: int
    number: int

    @property
    def name(self) -> str:
        """The union's name, to sort by."""
        return self.union.name


def lacks(reach: Reach, county: Union, day: date) -> list[Lack]:
    """缺项 by union, the most first: those of the county within reach that have members; eight queries."""
    held = Membership.objects.filter(county=county).known().on(day).within(reach)
    asked = {
        "members": Q(),
        "broken": lacking((county.pk,), None),
        "undated": _UNDATED,
        "unplaced": _UNPLACED,
        **{what: lacking((county.pk,), None, what) for what in SPOKEN},
    }
    counted = {name: _by_union(held.filter(condition)) for name, condition in asked.items()}
    unions = Union.objects.in_bulk(counted["members"])
    rows = [
        Lack(
            union=unions[key],
            members=members,
            valid=members - counted["broken"].get(key, 0),
            **{name: counted[name].get(key, 0) for name in ("undated", "unplaced", *SPOKEN)},
        )
        for key, members in counted["members"].items()
    ]
    return sorted(rows, key=lambda row: (row.valid - row.members, row.name))


def _by_union(held: MembershipQuerySet) -> dict[int, int]:
    counted = held.order_by().values("union_id").annotate(n=Count("person", distinct=True))
    return dict(counted.values_list("union_id", "n"))
