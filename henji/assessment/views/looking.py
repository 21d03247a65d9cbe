"""视角: from where a page looks at the score; it stands in the address, so a link shares it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import day_cache, queries, rules
from henji.assessment.cards import ItemScore, Scorecard
from henji.assessment.models import PublishedStandard
from henji.lib import clock, dates, ids
from henji.lib.doors import Request
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.unions.queries import county_worked_in

#: What the address may say.
ASKED = ("county", "subject", "standard", "period", "as_of")


@dataclass(frozen=True, slots=True)
class Look:
    """视角: a union under a standard that scores it, in a year, as of the end of a day.

    `county` is the one whose record it is seen in.
    """

    county: Union
    subject: Union
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
        return day_cache.scorecard(self.subject, self.published, self.year, self.as_of)


def subject_of(request: Request) -> Union:
    """考核对象: the union that the address asks for; else the county worked in, or the part of it in reach.

    What lies out of reach, or is scored by nobody, is not found.
    """
    asked = request.GET.get("subject", "")
    if asked:
        within = Union.objects.within(request.reach).filter(county__isnull=False)
        return get_object_or_404(within.select_related("county"), pk=ids.named(asked))
    county = county_of(request)
    if request.reach.whole_county:
        return county
    own = Union.objects.within(request.reach).filter(county=county).in_tree_order().first()
    if own is None:
        raise PermissionDenied
    return own


def county_of(request: Request) -> Union:
    """所在县: the county that the request works in; a superior says which by `?county=`."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def look(request: Request) -> Look | None:
    """视角 of the request; None where no standard scores the union. What cannot be read is passed over."""
    subject = subject_of(request)
    published = queries.published(subject, request.GET.get("standard", "")) or queries.published(subject)
    if published is None:
        return None
    year, as_of = year_and_day(request)
    return Look(subject.county or subject, subject, published, year, as_of, carried(request))


def look_or_404(request: Request) -> Look:
    """视角 of a page that makes no sense without a standard."""
    seen = look(request)
    if seen is None:
        raise Http404(_("还没有考核标准"))
    return seen


def score_or_404(seen: Look, code: str) -> ItemScore:
    """项目得分: the item as seen from here."""
    scores = day_cache.item_scores(seen.subject, seen.published, {code}, seen.year, seen.as_of)
    if not scores:
        raise Http404(_("这个标准里没有项目 %(code)s") % {"code": code})
    return scores[0]


def carried(request: Request, **changes: Any) -> str:
    """The query that keeps the view in the next link; empty where nothing was asked."""
    said = {name: request.GET.get(name) for name in ASKED} | changes
    asked = {name: value for name, value in said.items() if value}
    return f"?{urlencode(asked)}" if asked else ""


def crumbs(query: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """所在位置: the way from the scorecard, as seen from here."""
    return [(_("考核评分表"), reverse("assessment:scorecard") + query), *more]


def year_and_day(request: Request) -> tuple[int, date]:
    """年度和截至日: those asked for; a year that is over is seen from its end, if no day is asked for."""
    today = clock.today()
    day = day_asked(request, "as_of")
    year = rules.year_in(request.GET.get("period", "")) or (day or today).year
    return year, day or min(today, Period.year(year).last_day)


def day_asked(request: Request, name: str) -> date | None:
    """The day that the address gives under the name; None where it gives none that can be read."""
    try:
        return dates.parse_day(request.GET.get(name, ""), year=clock.today().year)
    except Refusal:
        return None
