"""The score on paper and as a workbook."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from henji.assessment import cards, queries
from henji.assessment.cards import Row, plain_number
from henji.assessment.views.looking import Look, look_or_404
from henji.lib import clock, tags, workbook
from henji.lib.doors import Request, door

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("assessment.see")
def printed(request: Request) -> HttpResponse:
    """自评表: the items with their points and why, as they stand on the day; not signed."""
    seen = look_or_404(request)
    card = seen.card()
    context = {
        "standard": card.standard,
        "lines": cards.lines(card),
        "score": card.plain(),
        "grading": card.grading.explanation,
        "county": seen.county.name,
        "year": seen.year,
        "as_of": seen.as_of,
    }
    return render(request, "assessment/print.html", context)


@door("assessment.see")
def exported(request: Request) -> FileResponse:
    """导出: the scorecard as a workbook."""
    seen = look_or_404(request)
    card = seen.card()
    signed = queries.signed_self(seen.county, seen.published.code, seen.year)
    name = _("考核评分表 %(year)s 截至 %(day)s") % {"year": seen.year, "day": seen.as_of.isoformat()}
    file = BytesIO()
    workbook.write_table(
        file,
        sheet=_("考核评分表"),
        heads=_heads(),
        rows=_cells(cards.rows(card, signed.points if signed else {})),
        footer=_footer(request, seen, card.grading.explanation),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _heads() -> list[str]:
    papers = [_("已存佐证"), _("应存佐证")]
    return [_("序号"), _("项目"), _("分值"), _("预计得分"), _("已签自评"), *papers, _("状态"), _("说明")]


def _cells(rows: Iterable[Row]) -> Iterator[list[object]]:
    for row in rows:
        score = row.score
        yield [
            score.code,
            score.name,
            plain_number(score.of),
            plain_number(score.points),
            None if row.signed is None else plain_number(row.signed),
            score.papers_held,
            score.papers_wanted,
            str(score.state.label),
            _("；").join(part.mark.explanation for part in score.parts),
        ]


def _footer(request: Request, seen: Look, grading: str) -> str:
    actor = request.reach.actor
    return _("%(grading)s。%(standard)s（%(label)s）。%(who)s（%(post)s）于 %(when)s 导出") % {
        "grading": grading,
        "standard": seen.published,
        "label": seen.published.standard.label,
        "who": actor.name,
        "post": actor.post,
        "when": tags.moment(clock.now()),
    }
