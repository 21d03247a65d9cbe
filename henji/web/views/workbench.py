"""工作台: what staff see first."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.listing import render_list
from henji.unions import queries as unions
from henji.web import benches, queries
from henji.web.backup import shelf
from henji.web.outlook import outlook
from henji.web.tables import DutyFilter, DutyTable
from henji.work.queries import open_duties


def home(request: HttpRequest) -> HttpResponseBase:
    """首页: the workbench; on a new installation the first-run page."""
    if not request.user.is_authenticated and not unions.any_county():
        return redirect("web:start")
    return workbench(request)


@door("unions.see")
def workbench(request: Request) -> HttpResponse:
    """工作台: what the post comes to see: where the year stands, what is owed, what runs, what is new."""
    today, reach = clock.today(), request.reach
    county = unions.county_worked_in(reach, request.GET.get("county", ""))
    looks_down = county is not None and benches.stands_above(reach, county)
    sees_score = county is not None and not looks_down and reach.may("assessment.see")
    seen = outlook(county, today) if county and sees_score else None
    context = {
        "county": county,
        "outlook": seen,
        "mine": seen.mine(reach.actor.id)[: queries.MOST] if seen else [],
        "counties": benches.counties(reach, today) if looks_down and reach.may("assessment.see") else None,
        "branch": benches.branch(reach, county, today) if county and not reach.whole_county else None,
        "card_doubts": benches.card_doubts(reach, county, today)
        if county and reach.may("members.cards_applied")
        else [],
        "accounts": benches.accounts(reach) if reach.may("accounts.account_opened") else None,
        "steps": queries.first_steps(reach, county) if county and not looks_down else [],
        "owed": queries.owed(reach, today) if reach.may("work.see") else [],
        "jobs": queries.jobs_going(reach) if reach.may("work.see") else [],
        "backup_due": reach.may("web.backed_up") and shelf.is_due(reach, today),
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
        export_name=_("待办"),
    )
