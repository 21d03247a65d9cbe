"""Pages of aid paid out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import telling
from henji.evidence.exporting import personal_list
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.members import queries as members
from henji.mutual_aid import commands, grounds, queries, rules
from henji.mutual_aid.forms import AidForm, CorrectAidForm
from henji.mutual_aid.models import AidPayment, AidPaymentQuerySet
from henji.mutual_aid.tables import AidFilter, AidTable
from henji.mutual_aid.views.looking import county_of, latest, person_given, sent
from henji.mutual_aid.views.putting_right import Thing, correct, withdraw

#: Beside which field a refusal stands; the others stand above the form.
_BESIDE: dict[type[Refusal], str] = {
    rules.BadAmount: "paid_yuan",
    rules.NotYetHappened: "paid_on",
    rules.NoVoucher: "voucher",
    rules.VoucherTaken: "voucher",
    rules.NoReason: "reason",
    rules.NoSuchMember: "identity",
}


@forms_door("mutual_aid.see")
def aid_list(request: Request) -> HttpResponseBase:
    """救助金支付: all payments, or the very ones that a rate counted."""
    ask = grounds.asked(request.GET, request.reach, today=clock.today())
    if ask.period:
        rows = queries.aid_paid(ask.counties, ask.period, ask.as_of, ask.known_at)
    else:
        rows = AidPayment.objects.known().filter(county__in=ask.counties)
    rows = rows.within(request.reach)
    return personal_list(
        request,
        table=AidTable,
        filterset=AidFilter,
        queryset=queries.with_names(rows),
        template="mutual_aid/aid_list.html",
        context={"ask": ask},
        export_name=gettext_lazy("救助金支付"),
        sum_of="paid_yuan",
    )


@forms_door("mutual_aid.aid_paid")
def pay_aid(request: Request) -> HttpResponse:
    """登记一笔救助金支付."""
    county = county_of(request)
    form = AidForm(sent(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            person = person_given(county.pk, values.pop("identity"))
            payment = commands.pay_aid(
                county=county, person=person, **values, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("支付已登记"))
            return redirect("mutual_aid:payment", line=payment.line)
    return render(request, "mutual_aid/pay_aid.html", {"form": form})


@door("mutual_aid.see")
def payment_page(request: Request, line: UUID) -> HttpResponse:
    """支付页: the payment, and all that was ever believed of it."""
    payment = latest(_line(request, line))
    context = {
        "payment": payment,
        "name": members.names_of([payment.person_id]).get(payment.person_id, ""),
        "moments": telling.moments_of("mutual_aid.aid", str(line), request.reach),
    }
    return render(request, "mutual_aid/payment.html", context)


@door("mutual_aid.see")
def payment_version(request: Request, pk: int) -> HttpResponse:
    """版本: leads to the page of the payment of which the row is a version."""
    version = get_object_or_404(AidPayment.objects.within(request.reach), pk=pk)
    return redirect("mutual_aid:payment", line=version.line)


@forms_door("mutual_aid.aid_corrected")
def correct_aid(request: Request, line: UUID) -> HttpResponse:
    """更正救助金支付."""

    def do(payment: AidPayment, **told: Any) -> None:
        commands.correct_aid(payment=payment, **told)

    return correct(request, _thing(request, line), CorrectAidForm, do, _("更正救助金支付"))


@forms_door("mutual_aid.aid_withdrawn")
def withdraw_aid(request: Request, line: UUID) -> HttpResponse:
    """作废救助金支付登记."""

    def do(payment: AidPayment, **told: Any) -> None:
        commands.withdraw_aid(payment=payment, **told)

    return withdraw(request, _thing(request, line), do, _("作废救助金支付登记"))


def _thing(request: Request, line: UUID) -> Thing:
    return Thing(_line(request, line), reverse("mutual_aid:payment", args=[line]), _BESIDE)


def _line(request: Request, line: UUID) -> AidPaymentQuerySet:
    return AidPayment.objects.within(request.reach).line_of(line).select_related("county")
