"""会员构成: how the members of a day are made up, as far as they are within reach; one query each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from henji.lib.reach import Reach
from henji.members.models import MembershipQuerySet, Particulars
from henji.members.queries import members_on
from henji.unions.models import Employer, Level, Union

#: So far apart stand two sexes in one number, with the year of birth behind them.
_APART = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """所在: the township, None where it is the county itself; the kind and the industry as they are kept."""

    township: int | None
    unit_type: str
    has_employer: bool


def by_sex_and_year(reach: Reach, county: int, day: date) -> dict[tuple[int, int], int]:
    """按性别和出生年: numbers of members; 0 stands for what is not known."""
    own = Particulars.objects.known().filter(person=OuterRef("person"))
    # Both in one number: the row of the person is looked up once.
    both = Coalesce(F("sex"), Value(0)) * _APART + Coalesce(F("birth_year"), Value(0))
    told = Coalesce(Subquery(own.values(both=both)[:1]), Value(0))
    counted = _held(reach, county, day).values(told=told).annotate(n=Count("pk"))
    return {divmod(told, _APART): n for told, n in counted.values_list("told", "n")}


def by_place(reach: Reach, county: int, day: date) -> dict[Place, int]:
    """按所在: numbers of members by the township and the kind of their employer; three queries."""
    counted = _held(reach, county, day).values("union", "employer").annotate(n=Count("pk"))
    employers = _employers(county)
    townships = _townships(county)
    found: dict[Place, int] = {}
    for union, employer, number in counted.values_list("union", "employer", "n"):
        township, unit_type = employers.get(employer, (None, ""))
        place = Place(township or townships.get(union), unit_type, employer is not None)
        found[place] = found.get(place, 0) + number
    return found


def by_joining_year(reach: Reach, county: int, day: date) -> dict[int | None, int]:
    """按入会年份: numbers of members; None where no day of joining was told."""
    # Grouped by the day: to ask SQLite for the year of a day takes longer than to count.
    counted = _held(reach, county, day).values("start_on").annotate(n=Count("pk"))
    found: dict[int | None, int] = {}
    for start_on, number in counted.values_list("start_on", "n"):
        year = start_on.year if start_on else None
        found[year] = found.get(year, 0) + number
    return found


def _held(reach: Reach, county: int, day: date) -> MembershipQuerySet:
    return members_on((county,), day).within(reach).order_by()


def _employers(county: int) -> Mapping[int | None, tuple[int | None, str]]:
    rows = Employer.objects.filter(county=county).values_list("pk", "township", "unit_type")
    return {pk: (township, unit_type) for pk, township, unit_type in rows}


def _townships(county: int) -> dict[int, int]:
    """The township of each union that lies in one, itself too."""
    rows = Union.objects.filter(county=county).in_tree_order().values_list("pk", "parent", "level")
    found: dict[int, int] = {}
    for pk, parent, level in rows:
        above = pk if level == Level.TOWNSHIP else found.get(parent or 0)
        if above is not None:
            found[pk] = above
    return found
