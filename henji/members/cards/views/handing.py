"""Handing cards out, employer by employer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members.cards import commands, queries
from henji.members.cards.forms import DayForm
from henji.members.cards.views.finding import sent
from henji.unions.models import Employer


@door("members.see")
def cards_waiting(request: Request) -> HttpResponse:
    """待发放: the employers for whose members cards wait."""
    held = queries.waiting(request.reach, clock.today())
    return render(request, "members/cards/waiting.html", {"waiting": held})


@forms_door("members.cards_handed_out")
@never_cache
def slips(request: Request, pk: int) -> HttpResponse:
    """签领表 of an employer: to be printed and signed, and then ticked off."""
    employer = get_object_or_404(Employer.objects.within(request.reach).select_related("county"), pk=pk)
    held = queries.slips(request.reach, employer, clock.today())
    form = DayForm(sent(request))
    ticked = set(request.POST.getlist("card"))
    if request.method == "POST" and form.is_valid():
        chosen = [slip.card for slip in held if str(slip.card.line) in ticked]
        try:
            commands.hand_out(
                county=employer.county,
                cards=chosen,
                on=form.cleaned_data["on"],
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记发放 %(n)s 张") % {"n": len(chosen)})
            return redirect("members:cards_waiting")
    context = {
        "employer": employer,
        "slips": held,
        "form": form,
        "ticked": ticked if request.method == "POST" else {str(slip.card.line) for slip in held},
        "today": clock.today(),
    }
    return render(request, "members/cards/slips.html", context)
