"""Pages of evidence: papers and traces."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRedirect

from henji.evidence import addresses, blobs, commands, naming, queries, telling
from henji.evidence.forms import (
    BacklogForm,
    CorrectPaperForm,
    EndForm,
    PaperForm,
    RowFormSet,
    drafts_of,
    filled_in,
    rows_guessed,
    too_large_words,
    too_many_words,
)
from henji.evidence.guessing import guess
from henji.evidence.models import Paper, PaperFile
from henji.evidence.queries import County
from henji.evidence.tables import (
    ExportFilter,
    ExportTable,
    PaperFilter,
    PaperTable,
    TraceFilter,
    TraceTable,
)
from henji.evidence.versions import Outdated
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal

#: What a browser can show by itself, without running anything in it.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})
#: A size written with more digits is too large, whatever it says.
_DIGITS = 15


# Papers


@door("evidence.see")
def papers(request: Request) -> HttpResponse:
    """文件: all that is kept, with filters."""
    return render_list(
        request,
        table=PaperTable,
        filterset=PaperFilter,
        queryset=queries.papers_in(request.reach),
        template="evidence/papers.html",
        export_name=_("文件目录"),
    )


@door("evidence.see")
def paper(request: Request, pk: int) -> HttpResponse:
    """文件页: the facts, the files, what it proves, and its trace."""
    held = _paper(request, pk)
    if held.pk != pk:
        return redirect("evidence:paper", held.pk)
    labels = addresses.labels(held.county)
    about = [
        (labels.get(address, address), addresses.within(request.reach, addresses.page_at(address)))
        for address in queries.addresses_of(held)
    ]
    context = {
        "paper": held,
        "files": queries.files_of(held),
        "shown": SHOWN,
        "about": about,
        "moments": telling.moments_of("evidence.paper", str(pk), request.reach),
    }
    return render(request, "evidence/paper.html", context)


@forms_door("evidence.paper_corrected")
def correct(request: Request, pk: int) -> HttpResponse:
    """更正文件: say what the paper really is; its files stay."""
    seen = get_object_or_404(queries.papers_ever_in(request.reach), pk=pk)
    form = CorrectPaperForm(request.POST if request.method == "POST" else None, paper=seen)
    if request.method == "POST" and form.is_valid():
        try:
            corrected = commands.correct_paper(
                paper=seen,
                county=queries.county_of(seen),
                **form.cleaned_data,
                by=request.reach.actor,
                at=clock.now(),
            )
        except Outdated as refusal:
            seen = _paper(request, pk)
            form = form.rebased(CorrectPaperForm(paper=seen), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已更正，原来的记录仍可查看"))
            return redirect("evidence:paper", corrected.pk)
    return render(request, "evidence/correct.html", {"form": form, "paper": seen})


@forms_door("evidence.title_erased")
def erase_title(request: Request, pk: int) -> HttpResponse:
    """删除标题: what the paper and its files were called goes; the files stay."""
    held = _paper(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None, word=_("删除"))
    do = partial(commands.erase_title, paper=held, county=queries.county_of(held))
    if _is_ended(request, form, do):
        messages.success(request, _("标题和附件名已删除，文件还在"))
        return redirect("evidence:trace", held.kept_by_id)
    context = {"form": form, "paper": held, "files": queries.files_of(held)}
    return render(request, "evidence/erase_title.html", context)


@forms_door("evidence.file_destroyed")
def destroy(request: Request, pk: int) -> HttpResponse:
    """销毁附件: so that nobody can read it any more; that it was there can still be verified."""
    held = get_object_or_404(queries.files_in(request.reach).select_related("paper"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None, word=_("销毁"))
    do = partial(commands.destroy_file, file=held, county=queries.county_of(held.paper))
    if _is_ended(request, form, do):
        messages.success(request, _("已销毁，只留下摘要"))
        return redirect("evidence:trace", held.paper.kept_by_id)
    return render(request, "evidence/destroy.html", {"form": form, "file": held})


@door("evidence.see")
def file(request: Request, pk: int) -> HttpResponseBase:
    """取文件: one file of a paper, opened piece by piece; `?show` shows it where the browser can."""
    held = get_object_or_404(queries.files_in(request.reach), pk=pk)
    if held.blob.is_destroyed or not blobs.path_of(held.blob).exists():
        raise Http404(_("这个文件已经销毁，只留下摘要"))
    shown = "show" in request.GET and held.blob.media_type in SHOWN
    return _safely(StreamingHttpResponse(blobs.clear_pieces(held.blob)), held, shown=shown)


def _safely(response: StreamingHttpResponse, held: PaperFile, *, shown: bool) -> StreamingHttpResponse:
    """Headers under which a file from outside can do nothing in the name of this site."""
    media_type = held.blob.media_type
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(not shown, held.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # Browsers show a PDF with a viewer of their own, which a sandbox would forbid.
    own_viewer = shown and media_type == "application/pdf"
    response["Content-Security-Policy"] = "default-src 'none'" + ("" if own_viewer else "; sandbox")
    return response


@forms_door("evidence.paper_kept")
def keep(request: Request) -> HttpResponse:
    """文件存档: keep one paper with its files."""
    county = _county(request)
    form = PaperForm(**_given(request), county=county.pk, initial={"about": request.GET.getlist("about")})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            kept = commands.keep_paper(
                county=county,
                kind=values["kind"],
                on=values["on"],
                title=values["title"],
                number=values["number"],
                about=values["about"],
                files=form.offered(),
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已存档"))
            return _gone_to(request, reverse("evidence:paper", args=[kept.pk]))
    template = "evidence/_keep_fields.html" if request.htmx else "evidence/keep.html"
    return render(request, template, {"form": form, "guessed_from": request.POST.get("guessed_from", "")})


@door("evidence.paper_kept", "POST")
def guess_paper(request: Request) -> HttpResponse:
    """预填: the fields again; those that nobody typed are filled in from the name of the file chosen."""
    name, before = request.POST.get("name", ""), request.POST.get("guessed_from", "")
    filled = filled_in(request.POST, guess(name), before=guess(before) if before else None)
    form = PaperForm(county=_county(request).pk, initial=filled)
    context = {"form": form, "guessed_from": name, "too_large": _asked_too_much(request)}
    return render(request, "evidence/_keep_fields.html", context)


@forms_door("evidence.backlog_kept")
def backlog(request: Request) -> HttpResponse:
    """补录: keep many papers of the past, each a file, at once."""
    county = _county(request)
    form = BacklogForm(**_given(request), county=county.pk, initial={"about": request.GET.getlist("about")})
    rows = RowFormSet(request.POST if request.method == "POST" else None, prefix="row")
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        drafts = drafts_of(form, rows)
        try:
            kept = drafts and commands.keep_backlog(
                county=county, drafts=drafts, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if kept:
                count = len(kept)
                messages.success(
                    request, ngettext("已补录 %(n)s 份", "已补录 %(n)s 份", count) % {"n": count}
                )
                return _gone_to(request, reverse("evidence:papers") + "?late=yes")
    template = "evidence/_backlog_rows.html" if request.htmx else "evidence/backlog.html"
    return render(request, template, {"form": form, "rows": rows})


@door("evidence.backlog_kept", "POST")
def guess_rows(request: Request) -> HttpResponse:
    """预填: a row for each file chosen."""
    names = request.POST.getlist("name")
    context = {
        "form": BacklogForm(county=_county(request).pk),
        "rows": rows_guessed(names),
        "left_out": max(len(names) - RowFormSet.max_num, 0),
        "too_large": _asked_too_much(request),
    }
    return render(request, "evidence/_backlog_rows.html", context)


def _is_ended(request: Request, form: EndForm, do: Callable[..., object]) -> bool:
    """Whether what cannot be undone has been done, for the reason that was given."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do(reason=form.cleaned_data["reason"], by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


