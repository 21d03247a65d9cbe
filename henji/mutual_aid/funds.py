"""互助资金: of what the money for an aid year consists, by the definition of the county's scheme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from henji.evidence.figures import Scope
from henji.mutual_aid import queries
from henji.mutual_aid.models import AidPayment, DriveVersion
from henji.mutual_aid.queries import ZERO
from henji.mutual_aid.schemes.definitions import collected_by


@dataclass(frozen=True, slots=True)
class Fund:
    """资金: donations for the year; the union's subsidy and earlier years' surplus, where these count."""

    defined: str
    donations_yuan: Decimal
    subsidy_yuan: Decimal = ZERO
    opening_yuan: Decimal = ZERO

    @property
    def whole_yuan(self) -> Decimal:
        """分母."""
        return self.donations_yuan + self.subsidy_yuan + self.opening_yuan


def funds_by_county(scope: Scope, drives: Sequence[DriveVersion]) -> dict[int, Fund]:
    """资金 of each county that has one of the drives; one statement, and more only where a definition asks.

    Of several drives of a county the latest's definition holds.
    """
    defined = {drive.county_id: collected_by(drive) for drive in drives}
    donations = queries.collected_by_county(scope, drives)
    subsidised = {county for county, told in defined.items() if told == "donations_and_subsidy"}
    opened = {county for county, told in defined.items() if told == "opening_and_donations"}
    subsidies = queries.granted_by_county(scope, drives) if subsidised else {}
    openings = opening_by_county(scope, opened) if opened else {}
    return {
        county: Fund(
            defined=told,
            donations_yuan=donations.get(county, ZERO),
            subsidy_yuan=subsidies.get(county, ZERO) if county in subsidised else ZERO,
            opening_yuan=openings.get(county, ZERO),
        )
        for county, told in defined.items()
    }


def opening_by_county(scope: Scope, counties: Iterable[int]) -> dict[int, Decimal]:
    """上年结余 of each county: what earlier drives and subsidies brought less the aid paid before."""
    named = sorted(counties)
    earlier = list(queries.drives_before(named, scope.period, scope.known_at))
    paid = AidPayment.objects.known(scope.known_at).filter(county__in=named, paid_on__lt=scope.period.start)
    spent = dict(paid.values_list("county").annotate(total=Sum("paid_yuan")).order_by())
    came = queries.collected_by_county(scope, earlier)
    granted = queries.granted_by_county(scope, earlier)
    return {
        county: came.get(county, ZERO) + granted.get(county, ZERO) - spent.get(county, ZERO)
        for county in named
    }
