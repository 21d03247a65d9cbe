"""四清台账: employers with and without a union, with what is counted and what is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from henji.lib.reach import Reach
from henji.members.models import Membership
from henji.unions import queries as unions
from henji.unions.models import ORGANISED, Employer, EmployerQuerySet, Union

#: 四清 of an employer without a union: how many work there, where, why there is none, what is planned.
_WITHOUT = Q(workers__isnull=False) & ~Q(reason="") & Q(reason__isnull=False) & ~Q(plan="")
#: 四清 of one with a union: how many work there, how many are members, why others are not, what it does.
_WITH = Q(workers__isnull=False) & ~Q(role="") & Q(role__isnull=False)
_ALL_MEMBERS = Q(members__gte=F("workers"))
_PLACED = ~Q(address="") | Q(township__isnull=False)
#: 四清齐全.
CLEAR = (ORGANISED & _WITH & (_ALL_MEMBERS | ~Q(gap_reason=""))) | (~ORGANISED & _WITHOUT & _PLACED)


def ledger(employers: EmployerQuerySet, day: date, *, known_at: datetime | None = None) -> EmployerQuerySet:
    """四清台账: employers at work, each with its `members` of the day and what is told of it."""
    held = Membership.objects.known(known_at).on(day).filter(employer=OuterRef("pk")).order_by()
    counted = held.values("employer").annotate(n=Count("person", distinct=True)).values("n")
    members = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    return unions.with_clears(employers.at_work(), known_at).annotate(members=members)


@dataclass(frozen=True, slots=True)
class Tally:
    """四清概况: employers at work, those with a union, and those of which something is still to be told."""

    employers: int
    organised: int
    open: int


def tally(reach: Reach, county: Union, day: date) -> Tally:
    """四清概况 of the county, as far as it is within reach; three queries."""
    held = unions.employers_in(reach).filter(county=county).at_work()
    clear = ledger(held, day).filter(CLEAR).count()
    everything = held.count()
    return Tally(everything, held.organised().count(), everything - clear)


def clear_counted(
    counties: Iterable[int], day: date, *, known_at: datetime | None = None
) -> dict[int, tuple[int, int]]:
    """四清齐全的单位数 and all at work, by county; two queries."""
    held = Employer.objects.filter(county__in=counties)
    clear = ledger(held, day, known_at=known_at).filter(CLEAR)
    told = _by_county(Employer.objects.filter(pk__in=clear.order_by().values("pk")))
    return {county: (told.get(county, 0), n) for county, n in _by_county(held.at_work()).items()}


def _by_county(employers: EmployerQuerySet) -> dict[int, int]:
    counted = employers.order_by().values("county_id").annotate(n=Count("pk"))
    return dict(counted.values_list("county_id", "n"))
