"""The page on which the day of acceptance is set."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import commands, queries, rules
from henji.assessment.judge_form import AcceptanceForm
from henji.assessment.models import Acceptance
from henji.assessment.views.looking import carried, county_of, crumbs, year_and_day
from henji.lib import clock, tags
from henji.lib.doors import Request, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.unions.models import Union


@forms_door("assessment.acceptance_set")
def acceptance(request: Request) -> HttpResponse:
    """验收日设定: say on which day the superior accepts the year; what was said before is shown."""
    county = county_of(request)
    year, _as_of = year_and_day(request)
    held = queries.acceptance_of(county, year)
    shown = {"accepts_on": held.accepts_on if held else rules.accepted_by_default(year)}
    form = AcceptanceForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        accepted = _set(request, county, year, form)
        if accepted:
            messages.success(request, _("验收日定为 %(day)s") % {"day": tags.day(accepted.accepts_on)})
            return redirect("web:workbench")
    context = {
        "county": county,
        "year": year,
        "form": form,
        "history": queries.acceptances_ever(county, year),
        "crumbs": crumbs(carried(request)),
        "back": reverse("assessment:scorecard") + carried(request),
    }
    return render(request, "assessment/acceptance.html", context)


def _set(request: Request, county: Union, year: int, form: AcceptanceForm) -> Acceptance | None:
    try:
        return commands.set_acceptance(
            county=county,
            year=year,
            accepts_on=form.cleaned_data["accepts_on"],
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal, "accepts_on")
        return None
