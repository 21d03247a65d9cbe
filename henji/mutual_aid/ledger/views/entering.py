"""Pages on which the books are written: a voucher by hand, its taking back, a closing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from henji.lib import clock, tags
from henji.lib.doors import Request, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.mutual_aid import rules as money_rules
from henji.mutual_aid.ledger import commands, queries, rules
from henji.mutual_aid.ledger.forms import CloseForm, ReverseForm, VoucherForm
from henji.mutual_aid.ledger.views.looking import county_of, sent

#: Beside which field a refusal stands; the others stand above the form.
_BESIDE: dict[type[Refusal], str] = {
    money_rules.BadAmount: "amount_yuan",
    money_rules.NotYetHappened: "on",
    money_rules.NoReason: "reason",
    rules.PeriodClosed: "on",
    rules.UnitMissing: "employer",
    rules.NotOverpaid: "amount_yuan",
    rules.NotClosable: "closed_to",
}


@forms_door("mutual_aid.voucher_entered")
def enter_voucher(request: Request) -> HttpResponse:
    """记一张凭证."""
    county = county_of(request)
    told = {name: request.GET[name] for name in VoucherForm.base_fields if name in request.GET}
    form = VoucherForm(sent(request), county=county.pk, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            voucher = commands.enter_voucher(
                county=county, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("已记账：凭证 %(label)s") % {"label": voucher.label})
            return redirect("mutual_aid:voucher", pk=voucher.pk)
    return render(request, "mutual_aid/ledger/enter.html", {"form": form})


@forms_door("mutual_aid.voucher_reversed")
def reverse_voucher(request: Request, pk: int) -> HttpResponse:
    """冲销一张凭证."""
    voucher = get_object_or_404(queries.vouchers_within(request.reach), pk=pk)
    form = ReverseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            red = commands.reverse_voucher(
                voucher=voucher, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("已冲销：凭证 %(label)s") % {"label": red.label})
            return redirect("mutual_aid:voucher", pk=red.pk)
    return render(request, "mutual_aid/ledger/reverse.html", {"form": form, "voucher": voucher})


@forms_door("mutual_aid.books_closed")
def close_books(request: Request) -> HttpResponse:
    """结账."""
    county = county_of(request)
    offered = rules.closable(county, today=clock.today())
    form = CloseForm(sent(request), days=offered.days if offered else ())
    if request.method == "POST" and form.is_valid():
        try:
            closing = commands.close_books(
                county=county, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("已结账至 %(day)s") % {"day": tags.day(closing.closed_to)})
            return redirect("mutual_aid:books")
    context = {"form": form, "offered": offered, "closed_to": rules.closed_to(county)}
    return render(request, "mutual_aid/ledger/close.html", context)
