"""What goes to the bank, and how far it has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.mutual_aid.cases import commands, queries
from henji.mutual_aid.cases.forms import BatchForm, CancelForm
from henji.mutual_aid.cases.models import PaymentBatch
from henji.mutual_aid.cases.tables import BatchTable
from henji.mutual_aid.cases.views.finding import county_of, one_of, sent, signed


@door("mutual_aid.see_cases")
def payment_batches(request: Request) -> HttpResponse:
    """支付批次."""
    return render_list(
        request,
        table=BatchTable,
        queryset=queries.batches_in(request.reach),
        template="mutual_aid/cases/batches.html",
        export_name=_("救助金支付批次"),
    )


@forms_door("mutual_aid.payment_batch_formed")
@never_cache
def form_batch(request: Request) -> HttpResponse:
    """组批: choose what is paid together."""
    county = county_of(request)
    rows = list(queries.payable(request.reach, county.pk))
    form = BatchForm(sent(request), rows=rows)
    if request.method == "POST" and form.is_valid():
        template = form.cleaned_data["template"]
        try:
            batch = commands.form_batch(
                county=county, cases=form.chosen, template=template, **signed(request)
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已组成一批，核对后送银行"))
            return redirect("mutual_aid:payment_batch", pk=batch.pk)
    context = {"form": form, "rows": rows, "title": _("组批支付")}
    return render(request, "mutual_aid/cases/choose.html", context | {"submit": _("组成一批")})


@door("mutual_aid.see_cases")
@never_cache
def payment_batch(request: Request, pk: int) -> HttpResponse:
    """一个支付批次: how far its payments are, and its file."""
    return _batch_page(request, one_of(queries.batches_in(request.reach), pk))


@door("mutual_aid.payment_batch_sent", "POST")
@never_cache
def payment_file(request: Request, pk: int) -> HttpResponseBase:
    """付款文件: to be had once."""
    batch = one_of(queries.batches_in(request.reach), pk)
    try:
        file = commands.send_batch(batch=batch, **signed(request))
    except Refusal as refusal:
        return _batch_page(request, batch, refused=refusal.words)
    saved_as = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(file.content, content_type=file.media_type, headers={"Content-Disposition": saved_as})


@forms_door("mutual_aid.payment_batch_cancelled")
@never_cache
def cancel_batch(request: Request, pk: int) -> HttpResponse:
    """撤批."""
    batch = one_of(queries.batches_in(request.reach), pk)
    form = CancelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.cancel_batch(batch=batch, words=form.cleaned_data["words"], **signed(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已撤批，还没付的可以重新组批"))
            return redirect("mutual_aid:payment_batch", pk=pk)
    return render(request, "mutual_aid/cases/cancel.html", {"batch": batch, "form": form})


def _batch_page(request: Request, batch: PaymentBatch, refused: str = "") -> HttpResponse:
    orders = queries.orders_in(batch)
    context = {
        "batch": batch,
        "orders": orders,
        "total": sum(order.amount_yuan for order in orders),
        "waits": any(order.state == "waiting" for order in orders),
        "refused": refused,
        "moments": telling.moments_of("mutual_aid.paymentbatch", str(batch.pk), request.reach),
    }
    return render(request, "mutual_aid/cases/batch.html", context)
