"""Pages of the union's subsidies."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid import commands, grounds, queries, rules
from henji.mutual_aid.forms import CorrectSubsidyForm, SubsidyForm
from henji.mutual_aid.models import Subsidy, SubsidyQuerySet
from henji.mutual_aid.tables import SubsidyFilter, SubsidyTable
from henji.mutual_aid.views.looking import latest, sent
from henji.mutual_aid.views.putting_right import Thing, correct, withdraw

#: Beside which field a refusal stands; the others stand above the form.
_BESIDE: dict[type[Refusal], str] = {
    rules.BadAmount: "granted_yuan",
    rules.NotYetHappened: "granted_on",
    rules.NoVoucher: "voucher",
    rules.VoucherTaken: "voucher",
    rules.NoReason: "reason",
}


@door("mutual_aid.see")
def subsidy_list(request: Request) -> HttpResponse:
    """工会补贴: all of them, those to one drive, or the very ones that a rate counted."""
    ask = grounds.asked(request.GET, request.reach, today=clock.today())
    if ask.period:
        drives = queries.drives_serving(ask.counties, ask.period, ask.known_at)
        rows = queries.subsidies_to([drive.drive_id for drive in drives], ask.as_of, ask.known_at)
    else:
        rows = Subsidy.objects.known()
    return render_list(
        request,
        table=SubsidyTable,
        filterset=SubsidyFilter,
        queryset=rows.within(request.reach).select_related("drive"),
        template="mutual_aid/subsidy_list.html",
        export_name=_("工会补贴"),
        sum_of="granted_yuan",
    )


@forms_door("mutual_aid.subsidy_granted")
def grant_subsidy(request: Request, pk: int) -> HttpResponse:
    """登记工会补贴."""
    drive = get_object_or_404(queries.drives_of(request.reach.counties).select_related("county"), pk=pk)
    form = SubsidyForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.grant_subsidy(drive=drive, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("补贴已登记"))
            return redirect("mutual_aid:drive", pk=pk)
    return render(request, "mutual_aid/grant_subsidy.html", {"form": form, "drive": drive})


@door("mutual_aid.see")
def subsidy_page(request: Request, line: UUID) -> HttpResponse:
    """补贴页: the subsidy, and all that was ever believed of it."""
    context = {
        "subsidy": latest(_line(request, line)),
        "moments": telling.moments_of("mutual_aid.grant", str(line), request.reach),
    }
    return render(request, "mutual_aid/subsidy.html", context)


@door("mutual_aid.see")
def subsidy_version(request: Request, pk: int) -> HttpResponse:
    """版本: leads to the page of the subsidy of which the row is a version."""
    version = get_object_or_404(Subsidy.objects.within(request.reach), pk=pk)
    return redirect("mutual_aid:subsidy", line=version.line)


@forms_door("mutual_aid.subsidy_corrected")
def correct_subsidy(request: Request, line: UUID) -> HttpResponse:
    """更正工会补贴."""

    def do(subsidy: Subsidy, **told: Any) -> None:
        commands.correct_subsidy(subsidy=subsidy, **told)

    return correct(request, _thing(request, line), CorrectSubsidyForm, do, _("更正工会补贴"))


@forms_door("mutual_aid.subsidy_withdrawn")
def withdraw_subsidy(request: Request, line: UUID) -> HttpResponse:
    """作废工会补贴登记."""

    def do(subsidy: Subsidy, **told: Any) -> None:
        commands.withdraw_subsidy(subsidy=subsidy, **told)

    return withdraw(request, _thing(request, line), do, _("作废工会补贴登记"))


def _thing(request: Request, line: UUID) -> Thing:
    return Thing(_line(request, line), reverse("mutual_aid:subsidy", args=[line]), _BESIDE)


def _line(request: Request, line: UUID) -> SubsidyQuerySet:
    return Subsidy.objects.within(request.reach).line_of(line).select_related("county", "drive")
