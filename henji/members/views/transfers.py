"""Pages of transfers: the list, and one transfer with its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.evidence.exporting import personal_list
from henji.evidence.traces import Trace
from henji.lib import clock, tags
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.forms import AcceptForm, WhyForm
from henji.members.models import Person, Transfer
from henji.members.queries import asking, transfers
from henji.members.tables import TransferFilter, TransferTable
from henji.members.views.again import asked_again
from henji.unions.queries import may_see


@forms_door("members.see")
def transfer_list(request: Request) -> HttpResponseBase:
    """会籍转移: those to be received, unless others are asked for."""
    return personal_list(
        request,
        table=TransferTable,
        filterset=TransferFilter,
        queryset=transfers.transfers_in(request.reach),
        template="members/transfers.html",
        context={
            "awaiting": transfers.awaiting(request.reach),
            "asked": asking.asked_of(request.reach),
        },
        export_name=gettext_lazy("会籍转移"),
    )


@door("members.see")
@never_cache
def transfer(request: Request, line: UUID) -> HttpResponse:
    """一次转移: who, whence, whither, on which days, and what can be answered."""
    held = _transfer(request, line)
    ours = Person.objects.within(request.reach).filter(pk=held.person_id).exists()
    context = {
        "transfer": held,
        "opens": ours,
        "identity": tags.mask_id(queries.card(held.person).opened.get("identity", "")),
        "receives": may_see(request.reach, held.to_union),
        "releases": may_see(request.reach, held.from_union),
        "form": WhyForm(),
        "moments": [_moment(request, version.made_by) for version in transfers.versions_of(held)],
    }
    return render(request, "members/transfer.html", context)


@forms_door("members.accepted")
@never_cache
def accept(request: Request, line: UUID) -> HttpResponse:
    """会籍接收."""
    held = _received(request, line)
    form = AcceptForm(request.POST if request.method == "POST" else None, to=held.to_union)
    if request.method == "POST" and form.is_valid():
        try:
            commands.accept(transfer=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已接收"))
            return redirect("members:transfer", line)
    return render(request, "members/answer.html", {"form": form, "transfer": held, "title": _("接收会籍")})


@forms_door("members.refused")
@never_cache
def refuse(request: Request, line: UUID) -> HttpResponse:
    """会籍不予接收."""
    held = _received(request, line)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.refuse(transfer=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已答复不予接收，会籍仍在原工会"))
            return redirect("members:transfer", line)
    return render(request, "members/answer.html", {"form": form, "transfer": held, "title": _("不予接收")})


@door("members.release_withdrawn", "POST")
def withdraw_release(request: Request, line: UUID) -> HttpResponse:
    """会籍转出撤回."""
    held = _transfer(request, line)
    if not may_see(request.reach, held.from_union):
        raise Http404
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            commands.withdraw_release(
                transfer=held, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已撤回，会籍仍在本工会"))
            return redirect("members:transfer", line)
    return asked_again(request, form, _("撤回转出"), reverse("members:transfer", args=[line]))


def _moment(request: Request, trace: Trace) -> telling.Moment:
    reach = request.reach
    return telling.moment_of(trace, opens=reach.may("evidence.see_traces") and trace.county in reach.counties)


def _transfer(request: Request, line: UUID) -> Transfer:
    return get_object_or_404(transfers.transfers_in(request.reach).select_related("person"), line=line)


def _received(request: Request, line: UUID) -> Transfer:
    held = _transfer(request, line)
    if not may_see(request.reach, held.to_union):
        raise Http404
    return held
