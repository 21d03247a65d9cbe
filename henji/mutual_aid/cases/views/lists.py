"""The list of applications, and applying."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence.exporting import personal_list
from henji.lib import clock
from henji.lib.doors import Request, forms_door
from henji.lib.refusals import Refusal
from henji.members.models import Person
from henji.mutual_aid import queries as fund
from henji.mutual_aid import rules as fund_rules
from henji.mutual_aid.cases import commands, proposing, queries
from henji.mutual_aid.cases.forms import ClaimForm
from henji.mutual_aid.cases.tables import CaseFilter, CaseTable
from henji.mutual_aid.cases.views.finding import case_at, county_of, seen, sent, signed


@forms_door("mutual_aid.see_cases")
def cases(request: Request) -> HttpResponseBase:
    """救助申请."""
    response = personal_list(
        request,
        table=CaseTable,
        filterset=CaseFilter,
        queryset=queries.cases_in(request.reach),
        template="mutual_aid/cases/list.html",
        export_name=gettext_lazy("救助申请"),
    )
    if request.GET.get("q"):
        response["HX-Push-Url"] = "false"  # who was looked for is not to stay in the browser's history
    return response


@forms_door("mutual_aid.case_applied")
@never_cache
def apply_aid(request: Request) -> HttpResponse:
    """登记救助申请: three screens of a phone, then the papers."""
    county = county_of(request)
    categories = proposing.categories(county, clock.today())
    form = ClaimForm(sent(request), categories=categories, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            person = _applicant(request, county.pk, form.cleaned_data["applicant"])
            case = commands.apply(
                county=county, person=person, claim=form.claim, on=form.cleaned_data["on"], **signed(request)
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("申请 %(number)s 已登记，请接着交材料") % {"number": case.case.number}
            )
            return redirect("mutual_aid:case_papers", key=case.case_id)
    context = {"form": form, "title": _("登记救助申请"), "submit": _("登记申请"), "categories": categories}
    return render(request, "mutual_aid/cases/apply.html", context)


@forms_door("mutual_aid.case_supplemented")
@never_cache
def supplement_case(request: Request, key: UUID) -> HttpResponse:
    """补正: what was sent back is put right."""
    case = case_at(request, key)
    claim = queries.claim_of(case)
    told = {name: getattr(claim, name) for name in claim.__slots__}
    initial = {**told, "version": case.pk, "on": clock.today()}
    categories = proposing.categories(case.county, case.event_on)
    form = ClaimForm(sent(request), categories=categories, initial=initial)
    if request.method == "POST" and form.is_valid():
        held, on = seen(request, case, form), form.cleaned_data["on"]
        try:
            commands.supplement(case=held, claim=form.claim, on=on, **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已补正，重新进入审核"))
            return redirect("mutual_aid:case", key=key)
    context = {"form": form, "title": _("补正救助申请"), "submit": _("交回审核"), "case": case}
    context["returned"] = queries.opened(case).get("returned", "")
    return render(request, "mutual_aid/cases/apply.html", context | {"categories": categories})


def _applicant(request: Request, county: int, number: str) -> Person:
    """The member with the number, as far as whoever asks may see; raises NoSuchMember."""
    person = fund.member_numbered(county, number)
    held = person and Person.objects.within(request.reach).filter(pk=person.pk).exists()
    return fund_rules.must_be_a_member(person if held else None)
