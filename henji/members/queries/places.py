"""会员所在: which memberships are a county's, and which are those of a union below it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from henji.lib import counting
from henji.members.models import MembershipQuerySet
from henji.unions.models import Employer, Level, Union


@dataclass(frozen=True, slots=True)
class Place:
    """所在: a union that is counted: a county, or the branch of a county.

    A county has all memberships of its record; a union below it those of itself and of what lies below it,
    and those at employers of that township. `branch` is the union, None where it is a county.
    """

    county: int
    branch: Union | None = None

    @property
    def own(self) -> Q:
        """How memberships are found to be its own."""
        county = Q(county=self.county)
        return county & around(self.branch) if self.branch else county

    @property
    def query(self) -> dict[str, str]:
        """What a page is asked to show the rows of this place."""
        branch = {"union": str(self.branch.pk)} if self.branch else {}
        return {"county": str(self.county)} | branch

    def among(self, held: MembershipQuerySet) -> MembershipQuerySet:
        """Those of the memberships that are its own."""
        return held.filter(self.own)


#: By the id of a union its place.
Places = Mapping[int, Place]


def places_of(unions: Collection[int]) -> Places:
    """所在 of each of the unions; one query."""
    below = Union.objects.filter(pk__in=unions, county__isnull=False).exclude(level=Level.COUNTY).in_bulk()
    return {pk: Place(below[pk].county_id or 0, below[pk]) if pk in below else Place(pk) for pk in unions}


def around(union: Union) -> Q:
    """Memberships of the union or one below it, or at an employer of that township."""
    below = Union.objects.below(union.path).values("pk")
    at_hand = Employer.objects.filter(township=union).values("pk")
    return Q(union__in=below) | Q(employer__in=at_hand)


def people_at(places: Places, *held: MembershipQuerySet) -> list[dict[int, int]]:
    """人数 at each place, each person once, for each of the sets of memberships; one query."""
    asked = {
        (which, pk): place.among(rows).values("person").distinct()
        for which, rows in enumerate(held)
        for pk, place in places.items()
    }
    counted = counting.counted(asked)
    return [{pk: counted[which, pk] for pk in places} for which in range(len(held))]
