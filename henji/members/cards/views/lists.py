"""The list of cards, and applying for them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence.exporting import personal_list
from henji.lib import clock, ids
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members.cards import commands, consents, queries
from henji.members.cards.forms import ApplyForm
from henji.members.cards.tables import DOUBTS, CardFilter, CardTable
from henji.members.cards.views.finding import county_of, sent
from henji.members.models import Person
from henji.unions import queries as unions


@forms_door("members.see")
def cards(request: Request) -> HttpResponseBase:
    """会员卡名单."""
    county = county_of(request)
    asked = queries.doubts(request.reach, county.pk, clock.today())
    response = personal_list(
        request,
        table=CardTable,
        filterset=CardFilter,
        queryset=queries.cards_in(request.reach).none(),
        template="members/cards/list.html",
        context={
            "doubts": [(code, label, asked[code]) for code, label in DOUBTS if code in asked],
            "whole_county": request.reach.whole_county,
        },
        export_name=gettext_lazy("会员卡名单"),
    )
    if any(map(str.isdigit, request.GET.get("q", ""))):
        # Part of a number: it is not to stay in the browser's history.
        response["HX-Push-Url"] = "false"
    return response


@forms_door("members.cards_applied")
@never_cache
def apply(request: Request) -> HttpResponse:
    """会员卡申领: the members of an employer who have no card yet, ticked off against what they signed."""
    county = county_of(request)
    employers = unions.employers_in(request.reach).filter(county=county).at_work()
    asked = ids.named(request.GET.get("employer", ""))
    employer = get_object_or_404(employers, pk=asked) if asked is not None else None
    people = list(queries.eligible(request.reach, county.pk, clock.today(), employer)) if employer else []
    form = ApplyForm(sent(request))
    ticked = set(request.POST.getlist("person"))
    if request.method == "POST" and form.is_valid():
        chosen = [row.person_id for row in people if str(row.person_id) in ticked]
        try:
            made = commands.apply(
                county=county,
                persons=chosen,
                consent=form.cleaned_data["consent"],
                consented_on=form.cleaned_data["on"],
                by=request.reach.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记 %(n)s 人申领会员卡") % {"n": len(made)})
            return redirect("members:cards")
    context = {
        "form": form,
        "employers": employers,
        "employer": employer,
        "people": people,
        "ticked": ticked if request.method == "POST" else {str(row.person_id) for row in people},
        "text": consents.text_on(clock.today()),
    }
    return render(request, "members/cards/apply.html", context)


@door("members.see")
def card_of(request: Request, key: UUID) -> HttpResponse:
    """一人的卡: to the card that somebody carries or had last; to the application where there is none."""
    person = get_object_or_404(Person.objects.within(request.reach), pk=key)
    held = queries.last_cards([person.pk], person.county_id).get(person.pk)
    if held:
        return redirect("members:card", held.line)
    messages.info(request, _("这名会员还没有申领会员卡"))
    return redirect("members:person", key)
