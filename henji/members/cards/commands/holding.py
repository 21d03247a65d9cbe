"""Cards in the hands of their holders, from handing out to closing. All take cards as they were read."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.members.cards import moving, queries, rules
from henji.members.cards.models import Card, State
from henji.members.deeds import Deed
from henji.members.rules import must_say_why
from henji.members.rules.moving import exact_reason
from henji.unions.models import Union


@transaction.atomic
def reapply(*, county: Union, cards: Sequence[Card], on: date, by: Actor, at: datetime) -> None:
    """会员卡重新申领: what the bank refused has been put right, and is to be checked again.

    Raises NobodyChosen, NotNow, InFuture, OutOfOrder, ConsentWithdrawn, CardMoved.
    """
    for card in cards:
        rules.must_consent(card)
    again = {"state": State.APPLIED, "batch_id": None, "sent_on": None, "words": "", "faults": ""}
    _step(Deed.CARD_REAPPLIED, cards, lambda _card: again, county=county, on=on, by=by, at=at)


@transaction.atomic
def hand_out(*, county: Union, cards: Sequence[Card], on: date, by: Actor, at: datetime) -> None:
    """会员卡发放: the holders, or whoever signed the list for them, have been given their cards.

    Raises NobodyChosen, NotNow, InFuture, OutOfOrder, CardMoved.
    """
    given = {"state": State.ISSUED, "issued_on": on}
    _step(Deed.CARDS_HANDED_OUT, cards, lambda _card: given, county=county, on=on, by=by, at=at)


@transaction.atomic
def withdraw_hand_out(*, card: Card, on: date, words: str, by: Actor, at: datetime) -> None:
    """会员卡发放撤回: it was ticked off by mistake, and waits for its holder as before.

    Raises ReasonMissing, NotNow, InFuture, OutOfOrder, CardMoved.
    """
    why = exact_reason(words, needed=True)
    back = {"state": State.MADE, "issued_on": None}
    deed = Deed.CARD_HAND_OUT_WITHDRAWN
    _step(deed, [card], lambda _card: back, county=card.county, on=on, by=by, at=at, words=why)


@transaction.atomic
def activate(*, county: Union, cards: Sequence[Card], on: date, by: Actor, at: datetime) -> None:
    """会员卡激活. Raises NobodyChosen, NotNow, InFuture, OutOfOrder, CardMoved."""
    used = {"state": State.ACTIVATED, "activated_on": on}
    _step(Deed.CARDS_ACTIVATED, cards, lambda _card: used, county=county, on=on, by=by, at=at)


@transaction.atomic
def lose(*, card: Card, on: date, by: Actor, at: datetime) -> None:
    """会员卡挂失. Raises NotNow, InFuture, OutOfOrder, CardMoved."""
    lost = {"state": State.LOST, "lost_on": on}
    _step(Deed.CARD_LOST, [card], lambda _card: lost, county=card.county, on=on, by=by, at=at)


@transaction.atomic
def find(*, card: Card, on: date, by: Actor, at: datetime) -> None:
    """会员卡解除挂失: it was found again. Raises NotNow, InFuture, OutOfOrder, CardMoved."""
    back = {"state": rules.found(card)}
    _step(Deed.CARD_FOUND, [card], lambda _card: back, county=card.county, on=on, by=by, at=at)


@transaction.atomic
def close(*, card: Card, on: date, words: str, by: Actor, at: datetime) -> None:
    """会员卡注销. Raises NotNow, InFuture, OutOfOrder, NumberInWords, CardMoved."""
    closed = {"state": State.CLOSED, "ended_on": on, "words": rules.exact_words(words)}
    _step(Deed.CARD_CLOSED, [card], lambda _card: closed, county=card.county, on=on, by=by, at=at)


@transaction.atomic
def replace(*, card: Card, on: date, by: Actor, at: datetime) -> UUID:
    """会员卡补卡: the card ends, and its holder applies for another with the same consent; its line.

    Raises NotNow, ConsentWithdrawn, InFuture, OutOfOrder, CardMoved.
    """
    rules.must_be_ready(Deed.CARD_REPLACED, [card])
    rules.must_consent(card)
    rules.must_be_in_order([card], on=on, today=localdate(at))
    county, trace = moving.lock(card.county), traces.new_id(at)
    ended = moving.advance(
        [card], lambda _card: {"state": State.REPLACED, "ended_on": on}, trace=trace, at=at
    )
    agreed = {"county_id": county.pk, "consent": card.consent, "consented_on": card.consented_on}
    again = moving.applied(card.person_id, on, at) | {"replaces": card.line}
    begun = moving.begun(agreed | again, trace=trace, at=at)
    rows = moving.write([*ended, begun])
    traces.leave(
        Deed.CARD_REPLACED,
        id=trace,
        subject=card.person,
        county=county,
        by=by,
        at=at,
        on=on,
        facts={"replaces": card.line},
        rows=rows,
    )
    return begun.line


@transaction.atomic
def reveal_number(*, card: Card, reason: str, by: Actor, at: datetime) -> str:
    """查看完整号码: tell one card's number, and write down who asked and why. Raises NoReason."""
    words = must_say_why(reason)
    told = queries.number_of(card)
    traces.leave(
        Deed.REVEALED,
        id=traces.new_id(at),
        subject=card.person,
        county=card.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"field": "card"},
        words=words,
    )
    return told


def _step(
    deed: Deed,
    cards: Sequence[Card],
    changes: moving.Changes,
    *,
    county: Union,
    on: date,
    by: Actor,
    at: datetime,
    words: str = "",
) -> None:
    """One step in the life of the cards, the same for all of them."""
    rules.must_choose(cards)
    rules.must_be_ready(deed, cards)
    rules.must_be_in_order(cards, on=on, today=localdate(at))
    moving.lock(county)
    trace = traces.new_id(at)
    rows = moving.moved(cards, changes, trace, at)
    traces.leave(
        deed,
        id=trace,
        subject=moving.about(cards, county),
        county=county,
        by=by,
        at=at,
        on=on,
        facts={"cards": rows.count},
        words=words,
        rows=rows,
    )
