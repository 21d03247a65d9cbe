"""Pages of signed scores."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import cards, commands, library, queries
from henji.assessment.forms import SignForm
from henji.assessment.models import SignedScore
from henji.assessment.views.looking import Look, carried, county_of, crumbs, look_or_404
from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.periods import Period
from henji.lib.refusals import Refusal


@forms_door("assessment.self_signed")
def sign(request: Request) -> HttpResponse:
    """自评签字: see what will be frozen, and sign it."""
    seen = look_or_404(request)
    form = SignForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        signed = _signed(request, seen, form)
        if signed:
            messages.success(request, _("自评已签字，内容不再变动"))
            return redirect("assessment:signed", signed.pk)
    card = seen.card()
    before = queries.signed_self(seen.county, seen.published.code, seen.year)
    body = card.frozen(county=seen.county.name, standard=seen.published.digest)
    shown = {"year": seen.year, "as_of": seen.as_of, "seen": library.digest_of(body)}
    context = {
        "look": seen,
        "crumbs": crumbs(seen.query),
        "card": card,
        "rows": cards.rows(card, before.points if before else {}),
        "before": before,
        "form": SignForm(initial=shown),
        "refused": form and (form.non_field_errors() or [_("没有签成，请核对后再签")]),
    }
    return render(request, "assessment/sign.html", context)


def _signed(request: Request, seen: Look, form: SignForm) -> SignedScore | None:
    try:
        return commands.sign_self_score(
            county=seen.county,
            standard=seen.published,
            **form.cleaned_data,
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return None


@door("assessment.see")
def signed_scores(request: Request) -> HttpResponse:
    """已签评分: all that the county ever signed, the latest first."""
    county = county_of(request)
    signed = list(queries.signed_scores(county))
    corrected = {score.made_by.supersedes_id for score in signed}
    context = {
        "county": county,
        "crumbs": crumbs(carried(request)),
        "signed": [(score, score.made_by_id in corrected) for score in signed],
    }
    return render(request, "assessment/signed_scores.html", context)


@door("assessment.see")
def signed_score(request: Request, pk: int) -> HttpResponse:
    """已签评分页: what was signed, beside what the same standard gives today."""
    signed = _score_or_404(request, pk)
    period = Period.year(signed.year)
    today = min(clock.today(), period.last_day)
    live = queries.scorecard(signed.county, signed.standard.standard, period, today)
    query = f"?{urlencode({'county': signed.county_id, 'period': signed.year})}"
    latest = queries.signed_self(signed.county, signed.standard.code, signed.year)
    context = {
        "signed": signed,
        "crumbs": crumbs(query, (_("已签评分"), reverse("assessment:signed_scores") + query)),
        "query": query,
        "lines": cards.lines_frozen(signed.standard.standard, signed.score),
        "live": live,
        "rows": cards.rows(live, signed.points),
        "is_latest": signed == latest,
        "holds": library.digest_of(signed.body) == signed.digest,
        "moments": telling.moments_of("assessment.signedscore", str(pk), request.reach),
    }
    return render(request, "assessment/signed_score.html", context)


@door("assessment.see")
def signed_printed(request: Request, pk: int) -> HttpResponse:
    """自评表, as it was signed."""
    signed = _score_or_404(request, pk)
    standard = signed.standard.standard
    context = {
        "signed": signed,
        "standard": standard,
        "lines": cards.lines_frozen(standard, signed.score),
        "score": signed.score,
        "grading": signed.body["grading"],
        "county": signed.body["county"],
        "year": signed.year,
        "as_of": signed.as_of,
    }
    return render(request, "assessment/print.html", context)


def _score_or_404(request: Request, pk: int) -> SignedScore:
    held = SignedScore.objects.within(request.reach).select_related("county", "standard", "made_by")
    return get_object_or_404(held, pk=pk)
