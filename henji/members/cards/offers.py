"""What cards offer: pages, and what their traces tell of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from henji.evidence import timeline
from henji.evidence.addresses import shown_at
from henji.members.cards.models import Card


@timeline.tells_of("members.person")
def card_deeds_of(key: str) -> Iterable[timeline.Mention]:
    """会员卡: the deeds that wrote a person's cards."""
    for trace in sorted(
        set(Card.objects.filter(person=UUID(key)).values_list("made_by", flat=True)), key=str
    ):
        yield timeline.Mention(trace, _("会员卡"))


@timeline.tells_of("members.card")
def deeds_of(key: str) -> Iterable[timeline.Mention]:
    """一张卡的经过: the deeds that wrote its versions."""
    for trace in Card.objects.filter(line=UUID(key)).order_by("pk").values_list("made_by", flat=True):
        yield timeline.Mention(trace)


@shown_at("members.card")
def card_page(key: str) -> str:
    """The page of a card."""
    return reverse("members:card", args=[key])


@shown_at("members.cardbatch")
def batch_page(key: str) -> str:
    """The page of a batch."""
    return reverse("members:card_batch", args=[key])
