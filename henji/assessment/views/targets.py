"""Pages of targets handed down: what was asked for the year, and what is reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import commands, queries, rules
from henji.assessment.forms import TargetsForm
from henji.assessment.models import Target
from henji.assessment.views.looking import carried, county_of, crumbs, year_and_day
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.unions.models import Union


@door("assessment.see")
def targets(request: Request) -> HttpResponse:
    """下达任务: the targets of the year beside what is reached, and how they came to be."""
    county = county_of(request)
    year, as_of = year_and_day(request)
    held = queries.published(county)
    context = {
        "county": county,
        "year": year,
        "as_of": as_of,
        "pursuits": queries.pursuits(county, held.standard if held else None, year, as_of),
        "history": queries.target_history(county, year),
        "names": {kind.code: kind.name for kind in _kinds(county, year)},
        "crumbs": crumbs(carried(request)),
        "query": carried(request),
        "may_receive": request.reach.may("assessment.targets_received"),
    }
    return render(request, "assessment/targets.html", context)


@forms_door("assessment.targets_received")
def receive(request: Request) -> HttpResponse:
    """下达任务登记: write down what a notice asks for the year."""
    county = county_of(request)
    year, _as_of = year_and_day(request)
    held = {f"number_{target.code}": target.number for target in queries.targets_of(county, year)}
    initial = {**held, "received_on": clock.today()}
    form = TargetsForm(_kinds(county, year), request.POST or None, initial=initial)
    back = reverse("assessment:targets") + carried(request)
    if request.method == "POST" and form.is_valid():
        received = _received(request, county, year, form)
        if received:
            messages.success(request, _("已登记 %(n)s 项任务数") % {"n": len(received)})
            return redirect(back)
    context = {
        "form": form,
        "year": year,
        "back": back,
        "crumbs": crumbs(carried(request), (_("下达任务"), back)),
    }
    return render(request, "assessment/receive_targets.html", context)


def _received(request: Request, county: Union, year: int, form: TargetsForm) -> list[Target]:
    try:
        return commands.receive_targets(
            county=county,
            year=year,
            numbers=form.numbers(),
            notice=form.cleaned_data["notice"],
            received_on=form.cleaned_data["received_on"],
            by=request.reach.actor,
            at=clock.now(),
        )
    except rules.DayAhead as refusal:
        refuse(form, refusal, "received_on")
    except rules.NoticeUnnamed as refusal:
        refuse(form, refusal, "notice")
    except Refusal as refusal:
        refuse(form, refusal)
    return []


def _kinds(county: Union, year: int) -> list[rules.TargetKind]:
    held = queries.published(county)
    codes = queries.targets_of(county, year).values_list("code", flat=True)
    return rules.target_kinds(held.standard if held else None, codes)
