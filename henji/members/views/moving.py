"""Pages on which a membership ends, goes on in another standing, begins again or is released."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence.versions import Outdated
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members import commands, history, queries
from henji.members.forms import (
    ExpelForm,
    LeaveForm,
    RejoinForm,
    ReleaseForm,
    StandingForm,
    TurnForm,
    WithdrawTurnForm,
)
from henji.members.models import Person, Turn
from henji.members.queries import transfers
from henji.members.queries.mergers import current
from henji.members.queries.moving import turns_of
from henji.members.views.again import asked_again
from henji.unions.queries import may_see

#: Does the deed with what the form says, and gives the address to go to.
Deed = Callable[[Person, dict[str, Any]], None]


@door("members.see")
@never_cache
def moves(request: Request, key: UUID) -> HttpResponse:
    """会籍变动: what can be done with the membership, and the transfers so far."""
    card = _card(request, key)
    context = {
        "card": card,
        "turns": turns_of(card),
        "waiting": transfers.open_transfer(card.person),
        "form": WithdrawTurnForm(initial={"seen": card.latest.pk}),
        "transfers": transfers.transfers_of(card.person, request.reach),
    }
    return render(request, "members/moves.html", context)


@forms_door("members.left")
@never_cache
def leave(request: Request, key: UUID) -> HttpResponse:
    """退会."""
    return _ended(request, key, Turn.LEFT, LeaveForm)


@forms_door("members.expelled")
@never_cache
def expel(request: Request, key: UUID) -> HttpResponse:
    """除名."""
    return _ended(request, key, Turn.EXPELLED, ExpelForm)


@forms_door("members.died")
@never_cache
def record_death(request: Request, key: UUID) -> HttpResponse:
    """去世登记."""
    return _ended(request, key, Turn.DIED, LeaveForm)


@forms_door("members.standing_changed")
@never_cache
def change_standing(request: Request, key: UUID) -> HttpResponse:
    """会籍状态变更: 退休、失业保留会籍, or an ordinary membership again."""

    def do(person: Person, told: dict[str, Any]) -> None:
        commands.change_standing(person=person, **told, by=request.reach.actor, at=clock.now())

    return _turned(request, key, StandingForm, do, _("会籍状态变更"))


@forms_door("members.rejoined")
@never_cache
def rejoin(request: Request, key: UUID) -> HttpResponse:
    """重新入会."""

    def do(person: Person, told: dict[str, Any]) -> None:
        commands.rejoin(person=person, **told, by=request.reach.actor, at=clock.now())

    return _turned(request, key, RejoinForm, do, _("重新入会"))


@forms_door("members.released")
@never_cache
def release(request: Request, key: UUID) -> HttpResponse:
    """会籍转出."""

    def do(person: Person, told: dict[str, Any]) -> None:
        commands.release(person=person, **told, by=request.reach.actor, at=clock.now())

    return _turned(request, key, ReleaseForm, do, _("会籍转出"))


@door("members.turn_withdrawn", "POST")
def withdraw_turn(request: Request, key: UUID) -> HttpResponse:
    """会籍变动撤回."""
    card = _own(request, key)
    form = WithdrawTurnForm(request.POST)
    if form.is_valid():
        try:
            commands.withdraw_turn(
                person=card.person, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Outdated as refusal:
            latest = _own(request, key).latest
            form = form.rebased(WithdrawTurnForm(initial={"seen": latest.pk}), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已撤回"))
            return redirect("members:moves", key)
    return asked_again(request, form, _("撤回最近一次变动"), reverse("members:moves", args=[key]))


def _ended(request: Request, key: UUID, ending: Turn, form: type[TurnForm]) -> HttpResponse:
    def do(person: Person, told: dict[str, Any]) -> None:
        commands.end_membership(person=person, ending=ending, **told, by=request.reach.actor, at=clock.now())

    return _turned(request, key, form, do, str(ending.label))


def _turned(request: Request, key: UUID, kind: type[TurnForm], do: Deed, title: str) -> HttpResponse:
    card = _own(request, key)
    asked = {"to": request.GET.get("to", "")}
    form = kind(request.POST if request.method == "POST" else None, held=card.latest, initial=asked)
    theirs: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            do(card.person, form.cleaned_data)
        except Outdated as refusal:
            theirs = history.since(card.person, queries.Seen(card.known.pk, seen))
            form = form.rebased(kind(None, held=_own(request, key).latest), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记"))
            return redirect("members:moves", key)
    context = {"form": form, "card": card, "theirs": theirs, "title": title}
    return render(request, "members/turn.html", context)


def _card(request: Request, key: UUID) -> queries.Card:
    persons = current(Person.objects.within(request.reach).select_related("county"))
    return queries.card(get_object_or_404(persons, pk=key))


def _own(request: Request, key: UUID) -> queries.Card:
    """The person, who is or was last a member of one of the request's own unions."""
    card = _card(request, key)
    if not may_see(request.reach, card.latest.union):
        raise Http404
    return card
