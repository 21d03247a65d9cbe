"""What cards offer: figures, pages, and what their traces tell of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import timeline
from henji.evidence.addresses import shown_at
from henji.evidence.figures import Figure, Figures, Ground, Missing, Ratio, Scope, indicator
from henji.members.cards import queries
from henji.members.cards.models import Card
from henji.members.models import Membership
from henji.members.queries import places
from henji.members.queries.places import Place

#: Of which unions cards are counted.
_LEVELS = ("county", "township", "sector")


@indicator(gettext_lazy("发卡率"), levels=_LEVELS)
def card_rate(scope: Scope) -> Figures:
    """发卡率 = members of the day who hold a card ÷ members of the day; three queries.

    A card is held from the day on which it was handed out until it is closed or replaced; one that is
    reported lost still counts. A township has the members of its own unions, and those at employers that lie
    in it. Source: assessment item 普惠化服务, cards issued ÷ members.
    """
    at = places.places_of(scope.unions)
    counted = queries.issued_at(at, scope.as_of, known_at=scope.known_at)
    (held,) = places.people_at(at, Membership.objects.known(scope.known_at).on(scope.as_of))
    return {union: _issued(place, counted[union][0], held[union], scope) for union, place in at.items()}


@indicator(gettext_lazy("会员卡激活率"), levels=_LEVELS)
def card_activation_rate(scope: Scope) -> Figures:
    """激活率 = cards held by members of the day that were activated by then ÷ cards held; two queries.

    Whose members are counted, is as of `card_rate`.
    """
    at = places.places_of(scope.unions)
    counted = queries.issued_at(at, scope.as_of, known_at=scope.known_at)
    return {union: _activated(place, *counted[union], scope) for union, place in at.items()}


def _issued(place: Place, issued: int, held: int, scope: Scope) -> Figure:
    if not held:
        return Missing(_("会员名册"))
    return Ratio(
        part=issued,
        whole=held,
        part_name=_("已发会员卡"),
        whole_name=_("会员数"),
        part_ground=_ground("members:cards", place, scope, issued=scope.as_of.isoformat()),
        whole_ground=_ground("members:list", place, scope, as_of=scope.as_of.isoformat()),
        unit="people",
    )


def _activated(place: Place, issued: int, activated: int, scope: Scope) -> Figure:
    if not issued:
        return Missing(_("已发放的会员卡"))
    day = scope.as_of.isoformat()
    return Ratio(
        part=activated,
        whole=issued,
        part_name=_("已激活"),
        whole_name=_("已发会员卡"),
        part_ground=_ground("members:cards", place, scope, issued=day, activated=day),
        whole_ground=_ground("members:cards", place, scope, issued=day),
        unit="people",
    )


def _ground(url_name: str, place: Place, scope: Scope, **query: str) -> Ground:
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    return Ground(url_name, query | place.query | known)


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
