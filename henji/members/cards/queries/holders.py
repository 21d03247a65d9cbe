"""Cards and their holders."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from henji.evidence.keys import vault
from henji.lib import identity
from henji.members import queries as members
from henji.members.cards.models import Card
from henji.members.models import (
    Person,
)
from henji.unions.models import Union

T = TypeVar("T")


#: So many values stand in one IN (…).
_AT_ONCE = 5000


def blind_number(number: str) -> str:
    """盲索引: what stands in the database in the place of a card number."""
    return vault().blind("card", number)


def number_of(card: Card) -> str:
    """卡号 in clear; empty where there is none, or its holder's key was destroyed."""
    return vault().open(card.sealed)["card"] if card.sealed else ""


def masked_number(card: Card) -> str:
    """卡号 as any page may show it."""
    return identity.mask_card(number_of(card))


def cards_of(person: UUID) -> list[Card]:
    """一人的卡: all cards of a person as they are now, the newest first."""
    held = Card.objects.known().filter(person=person).select_related("person", "batch", "made_by")
    return list(held.order_by("-line"))


def name_of(card: Card) -> str:
    """What the holder is called now."""
    return members.names_of([card.person_id]).get(card.person_id, "")


def history_of(card: Card) -> list[Card]:
    """一卡的经过: its versions with the deeds that made them, the latest first."""
    return list(Card.objects.line_of(card.line).select_related("made_by"))


def carriers(persons: Collection[UUID]) -> set[UUID]:
    """已有卡的人: which of the persons have a live card."""
    live = Card.objects.known().live()
    return {
        person
        for some in in_batches(persons)
        for person in live.filter(person__in=some).values_list("person", flat=True)
    }


def members_among(county: Union, persons: Collection[UUID], day: date) -> set[UUID]:
    """在会的人: which of the persons are members of the county on the day, and not erased."""
    held = members.members_on((county.pk,), day).filter(person__key__isnull=False)
    return {
        person
        for some in in_batches(persons)
        for person in held.filter(person__in=some).values_list("person", flat=True)
    }


def person_of(key: UUID) -> Person:
    """The person."""
    return Person.objects.get(pk=key)


def last_cards(persons: Collection[UUID]) -> dict[UUID, Card]:
    """现卡: of each person the live card, else the one that ended last."""
    held = Card.objects.known().select_related("person")
    found = [card for some in in_batches(persons) for card in held.filter(person__in=some)]
    found.sort(key=lambda card: (not card.has_ended, card.line))
    return {card.person_id: card for card in found}


def numbers_taken(indexes: Collection[str]) -> set[str]:
    """已登记的卡号: which of the blind indexes belong to a live card."""
    live = Card.objects.known().live()
    return {
        index
        for some in in_batches(indexes)
        for index in live.filter(number_index__in=some).values_list("number_index", flat=True)
    }


def in_batches(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that one statement takes."""
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
