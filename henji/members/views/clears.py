"""四清台账: the ledger of employers with and without a union."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.listing import render_list
from henji.members.clears import ClearsFilter, ClearsTable
from henji.members.queries.clears import tally
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
