"""视角: from where a page looks at the score; it stands in the address, so a link shares it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import queries, rules
from henji.assessment.cards import Scorecard
from henji.assessment.models import PublishedStandard
from henji.lib import clock, dates
from henji.lib.doors import Request
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.unions.queries import county_worked_in

#: What the address may say.
ASKED = ("county", "standard", "period", "as_of")


@dataclass(frozen=True, slots=True)
class Look:
    """视角: a county under a standard it has published, in a year, as of the end of a day."""

    county: Union
    published: PublishedStandard
    year: int
    as_of: date
    query: str

    @property
    def period(self) -> Period:
        """The year."""
        return Period.year(self.year)

    def card(self) -> Scorecard:
        """The whole scorecard as seen from here."""
        return queries.scorecard(self.county, self.published.standard, self.period, self.as_of)


def county_of(request: Request) -> Union:
    """所在县: the county that the request works in; a superior says which by `?county=`."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def look(request: Request) -> Look | None:
    """视角 of the request; None where the county has no standard yet. What cannot be read is passed over."""
    county = county_of(request)
    published = queries.published(county, request.GET.get("standard", "")) or queries.published(county)
    if published is None:
        return None
    year, as_of = _year_and_day(request)
    return Look(county, published, year, as_of, carried(request))


def look_or_404(request: Request) -> Look:
    """视角 of a page that makes no sense without a standard."""
    seen = look(request)
    if seen is None:
        raise Http404(_("还没有考核标准"))
    return seen


def carried(request: Request, **changes: Any) -> str:
    """The query that keeps the view in the next link; empty where nothing was asked."""
    said = {name: request.GET.get(name) for name in ASKED} | changes
    asked = {name: value for name, value in said.items() if value}
    return f"?{urlencode(asked)}" if asked else ""


def crumbs(query: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """所在位置: the way from the scorecard, as seen from here."""
    return [(_("考核评分表"), reverse("assessment:scorecard") + query), *more]


def _year_and_day(request: Request) -> tuple[int, date]:
    """The year and the day asked for; a year that is over is seen from its end, if no day is asked for."""
    today = clock.today()
    day = _day(request.GET.get("as_of", ""), today)
    year = rules.year_in(request.GET.get("period", "")) or (day or today).year
    return year, day or min(today, Period.year(year).last_day)


def _day(text: str, today: date) -> date | None:
    try:
        return dates.parse_day(text, year=today.year)
    except Refusal:
        return None
