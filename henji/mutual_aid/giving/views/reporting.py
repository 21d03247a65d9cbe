"""Pages on which gifts are reported, by a link or an account, and accepted by the county."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from henji.lib import clock, ids, tags
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.members import queries as members
from henji.mutual_aid import rules as room
from henji.mutual_aid.giving import commands, links, queries, rules, sheets
from henji.mutual_aid.giving.commands.reporting import BY_LINK
from henji.mutual_aid.giving.forms import ReasonForm, ReportForm
from henji.mutual_aid.giving.models import Outcome, Report, Roll, RollLink
from henji.mutual_aid.giving.sheets import Filled
from henji.mutual_aid.giving.views.rolls import drive_at, roll_at
from henji.mutual_aid.views.looking import sent

#: Which link this browser has opened; the list is shown to it and to no preview of a message.
_OPENED = "roll_link"
#: So many people fit on a page; a longer list goes by its workbook.
MOST = 5000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def roll_by_link(request: HttpRequest) -> HttpResponse:
    """名单链接: the list as an employer's officer sees it, without an account.

    Looking at it takes a touch of a button: so what only fetches the address, such as the preview of a
    message, sees no name, and whoever looks leaves a trace.
    """
    if not request.GET.get("link"):
        return _landing(request, None)
    link = _link_at(request)
    if request.method == "POST" and request.POST.get("do") == "open":
        return _open(request, link)
    if request.session.get(_OPENED) != link.pk.hex:
        return _landing(request, link)
    try:
        rules.must_be_good(link, clock.now())
    except Refusal as refusal:
        return _landing(request, link, refusal)
    return _report(request, link.roll, link)


def _link_at(request: HttpRequest) -> RollLink:
    key = links.named(request.GET.get("link", ""))
    held = RollLink.objects.filter(pk=key) if key else RollLink.objects.none()
    link = held.select_related("roll__drive", "roll__employer", "roll__county").first()
    if link is None or not links.is_ours(link, request.GET.get("mark", "")):
        raise Http404
    return link


def _landing(request: HttpRequest, link: RollLink | None, refusal: Refusal | None = None) -> HttpResponse:
    """Before the list: whose it is, until when the link is good; no name."""
    if link is None and request.method == "POST":
        raise Http404
    if link and refusal is None:
        try:
            rules.must_be_good(link, clock.now())
        except Refusal as ended:
            refusal = ended
    return render(request, "mutual_aid/rolls/landing.html", {"link": link, "refusal": refusal})


def _open(request: HttpRequest, link: RollLink) -> HttpResponse:
    try:
        commands.open_link(link=link, by=BY_LINK, at=clock.now())
    except Refusal as refusal:
        return _landing(request, link, refusal)
    request.session[_OPENED] = link.pk.hex
    return redirect(links.path_of(link))


@forms_door("mutual_aid.gifts_reported")
@never_cache
def report_roll(request: Request, pk: int) -> HttpResponse:
    """填报 by somebody with an account: the township's officer, the employer's own, or the county's."""
    return _report(request, roll_at(request, pk), None)


def _report(request: HttpRequest, roll: Roll, link: RollLink | None) -> HttpResponse:
    """填报表, filled in and sent."""
    sheet = queries.sheet_of(roll, clock.today())
    seen = {"given_on": clock.today(), "seen": sheet.report and sheet.report.pk}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=seen)
    filled = sheets.as_held(sheet, masked=link is not None)
    if request.method == "POST":
        each = form.cleaned_data.get("each") if form.is_valid() else None
        filled = sheets.as_typed(sheet, request.POST, each, masked=link is not None)
        if form.is_valid() and not filled.wrong and _reported(request, roll, link, form, filled):
            return redirect(links.path_of(link)) if link else redirect("mutual_aid:roll", pk=roll.pk)
    last = queries.reports_of(roll).first()
    context = {
        "roll": roll,
        "link": link,
        "sheet": sheet,
        "form": form,
        "filled": filled,
        "too_long": len(sheet.rows) > MOST,
        "returned": last if last and last.outcome == Outcome.RETURNED else None,
    }
    return render(request, "mutual_aid/rolls/report.html", context)


def _reported(
    request: HttpRequest, roll: Roll, link: RollLink | None, form: ReportForm, filled: Filled
) -> bool:
    """Whether the report was made; if not, the form says why."""
    told = form.cleaned_data
    try:
        report = commands.report_gifts(
            roll=roll,
            gifts=filled.gifts,
            given_on=told["given_on"],
            seen=told["seen"],
            link=link,
            by=BY_LINK if link else cast("Request", request).reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        beside = {room.NotYetHappened: "given_on", room.BadAmount: "each"}
        refuse(form, refusal, beside.get(type(refusal)))
        return False
    told = {"n": tags.number(report.people), "sum": tags.yuan(report.amount_yuan)}
    messages.success(request, _("已报 %(n)s 人，%(sum)s，待县总工会受理") % told)
    return True


@door("mutual_aid.see")
@never_cache
def reports(request: Request, pk: int) -> HttpResponse:
    """待受理: the reports of a drive that wait for the county."""
    drive = drive_at(request, pk)
    held = list(queries.in_hand(request.reach, drive))
    return render(request, "mutual_aid/rolls/reports.html", {"drive": drive, "reports": held})


@door("mutual_aid.reports_accepted", "POST")
def accept_reports(request: Request, pk: int) -> HttpResponse:
    """受理 the reports that are ticked, by one deed."""
    drive = drive_at(request, pk)
    named = filter(None, map(ids.named, request.POST.getlist("report")))
    chosen = Report.objects.within(request.reach).filter(roll__drive=drive, pk__in=set(named))
    try:
        accepted = commands.accept_reports(
            drive=drive,
            reports=list(chosen.values_list("pk", flat=True)),
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        told: dict[str, Any] = {"n": tags.number(accepted.gifts), "sum": tags.yuan(accepted.amount_yuan)}
        messages.success(request, _("已受理：%(n)s 人，%(sum)s") % told)
        if accepted.left_out:
            words = _("另有 %(n)s 人已有登记，没有重复计入") % {"n": tags.number(accepted.left_out)}
            messages.warning(request, words)
    return redirect("mutual_aid:reports", pk=drive.pk)


@door("mutual_aid.see")
@never_cache
def report_page(request: Request, pk: int) -> HttpResponse:
    """一份填报: who is said to have given how much."""
    report = _report_at(request, pk)
    gifts = list(report.gifts.order_by("pk"))
    names = members.names_of([gift.person_id for gift in gifts])
    rows = sorted((names.get(gift.person_id, tags.NOTHING), gift.amount_yuan) for gift in gifts)
    context = {"report": report, "rows": rows, "waits": report.outcome == Outcome.OPEN}
    return render(request, "mutual_aid/rolls/one_report.html", context)


@forms_door("mutual_aid.report_returned")
def return_report(request: Request, pk: int) -> HttpResponse:
    """退回填报."""
    report = _report_at(request, pk)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.return_report(
                report=report, reason=form.cleaned_data["reason"], by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, "reason" if isinstance(refusal, room.NoReason) else None)
        else:
            messages.success(request, _("已退回"))
            return redirect("mutual_aid:reports", pk=report.roll.drive_id)
    return render(request, "mutual_aid/rolls/return.html", {"report": report, "form": form})


def _report_at(request: Request, pk: int) -> Report:
    held = Report.objects.within(request.reach)
    return get_object_or_404(held.select_related("roll__drive", "roll__employer", "county"), pk=pk)
