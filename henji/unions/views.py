"""Pages of unions and employers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

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

#: A form upon what is held now, which tells what was filled in.
Kept = TypeVar("Kept", CorrectEmployerForm, ClearsForm, RecordForm)


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
    return _kept(
        request,
        lambda sent: RecordForm(sent, union=_union(request, pk)),
        partial(commands.keep_record, union=held),
        _Page("unions/record.html", {"union": held}, _("已登记"), reverse("unions:union", args=[pk])),
    )


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
    return _kept(
        request,
        lambda sent: CorrectEmployerForm(sent, employer=_employer(request, pk)),
        partial(commands.correct_employer, employer=held),
        _Page("unions/correct.html", {"employer": held}, _("已更正"), reverse("unions:employer", args=[pk])),
    )


@forms_door("unions.clears_kept")
def keep_clears(request: Request, pk: int) -> HttpResponse:
    """四清情况登记: why there is no union and what is planned, or why some are no members and its role."""
    held = _employer(request, pk)
    return _kept(
        request,
        lambda sent: ClearsForm(sent, employer=_employer(request, pk)),
        partial(commands.keep_clears, employer=held),
        _Page("unions/clears.html", {"employer": held}, _("已登记"), reverse("unions:employer", args=[pk])),
    )


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


@dataclass(frozen=True, slots=True)
class _Page:
    """A form's page: what it shows besides, and what is said, and where, once the deed is done."""

    template: str
    context: Mapping[str, object]
    done: str
    back: str


def _kept(
    request: Request, form_of: Callable[[QueryDict | None], Kept], do: Callable[..., object], page: _Page
) -> HttpResponse:
    """Do the deed with what the form tells; whoever comes too late keeps what they typed."""
    form = form_of(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.told(), by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            form = form.rebased(form_of(None), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    return render(request, page.template, {"form": form, **page.context})


def _union(request: Request, pk: int) -> Union:
    return get_object_or_404(queries.unions_in(request.reach).select_related("parent", "county"), pk=pk)


def _employer(request: Request, pk: int) -> Employer:
    return get_object_or_404(queries.employers_in(request.reach), pk=pk)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _url(request: Request, union: Union | None) -> str:
    """The page of a union, if the request may see it."""
    return reverse("unions:union", args=[union.pk]) if union and queries.may_see(request.reach, union) else ""
