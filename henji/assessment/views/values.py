"""The page on which a value is stated by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import commands, queries, rules
from henji.assessment.forms import ValueForm
from henji.assessment.marking import PointsDoNotFit
from henji.assessment.rules import Blank, Confirmation
from henji.assessment.views.looking import Look, crumbs, look_or_404
from henji.lib import clock
from henji.lib.doors import Request, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal

#: Beside which field a refusal is shown; the others stand above the form.
_BESIDE: dict[type[Refusal], str] = {
    rules.ValueUnsuitable: "value",
    PointsDoNotFit: "value",
    rules.NotExplained: "explanation",
    rules.DaysReversed: "to_on",
    rules.AlreadyStated: "replacing",
}


@forms_door("assessment.value_stated")
def state(request: Request, part: str) -> HttpResponse:
    """人工取值: state a value about a part or a veto, and see all that was stated about it."""
    seen = look_or_404(request)
    place = rules.blank(rules.seen_by(seen.published.standard, seen.subject), part)
    form = value_form(seen, place, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_stated(request, seen, part, form):
        messages.success(request, _("已记下“%(name)s”的取值") % {"name": place.name})
        return redirect(_page_of(part) + seen.query)
    back = _page_of(part) + seen.query
    context = {
        "crumbs": crumbs(seen.query, *([(part.partition(".")[0], back)] if "." in part else [])),
        "place": place,
        "form": form,
        "values": queries.values_about(seen.subject, seen.published.code, part),
        "back": back,
    }
    return render(request, "assessment/value.html", context)


def _is_stated(request: Request, seen: Look, part: str, form: ValueForm) -> bool:
    values = form.cleaned_data
    try:
        commands.state_value(
            subject=seen.subject,
            standard=seen.published,
            part=part,
            said=form.said(),
            from_on=values["from_on"],
            to_on=values["to_on"],
            explanation=values["explanation"],
            replacing=values.get("replacing", False),
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal, _BESIDE.get(type(refusal)))
        return False
    return True


def value_form(
    seen: Look, place: Blank, data: Any = None, *, suggested: Confirmation | None = None
) -> ValueForm:
    """人工取值表: from the day looked at to the year's end, or filled in with what is suggested.

    A person may say otherwise.
    """
    has_values = queries.values_about(seen.subject, seen.published.code, place.address).known().exists()
    initial: dict[str, Any] = {"from_on": seen.as_of, "to_on": seen.period.last_day}
    if suggested:
        said = {"value": suggested.value, "from_on": suggested.from_on, "explanation": suggested.words}
        initial |= said
    return ValueForm(place, data, has_values=has_values, initial=initial)


def _page_of(part: str) -> str:
    """Where the part stands: on its item's page, or a veto on the scorecard."""
    item, _dot, code = part.partition(".")
    return reverse("assessment:item", args=[item]) if code else reverse("assessment:scorecard")
