"""One card: where it stands, and each step in its life."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members.cards import commands, consents, queries, rules
from henji.members.cards.forms import CardForm, DayForm, WordsForm
from henji.members.cards.models import GOOD, Card, State
from henji.members.cards.tables import LOOKS
from henji.members.cards.views.finding import card_at, sent
from henji.members.deeds import Deed

Do = Callable[..., Any]

#: What may be done with one card: the deed, its page, and what the button says.
_STEPS = (
    (Deed.CARDS_HANDED_OUT, "members:hand_out_card", gettext_lazy("发放")),
    (Deed.CARDS_ACTIVATED, "members:activate_card", gettext_lazy("激活")),
    (Deed.CARD_REAPPLIED, "members:reapply_card", gettext_lazy("重新申领")),
    (Deed.CARD_LOST, "members:lose_card", gettext_lazy("挂失")),
    (Deed.CARD_FOUND, "members:find_card", gettext_lazy("解除挂失")),
    (Deed.CARD_REPLACED, "members:replace_card", gettext_lazy("补卡")),
    (Deed.CARD_HAND_OUT_WITHDRAWN, "members:withdraw_hand_out", gettext_lazy("撤回发放")),
    (Deed.CARD_CLOSED, "members:close_card", gettext_lazy("注销")),
)


@door("members.see")
@never_cache
def card(request: Request, line: UUID) -> HttpResponse:
    """一张会员卡: where it stands, what may be done with it, what happened."""
    held = card_at(request, line)
    context = {
        "card": held,
        "look": LOOKS.get(State(held.state), "none"),
        "name": queries.name_of(held),
        "number": queries.masked_number(held),
        "faults": rules.faults_in_words(held.faults),
        "text": consents.texts().get(held.consent),
        "steps": [
            (url_name, word)
            for deed, url_name, word in _STEPS
            if request.reach.may(deed) and rules.may_follow(deed, held.state)
        ],
        "is_out": held.state in GOOD,
        "may_withdraw": not held.withdrawn_on
        and not held.has_ended
        and request.reach.may(Deed.CARD_CONSENT_ENDED),
        "others": queries.others_of(held),
        "moments": telling.moments_of("members.card", str(line), request.reach),
    }
    return render(request, "members/cards/card.html", context)


@door("members.revealed", "POST")
@never_cache
def reveal_card(request: Request, line: UUID) -> HttpResponse:
    """查看完整卡号, as plain text, after the reason has been written down."""
    plain = "text/plain; charset=utf-8"
    try:
        told = commands.reveal_number(
            card=card_at(request, line),
            reason=request.POST.get("reason", ""),
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return HttpResponse(refusal.words, status=400, content_type=plain)
    return HttpResponse(told, content_type=plain)


@forms_door("members.cards_handed_out")
def hand_out_card(request: Request, line: UUID) -> HttpResponse:
    """单张发放."""
    held = card_at(request, line)
    do = _signed(request, commands.hand_out, county=held.county, cards=[held])
    return _step(request, held, DayForm, _("发放"), do)


@forms_door("members.card_hand_out_withdrawn")
def withdraw_hand_out(request: Request, line: UUID) -> HttpResponse:
    """撤回发放: ticked off by mistake."""
    held = card_at(request, line)
    do = _signed(request, commands.withdraw_hand_out, card=held)
    return _step(request, held, WordsForm, _("撤回发放"), do)


@forms_door("members.cards_activated")
def activate_card(request: Request, line: UUID) -> HttpResponse:
    """激活."""
    held = card_at(request, line)
    do = _signed(request, commands.activate, county=held.county, cards=[held])
    return _step(request, held, DayForm, _("激活"), do)


@forms_door("members.card_reapplied")
def reapply_card(request: Request, line: UUID) -> HttpResponse:
    """重新申领: what the bank refused has been put right."""
    held = card_at(request, line)
    do = _signed(request, commands.reapply, county=held.county, cards=[held])
    return _step(request, held, DayForm, _("重新申领"), do)


@forms_door("members.card_lost")
def lose_card(request: Request, line: UUID) -> HttpResponse:
    """挂失."""
    held = card_at(request, line)
    return _step(request, held, DayForm, _("挂失"), _signed(request, commands.lose, card=held))


@forms_door("members.card_found")
def find_card(request: Request, line: UUID) -> HttpResponse:
    """解除挂失."""
    held = card_at(request, line)
    return _step(request, held, DayForm, _("解除挂失"), _signed(request, commands.find, card=held))


@forms_door("members.card_replaced")
def replace_card(request: Request, line: UUID) -> HttpResponse:
    """补卡."""
    held = card_at(request, line)
    return _step(request, held, DayForm, _("补卡"), _signed(request, commands.replace, card=held))


@forms_door("members.card_closed")
def close_card(request: Request, line: UUID) -> HttpResponse:
    """注销."""
    held = card_at(request, line)
    return _step(request, held, WordsForm, _("注销"), _signed(request, commands.close, card=held))


@forms_door("members.card_consent_ended")
def withdraw_card(request: Request, line: UUID) -> HttpResponse:
    """撤回办卡同意."""
    held = card_at(request, line)
    do = _signed(request, commands.withdraw_consent, card=held)
    return _step(request, held, DayForm, _("撤回同意"), do)


def _signed(request: Request, command: Do, **about: object) -> Do:
    """The command about something, to be told the rest; signed by whoever asks, now."""
    return lambda **told: command(**about, **told, by=request.reach.actor, at=clock.now())


def _step(request: Request, held: Card, form_class: type[CardForm], word: str, do: Do) -> HttpResponse:
    form = form_class(sent(request), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记：%(word)s") % {"word": word})
            return redirect("members:card_of", held.person_id)
    context = {"card": held, "name": queries.name_of(held), "form": form, "word": word}
    return render(request, "members/cards/step.html", context)
