"""Pages of standards: which there are, what each says, and publishing another version."""

from collections.abc import Iterable
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from henji.assessment import commands, library, queries, reading_page
from henji.assessment.forms import StandardForm
from henji.assessment.models import PublishedStandard, StandardDraft
from henji.assessment.schema import Standard
from henji.assessment.sheets import writing
from henji.assessment.views.looking import carried, county_of, crumbs
from henji.lib import clock, exports
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.unions.models import Union

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("assessment.see")
def standards(request: Request) -> HttpResponse:
    """考核标准: the versions that score the county or are its own, drafts, and what came with the system."""
    county = county_of(request)
    if request.GET.get("export") == "xlsx":
        return _list_as_workbook(request, queries.standards_in(request.reach, county))
    may_draft = request.reach.may("assessment.draft_saved")
    drafts = StandardDraft.objects.within(request.reach).select_related("publisher", "made_by")
    context = {
        "standards": [_seen(request, held, county) for held in queries.standards_in(request.reach, county)],
        "drafts": drafts.newest_first() if may_draft else (),
        "shelf": library.on_the_shelf(),
        "crumbs": crumbs(carried(request)),
        "query": carried(request),
        "may_publish": request.reach.may("assessment.standard_published"),
        "may_draft": may_draft,
    }
    return render(request, "assessment/standards.html", context)


def _list_as_workbook(request: Request, held: Iterable[PublishedStandard]) -> HttpResponse:
    """Which standards are published; each of them is a workbook of its own."""
    return exports.as_workbook(
        request,
        name=_("考核标准"),
        heads=[_("标准"), _("代号"), _("考核对象"), _("发布单位"), _("发布人"), _("发布时间"), _("摘要")],
        rows=[
            (
                str(one),
                one.reference,
                one.get_subject_level_display(),
                one.publisher.name,
                one.made_by.by_name,
                one.made_by.at,
                one.digest,
            )
            for one in held
        ],
    )


def _seen(request: Request, held: PublishedStandard, county: Union) -> dict[str, object]:
    """A published standard, and the county's scorecard under it, if it scores the county."""
    page = reverse("assessment:scorecard") + carried(request, standard=held.reference)
    return {"row": held, "card": page if held.subject_level == county.level else ""}


@door("assessment.see")
def standard(request: Request, pk: int) -> HttpResponse:
    """标准全文: the whole of a published standard, to be read and printed."""
    held = _held_or_404(request, pk)
    context = {"held": held, **_whole(request, held.standard)}
    return render(request, "assessment/standard.html", context)


@door("assessment.see")
def shipped(request: Request, code: str) -> HttpResponse:
    """附带标准全文: the whole of a standard that came with the system."""
    context = {"shipped": code, **_whole(request, library.read(_shipped_or_404(code)))}
    return render(request, "assessment/standard.html", context)


def _whole(request: Request, standard: Standard) -> dict[str, object]:
    query = carried(request)
    return {
        "page": reading_page.whole(standard),
        "query": query,
        "crumbs": crumbs(query, (_("考核标准"), reverse("assessment:standards") + query)),
        "may_draft": request.reach.may("assessment.draft_saved"),
    }


@door("assessment.standard_published", "POST")
def adopt(request: Request) -> HttpResponse:
    """采用参考模板: publish the standard that comes with the installation, as it is."""
    text = library.shipped(library.REFERENCE) or ""
    held = commands.publish_standard(
        publisher=publisher_of(request), text=text, by=request.reach.actor, at=clock.now()
    )
    messages.success(request, _("已采用“%(standard)s”，可随时换成上级下发的标准") % {"standard": held})
    return redirect(reverse("assessment:scorecard") + carried(request))


@forms_door("assessment.standard_published")
def publish(request: Request) -> HttpResponse:
    """发布标准: publish a version from a file."""
    form = StandardForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = commands.publish_standard(
                publisher=publisher_of(request),
                text=form.cleaned_data["file"],
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal, "file")
        else:
            messages.success(request, _("已发布“%(standard)s”") % {"standard": held})
            return redirect(reverse("assessment:standard", args=[held.pk]) + carried(request))
    context = {
        "form": form,
        "publisher": publisher_of(request),
        "template": _template(request),
        "query": carried(request),
        "crumbs": crumbs(carried(request)),
    }
    return render(request, "assessment/publish.html", context)


def _template(request: Request) -> str:
    """模板: the workbook of the newest standard published, else of the reference."""
    newest = queries.published(county_of(request))
    if newest:
        return reverse("assessment:standard_workbook", args=[newest.pk])
    return reverse("assessment:shipped_workbook", args=[library.REFERENCE])


def publisher_of(request: Request) -> Union:
    """发布单位: the county worked in; of somebody above counties, the union whose post it is."""
    own = Union.objects.filter(path__in=request.reach.trees).in_tree_order().first()
    return own if own and own.county_id is None else county_of(request)


# Files


@door("assessment.see")
def text(request: Request, pk: int) -> HttpResponse:
    """标准原文: the file of a published standard, to be kept or edited."""
    held = _held_or_404(request, pk)
    return as_text(held.body, f"{held.code}-{held.version}")


@door("assessment.see")
def workbook(request: Request, pk: int) -> FileResponse:
    """标准工作簿: a published standard in Excel, to be edited and handed in again."""
    held = _held_or_404(request, pk)
    return as_workbook(held.standard, f"{held.name} {held.version}")


@door("assessment.see")
def shipped_text(request: Request, code: str) -> HttpResponse:
    """附带标准原文."""
    return as_text(_shipped_or_404(code), code)


@door("assessment.see")
def shipped_workbook(request: Request, code: str) -> FileResponse:
    """附带标准工作簿."""
    standard = library.read(_shipped_or_404(code))
    return as_workbook(standard, f"{standard.name} {standard.version}")


def _held_or_404(request: Request, pk: int) -> PublishedStandard:
    held = PublishedStandard.objects.within(request.reach).select_related("publisher", "made_by")
    return get_object_or_404(held, pk=pk)


def _shipped_or_404(code: str) -> str:
    text = library.shipped(code)
    if text is None:
        raise Http404(_("没有这个标准"))
    return text


def as_text(body: str, name: str) -> HttpResponse:
    """The text as a file to be kept."""
    response = HttpResponse(body, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.yaml") or ""
    )
    return response


def as_workbook(standard: Standard, name: str) -> FileResponse:
    """The standard as a workbook to be kept."""
    stream = BytesIO()
    writing.write(standard, stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
