"""The score on paper, as a PDF and as a workbook; live, or as it was signed."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from henji.assessment import cards, queries, score_sheets
from henji.assessment.cards import Row, plain_number
from henji.assessment.models import Column, SignedScore
from henji.assessment.score_sheets import Line, Points, Sheet
from henji.assessment.views.looking import Look, look_or_404
from henji.lib import clock, tags, tongues, typesetting, workbook
from henji.lib.doors import Request, door

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "sheet.typ"


@door("assessment.see")
def printed(request: Request) -> HttpResponse:
    """自评表: the items with their points and why, as they stand on the day; not signed."""
    seen = look_or_404(request)
    links = {"pdf": reverse("assessment:pdf") + seen.query, "xlsx": reverse("assessment:sheet") + seen.query}
    return render(request, "assessment/print.html", {"sheet": _live(seen), **links})


@door("assessment.see")
def pdf(request: Request) -> FileResponse:
    """自评表 as a PDF."""
    return _pdf(_live(look_or_404(request)))


@door("assessment.see")
def sheet(request: Request) -> FileResponse:
    """自评表 as a workbook."""
    return _workbook(request, _live(look_or_404(request)))


def _live(seen: Look) -> Sheet:
    code, year = seen.published.code, seen.year
    charges = queries.charges_of(seen.subject, code, year)
    return score_sheets.live(
        seen.card(), seen.subject.name, charges, queries.signed_columns(seen.subject, code, year)
    )


# As it was signed


@door("assessment.see")
def signed_printed(request: Request, pk: int) -> HttpResponse:
    """评分表, as it was signed."""
    held = score_sheets.frozen(score_or_404(request, pk))
    links = {
        "pdf": reverse("assessment:signed_pdf", args=[pk]),
        "xlsx": reverse("assessment:signed_sheet", args=[pk]),
    }
    return render(request, "assessment/print.html", {"sheet": held, **links})


@door("assessment.see")
def signed_pdf(request: Request, pk: int) -> FileResponse:
    """评分表 as a PDF, as it was signed."""
    return _pdf(score_sheets.frozen(score_or_404(request, pk)))


@door("assessment.see")
def signed_sheet(request: Request, pk: int) -> FileResponse:
    """评分表 as a workbook, as it was signed."""
    return _workbook(request, score_sheets.frozen(score_or_404(request, pk)))


def score_or_404(request: Request, pk: int) -> SignedScore:
    """已签评分, in reach."""
    held = SignedScore.objects.within(request.reach).select_related("subject", "standard", "made_by")
    return get_object_or_404(held, pk=pk)


# What is handed out


def _pdf(held: Sheet) -> FileResponse:
    signed_on = tags.day(held.signed.signed_at) if held.signed else _("　　　　年　　月　　日")
    said = {
        "title": held.title,
        "head": held.head,
        "heads": held.heads,
        "groups": [{"name": name, "rows": rows} for name, rows in held.groups],
        "sum": held.sum,
        "signatures": held.signatures,
        "note": held.note,
        "date": _("日期：%(day)s") % {"day": signed_on},
        "lang": (get_language() or "zh").partition("-")[0],
    }
    file = BytesIO(typesetting.pdf(_TEMPLATE, said))
    return FileResponse(file, filename=f"{_name(held)}.pdf", content_type="application/pdf")


def _workbook(request: Request, held: Sheet) -> FileResponse:
    who = _taken_by(request)
    footer = _("；").join([*held.head, held.grading, held.note, who])
    rows = [*(_line(line) for line in held.lines), ["", _("合计"), None, *_columns(held.totals)]]
    return _xlsx(_name(held), held.title, held.heads, rows, footer)


def _name(held: Sheet) -> str:
    said = {"title": held.title, "year": held.year, "day": held.as_of.isoformat()}
    return _("%(title)s %(year)s 截至 %(day)s") % said


def _line(line: Line) -> list[object]:
    told = [line.papers, line.person, line.words]
    return [line.item.code, line.item.name, plain_number(line.item.points), *_columns(line.points), *told]


def _columns(points: Points) -> list[object]:
    held = [points.get(column) for column in Column.values]
    return [None if one is None else plain_number(one) for one in held]


@door("assessment.see")
def exported(request: Request) -> FileResponse:
    """导出: the scorecard as a workbook."""
    seen = look_or_404(request)
    card = seen.card()
    columns = queries.signed_columns(seen.subject, seen.published.code, seen.year)
    charges = queries.charges_of(seen.subject, seen.published.code, seen.year)
    said = {"year": seen.year, "day": seen.as_of.isoformat()}
    return _xlsx(
        _("考核评分表 %(year)s 截至 %(day)s") % said,
        _("考核评分表"),
        _heads(),
        _cells(cards.rows(card, charges, columns)),
        _footer(request, seen, card.grading.explanation),
    )


def _heads() -> list[str]:
    columns = [str(column.label) for column in Column]
    papers = [_("已存佐证"), _("应存佐证")]
    who = [_("责任人"), _("协办人"), _("期限")]
    first = [_("序号"), _("项目"), _("分值"), _("预计得分")]
    return [*first, *columns, *papers, *who, _("状态"), _("说明")]


def _cells(rows: Iterable[Row]) -> Iterator[list[object]]:
    for row in rows:
        score = row.score
        judged = [one.points if one else None for one in (row.city, row.province)]
        yield [
            score.code,
            score.name,
            plain_number(score.of),
            plain_number(score.points),
            *(None if points is None else plain_number(points) for points in (row.signed, *judged)),
            score.papers_held,
            score.papers_wanted,
            *_who(row),
            str(score.state.label),
            _("；").join(part.mark.explanation for part in score.parts),
        ]


def _who(row: Row) -> list[object]:
    charge = row.charge
    return [str(charge.person), str(charge.deputy or ""), charge.due_on] if charge else [None, None, None]


def _footer(request: Request, seen: Look, grading: str) -> str:
    return _("%(grading)s。%(standard)s（%(label)s）。%(taken)s") % {
        "grading": grading,
        "standard": seen.published,
        "label": seen.published.standard.label,
        "taken": _taken_by(request),
    }


def _taken_by(request: Request) -> str:
    actor = request.reach.actor
    return _("%(who)s（%(post)s）于 %(when)s 导出") % {
        "who": actor.name,
        "post": tongues.told(actor.post),
        "when": tags.moment(clock.now()),
    }


def _xlsx(name: str, title: str, heads: list[str], rows: Iterable[list[object]], footer: str) -> FileResponse:
    file = BytesIO()
    workbook.write_table(file, sheet=title, heads=heads, rows=rows, footer=footer)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
