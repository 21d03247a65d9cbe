"""Pages on which schemes are read: which there are, what each says in plain words, and the calendar."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.refusals import Refusal
from henji.mutual_aid.schemes import commands, days, editing, queries, reading, telling
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft
from henji.mutual_aid.views.looking import county_of


@door("mutual_aid.see")
def schemes(request: Request) -> HttpResponse:
    """救助方案: which were published, which are being written, and the reference to begin with."""
    may_draft = request.reach.may("mutual_aid.scheme_draft_saved")
    drafts = SchemeDraft.objects.within(request.reach).select_related("county", "made_by").newest_first()
    context = {
        "schemes": _shown(queries.schemes_of(request.reach)),
        "drafts": drafts if may_draft else (),
        "reference": reading.read(reading.reference()),
        "may_draft": may_draft,
        "may_publish": request.reach.may("mutual_aid.scheme_published"),
    }
    return render(request, "mutual_aid/schemes/list.html", context)


def _shown(latest_first: Iterable[PublishedScheme]) -> list[tuple[PublishedScheme, bool]]:
    """Each with whether it is in force today: of a county's, the last one published for the day."""
    today, counties, shown = clock.today(), set[int](), []
    for row in latest_first:
        holds = row.valid_from <= today <= row.valid_to and row.county_id not in counties
        counties |= {row.county_id} if holds else set()
        shown.append((row, holds))
    return shown


@door("mutual_aid.see")
def scheme(request: Request, pk: int) -> HttpResponse:
    """方案全文: a published scheme in plain words, to be read and printed; and what it changed."""
    held = _held_or_404(request, pk)
    before = queries.previous_of(held)
    context = {
        "held": held,
        "told": telling.told(held.scheme),
        "before": before,
        "changes": editing.changes(before.text, held.text) if before else [],
        "may_draft": request.reach.may("mutual_aid.scheme_draft_saved"),
    }
    return render(request, "mutual_aid/schemes/scheme.html", context)


@door("mutual_aid.see")
def reference(request: Request) -> HttpResponse:
    """参考方案全文."""
    context = {
        "told": telling.told(reading.read(reading.reference())),
        "may_draft": request.reach.may("mutual_aid.scheme_draft_saved"),
    }
    return render(request, "mutual_aid/schemes/scheme.html", context)


@door("mutual_aid.see")
def text(request: Request, pk: int) -> HttpResponse:
    """方案原文: the file of a published scheme."""
    held = _held_or_404(request, pk)
    response = HttpResponse(held.text, content_type="application/yaml; charset=utf-8")
    name = f"{held.code}-{held.version}.yaml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@door("mutual_aid.see")
def calendar(request: Request) -> HttpResponse:
    """节假日历: by which working days are counted."""
    return render(request, "mutual_aid/schemes/calendar.html", {"calendar": days.calendar()})


@door("mutual_aid.scheme_published", "POST")
def adopt(request: Request) -> HttpResponse:
    """采用参考方案: publish it as it is."""
    try:
        held = commands.publish_scheme(
            county=county_of(request), text=reading.reference(), by=request.reach.actor, at=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect("mutual_aid:schemes")
    messages.success(request, _("已采用“%(scheme)s”，可随时另起草稿改成本地的方案") % {"scheme": held})
    return redirect("mutual_aid:scheme", pk=held.pk)


def _held_or_404(request: Request, pk: int) -> PublishedScheme:
    return get_object_or_404(queries.schemes_of(request.reach), pk=pk)
