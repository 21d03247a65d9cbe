"""Charts over the year, and what has moved since a day: by htmx parts of pages, else pages."""

import itertools
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from henji.assessment import changes, charts, rules
from henji.assessment.charts import Chart
from henji.assessment.day_cache import MayGoOn
from henji.assessment.schema import Part
from henji.assessment.views.looking import ASKED, Look, crumbs, day_asked, look_or_404
from henji.evidence import telling
from henji.lib import clock, workbook
from henji.lib.doors import Request, door

#: A request computes for so many seconds; what is left is asked for again.
WHILE = 1.0
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def for_a_while() -> MayGoOn:
    """限时: once at least, then as often as the time allows."""
    begun, asked = time.monotonic(), itertools.count()
    return lambda: next(asked) == 0 or time.monotonic() - begun < WHILE


@door("assessment.see")
def score_chart(request: Request) -> HttpResponseBase:
    """得分走势: the year's score, day by day; what is not held is computed a little at a time."""
    seen = look_or_404(request)
    chart = charts.of_score(seen.subject, seen.published, seen.year, seen.as_of, for_a_while())
    return _drawn(request, seen, chart, reverse("assessment:chart") + seen.query)


@door("assessment.see")
def figure_chart(request: Request, part: str) -> HttpResponseBase:
    """数字走势: the figure of a part, day by day."""
    seen = look_or_404(request)
    asked = _part_or_404(seen, part)
    chart = charts.of_figure(seen.subject, asked, seen.period, seen.as_of, for_a_while())
    return _drawn(request, seen, chart, reverse("assessment:figure_chart", args=[part]) + seen.query)


def _part_or_404(seen: Look, address: str) -> Part:
    for item in seen.published.standard.items:
        for part in item.parts:
            if rules.address(item, part) == address and rules.is_computed(part):
                return part
    raise Http404(_("这个评分点没有由系统计算的数字"))


def _drawn(request: Request, seen: Look, chart: Chart, url: str) -> HttpResponseBase:
    if request.GET.get("export") == "xlsx":
        return _exported(chart)
    context = {"chart": chart, "url": url, "look": seen, "crumbs": crumbs(seen.query)}
    return _part_or_page(request, "chart", context)


def _exported(chart: Chart) -> FileResponse:
    file = BytesIO()
    workbook.write_table(
        file,
        sheet=chart.title,
        heads=[*chart.heads, *([chart.marks_name] if chart.marks else [])],
        rows=_rows(chart),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{chart.title}.xlsx", content_type=_XLSX)


def _rows(chart: Chart) -> Iterator[list[object]]:
    for row in chart.rows:
        yield [row.day, _number(row.value), *row.words, *([_number(row.mark)] if chart.marks else [])]


def _number(value: Decimal | None) -> float | None:
    # As a workbook takes it: a decimal would be written as yuan.
    return None if value is None else float(value)


@door("assessment.see")
def changed(request: Request) -> HttpResponse:
    """较某日变化: item by item, with the deed that moved it; since yesterday, if no day is asked for."""
    seen = look_or_404(request)
    yesterday = clock.today() - timedelta(days=1)
    day = min(day_asked(request, "since") or yesterday, yesterday)
    told = changes.since(
        seen.subject, seen.published, seen.year, seen.as_of, day=day, may_go_on=for_a_while()
    )
    opens = request.reach.may("evidence.see_traces")
    context = {
        "told": told,
        "rows": [(c, [telling.moment_of(trace, opens=opens) for trace in c.traces]) for c in told.changes],
        "is_yesterday": day == yesterday,
        "asked": [(name, value) for name in ASKED if (value := request.GET.get(name))],
        "look": seen,
        "url": reverse("assessment:changes") + seen.query,
        "crumbs": crumbs(seen.query),
    }
    return _part_or_page(request, "changes", context)


def _part_or_page(request: Request, name: str, context: dict[str, object]) -> HttpResponse:
    template = f"assessment/_{name}.html" if request.htmx else f"assessment/{name}.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request",))
    return response
