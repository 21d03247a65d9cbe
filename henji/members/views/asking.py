"""Pages on members held by another county: asking for a transfer, and what the other county does about it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members import commands
from henji.members.forms import AskForm, WhyForm
from henji.members.models import Doubt, Kind, Person
from henji.members.queries import asking, doubts
from henji.unions.queries import county_worked_in
from henji.work import handed_in


@forms_door("members.transfer_asked")
@never_cache
def ask(request: Request) -> HttpResponse:
    """请求转入 of somebody at the counter, whom another county holds."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.ask_for(
                county=county, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已请求转入。对方转出以后，在“会籍转移”里接收"))
            return redirect("members:doubt", made.line)
    return render(request, "members/ask.html", {"form": form})


@door("members.transfer_asked", "POST")
def ask_for_transfer(request: Request, line: UUID) -> HttpResponse:
    """请求转入 of somebody whom a roster named."""
    held = get_object_or_404(doubts.doubts_in(request.reach), line=line, kind=Kind.ELSEWHERE)
    try:
        commands.ask_for_transfer(doubt=held, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("已请求转入。对方转出以后，在“会籍转移”里接收"))
    return redirect("members:doubt", line)


@door("members.see")
@never_cache
def roster_row(request: Request, line: UUID) -> HttpResponse:
    """原表的行 that named somebody whom another county holds."""
    held = get_object_or_404(doubts.doubts_in(request.reach), line=line, source_row__isnull=False)
    context: dict[str, object] = {"doubt": held, "number": held.source_row}
    first = Doubt.objects.line_of(held.line).last()
    try:
        context["handed_in"] = first and handed_in.row_of(first.made_by_id, held.source_row or 0)
    except Refusal as refusal:
        context["refused"] = refusal.words
    return render(request, "members/doubt_row.html", context)


@forms_door("members.asking_declined")
@never_cache
def decline(request: Request, line: UUID) -> HttpResponse:
    """不同意转出: another county asks for a member of ours, who stays."""
    asked = asking.asked_about(request.reach, line)
    if asked is None:
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.select_related("county").get(pk=asked.person)
        told = form.cleaned_data | {"by": request.reach.actor, "at": clock.now()}
        try:
            commands.decline_asking(doubt=line, person=person, **told)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已答复不同意转出，会籍仍在本县"))
            return redirect("members:transfers")
    return render(request, "members/decline.html", {"form": form, "asked": asked})
