"""The page of one item: what is demanded, the figure, what is held and lacks, who sees to it and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.accounts.queries import staff_of
from henji.assessment import cards, commands, queries, rules
from henji.assessment.cards import ItemScore, PartScore
from henji.assessment.forms import AssignForm, ValueForm
from henji.assessment.models import Charge
from henji.assessment.rules import Confirmation
from henji.assessment.scoring.kinds import Threshold
from henji.assessment.views.looking import Look, crumbs, look_or_404, score_or_404
from henji.assessment.views.values import value_form
from henji.evidence import telling
from henji.evidence.figures import Ratio
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal


@dataclass(frozen=True, slots=True)
class _PartSeen:
    """评分点, as its page shows it. `confirmation` is what a person need only confirm, if anything."""

    score: PartScore
    shelves: list[queries.Shelf]
    form: ValueForm | None
    confirmation: Confirmation | None
    meter: Mapping[str, object] | None

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return self.score.address.replace(".", "-")


@door("assessment.see")
def item(request: Request, code: str) -> HttpResponse:
    """项目页: the verdict, then the demand, the figure and the evidence of each part, and what happened."""
    seen = look_or_404(request)
    score = score_or_404(seen, code)
    evidence = queries.evidence_of(seen.subject, score, seen.as_of)
    columns = queries.signed_columns(seen.subject, seen.published.code, seen.year)
    charge = queries.charge_of(seen.subject, seen.published.code, seen.year, code)
    may_assign = request.reach.may("assessment.item_assigned")
    context = {
        "look": seen,
        "crumbs": crumbs(seen.query),
        "item": score,
        "row": cards.row_of(score, seen.as_of, charge, columns),
        "parts": [_part_seen(request, seen, part, evidence.shelves[part.address]) for part in score.parts],
        "others": evidence.others,
        "moments": telling.moments_of("assessment.item", f"{seen.subject.pk}:{code}", request.reach),
        "assign_form": _assign_form(seen, charge) if may_assign else None,
        "may_keep": request.reach.may("evidence.paper_kept"),
        "may_see_papers": request.reach.may("evidence.see"),
        "may_see_traces": request.reach.may("evidence.see_traces"),
    }
    return render(request, "assessment/item.html", context)


def _part_seen(request: Request, seen: Look, part: PartScore, shelves: list[queries.Shelf]) -> _PartSeen:
    if part.is_computed or not request.reach.may("assessment.value_stated"):
        return _PartSeen(part, shelves, None, None, _meter(part))
    suggested = _to_confirm(seen, part)
    form = value_form(seen, rules.blank_of(part.address, part.part), suggested=suggested)
    return _PartSeen(part, shelves, form, suggested, _meter(part))


def _to_confirm(seen: Look, part: PartScore) -> Confirmation | None:
    """What a person need only confirm; nothing where a value is stated for some of the days already."""
    suggested = None if part.stated else rules.confirmation(part.part, part.slots, seen.period)
    if suggested is None:
        return None
    days = (suggested.from_on, seen.period.last_day)
    stated = queries.values_overlapping(seen.subject, seen.published.code, part.address, *days)
    return None if stated.exists() else suggested


def _meter(score: PartScore) -> Mapping[str, object] | None:
    """比率条: how far the part has come and where the line lies, in per cent of the whole."""
    rule, figure = score.part.rule, score.figure
    if not isinstance(rule, Threshold) or not isinstance(figure, Ratio) or figure.whole <= 0:
        return None
    share = min(max(Decimal(figure.part) / Decimal(figure.whole), Decimal(0)), Decimal(1))
    return {
        "share": f"{100 * share:.2f}",
        "line": f"{100 * min(rule.minimum, Decimal(1)):.2f}",
        "is_reached": score.mark.points == score.mark.of,
    }


# Who sees to it


@forms_door("assessment.item_assigned")
def assign(request: Request, code: str) -> HttpResponse:
    """责任分工: say who sees to the item, and by which day."""
    seen = look_or_404(request)
    score = score_or_404(seen, code)
    held = queries.charge_of(seen.subject, seen.published.code, seen.year, code)
    form = _assign_form(seen, held, request.POST if request.method == "POST" else None)
    back = reverse("assessment:item", args=[code]) + seen.query
    if request.method == "POST" and form.is_valid() and _is_assigned(request, seen, score, form):
        messages.success(request, _("已记下“%(name)s”的责任分工") % {"name": score.name})
        return redirect(back)
    context = {"look": seen, "item": score, "form": form, "back": back}
    context["crumbs"] = crumbs(seen.query, (code, back))
    return render(request, "assessment/assign.html", context)


#: Beside which field a refusal is shown.
_BESIDE: dict[type[Refusal], str] = {
    rules.NotOnStaff: "person",
    rules.OwnDeputy: "deputy",
    rules.DueBeforeYear: "due_on",
}


def _is_assigned(request: Request, seen: Look, score: ItemScore, form: AssignForm) -> bool:
    try:
        commands.assign_item(
            subject=seen.subject,
            standard=seen.published,
            year=seen.year,
            item=score.code,
            **form.cleaned_data,
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal, _BESIDE.get(type(refusal)))
        return False
    return True


def _assign_form(seen: Look, held: Charge | None, data: Any = None) -> AssignForm:
    """责任分工表: as it stands; where nobody sees to it yet, by the end of the year."""
    initial: dict[str, Any] = {"due_on": seen.period.last_day}
    if held:
        initial = {"person": held.person_id, "deputy": held.deputy_id, "due_on": held.due_on}
    return AssignForm(data, staff=staff_of(seen.subject, clock.today()), initial=initial)
