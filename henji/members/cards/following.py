"""卡随人走: what becomes of cards when records are put together or taken apart, or their holder moves away.

Steps of other deeds, within their transactions and under their traces; see docs/adr/0014. A card whose
holder has taken the consent back goes nowhere: it waits where it is to be closed.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from henji.evidence.keys import vault
from henji.members.cards import moving, queries, rules
from henji.members.cards.models import Card, CardQuerySet, State
from henji.members.models import Person
from henji.unions.models import Union

#: Why a card ended. On record, whatever language somebody reads it in.
ONE_PERSON = gettext_noop("两条记录是同一人，一人一卡")
GONE_ALONG = gettext_noop("会籍转往其他县（区），卡随人走")
TO_APPLY_THERE = gettext_noop("会籍转往其他县（区），请在那里申领")
#: What one version of a card has to itself.
_OF_A_VERSION = ("id", "made_by_id", "known_from", "unmade_by_id", "known_to", "source_row")


def put_together(*, kept: Person, folded: Person, on: date, trace: UUID, at: datetime) -> int:
    """合并: of the live cards of both records one remains, with the record that is kept; how many changed.

    It is the one that has come furthest, see `rules.furthest`; the other is closed with the reason.
    """
    held = {card.person_id: card for card in _live().filter(person__in=(kept, folded))}
    theirs = held.get(folded.pk)
    if theirs is None or any(card.withdrawn_on for card in held.values()):
        return 0
    stays = rules.furthest([*filter(None, [held.get(kept.pk)]), theirs])
    ends = {"state": State.CLOSED, "ended_on": on, "words": ONE_PERSON}
    goes_along = _number_under(kept, theirs) | {"person_id": kept.pk}
    changes = {card.line: goes_along if card is stays else ends for card in held.values()}
    changed = [card for card in held.values() if card is theirs or card is not stays]
    return moving.moved(changed, lambda card: changes[card.line], trace, at).count


def taken_apart(merging: UUID, *, persons: tuple[UUID, UUID], trace: UUID, at: datetime) -> int:
    """拆分恢复: the cards that the merging changed are again what they were; how many.

    All remain as they are where something has happened to one of them since: whose card that was, nobody
    knows but who holds it.
    """
    changed = list(Card.objects.filter(made_by=merging))
    others = _live().filter(person__in=persons).exclude(pk__in=[card.pk for card in changed])
    if not changed or any(card.known_to for card in changed) or others.exists():
        return 0
    before = {card.line: _told(card) for card in Card.objects.filter(unmade_by=merging)}
    return moving.moved(changed, lambda card: before[card.line], trace, at).count


def gone_along(*, person: UUID, to: Union, on: date, trace: UUID, at: datetime) -> int:
    """跨县转移: a card in its holder's hands goes along to the other county; an application ends here.

    The one here is closed without its number, and its days stay for the figures of the past; the other
    county's begins with them, and with a token of its own. How many were written.
    """
    card = _live().filter(person=person, withdrawn_on__isnull=True).first()
    if card is None:
        return 0
    # It may be recorded late: no card ends before what has happened to it.
    ends: dict[str, Any] = {"state": State.CLOSED, "ended_on": max(on, *card.days), "words": TO_APPLY_THERE}
    if not rules.is_handed_out(card):
        return moving.moved([card], lambda _card: ends, trace, at).count
    bare = {"words": GONE_ALONG, "box": None, "number_index": "", "tail": ""}
    ended = moving.advance([card], lambda _card: ends | bare, trace=trace, at=at)
    own = moving.applied(card.person_id, card.applied_on, at)
    there = {"line": own["line"], "token": own["token"], "county_id": to.pk, "batch_id": None}
    goes_on = moving.begun(_told(card) | there | {"replaces": card.line}, trace=trace, at=at)
    return moving.write([*ended, goes_on]).count


def _live() -> CardQuerySet:
    return Card.objects.known().live().select_related("person")


def _number_under(person: Person, card: Card) -> dict[str, Any]:
    """The card's number, closed under another record's key."""
    number = queries.number_of(card)
    return {"box": vault().reseal({"card": number}, bytes(person.key))} if number and person.key else {}


def _told(card: Card) -> dict[str, Any]:
    """What a version says of a card."""
    fields = (field.attname for field in Card._meta.concrete_fields)
    return {name: getattr(card, name) for name in fields if name not in _OF_A_VERSION}
