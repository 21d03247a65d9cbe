"""减负意见: said from the page where it was felt, read by the leader."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from henji.accounts.models import User
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.unions.queries import county_worked_in
from henji.web.forms import ComplaintForm
from henji.web.tables import ComplaintFilter, ComplaintTable
from henji.work import commands, queries


@forms_door("work.complained")
def complain(request: Request) -> HttpResponse:
    """嫌麻烦: say what is too much."""
    sent = request.POST if request.method == "POST" else None
    form = ComplaintForm(sent, initial={"page": request.GET.get("page", "")})
    if request.method == "POST" and form.is_valid():
        try:
            _complain(request, form.cleaned_data["text"], form.cleaned_data["page"])
        except Refusal as refusal:
            form.add_error("text", refusal.words)
        else:
            messages.success(request, _("收到了，谢谢。少一件麻烦事，大家都省心"))
            return redirect(form.cleaned_data["page"] or "web:workbench")
    return render(request, "web/complain.html", {"form": form})


def _complain(request: Request, text: str, page: str) -> None:
    county = county_worked_in(request.reach)
    if county is None:
        raise PermissionDenied
    commands.complain(
        county=county,
        user=cast("User", request.user),
        page=page,
        text=text,
        by=request.reach.actor,
        at=clock.now(),
    )


@door("work.see_complaints")
def complaints(request: Request) -> HttpResponse:
    """减负意见: what was said, the latest first."""
    return render_list(
        request,
        table=ComplaintTable,
        filterset=ComplaintFilter,
        queryset=queries.complaints_in(request.reach),
        template="web/complaints.html",
        export_name=_("减负意见"),
    )
