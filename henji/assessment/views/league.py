"""各县得分: the counties of a superior side by side."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from henji.assessment import day_cache, queries
from henji.assessment.tables import LeagueTable, Standing
from henji.assessment.views.looking import year_and_day
from henji.lib.doors import Request, door
from henji.lib.listing import render_list


@door("assessment.see")
def league(request: Request) -> HttpResponse:
    """各县得分: the counties in reach under one standard, as of a day. Who reaches one sees that one."""
    year, as_of = year_and_day(request)
    shared = queries.standards_shared(request.reach)
    chosen = next((one for one in shared if one.key == request.GET.get("standard")), next(iter(shared), None))
    standards = queries.published_alike(request.reach, chosen.digest) if chosen else {}
    context = {
        "year": year,
        "as_of": as_of,
        "shared": shared,
        "chosen": chosen,
        "others": len(request.reach.counties) - len(standards),
    }
    return render_list(
        request,
        table=LeagueTable,
        queryset=Standing.of(standards, day_cache.scores(standards, year, as_of)),
        template="assessment/league.html",
        context=context,
        export_name=_("各县得分 %(year)s 截至 %(day)s") % {"year": year, "day": as_of.isoformat()},
    )
