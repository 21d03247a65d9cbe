"""Pages of gifts: all of them, and one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import telling
from henji.evidence.exporting import personal_list
from henji.lib import clock
from henji.lib.actors import Actor
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.members import queries as members
from henji.members.models import Person
from henji.mutual_aid import commands, grounds, queries, rules
from henji.mutual_aid.forms import CorrectDonationForm, DonationForm, DonorForm
from henji.mutual_aid.models import Donation, DonationQuerySet, Giver
from henji.mutual_aid.tables import DonationFilter, DonationTable, DonorFilter, DonorTable
from henji.mutual_aid.views.looking import county_of, current, latest, person_given, sent
from henji.mutual_aid.views.putting_right import Thing, correct, put_right, withdraw

#: Beside which field a refusal stands; the others stand above the form.
_BESIDE: dict[type[Refusal], str] = {
    rules.BadAmount: "amount_yuan",
    rules.NotYetHappened: "given_on",
    rules.AlreadyGiven: "receipt",
    rules.GiverMissing: "identity",
    rules.NoSuchMember: "identity",
    rules.NoReason: "reason",
}


@forms_door("mutual_aid.see")
def donation_list(request: Request) -> HttpResponseBase:
    """捐款: all gifts, or the very ones that a rate counted."""
    ask = grounds.asked(request.GET, request.reach, today=clock.today())
    if ask.period:
        drives = queries.drives_serving(ask.counties, ask.period, ask.known_at)
        rows = queries.donations_to([drive.drive_id for drive in drives], ask.as_of, ask.known_at)
    else:
        rows = Donation.objects.known().filter(county__in=ask.counties)
    rows = rows.within(request.reach)
    return personal_list(
        request,
        table=DonationTable,
        filterset=DonationFilter,
        queryset=queries.with_names(rows.select_related("employer", "drive")),
        template="mutual_aid/donation_list.html",
        context={"ask": ask},
        export_name=gettext_lazy("捐款名册"),
        sum_of="amount_yuan",
    )


@forms_door("mutual_aid.see")
def donor_list(request: Request) -> HttpResponseBase:
    """参加会员: the members whom the rate of participation counted, each once; unasked, the latest year's.

    Where the address names a drive, all members who gave to it.
    """
    ask = grounds.asked(request.GET, request.reach, today=clock.today())
    drive = queries.drives_of(request.reach.counties).filter(pk=ask.drive).first() if ask.drive else None
    context: dict[str, object]
    if drive:
        context = {"drive": drive}
        rows = queries.donors_to(drive, request.reach)
    else:
        period = ask.period or _latest_year(ask)
        drives = list(queries.drives_collecting(ask.counties, period, ask.known_at))
        context = {"ask": ask, "year": period.start.year}
        rows = queries.donors_counted_in(request.reach, drives, ask.as_of, ask.known_at, union=ask.union)
    return personal_list(
        request,
        table=DonorTable,
        filterset=DonorFilter,
        queryset=rows,
        template="mutual_aid/donor_list.html",
        context=context,
        export_name=gettext_lazy("参加捐款的会员"),
    )


def _latest_year(ask: grounds.Asked) -> Period:
    latest = queries.drives_of(ask.counties).first()
    return Period.year((latest.collects_to if latest else ask.as_of).year)


@forms_door("mutual_aid.donation_recorded")
def record_donation(request: Request) -> HttpResponse:
    """登记一笔捐款."""
    county = county_of(request)
    form = DonationForm(sent(request), county=county.pk)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        number = values.pop("identity")
        try:
            person = person_given(county.pk, number) if number else None
            donation = commands.record_donation(
                **values, person=person, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("捐款已登记"))
            return redirect("mutual_aid:donation", line=donation.line)
    return render(request, "mutual_aid/record_donation.html", {"form": form})


@door("mutual_aid.see")
def donation_page(request: Request, line: UUID) -> HttpResponse:
    """捐款页: the gift, its giver, and all that was ever believed of it."""
    gift = latest(_line(request, line))
    names = members.names_of([gift.person_id] if gift.person_id else [])
    context = {
        "gift": gift,
        "name": names.get(gift.person_id, "") if gift.person_id else "",
        "unknown": gift.giver == Giver.UNKNOWN,
        "moments": telling.moments_of("mutual_aid.gift", str(line), request.reach),
    }
    return render(request, "mutual_aid/donation.html", context)


@door("mutual_aid.see")
def donation_version(request: Request, pk: int) -> HttpResponse:
    """版本: leads to the page of the gift of which the row is a version."""
    version = get_object_or_404(Donation.objects.within(request.reach), pk=pk)
    return redirect("mutual_aid:donation", line=version.line)


@forms_door("mutual_aid.donation_corrected")
def correct_donation(request: Request, line: UUID) -> HttpResponse:
    """更正捐款."""

    def do(gift: Donation, **told: Any) -> None:
        commands.correct_donation(donation=gift, **told)

    return correct(request, _gift(request, line), CorrectDonationForm, do, _("更正捐款"))


@forms_door("mutual_aid.donation_withdrawn")
def withdraw_donation(request: Request, line: UUID) -> HttpResponse:
    """作废捐款登记."""

    def do(gift: Donation, **told: Any) -> None:
        commands.withdraw_donation(donation=gift, **told)

    return withdraw(request, _gift(request, line), do, _("作废捐款登记"))


@forms_door("mutual_aid.donor_named")
def name_donor(request: Request, line: UUID) -> HttpResponse:
    """确认捐款人."""
    thing = _gift(request, line)

    def form_of(typed: QueryDict | None) -> DonorForm:
        gift: Donation = current(thing.line)
        candidates = queries.candidates_for(gift)
        return DonorForm(typed, initial={"version": gift.pk}, candidates=candidates)

    def do(gift: Donation, *, by: Actor, at: datetime, **told: Any) -> None:
        commands.name_donor(donation=gift, person=_chosen(gift, told), by=by, at=at)

    said = {"done": _("已确认捐款人")}
    return put_right(request, thing, form_of, do, said=said, template="mutual_aid/name_donor.html")


def _chosen(gift: Donation, values: dict[str, Any]) -> Person | None:
    """Whom the form names, None for nobody who is a member. Raises GiverMissing, NoSuchMember."""
    if values["identity"]:
        return person_given(gift.county_id, values["identity"])
    if not values["person"]:
        raise rules.GiverMissing(_("请选择一项，或填写身份证号"))
    if values["person"] == DonorForm.NOT_A_MEMBER:
        return None
    return get_object_or_404(Person, pk=values["person"], county=gift.county_id)


def _gift(request: Request, line: UUID) -> Thing:
    return Thing(_line(request, line), reverse("mutual_aid:donation", args=[line]), _BESIDE)


def _line(request: Request, line: UUID) -> DonationQuerySet:
    """All versions of a gift, if any of them lies within reach."""
    rows = Donation.objects.within(request.reach).line_of(line)
    return rows.select_related("drive", "employer", "county")
