"""Questions about the day of acceptance."""

from collections.abc import Mapping
from datetime import date

from henji.assessment import rules
from henji.assessment.models import Acceptance
from henji.evidence.versions import VersionQuerySet
from henji.unions.models import Union


def acceptance_of(county: Union, year: int) -> Acceptance | None:
    """验收日: what was set for the county's year; None while nobody has set it."""
    return acceptances_ever(county, year).known().first()


def acceptances_ever(county: Union, year: int) -> VersionQuerySet[Acceptance]:
    """验收日变动: all that was ever set for the year, the latest first."""
    held = Acceptance.objects.filter(county=county, year=year).select_related("made_by", "unmade_by")
    return held.order_by("-known_from")


def year_awaited(county: Union, today: date) -> tuple[int, date]:
    """待验收年度: the year whose acceptance comes next, and its day; last year's may still be to come."""
    years = (today.year - 1, today.year)
    held = Acceptance.objects.filter(county=county, year__in=years).known()
    accepted: Mapping[int, date] = dict(held.values_list("year", "accepts_on"))
    before = accepted.get(today.year - 1)
    if before and before >= today:
        return today.year - 1, before
    return today.year, accepted.get(today.year, rules.accepted_by_default(today.year))
