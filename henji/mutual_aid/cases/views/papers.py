"""The papers of an application."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence import blobs
from henji.evidence.rules import media_type_of
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, queries
from henji.mutual_aid.cases.commands import Handed
from henji.mutual_aid.cases.forms import PapersForm
from henji.mutual_aid.cases.models import Slot
from henji.mutual_aid.cases.views.finding import case_at, one_of, seen, sent, signed

_HEAD_BYTES = 16


@forms_door("mutual_aid.case_papers_added")
@never_cache
def case_papers(request: Request, key: UUID) -> HttpResponse:
    """交材料: what is there already is not asked for again."""
    case = case_at(request, key)
    held = queries.slots_held(case.case)
    missing = queries.needed(case, held)
    initial = {"version": case.pk, "slot": missing[0] if missing else Slot.OTHER}
    form = PapersForm(sent(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        file = told["attached"]
        try:
            head = file.read(_HEAD_BYTES)
            handed = Handed(told["slot"], file, media_type_of(file.name, head, file.size))
            commands.add_papers(
                case=seen(request, case, form), papers=[handed], on=clock.today(), **signed(request)
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已收下“%(slot)s”") % {"slot": Slot(told["slot"]).label})
            return redirect("mutual_aid:case_papers", key=key)
    asked = queries.needed(case, ())
    context = {
        "case": case,
        "name": queries.applicants([case])[case.line],
        "form": form,
        "slots": [(slot.label, slot in held) for slot in asked],
        "missing": missing,
        "papers": case.case.papers.select_related("made_by").order_by("pk"),
    }
    return render(request, "mutual_aid/cases/papers.html", context)


@door("mutual_aid.case_revealed")
@never_cache
def case_paper(request: Request, key: UUID, pk: int) -> HttpResponseBase:
    """一份材料, opened piece by piece."""
    case = case_at(request, key)
    paper = one_of(case.case.papers.select_related("blob"), pk)
    if paper.blob.is_destroyed or not blobs.path_of(paper.blob).exists():
        raise Http404(_("这个文件已经销毁，只留下摘要"))
    ending = paper.blob.media_type.rpartition("/")[2]
    name = f"{case.case.number} {paper.get_slot_display()}.{ending}"
    response = StreamingHttpResponse(blobs.clear_pieces(paper.blob), content_type=paper.blob.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
