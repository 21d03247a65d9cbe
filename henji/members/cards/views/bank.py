"""What goes to the bank, and how far it has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.members.cards import commands, queries, rules
from henji.members.cards.forms import CheckForm, ExportForm
from henji.members.cards.models import Card, CardBatch, State
from henji.members.cards.tables import BatchFilter, BatchTable
from henji.members.cards.views.finding import batch_at, county_of, sent


@forms_door("members.cards_checked")
def check(request: Request) -> HttpResponse:
    """校验组批: look through the applications, and make a batch of those without fault."""
    county = county_of(request)
    form = CheckForm(sent(request), county=county)
    if request.method == "POST" and form.is_valid():
        chosen = queries.applied(request.reach, county.pk, clock.today(), form.cleaned_data["township"])
        try:
            checked = commands.check(
                county=county,
                cards=chosen,
                template=form.cleaned_data["template"],
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _tell_checked(request, checked)
            return redirect(
                reverse("members:card_batch", args=[checked.batch.pk])
                if checked.batch
                else f"{reverse('members:cards')}?doubt=faults"
            )
    return render(request, "members/cards/check.html", {"form": form})


@door("members.see")
def card_batches(request: Request) -> HttpResponse:
    """送行批次."""
    return render_list(
        request,
        table=BatchTable,
        filterset=BatchFilter,
        queryset=queries.batches_in(request.reach),
        template="members/cards/batches.html",
        export_name=_("送行批次"),
    )


@door("members.see")
@never_cache
def card_batch(request: Request, pk: int) -> HttpResponse:
    """一个送行批次: how far its cards are, its file, and what happened."""
    return _batch_page(request, batch_at(request, pk), ExportForm())


@door("members.card_file_exported", "POST")
@never_cache
def card_file(request: Request, pk: int) -> HttpResponseBase:
    """送行文件, after the reason has been written down."""
    batch = batch_at(request, pk)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, batch, form)
    try:
        file = commands.export(
            batch=batch, reason=form.cleaned_data["reason"], by=request.reach.actor, at=clock.now()
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _batch_page(request, batch, form)
    saved_as = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(file.content, content_type=file.media_type, headers={"Content-Disposition": saved_as})


def _batch_page(request: Request, batch: CardBatch, form: ExportForm) -> HttpResponse:
    rows = Card.objects.known().filter(batch=batch)
    context = {
        "batch": batch,
        "template": rules.template_name(batch.template),
        "states": [
            {"code": code, "label": State(code).label, "number": number}
            for code, number in queries.states(rows).items()
        ],
        "form": form,
        "moments": telling.moments_of("members.cardbatch", str(batch.pk), request.reach),
    }
    return render(request, "members/cards/batch.html", context)


def _tell_checked(request: Request, checked: commands.Checked) -> None:
    if checked.batch:
        messages.success(request, _("校验通过 %(n)s 人，已组成一批") % {"n": checked.passed})
    if checked.failed:
        messages.warning(request, _("%(n)s 人有疑问，留在待校验里") % {"n": checked.failed})
