"""Pages of unions and employers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.unions import commands, queries
from henji.unions.forms import EmployerForm, UnionForm
from henji.unions.models import Union
from henji.unions.tables import EmployerFilter, EmployerTable


@door("unions.see")
def tree(request: Request) -> HttpResponse:
    """组织树: county, townships, primary unions."""
    county = queries.county_worked_in(request.reach, request.GET.get("county", ""))
    context = {
        "county": county,
        "counties": queries.counties_in(request.reach),
        "roots": queries.grove_in(request.reach, county) if county else [],
    }
    return render(request, "unions/tree.html", context)


@door("unions.see")
def union(request: Request, pk: int) -> HttpResponse:
    """工会页: the facts, the unions below, the employers, what happened."""
    held = get_object_or_404(queries.unions_in(request.reach).select_related("parent"), pk=pk)
    employers = queries.employers_in(request.reach).filter(queries.around(held))
    context = {
        "union": held,
        "parent_url": _url(request, held.parent),
        "children": queries.children_of(held),
        "employers": employers.count(),
        "organised": employers.organised().count(),
        "moments": telling.moments_of("unions.union", str(pk), request.reach),
    }
    return render(request, "unions/union.html", context)


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
        export_name=_("单位"),
    )


@door("unions.see")
def employer(request: Request, pk: int) -> HttpResponse:
    """单位页: the facts and what happened."""
    held = get_object_or_404(queries.employers_in(request.reach), pk=pk)
    context = {
        "employer": held,
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
                county=county, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%(name)s已登记") % {"name": made.name})
            return redirect("unions:employer", made.pk)
    return render(request, "unions/register.html", {"form": form})


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _url(request: Request, union: Union | None) -> str:
    """The page of a union, if the request may see it."""
    return reverse("unions:union", args=[union.pk]) if union and queries.may_see(request.reach, union) else ""
