"""Pages on which an inspector of the city or the province scores a county, item by item."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.accounts.queries import posts_of
from henji.assessment import commands, queries, rules
from henji.assessment.judge_form import JudgeForm
from henji.assessment.models import Column, SignedScore
from henji.assessment.schema import bare
from henji.assessment.verdicts import Docket
from henji.assessment.views.looking import Look, carried, crumbs, look_or_404
from henji.lib import clock, tongues
from henji.lib.doors import Request, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal


@forms_door("assessment.city_signed")
def inspect(request: Request) -> HttpResponse:
    """逐项评分: give points to each item beside the county's own, see the sum, and sign."""
    seen = look_or_404(request)
    column = _column(request, seen)
    columns = queries.signed_columns(seen.subject, seen.published.code, seen.year)
    before = columns.get(column)
    with tongues.on_record():
        docket = queries.docket_of(
            seen.subject, seen.published, seen.year, seen.as_of, column, card=seen.card()
        )
    form = JudgeForm(docket, request.POST or None, initial=_initial(seen, docket, before))
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and "reckon" not in request.POST:
        signed = _signed(request, seen, column, form)
        if signed:
            messages.success(request, _("%(column)s评分已签字，内容不再变动") % {"column": column.label})
            return redirect("assessment:signed", signed.pk)
    fixed = {"period": seen.year, "as_of": seen.as_of.isoformat(), "subject": seen.subject.pk}
    context = {
        "look": seen,
        "crumbs": crumbs(seen.query),
        "column": column.label,
        "own_signed": columns.get(Column.SELF),
        "docket": docket,
        "form": form,
        "before": before,
        "grading": docket.grading(form.given, form.found) if is_whole else None,
        "action": reverse("assessment:inspect") + carried(request, **fixed),
        "now": docket.digest,
    }
    return render(request, "assessment/inspect.html", context)


def _column(request: Request, seen: Look) -> Column:
    """评分栏: the one that the post opens; who serves at both says which by `?column=`."""
    posts = posts_of(request.reach.actor.id, today=clock.today())
    held = rules.columns_open(posts, seen.subject)
    asked = [column for column in held if column == request.GET.get("column")]
    if not held:
        raise PermissionDenied
    return (asked or held)[0]


def _initial(seen: Look, docket: Docket, before: SignedScore | None) -> dict[str, Any]:
    """What the form begins with: what was signed in the column before, else what the county says."""
    initial: dict[str, Any] = {"seen": docket.digest}
    for code, points in docket.own.points.items():
        initial[f"points_{code}"] = bare(points)
    for code in docket.own.vetoes:
        initial[f"holds_{code}"] = True
    return initial | (_said(before) if before and before.standard_id == seen.published.pk else {})


def _said(before: SignedScore) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for item in before.score["items"]:
        said[f"points_{item['code']}"] = bare(Decimal(str(item["points"])))
        said[f"reason_{item['code']}"] = item["reason"]
    said |= {f"holds_{code}": True for code in before.body["vetoes"]}
    return said | {f"reason_{code}": words for code, words in before.body["veto_reasons"].items()}


def _signed(request: Request, seen: Look, column: Column, form: JudgeForm) -> SignedScore | None:
    try:
        return commands.sign_superior_score(
            subject=seen.subject,
            standard=seen.published,
            year=seen.year,
            as_of=seen.as_of,
            column=column,
            given=form.given,
            found=form.found,
            by=request.reach.actor,
            at=clock.now(),
            seen=form.cleaned_data["seen"],
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return None
