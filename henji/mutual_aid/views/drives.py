"""Pages of drives."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.evidence import papers, telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid import commands, queries, rules
from henji.mutual_aid.forms import CorrectDriveForm, DriveForm
from henji.mutual_aid.models import DriveVersion, Subsidy
from henji.mutual_aid.offers import DRIVE
from henji.mutual_aid.tables import DriveTable
from henji.mutual_aid.views.looking import county_of, sent
from henji.mutual_aid.views.putting_right import Thing, correct


@door("mutual_aid.see")
def drive_list(request: Request) -> HttpResponse:
    """一日捐: the drives, and what asks for a decision."""
    return render_list(
        request,
        table=DriveTable,
        queryset=queries.drives_with_sums(request.reach),
        template="mutual_aid/drive_list.html",
        context={"unknown": queries.unknown_gifts(request.reach).count()},
        export_name=_("一日捐活动"),
    )


@forms_door("mutual_aid.drive_opened")
def open_drive(request: Request) -> HttpResponse:
    """设立活动."""
    county = county_of(request)
    latest = queries.drives_of([county.pk]).first()
    form = DriveForm(sent(request), initial=queries.a_year_after(latest))
    if request.method == "POST" and form.is_valid():
        try:
            drive = commands.open_drive(
                county=county, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, "code" if isinstance(refusal, rules.DriveThere) else None)
        else:
            messages.success(request, _("%(name)s已设立") % {"name": drive.name})
            return redirect("mutual_aid:drive", pk=drive.pk)
    return render(request, "mutual_aid/open_drive.html", {"form": form})


@door("mutual_aid.see")
def drive_page(request: Request, pk: int) -> HttpResponse:
    """活动页: what the drive has brought in, the papers that prove it, what was done."""
    drive = get_object_or_404(queries.drives_of(request.reach.counties), pk=pk)
    address = f"{DRIVE}:{drive.pk}"
    context = {
        "drive": drive,
        "state": queries.state_of(drive, request.reach),
        "subsidies": Subsidy.objects.known().within(request.reach).filter(drive=drive).order_by("granted_on"),
        "papers": papers.about(drive.county_id, address) if request.reach.may("evidence.see") else (),
        "keep_url": f"{reverse('evidence:keep')}?about={address}",
        "moments": telling.moments_of(DRIVE, str(pk), request.reach),
    }
    return render(request, "mutual_aid/drive.html", context)


@forms_door("mutual_aid.drive_corrected")
def correct_drive(request: Request, pk: int) -> HttpResponse:
    """更正活动."""
    drive = get_object_or_404(queries.drives_of(request.reach.counties), pk=pk)
    versions = drive.versions.select_related("drive__county").order_by("-known_from", "-id")
    thing = Thing(versions, reverse("mutual_aid:drive", args=[pk]), {rules.NoReason: "reason"})

    def do(version: DriveVersion, **told: Any) -> None:
        commands.correct_drive(version=version, **told)

    return correct(request, thing, CorrectDriveForm, do, _("更正活动"))
