"""Pages of unions and employers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.evidence.versions import Outdated
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.unions import commands, history, queries
from henji.unions.forms import (
    ClearsForm,
    CloseForm,
    CorrectEmployerForm,
    DayForm,
    EmployerForm,
    OrganiseForm,
    RecordForm,
    RevealForm,
    UnionForm,
)
from henji.unions.models import Employer, Union
from henji.unions.profiles import clears_told, facts_of, record_of
from henji.unions.tables import EmployerFilter, EmployerTable, UnionFilter, UnionTable


@door("unions.see")
def tree(request: Request) -> HttpResponse:
    """组织树: county, townships, primary unions; as they stand today, or as they stood on a day."""
    county = queries.county_worked_in(request.reach, request.GET.get("county", ""))
    form = DayForm(request.GET)
    day = (form.cleaned_data["as_of"] if form.is_valid() else None) or clock.today()
    context = {
        "county": county,
        "counties": queries.counties_in(request.reach),
        "roots": queries.grove_in(request.reach, county, day) if county else [],
        "form": form,
        "past": day if day != clock.today() else None,
    }
    return render(request, "unions/tree.html", context)


@door("unions.see")
def union(request: Request, pk: int) -> HttpResponse:
    """工会页: the facts, the unions below, the employers, what happened."""
    held = _union(request, pk)
    employers = queries.employers_in(request.reach).filter(queries.around(held))
    context = {
        "union": held,
        "parent_url": _url(request, held.parent),
        "children": queries.children_of(held),
        "employers": employers.count(),
        "organised": employers.organised().count(),
        "record": record_of(held),
        "steps": history.record_steps_of(held),
        "moments": telling.moments_of("unions.union", str(pk), request.reach),
    }
    return render(request, "unions/union.html", context)


@forms_door("unions.record_kept")
def keep_record(request: Request, pk: int) -> HttpResponse:
    """组织信息登记: say what is known of a union and who holds its offices."""
    held = _union(request, pk)
    form = RecordForm(_sent(request), union=held)
    if request.method == "POST" and form.is_valid():
        try:
            commands.keep_record(union=held, **form.told(), by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            form = RecordForm(None, union=held)
            messages.error(request, refusal.words)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记"))
            return redirect("unions:union", pk)
    return render(request, "unions/record.html", {"form": form, "union": held})


@door("unions.phone_revealed", "POST")
@never_cache
def reveal(request: Request, pk: int, office: str) -> HttpResponse:
    """查看任职人电话: the phone as plain text, after the reason has been written down."""
    holder = get_object_or_404(_union(request, pk).holders.known(), office=office)
    form = RevealForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        told = commands.reveal_phone(holder=holder, reason=reason, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        return HttpResponse(refusal.words, status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@forms_door("unions.union_closed")
def close(request: Request, pk: int) -> HttpResponse:
    """工会撤销: close a union from a day on."""
    held = _union(request, pk)
    form = CloseForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.close_union(union=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已撤销") % {"name": held.name})
            return redirect("unions:union", pk)
    return render(request, "unions/close.html", {"form": form, "union": held})


@door("unions.closing_withdrawn", "POST")
def reopen(request: Request, pk: int) -> HttpResponse:
    """工会撤销作废: a union was closed by mistake."""
    held = _union(request, pk)
    try:
        commands.withdraw_closing(union=held, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("%(name)s已恢复") % {"name": held.name})
    return redirect("unions:union", pk)


@forms_door("unions.union_founded")
def found(request: Request) -> HttpResponse:
    """工会建立: found a union below another one."""
    form = UnionForm(_sent(request), reach=request.reach, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.found_union(**form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已建立") % {"name": made.name})
            return redirect("unions:union", made.pk)
    return render(request, "unions/found.html", {"form": form})


@door("unions.see")
def employers(request: Request) -> HttpResponse:
    """单位: all employers in reach, with filters."""
    return render_list(
        request,
        table=EmployerTable,
        filterset=EmployerFilter,
        queryset=queries.employers_in(request.reach),
        template="unions/employers.html",
        export_name=pgettext("all", "单位"),
        sum_of="workers",
    )


@door("unions.see")
def union_list(request: Request) -> HttpResponse:
    """工会: all unions in reach, or the very ones that a figure counted."""
    seen = queries.unions_in(request.reach).select_related("parent")
    return render_list(
        request,
        table=UnionTable,
        filterset=UnionFilter,
        queryset=queries.described(seen).annotate(covered=Count("employers")),
        template="unions/unions.html",
        export_name=pgettext("all", "工会"),
    )


@door("unions.see")
def employer(request: Request, pk: int) -> HttpResponse:
    """单位页: the facts, what was said before, and what happened."""
    held = _employer(request, pk)
    context = {
        "employer": held,
        "steps": history.steps_of(held),
        "facts": [*facts_of(held), *clears_told(held)],
        "has_union": held.union and not held.union.closed_on,
        "union_url": _url(request, held.union),
        "township_url": _url(request, held.township),
        "moments": telling.moments_of("unions.employer", str(pk), request.reach),
    }
    return render(request, "unions/employer.html", context)


@forms_door("unions.employer_registered")
def register(request: Request) -> HttpResponse:
    """单位登记: register one employer."""
    county = queries.county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    initial = {name: request.GET.get(name) for name in ("name", "township", "union")}
    form = EmployerForm(_sent(request), county=county, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.register_employer(
                county=county, **form.told(), by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已登记") % {"name": made.name})
            return redirect("unions:employer", made.pk)
    return render(request, "unions/register.html", {"form": form})


@forms_door("unions.employer_corrected")
def correct(request: Request, pk: int) -> HttpResponse:
    """单位信息更正: correct what is said of an employer."""
    held = _employer(request, pk)
    form = CorrectEmployerForm(_sent(request), employer=held)
    if request.method == "POST" and form.is_valid():
        try:
            commands.correct_employer(employer=held, **form.told(), by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            form = CorrectEmployerForm(None, employer=held)
            messages.error(request, refusal.words)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已更正"))
            return redirect("unions:employer", pk)
    return render(request, "unions/correct.html", {"form": form, "employer": held})


@forms_door("unions.clears_kept")
def keep_clears(request: Request, pk: int) -> HttpResponse:
    """四清情况登记: why there is no union and what is planned, or why some are no members and its role."""
    held = _employer(request, pk)
    form = ClearsForm(_sent(request), employer=held)
    if request.method == "POST" and form.is_valid():
        try:
            commands.keep_clears(employer=held, **form.told(), by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            form = ClearsForm(None, employer=held)
            messages.error(request, refusal.words)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记"))
            return redirect("unions:employer", pk)
    return render(request, "unions/clears.html", {"form": form, "employer": held})


@forms_door("unions.employer_organised")
def organise(request: Request, pk: int) -> HttpResponse:
    """单位建会: an employer without a union has one from a day on."""
    held = _employer(request, pk)
    form = OrganiseForm(_sent(request), employer=held)
    if request.method == "POST" and form.is_valid():
        try:
            commands.organise(employer=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已建会") % {"name": held.name})
            return redirect("unions:employer", pk)
    return render(request, "unions/organise.html", {"form": form, "employer": held})


def _union(request: Request, pk: int) -> Union:
    return get_object_or_404(queries.unions_in(request.reach).select_related("parent", "county"), pk=pk)


def _employer(request: Request, pk: int) -> Employer:
    return get_object_or_404(queries.employers_in(request.reach), pk=pk)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _url(request: Request, union: Union | None) -> str:
    """The page of a union, if the request may see it."""
    return reverse("unions:union", args=[union.pk]) if union and queries.may_see(request.reach, union) else ""
