"""The standing meeting: a list of applications, one decision each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, queries
from henji.mutual_aid.cases.forms import MeetingForm
from henji.mutual_aid.cases.tables import MeetingTable
from henji.mutual_aid.cases.views.finding import county_of, one_of, sent, signed


@door("mutual_aid.see_cases")
def meetings(request: Request) -> HttpResponse:
    """常务会议."""
    return render_list(
        request,
        table=MeetingTable,
        queryset=queries.meetings_in(request.reach),
        template="mutual_aid/cases/meetings.html",
        export_name=_("常务会议"),
    )


@door("mutual_aid.see_cases")
def meeting(request: Request, pk: int) -> HttpResponse:
    """一次会议, and what it decided."""
    held = one_of(queries.meetings_in(request.reach), pk)
    context = {
        "meeting": held,
        "rows": queries.decided_at(held),
        "moments": telling.moments_of("mutual_aid.meeting", str(pk), request.reach),
    }
    return render(request, "mutual_aid/cases/meeting.html", context)


@forms_door("mutual_aid.cases_decided")
@never_cache
def decide_cases(request: Request) -> HttpResponse:
    """会议审批."""
    county, today = county_of(request), clock.today()
    rows = list(queries.decidable(request.reach, county.pk, today))
    form = MeetingForm(sent(request), rows=rows, county=county, initial={"held_on": today})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "held_on", "minutes")}
        try:
            made = commands.decide(county=county, decisions=form.decisions, **told, **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("会议的决定已登记"))
            return redirect("mutual_aid:meeting", pk=made.pk)
    return render(request, "mutual_aid/cases/decide.html", {"form": form})
