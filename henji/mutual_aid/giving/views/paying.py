"""Pages of what employers paid in, and of receipts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.forms import refuse
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid import rules as room
from henji.mutual_aid.giving import commands, queries, rules
from henji.mutual_aid.giving.capitals import capitals
from henji.mutual_aid.giving.forms import ReasonForm, SlipForm
from henji.mutual_aid.giving.models import Receipt, Slip
from henji.mutual_aid.giving.tables import ReceiptFilter, ReceiptTable
from henji.mutual_aid.giving.views.rolls import roll_at
from henji.mutual_aid.views.looking import sent

_BESIDE: dict[type[Refusal], str] = {
    room.BadAmount: "paid_yuan",
    room.NotYetHappened: "paid_on",
    rules.NoNumber: "number",
    rules.SlipTaken: "number",
    room.NoReason: "reason",
}


@forms_door("mutual_aid.slip_recorded")
def record_slip(request: Request, pk: int) -> HttpResponse:
    """登记缴款: the bank's slip beside what the list says."""
    roll = roll_at(request, pk)
    balance = queries.balance_of(roll)
    initial = {"paid_yuan": f"{balance.owing_yuan:f}" if balance.owing_yuan > 0 else None}
    form = SlipForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            commands.record_slip(roll=roll, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            left = queries.balance_of(roll).owing_yuan
            words = rules.difference_in_words(left)
            messages.success(request, _("缴款已登记：%(words)s") % {"words": words})
            return redirect("mutual_aid:roll", pk=roll.pk)
    context = {"roll": roll, "form": form, "balance": balance}
    return render(request, "mutual_aid/rolls/slip.html", context)


@forms_door("mutual_aid.slip_withdrawn")
def withdraw_slip(request: Request, line: UUID) -> HttpResponse:
    """作废缴款登记."""
    slip = _slip_at(request, line)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.withdraw_slip(slip=slip, reason=reason, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("已作废，记录仍可查看"))
            return redirect("mutual_aid:roll", pk=slip.roll_id)
    return render(request, "mutual_aid/rolls/withdraw_slip.html", {"slip": slip, "form": form})


@door("mutual_aid.receipt_issued", "POST")
def issue_receipt(request: Request, line: UUID) -> HttpResponse:
    """开收据 for what a slip says."""
    slip = _slip_at(request, line)
    try:
        receipt = commands.issue_receipt(slip=slip, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect("mutual_aid:roll", pk=slip.roll_id)
    messages.success(request, _("已开收据 %(name)s") % {"name": receipt.name})
    return redirect("mutual_aid:receipt", pk=receipt.pk)


@door("mutual_aid.see")
def receipt_list(request: Request) -> HttpResponse:
    """收据: all of them, the cancelled ones too."""
    return render_list(
        request,
        table=ReceiptTable,
        filterset=ReceiptFilter,
        queryset=queries.receipts_in(request.reach),
        template="mutual_aid/rolls/receipts.html",
        export_name=_("收据登记簿"),
        sum_of="amount_yuan",
    )


@door("mutual_aid.see")
def receipt_page(request: Request, pk: int) -> HttpResponse:
    """一张收据, as it is printed."""
    receipt = _receipt_at(request, pk)
    context = {"receipt": receipt, "capitals": capitals(receipt.amount_yuan)}
    return render(request, "mutual_aid/rolls/receipt.html", context)


@forms_door("mutual_aid.receipt_cancelled")
def cancel_receipt(request: Request, pk: int) -> HttpResponse:
    """作废收据: it keeps its number."""
    receipt = _receipt_at(request, pk)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.cancel_receipt(receipt=receipt, reason=reason, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal, _BESIDE.get(type(refusal)))
        else:
            messages.success(request, _("收据 %(name)s 已作废，号码保留") % {"name": receipt.name})
            return redirect("mutual_aid:receipt", pk=receipt.pk)
    return render(request, "mutual_aid/rolls/cancel.html", {"receipt": receipt, "form": form})


def _slip_at(request: Request, line: UUID) -> Slip:
    held = (
        Slip.objects.known().within(request.reach).select_related("roll__employer", "roll__drive", "county")
    )
    return get_object_or_404(held, line=line)


def _receipt_at(request: Request, pk: int) -> Receipt:
    held = Receipt.objects.within(request.reach)
    rows = held.select_related("slip__roll__drive", "cancellation__made_by__words", "county", "made_by")
    return get_object_or_404(rows, pk=pk)
