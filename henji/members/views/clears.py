"""台账: the four clears of employers, and what lacks in the records of members."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.listing import render_list
from henji.members.clears import ClearsFilter, ClearsTable, LackTable
from henji.members.queries.clears import tally
from henji.members.queries.defects import lacks
from henji.unions.queries import county_worked_in, employers_in


@door("members.see")
def four_clears(request: Request) -> HttpResponse:
    """四清台账: who works where, who is a member, why others are not, and what is planned."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    return render_list(
        request,
        table=ClearsTable,
        filterset=ClearsFilter,
        queryset=employers_in(request.reach),
        template="members/four_clears.html",
        context={"tally": tally(request.reach, county, clock.today()) if county else None},
        export_name=_("四清台账"),
    )


@door("members.see")
def defects(request: Request) -> HttpResponse:
    """记录缺项: union by union, in how many members' records something lacks."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    rows = lacks(request.reach, county, clock.today()) if county else []
    words = request.GET.get("q", "").strip()
    return render_list(
        request,
        table=LackTable,
        queryset=[row for row in rows if words in row.name],
        template="members/defects.html",
        context={
            "members": sum(row.members for row in rows),
            "valid": sum(row.valid for row in rows),
            "q": words,
        },
        export_name=_("记录缺项"),
    )
