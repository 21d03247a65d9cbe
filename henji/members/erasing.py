"""删除个人信息: what else this room destroys when a person's words are; the cards' days stay."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from henji.evidence.erasing import erases
from henji.members.cards.models import Card, StagedCardReturn


@erases("members.person")
def numbers_of_cards(keys: Sequence[str]) -> None:
    """卡号: its blind index and last places, and what the bank said of it; its box no key opens any more.

    Also where a card has been another record's for a time, and is now one of these.
    """
    persons = [UUID(key) for key in keys]
    lines = Card.objects.known().filter(person__in=persons).values_list("line", flat=True)
    cards = Card.objects.filter(Q(person__in=persons) | Q(line__in=list(lines)))
    StagedCardReturn.objects.filter(held__in=list(cards.values_list("pk", flat=True))).delete()
    cards.update(number_index="", tail="", words="", faults="")
