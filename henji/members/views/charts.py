"""会员构成: charts of the members of a day, with their tables; by htmx parts of the page, else pages."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from henji.lib import clock, exports, tongues
from henji.lib.doors import Request, door
from henji.members import charts
from henji.members.charts import CHARTS, Asked
from henji.members.forms import AskedForm, DayForm
from henji.unions.queries import county_worked_in, names_of


@door("members.see")
def composition(request: Request) -> HttpResponse:
    """会员构成: all charts of a day, today unless another one is asked for."""
    asked = _asked(request)
    context = {
        "asked": asked,
        "form": DayForm(initial={"as_of": asked.day}),
        "place": _place(asked),
        "places": [
            (label, f"{reverse('members:chart', args=[name])}?{urlencode(asked.query)}")
            for name, (label, _draw) in CHARTS.items()
        ],
    }
    return render(request, "members/composition.html", context)


@door("members.see")
def chart(request: Request, name: str) -> HttpResponse:
    """一张构成图: as a part, a page, or a workbook."""
    if name not in CHARTS:
        raise Http404
    asked = _asked(request)
    drawn = CHARTS[name][1](asked)
    if request.GET.get("export") == "xlsx":
        name = f"{drawn.title} {asked.day.isoformat()}"
        return exports.as_workbook(request, name=name, heads=drawn.heads, rows=charts.cells(drawn))
    query = urlencode(asked.query)
    context = {
        "chart": drawn,
        "asked": asked,
        "place": _place(asked),
        "url": f"{reverse('members:chart', args=[name])}?{query}",
        "crumbs": [
            (_("会员"), reverse("members:list")),
            (_("会员构成"), f"{reverse('members:composition')}?{query}"),
        ],
    }
    template = "members/_bars.html" if request.htmx else "members/chart.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _asked(request: Request) -> Asked:
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return Asked(request.reach, county, AskedForm(request.GET).chosen.get("as_of") or clock.today())


def _place(asked: Asked) -> str:
    return asked.county.name if asked.reach.whole_county else tongues.listed(names_of(asked.reach.trees))
