"""The public notice, and objections against what is on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, proposing, queries
from henji.mutual_aid.cases.forms import ObjectionAnswerForm, ObjectionForm, PostForm
from henji.mutual_aid.cases.tables import NoticeTable
from henji.mutual_aid.cases.views.finding import case_at, county_of, one_of, seen, sent, signed


@door("mutual_aid.see_cases")
def notices(request: Request) -> HttpResponse:
    """公示."""
    return render_list(
        request,
        table=NoticeTable,
        queryset=queries.notices_in(request.reach),
        template="mutual_aid/cases/notices.html",
        export_name=_("救助公示"),
    )


@door("mutual_aid.see_cases")
def notice(request: Request, pk: int) -> HttpResponse:
    """一期公示, as it is shown and printed: names in part, and nothing that tells an illness."""
    held = one_of(queries.notices_in(request.reach), pk)
    context = {
        "notice": held,
        "lines": queries.lines_of(held),
        "cases": queries.cases_in(request.reach).filter(notice=held).order_by("case__number"),
        "moments": telling.moments_of("mutual_aid.notice", str(pk), request.reach),
    }
    return render(request, "mutual_aid/cases/notice.html", context)


@forms_door("mutual_aid.cases_posted")
@never_cache
def post_notice(request: Request) -> HttpResponse:
    """公示: choose what goes on notice, and for how long."""
    county, today = county_of(request), clock.today()
    rows = list(queries.postable(request.reach, county.pk))
    days = {"starts_on": today, "ends_on": proposing.earliest_end(rows, today)}
    initial = {**days, "phone": queries.last_phone(county.pk)}
    form = PostForm(sent(request), rows=rows, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "phone")}
        try:
            made = commands.post(county=county, cases=form.chosen, **told, **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已公示，可以打印张贴"))
            return redirect("mutual_aid:notice", pk=made.pk)
    context = {"form": form, "rows": rows, "title": _("公示")}
    return render(request, "mutual_aid/cases/choose.html", context | {"submit": _("开始公示")})


@forms_door("mutual_aid.objection_heard")
@never_cache
def hear_objection(request: Request, key: UUID) -> HttpResponse:
    """登记异议."""
    case = case_at(request, key)
    form = ObjectionForm(sent(request), initial={"version": case.pk, "on": clock.today()})
    if request.method == "POST" and form.is_valid():
        held = seen(request, case, form)
        try:
            commands.hear_objection(case=held, **_told(form), **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("异议已登记，答复以前不能审批"))
            return redirect("mutual_aid:case", key=key)
    context = {"case": case, "name": queries.applicants([case])[case.line], "form": form}
    return render(request, "mutual_aid/cases/step.html", context | {"word": _("登记异议")})


@forms_door("mutual_aid.objection_answered")
@never_cache
def answer_objection(request: Request, key: UUID, pk: int) -> HttpResponse:
    """答复异议."""
    case = case_at(request, key)
    objection = one_of(case.case.objections.filter(answered_by=None), pk)
    initial = {"version": case.pk, "on": clock.today()}
    form = ObjectionAnswerForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        held, told = seen(request, case, form), _told(form)
        told["upheld"] = told["upheld"] == "yes"
        try:
            commands.answer_objection(case=held, objection=objection, **told, **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("异议已答复"))
            return redirect("mutual_aid:case", key=key)
    context = {"case": case, "name": queries.applicants([case])[case.line], "form": form}
    lead = queries.objection_told(objection).get("words", "")
    return render(request, "mutual_aid/cases/step.html", context | {"word": _("答复异议"), "lead": lead})


def _told(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
