"""佐证目录: the evidence of one item or of all, to print and as a workbook."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import queries
from henji.assessment.cards import ItemScore
from henji.assessment.queries import Chapter
from henji.assessment.views.looking import Look, crumbs, look_or_404, score_or_404
from henji.lib import clock, tags, tongues, workbook
from henji.lib.doors import Request, door

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("assessment.see")
def catalogue(request: Request, code: str = "") -> HttpResponseBase:
    """佐证目录: of the item, or of all; `?export=xlsx` as a workbook."""
    seen = look_or_404(request)
    scores: Sequence[ItemScore] = [score_or_404(seen, code)] if code else seen.card().items
    chapters = queries.catalogue(seen.county.pk, scores, request.reach)
    if request.GET.get("export") == "xlsx":
        return _exported(request, seen, chapters, code)
    context = {
        "look": seen,
        "chapters": chapters,
        "code": code,
        "crumbs": crumbs(seen.query, *_way(seen, code)),
        "is_owner": request.reach.may("evidence.paper_kept"),
    }
    return render(request, "assessment/catalogue.html", context)


def _way(seen: Look, code: str) -> list[tuple[str, str]]:
    return [(code, reverse("assessment:item", args=[code]) + seen.query)] if code else []


def _exported(request: Request, seen: Look, chapters: Iterable[Chapter], code: str) -> FileResponse:
    said = {"year": seen.year, "day": seen.as_of.isoformat(), "code": code}
    name = _("佐证目录 %(code)s %(year)s 截至 %(day)s") % said
    file = BytesIO()
    workbook.write_table(
        file,
        sheet=_("佐证目录"),
        heads=_heads(),
        rows=_cells(chapters),
        footer=_footer(request, seen),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _heads() -> list[str]:
    where = [_("日期"), _("附件数"), _("附件"), _("存于")]
    return [_("项目"), _("项目名称"), _("评分点"), _("种类"), _("名称"), _("文号"), *where, _("状态")]


def _cells(chapters: Iterable[Chapter]) -> Iterator[list[object]]:
    for chapter in chapters:
        for entry in chapter.entries:
            yield [
                chapter.score.code,
                chapter.score.name,
                entry.part,
                entry.label,
                entry.title,
                entry.number,
                entry.on,
                entry.count or None,
                tongues.listed(entry.files),
                tongues.listed(entry.places),
                entry.state,
            ]


def _footer(request: Request, seen: Look) -> str:
    actor = request.reach.actor
    return _("%(standard)s（%(label)s）。%(who)s（%(post)s）于 %(when)s 导出") % {
        "standard": seen.published,
        "label": seen.published.standard.label,
        "who": actor.name,
        "post": tongues.told(actor.post),
        "when": tags.moment(clock.now()),
    }
