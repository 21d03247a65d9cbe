"""Pages of standards: which the county has, and publishing another version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from henji.assessment import commands, library, queries
from henji.assessment.forms import StandardForm
from henji.assessment.models import PublishedStandard
from henji.assessment.views.looking import carried, county_of, crumbs
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal


@door("assessment.see")
def standards(request: Request) -> HttpResponse:
    """考核标准: all versions that the county has published, the latest first."""
    county = county_of(request)
    context = {
        "standards": [_seen(request, held) for held in queries.standards_of(county)],
        "crumbs": crumbs(carried(request)),
        "query": carried(request),
        "may_publish": request.reach.may("assessment.standard_published"),
    }
    return render(request, "assessment/standards.html", context)


def _seen(request: Request, held: PublishedStandard) -> dict[str, object]:
    """A published standard, and the scorecard under it."""
    page = reverse("assessment:scorecard") + carried(request, standard=held.reference)
    return {"row": held, "page": page}


@door("assessment.standard_published", "POST")
def adopt(request: Request) -> HttpResponse:
    """采用参考模板: publish the standard that comes with the installation, as it is."""
    text = library.shipped(library.REFERENCE) or ""
    held = commands.publish_standard(
        county=county_of(request), text=text, by=request.reach.actor, at=clock.now()
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
                county=county_of(request),
                text=form.cleaned_data["file"],
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal, "file")
        else:
            messages.success(request, _("已发布“%(standard)s”") % {"standard": held})
            return redirect(reverse("assessment:standards") + carried(request))
    context = {"form": form, "query": carried(request), "crumbs": crumbs(carried(request))}
    return render(request, "assessment/publish.html", context)


@door("assessment.see")
def text(request: Request, pk: int) -> HttpResponse:
    """标准原文: the file of a published standard, to be kept or edited."""
    held = get_object_or_404(PublishedStandard.objects.within(request.reach), pk=pk)
    return _as_file(held.body, f"{held.code}-{held.version}.yaml")


@door("assessment.see")
def reference_text(request: Request) -> HttpResponse:
    """参考模板原文."""
    return _as_file(library.shipped(library.REFERENCE) or "", f"{library.REFERENCE}.yaml")


def _as_file(body: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
