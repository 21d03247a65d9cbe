"""Pages of signed scores."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import cards, commands, day_cache, library, queries, score_sheets
from henji.assessment.forms import SignForm
from henji.assessment.models import Column, SignedScore
from henji.assessment.views.looking import Look, carried, crumbs, look_or_404, subject_of
from henji.assessment.views.printing import score_or_404
from henji.evidence import telling
from henji.lib import clock, exports, tongues
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union


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
    with tongues.on_record():
        card = seen.card()
        people = queries.people_of(seen.subject, seen.published.code, seen.year)
        body = card.frozen(county=seen.subject.name, standard=seen.published.digest, people=people)
    columns = queries.signed_columns(seen.subject, seen.published.code, seen.year)
    shown = {"year": seen.year, "as_of": seen.as_of, "seen": library.digest_of(body)}
    context = {
        "look": seen,
        "crumbs": crumbs(seen.query),
        "card": card,
        "rows": cards.rows(card, {}, columns),
        "before": columns.get(Column.SELF),
        "form": SignForm(initial=shown),
        "refused": form and (form.non_field_errors() or [_("没有签成，请核对后再签")]),
    }
    return render(request, "assessment/sign.html", context)


def _signed(request: Request, seen: Look, form: SignForm) -> SignedScore | None:
    try:
        return commands.sign_self_score(
            subject=seen.subject,
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
    """已签评分: all that was ever signed for the union, the latest first."""
    subject = subject_of(request)
    signed = list(queries.signed_scores(subject))
    corrected = {score.made_by.supersedes_id for score in signed}
    if request.GET.get("export") == "xlsx":
        return _list_as_workbook(request, subject, signed)
    context = {
        "subject": subject,
        "crumbs": crumbs(carried(request)),
        "signed": [(score, score.made_by_id in corrected) for score in signed],
    }
    return render(request, "assessment/signed_scores.html", context)


def _list_as_workbook(request: Request, subject: Union, signed: Iterable[SignedScore]) -> HttpResponse:
    told = (_("年度"), _("评分栏"), _("截至"), _("总分"), _("等次"), _("签字"), _("签字时间"), _("标准"))
    return exports.as_workbook(
        request,
        name=_("已签评分 %(name)s") % {"name": subject.name},
        heads=told,
        rows=[
            (
                one.year,
                one.get_column_display(),
                one.as_of,
                float(one.score["total"]),
                one.score["grade"],
                one.made_by.by_name,
                one.signed_at,
                str(one.standard),
            )
            for one in signed
        ],
    )


@door("assessment.see")
def signed_score(request: Request, pk: int) -> HttpResponse:
    """已签评分页: what was signed, beside what the same standard gives today."""
    signed = score_or_404(request, pk)
    period = Period.year(signed.year)
    today = min(clock.today(), period.last_day)
    live = day_cache.scorecard(signed.subject, signed.standard, signed.year, today)
    query = f"?{urlencode({'subject': signed.subject_id, 'period': signed.year})}"
    columns = queries.signed_columns(signed.subject, signed.standard.code, signed.year)
    context = {
        "signed": signed,
        "crumbs": crumbs(query, (_("已签评分"), reverse("assessment:signed_scores") + query)),
        "query": query,
        "sheet": score_sheets.frozen(signed),
        "live": live,
        "rows": cards.rows(live, {}, {signed.column: signed}),
        "is_self": signed.column == Column.SELF,
        "is_latest": signed == columns[signed.column],
        "holds": library.digest_of(signed.body) == signed.digest,
        "moments": telling.moments_of("assessment.signedscore", str(pk), request.reach),
    }
    return render(request, "assessment/signed_score.html", context)
