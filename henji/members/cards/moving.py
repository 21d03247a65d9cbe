"""写卡: new versions of cards, set by set, and what the trace of a deed commits to."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models

from henji.evidence.traces import RowsRoot
from henji.lib import bulk, ids
from henji.members.cards import rules
from henji.members.cards.models import Card, State
from henji.members.cards.queries import in_batches, person_of
from henji.unions.models import Union

_FIELDS = [field.attname for field in Card._meta.concrete_fields if not field.primary_key]
_make = bulk.maker(Card)
_TOKEN_BYTES = 16

Changes = Callable[[Card], Mapping[str, Any]]


def lock(county: Union) -> Union:
    """One deed on the county's cards at a time; on SQLite the transaction itself sees to that."""
    return Union.objects.select_for_update(no_key=True).get(pk=county.pk)


def about(cards: Sequence[Card], county: Union) -> models.Model:
    """What a deed is about: the holder where there is one card, else the county."""
    return person_of(cards[0].person_id) if len(cards) == 1 else county


def applied(person: UUID, on: date, at: datetime) -> dict[str, Any]:
    """申领: what a card is when somebody applies for it."""
    return {
        "line": ids.new(at),
        "person_id": person,
        "state": State.APPLIED,
        "token": secrets.token_urlsafe(_TOKEN_BYTES),
        "applied_on": on,
    }


def moved(cards: Sequence[Card], changes: Changes, trace: UUID, at: datetime) -> RowsRoot:
    """更迭入库: `advance`, written."""
    return write(advance(cards, changes, trace=trace, at=at))


def advance(cards: Sequence[Card], changes: Changes, *, trace: UUID, at: datetime) -> list[Card]:
    """更迭: end the versions held and make, not yet written, those that say what changes of each.

    Raises CardMoved where somebody has ended one of them meanwhile.
    """
    for some in in_batches([card.pk for card in cards]):
        ended = Card.objects.known().filter(pk__in=some).update(known_to=at, unmade_by_id=trace)
        rules.must_stand_still(ended == len(some))
    fresh = {"made_by_id": trace, "known_from": at, "unmade_by_id": None, "known_to": None}
    return [
        _make(
            {**{name: getattr(card, name) for name in _FIELDS}, **fresh, "source_row": None, **changes(card)}
        )
        for card in cards
    ]


def begun(values: Mapping[str, Any], *, trace: UUID, at: datetime) -> Card:
    """新卡: the first version of a card, not yet written."""
    return _make({**values, "made_by_id": trace, "known_from": at})


def write(rows: Sequence[Card]) -> RowsRoot:
    """入库: write the versions; raises CardMoved where a person or a number would have two live cards."""
    try:
        bulk.insert(Card, rows)
    except IntegrityError as taken:
        raise rules.card_moved() from taken
    return _root(rows)


def rows_root(trace: UUID) -> RowsRoot:
    """重算行摘要根: the root over the versions that the trace made, as they lie in the database now."""
    return _root(Card.objects.filter(made_by=trace))


def _root(rows: Iterable[Card]) -> RowsRoot:
    return RowsRoot.over([leaf(row) for row in sorted(rows, key=lambda row: row.line)])


def leaf(card: Card) -> bytes:
    """叶: the digest (32 bytes) of one version; it covers the closed number and not what lies in it."""
    closed = sha256(card.box).hexdigest() if card.box else ""
    told = (
        card.line.hex,
        card.person_id.hex,
        card.state,
        card.consent,
        card.consented_on,
        card.token,
        closed,
    )
    days = (card.withdrawn_on, card.applied_on, card.sent_on, card.made_on, card.issued_on, card.activated_on)
    return sha256("|".join(map(str, (*told, *days, card.lost_on, card.ended_on))).encode()).digest()
