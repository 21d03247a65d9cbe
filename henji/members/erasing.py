"""删除个人信息: what else this room destroys when a person's words are; the cards' days stay."""

from collections.abc import Sequence
from uuid import UUID

from henji.evidence.erasing import erases
from henji.members.cards.models import Card, StagedCardReturn


@erases("members.person")
def numbers_of_cards(keys: Sequence[str]) -> None:
    """卡号: its blind index and last places, and what the bank said of it; its box no key opens any more."""
    cards = Card.objects.filter(person__in=[UUID(key) for key in keys])
    StagedCardReturn.objects.filter(held__in=list(cards.values_list("pk", flat=True))).delete()
    cards.update(number_index="", tail="", words="", faults="")