def _paper(request: Request, pk: int) -> Paper:
    """The paper as it is now, whichever of its versions is asked for."""
    held = get_object_or_404(queries.papers_ever_in(request.reach), pk=pk)
    return queries.versions_of(held)[0]


def _county(request: Request) -> County:
    county = queries.county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def _given(request: Request) -> dict[str, Any]:
    """What was sent, as a form takes it."""
    if request.method != "POST":
        return {}
    sent = {"data": request.POST, "files": request.FILES}
    # Known only once the request has been read.
    return {**sent, "stopped": _stopped(request)}


def _stopped(request: Request) -> str:
    """Words where not all files that were sent have been kept."""
    if "henji.too_many" in request.META:
        return too_many_words()
    return too_large_words() if "henji.too_large" in request.META else ""


def _asked_too_much(request: Request) -> str:
    """Words for files that the browser says are too large to send."""
    size = request.POST.get("size", "")
    if not (size.isascii() and size.isdecimal()):
        return ""
    return too_large_words() if len(size) > _DIGITS or int(size) > settings.UPLOAD_LIMIT else ""


def _gone_to(request: Request, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


# Traces


@door("evidence.see_traces")
def traces(request: Request) -> HttpResponse:
    """痕迹: all that was done, the latest first."""
    return render_list(
        request,
        table=TraceTable,
        filterset=TraceFilter,
        queryset=queries.traces_in(request.reach),
        template="evidence/traces.html",
        export_name=_("痕迹"),
    )


@door("evidence.see_traces")
def exports(request: Request) -> HttpResponse:
    """导出记录: who took which list that shows persons, and what for."""
    return render_list(
        request,
        table=ExportTable,
        filterset=ExportFilter,
        queryset=queries.exports_in(request.reach),
        template="evidence/exports.html",
        export_name=_("导出记录"),
    )


@door("evidence.see_traces")
def trace(request: Request, pk: UUID) -> HttpResponse:
    """痕迹页: who did what and when, and whether the files still are what they were."""
    held = get_object_or_404(queries.traces_in(request.reach).select_related("words", "supersedes"), pk=pk)
    context = {
        "trace": held,
        "by": telling.who_did(held),
        "words": held.words.text if hasattr(held, "words") else "",
        "subject": naming.kind_name(held.subject_kind),
        "subject_url": addresses.page_for(request.reach, held.subject_kind, held.subject_id),
        "facts": telling.facts_of(held, request.reach),
        "files": list(queries.checked_files(held)),
        "corrects": [telling.moment_of(one) for one in queries.corrections_of(held)],
        "corrected_by": [telling.moment_of(one) for one in queries.corrected_by(held)],
        "deed": naming.deed_name(held.deed),
    }
    return render(request, "evidence/trace.html", context)


@forms_door("evidence.words_erased")
def erase_words(request: Request, pk: UUID) -> HttpResponse:
    """删除文字: what was said about a trace goes; the trace stays."""
    held = get_object_or_404(queries.traces_in(request.reach).select_related("words"), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None, word=_("删除"))
    do = partial(commands.erase_words, trace=held, county=queries.county_of(held))
    if _is_ended(request, form, do):
        messages.success(request, _("文字已删除，这条痕迹还在"))
        return redirect("evidence:trace", pk)
    words = held.words.text if hasattr(held, "words") else ""
    context = {"form": form, "trace": held, "deed": naming.deed_name(held.deed), "words": words}
    return render(request, "evidence/erase_words.html", context)
