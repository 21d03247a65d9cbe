"""Pages of the scorecard: the whole, one item, on paper, as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from henji.assessment import cards, queries, rules
from henji.assessment.cards import ItemScore, PartScore
from henji.assessment.forms import ValueForm
from henji.assessment.models import SignedScore
from henji.assessment.schema import Threshold
from henji.assessment.views.looking import Look, carried, county_of, crumbs, look, look_or_404
from henji.assessment.views.values import value_form
from henji.evidence import telling
from henji.evidence.figures import Ratio
from henji.lib.doors import Request, door
from henji.unions.queries import counties_in

#: The row of an item, which htmx opens and closes in place.
ROW = "item-"


@door("assessment.see")
def scorecard(request: Request) -> HttpResponse:
    """评分卡: all items as of a day; for htmx one row of it, opened (`?open=B10`) or shut (`?shut=B10`)."""
    seen = look(request)
    if seen is None:
        return _no_standard(request)
    signed = queries.signed_self(seen.county, seen.published.code, seen.year)
    opened = request.GET.get("open", "")
    if (request.headers.get("HX-Target") or "").startswith(ROW):
        return _one_row(request, seen, signed, opened or request.GET.get("shut", ""), opened)
    card = seen.card()
    context = {
        "look": seen,
        "card": card,
        "rows": cards.rows(card, signed.points if signed else {}),
        "signed": signed,
        "opened": opened,
        "counties": counties_in(request.reach) if request.reach.county is None else (),
        "standard_asked": request.GET.get("standard", ""),
        "today_url": reverse("assessment:scorecard") + carried(request, period=None, as_of=None),
        "may_state": request.reach.may("assessment.value_stated"),
        "may_sign": request.reach.may("assessment.self_signed"),
    }
    response = render(request, "assessment/scorecard.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _no_standard(request: Request) -> HttpResponse:
    context = {
        "county": county_of(request),
        "counties": counties_in(request.reach) if request.reach.county is None else (),
        "query": carried(request),
        "may_publish": request.reach.may("assessment.standard_published"),
    }
    return render(request, "assessment/no_standard.html", context)


def _one_row(
    request: Request, seen: Look, signed: SignedScore | None, code: str, opened: str
) -> HttpResponse:
    score = _score_or_404(seen, code)
    points = signed.points if signed else {}
    context = {"look": seen, "row": cards.Row(score, points.get(code)), "opened": opened}
    response = render(request, "assessment/_row.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _score_or_404(seen: Look, code: str) -> ItemScore:
    score = queries.item_score(seen.county, seen.published.standard, code, seen.period, seen.as_of)
    if score is None:
        raise Http404(_("这个标准里没有项目 %(code)s") % {"code": code})
    return score


# One item


@dataclass(frozen=True, slots=True)
class _PartSeen:
    """评分点, as its page shows it."""

    score: PartScore
    shelves: list[queries.Shelf]
    form: ValueForm | None
    meter: Mapping[str, object] | None

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return self.score.address.replace(".", "-")


@door("assessment.see")
def item(request: Request, code: str) -> HttpResponse:
    """项目页: the demand, the figure and the papers of each part, and what happened."""
    seen = look_or_404(request)
    score = _score_or_404(seen, code)
    evidence = queries.evidence_of(seen.county, score, seen.period, seen.as_of)
    signed = queries.signed_self(seen.county, seen.published.code, seen.year)
    context = {
        "look": seen,
        "crumbs": crumbs(seen.query),
        "item": score,
        "parts": [_part_seen(request, seen, part, evidence.shelves[part.address]) for part in score.parts],
        "others": evidence.others,
        "signed_points": signed.points.get(code) if signed else None,
        "moments": telling.moments_of("assessment.item", f"{seen.county.pk}:{code}", request.reach),
        "may_keep": request.reach.may("evidence.paper_kept"),
    }
    return render(request, "assessment/item.html", context)


def _part_seen(request: Request, seen: Look, part: PartScore, shelves: list[queries.Shelf]) -> _PartSeen:
    may_state = request.reach.may("assessment.value_stated") and not part.is_computed
    form = value_form(seen, rules.blank(seen.published.standard, part.address)) if may_state else None
    return _PartSeen(part, shelves, form, _meter(part))


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
