"""导出: rows as a workbook that says at its end who took them, when and under which conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from henji.lib import clock, tags, tongues, workbook
from henji.lib.doors import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Chip:
    """条件: a filter that holds, and the address without it. `is_free`: typed, not chosen."""

    label: str
    value: str
    url: str
    field: str = ""
    is_free: bool = False


def as_workbook(
    request: Request,
    *,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    chips: Sequence[Chip] = (),
) -> HttpResponse:
    """导出: the rows as a workbook, at once."""
    file = BytesIO()
    mark = partial(watermark, request, name=name, chips=chips)
    workbook.write_table(file, sheet=name, heads=heads, rows=rows, footer=lambda count: mark(count=count))
    return HttpResponse(file.getvalue(), content_type=XLSX, headers=saved_as(name))


def saved_as(name: str) -> dict[str, str]:
    """The header by which a browser saves a workbook under the name."""
    return {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
        or "attachment"
    }


def watermark(request: Request, *, name: str, count: int, chips: Sequence[Chip], number: object = "") -> str:
    """水印: who took how many rows out of which list, when, under which conditions; the trace's number."""
    actor = request.reach.actor
    words = _("%(who)s（%(post)s）于 %(when)s 从“%(list)s”导出，共 %(count)s 行") % {
        "who": actor.name,
        "post": tongues.told(actor.post),
        "when": tags.moment(clock.now()),
        "list": name,
        "count": tags.number(count),
    }
    if chips:
        named = [_("%(what)s：%(words)s") % {"what": chip.label, "words": chip.value} for chip in chips]
        words = _("%(words)s。条件：%(conditions)s") % {"words": words, "conditions": _("；").join(named)}
    return _("%(words)s。痕迹编号：%(number)s") % {"words": words, "number": number} if number else words
