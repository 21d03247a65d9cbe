"""Pages of doubts: the queue, and one question with its answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence.exporting import personal_list
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.forms import MovedForm
from henji.members.models import Answer, Doubt, Kind
from henji.members.queries import doubts
from henji.members.retirement import retirements
from henji.members.rules.doubts import ANSWERS
from henji.members.tables import DoubtFilter, DoubtTable
from henji.unions.queries import county_worked_in


@forms_door("members.see")
def doubt_list(request: Request) -> HttpResponseBase:
    """冲突待核: questions that nobody answered yet, unless the answered ones are asked for."""
    return personal_list(
        request,
        table=DoubtTable,
        filterset=DoubtFilter,
        queryset=doubts.doubts_in(request.reach),
        template="members/doubts.html",
        export_name=gettext_lazy("冲突待核"),
    )


@door("members.see")
@never_cache
def doubt(request: Request, line: UUID) -> HttpResponse:
    """一条待核: the record or both records, and what can be answered."""
    held = _doubt(request, line)
    people = [person for person in (held.person, held.other) if person is not None]
    context = {
        "doubt": held,
        "cards": [queries.card(person) for person in people],
        "law": retirements().get(held.retirement),
        "is_open": Doubt.objects.known().open().filter(pk=held.pk).exists(),
        "answer": ANSWERS[held.kind].label,  # type: ignore[index]  # a kind is what the column holds
    }
    return render(request, "members/doubt.html", context)


@door("members.doubts_looked_for", "POST")
def look(request: Request) -> HttpResponse:
    """冲突核查."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    found = doubts.look(county, clock.today())
    number = commands.look_for_doubts(county=county, found=found, by=request.reach.actor, at=clock.now())
    messages.success(request, _("核查完毕，新提出 %(n)s 条") % {"n": number})
    return redirect("members:doubts")


@door("members.doubt_settled", "POST")
def settle(request: Request, line: UUID) -> HttpResponse:
    """冲突核定: in one click, for there is one answer to each kind of question."""
    held = _doubt(request, line)
    answer: Answer = ANSWERS[held.kind]  # type: ignore[index]  # a kind is what the column holds
    try:
        commands.settle_doubt(doubt=held, answer=answer, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("已核定"))
    return redirect("members:doubt", line)


@forms_door("members.accepted")
@never_cache
def move(request: Request, line: UUID) -> HttpResponse:
    """冲突核定为转移: the roster is right, and this is the day."""
    held = _doubt(request, line)
    if held.kind != Kind.UNION or held.to_union is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = MovedForm(sent, to=held.to_union, initial={"employer": held.employer_id})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"by": request.reach.actor, "at": clock.now()}
        try:
            commands.settle_by_moving(doubt=held, **told)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已办转移"))
            return redirect("members:doubt", line)
    return render(request, "members/doubt_move.html", {"form": form, "doubt": held})


@door("members.settling_withdrawn", "POST")
def reopen(request: Request, line: UUID) -> HttpResponse:
    """冲突核定撤回."""
    try:
        commands.reopen_doubt(doubt=_doubt(request, line), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("已撤回，请重新核定"))
    return redirect("members:doubt", line)


def _doubt(request: Request, line: UUID) -> Doubt:
    return get_object_or_404(doubts.doubts_in(request.reach), line=line)
