"""Pages of the papers that superiors ask for: on screen, as a workbook, as a PDF."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from henji.lib import clock, exports, tags, typesetting, workbook
from henji.lib.doors import Request, door
from henji.mutual_aid import queries as mutual_aid
from henji.mutual_aid.ledger import chart, reports
from henji.mutual_aid.ledger.chart import ACCOUNTS
from henji.mutual_aid.ledger.forms import ReportForm
from henji.mutual_aid.ledger.reports import Report
from henji.mutual_aid.ledger.views.looking import county_of
from henji.unions.models import Union

_TEMPLATE = Path(__file__).resolve().parents[2] / "typst" / "report.typ"
#: So many rows stand on the page; papers have all of them.
SHOWN = 200


@door("mutual_aid.see_books")
def report(request: Request) -> HttpResponse | FileResponse:
    """账表: what was asked for in the address; this month's receipts and payments where nothing was."""
    county = county_of(request)
    form = ReportForm({**_usual(county), **_told(request.GET)}, county=county.pk)
    context: dict[str, Any] = {"form": form, "county": county}
    if form.is_valid():
        made = _made(county, form.cleaned_data)
        if request.GET.get("as") == "pdf":
            return _pdf(made)
        if request.GET.get("as") == "xlsx":
            return _workbook(request, made)
        context |= {"report": made, "count": len(made.rows)}
        context["rows"] = [list(zip(made.heads, row, strict=True)) for row in made.in_words()[:SHOWN]]
        context["query"] = _query(request.GET)
    return render(request, "mutual_aid/ledger/report.html", context)


def _usual(county: Union) -> dict[str, str]:
    today = clock.today()
    drive = mutual_aid.drives_of([county.pk]).first()
    return {
        "report": "fund",
        "start": today.replace(day=1).isoformat(),
        "last": today.isoformat(),
        "account": chart.BANK,
        "drive": str(drive.pk) if drive else "",
    }


def _told(query: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if name in ReportForm.base_fields and value}


def _query(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("as", None)
    return kept.urlencode()


def _made(county: Union, told: Mapping[str, Any]) -> Report:
    days = told["start"], told["last"]
    match told["report"]:
        case "book":
            return reports.account_book(county, ACCOUNTS[told["account"]], *days, told["unit"])
        case "handed_up":
            return reports.handed_up(county, mutual_aid.version_of(told["drive"]), told["last"])
        case "bank":
            return reports.reconciliation(county, told["last"])
    return reports.fund(county, *days)


def _pdf(made: Report) -> FileResponse:
    said = {
        "title": made.title,
        "under": made.under,
        "heads": made.heads,
        "widths": made.widths,
        "figures": made.figures,
        "rows": made.in_words(),
        "notes": made.notes,
        "signatures": made.signatures,
        "lang": (get_language() or "zh").partition("-")[0],
    }
    file = BytesIO(typesetting.pdf(_TEMPLATE, said))
    return FileResponse(file, filename=f"{made.title}.pdf", content_type="application/pdf")


def _workbook(request: Request, made: Report) -> FileResponse:
    file = BytesIO()
    taken = _("%(who)s 于 %(when)s 导出") % {
        "who": request.reach.actor.name,
        "when": tags.moment(clock.now()),
    }
    workbook.write_paper(
        file,
        sheet=made.title,
        titles=[made.title, "　　".join(made.under)],
        heads=made.heads,
        rows=made.rows,
        notes=[*made.notes, "　　　　　　".join(made.signatures), taken],
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{made.title}.xlsx", content_type=exports.XLSX)
