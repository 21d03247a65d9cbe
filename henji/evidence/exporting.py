"""名单导出: what shows persons leaves the house only with a reason, under a watermark, and on record.

A page that hands out such a list asks here. GET never gives a workbook but asks what for; a POST with the
reason gives it, once the trace is kept. So every workbook has a trace, whose number it bears; a second one,
asked for a moment later, has its own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise

from henji.evidence import commands, queries, rules, traces
from henji.evidence.deeds import Deed
from henji.evidence.forms import ExportForm
from henji.lib import clock, exports, listing, tongues, workbook
from henji.lib.doors import Request
from henji.lib.exports import Chip
from henji.lib.forms import refuse
from henji.lib.identity import mask_within
from henji.lib.refusals import Refusal

#: What of an address may go on record: names of ours, and codes, days and ids. Never what somebody typed.
_NAME = re.compile(r"[a-z_]{1,40}")
_CODE = re.compile(r"[0-9A-Za-z_.:+-]{1,60}")
#: What says where one is in a list rather than which.
_NO_CONDITIONS = ("page", "sort", "export")
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """所要导出的: a list that somebody may take along.

    `write` writes the workbook into the stream, marked as told, and says how many rows it wrote. `chips`
    tells the conditions that hold, in the language that is spoken; `filters` names all that could. `title`
    goes on record, `file_name` does not. `back` is where one came from, unless it is the page itself;
    `reason` is the usual one.
    """

    title: str | Promise
    rows: int
    write: Callable[[IO[bytes], Callable[[int], str]], int]
    chips: Callable[[], Sequence[Chip]] = tuple
    filters: Sequence[str] = ()
    file_name: str = ""
    back: str = ""
    reason: str = ""


def personal_list(
    request: Request,
    *,
    table: type[Any],
    queryset: listing.Rows,
    template: str,
    export_name: str | Promise,
    filterset: type[Any] | None = None,
    context: Mapping[str, object] | None = None,
    sum_of: str = "",
) -> HttpResponseBase:
    """涉及个人的名单: as `listing.render_list`, but exported by a POST with a reason.

    The page's door lets POST in, by `forms_door`.
    """
    drawn = listing.draw(request, table=table, queryset=queryset, filterset=filterset)
    if request.method == "POST" or "export" in request.GET:
        return hand_out(request, _offer_of(drawn, export_name))
    may = request.reach.may(Deed.LIST_EXPORTED)
    return listing.show(
        request, drawn, template=template, context=context, may_export=may, asks_why=True, sum_of=sum_of
    )


def hand_out(request: Request, offer: Offer) -> HttpResponseBase:
    """导出: asks what for; told by POST, gives the workbook. Who may not export gets 403."""
    if not request.reach.may(Deed.LIST_EXPORTED):
        raise PermissionDenied
    form = ExportForm(request.POST if request.method == "POST" else None, initial={"reason": offer.reason})
    if form.is_valid():
        try:
            return _taken(request, offer, form.cleaned_data["reason"])
        except Refusal as refusal:
            refuse(form, refusal, "reason" if isinstance(refusal, rules.NoReason) else None)
    query = request.GET.copy()
    query.pop("export", None)
    here = f"{request.path}?{query.urlencode()}"
    context = {
        "form": form,
        "title": offer.title,
        "rows": offer.rows,
        "chips": offer.chips(),
        "action": here,
        "cancel_url": offer.back or here,
    }
    return render(request, "evidence/export.html", context)


def _taken(request: Request, offer: Offer, reason: str) -> FileResponse:
    """The workbook, written first, so that the trace tells just how many rows are in it."""
    rules.must_fit(offer.rows)
    rules.must_say_what_for(reason)
    county = queries.county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    at = clock.now()
    trace = traces.new_id(at)
    title = str(offer.title)
    mark = partial(exports.watermark, request, name=title, chips=offer.chips(), number=trace)
    with ExitStack() as unless_sent:
        file = unless_sent.enter_context(TemporaryFile())
        rows = offer.write(file, lambda count: mark(count=count))
        commands.export_list(
            id=trace,
            county=county,
            export=_on_record(request, offer, rows),
            reason=reason,
            by=request.reach.actor,
            at=at,
        )
        file.seek(0)
        unless_sent.pop_all()  # it is closed, and gone, when it has been sent
    headers = exports.saved_as(offer.file_name or title)
    response = FileResponse(file, content_type=exports.XLSX, headers=headers)
    response["Cache-Control"] = "private, no-store"
    return response


def _offer_of(drawn: listing.Drawn, title: str | Promise) -> Offer:
    def write(stream: IO[bytes], mark: Callable[[int], str]) -> int:
        return workbook.write_table(
            stream, sheet=str(title), heads=drawn.heads, rows=drawn.cells(), footer=mark
        )

    filters = [field.name for field in drawn.fields]
    return Offer(title, drawn.count, write, chips=lambda: drawn.chips, filters=filters)


def _on_record(request: Request, offer: Offer, rows: int) -> commands.Exported:
    """所导出的 as it goes on record, in Chinese: nothing that was typed, no names of persons."""
    with tongues.on_record():
        title, chips = str(offer.title)[:_LONGEST_TITLE], offer.chips()
        conditions = [(chip.label, "" if chip.is_free else chip.value) for chip in chips]
    held = {chip.field for chip in chips if not chip.is_free}
    kept = {
        name: value
        for name, value in request.GET.dict().items()
        if (name in held or name not in {*_NO_CONDITIONS, *offer.filters}) and _is_code(name, str(value))
    }
    beside = [(name, str(value)) for name, value in kept.items() if name not in {*held, "county"}]
    match = request.resolver_match
    return commands.Exported(
        title=title,
        view=match.view_name if match else "",
        page=f"{request.path}?{urlencode(kept)}" if kept else request.path,
        filters=[chip.field for chip in chips],
        conditions=[*conditions, *beside],
        rows=rows,
    )


def _is_code(name: str, value: str) -> bool:
    return bool(_NAME.fullmatch(name) and _CODE.fullmatch(value)) and mask_within(value) == value
