"""Cards and their holders."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.lib import identity
from henji.members import queries as members
from henji.members.cards.models import GOOD, STOPPED, Card
from henji.members.models import Person
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


def others_of(card: Card) -> list[Card]:
    """同一人的其他卡, as far as the card's own county has them."""
    held = cards_of(card.person_id)
    return [one for one in held if one.line != card.line and one.county_id == card.county_id]


def name_of(card: Card) -> str:
    """What the holder is called now; said otherwise where the record was put into another.

    Of whoever went to another county, as the card's own county knew it last.
    """
    if card.person.county_id != card.county_id:
        known = card.person.particulars.filter(county=card.county_id).order_by("-pk").first()
        return known.name if known else ""
    return members.names_of([card.person_id]).get(card.person_id) or _("已并入他人的记录")


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


def last_cards(persons: Collection[UUID], county: int | None = None) -> dict[UUID, Card]:
    """现卡: of each person the live card, else the one that ended last; of a county, where one is given."""
    held = Card.objects.known()
    if county is not None:
        held = held.filter(county=county)
    found = [card for some in in_batches(persons) for card in held.filter(person__in=some)]
    found.sort(key=lambda card: (not card.has_ended, card.line))
    return {card.person_id: card for card in found}


def keys_of(persons: Collection[UUID]) -> dict[UUID, bytes]:
    """钥匙: of each person whose key was not destroyed."""
    held = Person.objects.filter(key__isnull=False)
    rows = (row for some in in_batches(persons) for row in held.filter(pk__in=some).values_list("pk", "key"))
    return {person: bytes(key) for person, key in rows if key}


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


def card_with(token: str) -> Card | None:
    """The card with the token, as it is now."""
    return Card.objects.known().filter(token=token).select_related("person").first()


def is_good(card: Card, day: date) -> bool:
    """有效: whether the card is in its holder's hands and the holder a member on the day."""
    held = members.members_on((card.county_id,), day).filter(person=card.person_id)
    return card.state in GOOD and card.person.key is not None and held.exists()


def short_name_of(card: Card) -> str:
    """姓名, for pages without a log-in: the first character, then stars."""
    name = name_of(card)
    return name[:1] + "*" * (len(name) - 1)


def stopped_since(then: datetime) -> list[str]:
    """停用的卡: the tokens of cards that were lost, replaced or closed since the instant."""
    held = Card.objects.known().filter(state__in=STOPPED, known_from__gte=then)
    return list(held.values_list("token", flat=True))
