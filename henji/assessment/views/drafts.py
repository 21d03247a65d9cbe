"""Pages of drafts: a standard in the making, written on screen or in Excel, published or thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import commands, faults, library, queries, reading_page, trying
from henji.assessment.editing import outlining
from henji.assessment.forms import DraftForm, SeenForm
from henji.assessment.models import PublishedStandard, StandardDraft
from henji.assessment.views.looking import carried, crumbs, subject_of
from henji.assessment.views.standards import as_text, as_workbook, publisher_of
from henji.lib import clock, ids
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.unions.models import Union


@door("assessment.draft_saved", "POST")
def begin(request: Request) -> HttpResponse:
    """新建草稿: from a published version (`published`), or from one that came with the system (`shipped`)."""
    draft = commands.begin_draft(
        publisher=publisher_of(request),
        text=_source_or_404(request),
        by=request.reach.actor,
        at=clock.now(),
    )
    messages.success(request, _("已建草稿。改好之前，评分照旧"))
    return redirect(_page(draft, request))


def _source_or_404(request: Request) -> str:
    key = ids.named(request.POST.get("published", ""))
    if key is not None:
        return get_object_or_404(PublishedStandard.objects.within(request.reach), pk=key).body
    text = library.shipped(request.POST.get("shipped", library.REFERENCE))
    if text is None:
        raise Http404(_("没有这个标准"))
    return text


@door("assessment.draft_saved")
def draft(request: Request, key: UUID) -> HttpResponse:
    """标准草稿: its items and parts to be edited one by one, what is wrong with it, and all that it says."""
    held = draft_or_404(request, key)
    wrong = faults.faults_of(held.body)
    tree = outlining.tree_of(held)
    subject = subject_of_draft(request, trying.level_of(tree)) if tree else None
    context = {
        **draft_context(request, held),
        "faults": wrong,
        "outline": outlining.outline(tree) if tree is not None else None,
        "page": None if wrong else reading_page.whole(held.standard),
        "subject": subject,
        "total": None if wrong or tree is None else trying.total(tree, subject, clock.today()),
        "may_publish": request.reach.may("assessment.standard_published"),
        "query": carried(request),
    }
    return render(request, "assessment/draft.html", context)


def draft_context(request: Request, held: StandardDraft) -> dict[str, object]:
    """What every page of a draft shows: what was seen of it, and what to go back to."""
    query = carried(request)
    return {
        "draft": held,
        "seen": SeenForm(initial={"seen": held.digest}, auto_id="seen-%s"),
        "undo_to": queries.text_to_go_back_to(held),
        "query": query,
        "crumbs": crumbs(query, (_("考核标准"), reverse("assessment:standards") + query)),
    }


def subject_of_draft(request: Request, level: str) -> Union | None:
    """试算对象: the union looked at, if it is of the level; else the first in reach that is."""
    seen = subject_of(request)
    if seen.level == level:
        return seen
    fitting = Union.objects.within(request.reach).filter(county=seen.county, level=level)
    return fitting.standing().in_tree_order().first()


@forms_door("assessment.draft_saved")
def source(request: Request, key: UUID) -> HttpResponse:
    """草稿原文: the text itself, for whoever would rather write it; or a file in its place."""
    held = draft_or_404(request, key)
    form = DraftForm(request.POST or None, request.FILES or None, initial=_shown(held))
    if request.method == "POST" and form.is_valid() and _is_saved(request, held, form):
        messages.success(request, _("草稿已保存"))
        return redirect(reverse("assessment:draft_source", args=[held.pk]) + carried(request))
    context = {
        **draft_context(request, held),
        "form": form,
        "faults": faults.faults_of(held.body),
    }
    return render(request, "assessment/draft_source.html", context)


def _shown(held: StandardDraft) -> dict[str, str]:
    return {"text": held.body, "seen": held.digest}


def _is_saved(request: Request, held: StandardDraft, form: DraftForm) -> bool:
    try:
        commands.save_draft(
            draft=held,
            text=form.said(),
            seen=form.cleaned_data["seen"],
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


@door("assessment.standard_published", "POST")
def publish(request: Request, key: UUID) -> HttpResponse:
    """发布草稿: it is a version from now on, and unchanged."""
    held = draft_or_404(request, key)
    try:
        row = commands.publish_draft(draft=held, seen=_seen(request), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect(_page(held, request))
    messages.success(request, _("已发布“%(standard)s”") % {"standard": row})
    return redirect(reverse("assessment:standard", args=[row.pk]) + carried(request))


@door("assessment.draft_discarded", "POST")
def discard(request: Request, key: UUID) -> HttpResponse:
    """放弃草稿."""
    held = draft_or_404(request, key)
    try:
        commands.discard_draft(draft=held, seen=_seen(request), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect(_page(held, request))
    messages.success(request, _("已放弃草稿“%(draft)s”") % {"draft": held})
    return redirect(reverse("assessment:standards") + carried(request))


def _seen(request: Request) -> str:
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""


@door("assessment.draft_saved")
def text(request: Request, key: UUID) -> HttpResponse:
    """草稿原文."""
    held = draft_or_404(request, key)
    return as_text(held.body, _("草稿 %(name)s") % {"name": held.name})


@door("assessment.draft_saved")
def workbook(request: Request, key: UUID) -> FileResponse:
    """草稿工作簿; none of a draft that is unsound."""
    held = draft_or_404(request, key)
    if faults.faults_of(held.body):
        raise Http404(_("草稿还有错误，改好后才能生成工作簿"))
    return as_workbook(held.standard, _("草稿 %(name)s") % {"name": held.name})


def draft_or_404(request: Request, key: UUID) -> StandardDraft:
    """草稿 of one's own."""
    held = StandardDraft.objects.within(request.reach).select_related("publisher", "made_by")
    return get_object_or_404(held, pk=key)


def _page(held: StandardDraft, request: Request) -> str:
    return reverse("assessment:draft", args=[held.pk]) + carried(request)
