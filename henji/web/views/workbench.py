"""工作台: what staff see first."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.listing import render_list
from henji.unions import queries as unions
from henji.web import queries
from henji.web.tables import DutyFilter, DutyTable
from henji.work.queries import open_duties


def home(request: HttpRequest) -> HttpResponseBase:
    """首页: the workbench; on a new installation the first-run page."""
    if not request.user.is_authenticated and not unions.any_county():
        return redirect("web:start")
    return workbench(request)


@door("unions.see")
def workbench(request: Request) -> HttpResponse:
    """工作台: where the year stands, what is owed, what runs, what is new."""
    today, reach = clock.today(), request.reach
    county = unions.county_worked_in(reach, request.GET.get("county", ""))
    context = {
        "county": county,
        "outlook": queries.outlook(county, today) if county and reach.may("assessment.see") else None,
        "steps": queries.first_steps(reach, county) if county else [],
        "owed": queries.owed(reach, today) if reach.may("work.see") else [],
        "jobs": queries.jobs_going(reach) if reach.may("work.see") else [],
        "news": queries.news(reach, today) if reach.may("evidence.see_traces") else None,
    }
    return render(request, "web/workbench.html", context)


@door("work.see")
def duties(request: Request) -> HttpResponse:
    """待办: what is owed, the earliest day first."""
    return render_list(
        request,
        table=DutyTable,
        filterset=DutyFilter,
        queryset=open_duties(request.reach),
        template="web/duties.html",
    )
