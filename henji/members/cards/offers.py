"""What cards offer: figures, pages, and what their traces tell of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.evidence import timeline
from henji.evidence.addresses import shown_at
from henji.evidence.figures import Figure, Figures, Ground, Missing, Ratio, Scope, indicator
from henji.members import queries as members
from henji.members.cards import queries
from henji.members.cards.models import Card


@indicator(gettext_lazy("发卡率"))
def card_rate(scope: Scope) -> Figures:
    """发卡率 = members of the day who hold a card ÷ members of the day; two queries.

    A card is held from the day on which it was handed out until it is closed or replaced; one that is
    reported lost still counts. Source: assessment item 普惠化服务, cards issued ÷ members.
    """
    counted = queries.issued_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    held = members.members_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    return {
        county: _issued(county, counted.get(county, (0, 0))[0], held[county], scope)
        for county in scope.unions
    }


@indicator(gettext_lazy("会员卡激活率"))
def card_activation_rate(scope: Scope) -> Figures:
    """激活率 = cards held by members of the day that were activated by then ÷ cards held; one query."""
    counted = queries.issued_counted(scope.unions, scope.as_of, known_at=scope.known_at)
    return {county: _activated(county, *counted.get(county, (0, 0)), scope) for county in scope.unions}


def _issued(county: int, issued: int, held: int, scope: Scope) -> Figure:
    if not held:
        return Missing(_("会员名册"))
    return Ratio(
        part=issued,
        whole=held,
        part_name=_("已发会员卡"),
        whole_name=_("会员数"),
        part_ground=_ground("members:cards", county, scope, issued=scope.as_of.isoformat()),
        whole_ground=_ground("members:list", county, scope, as_of=scope.as_of.isoformat()),
        unit="people",
    )


def _activated(county: int, issued: int, activated: int, scope: Scope) -> Figure:
    if not issued:
        return Missing(_("已发放的会员卡"))
    day = scope.as_of.isoformat()
    return Ratio(
        part=activated,
        whole=issued,
        part_name=_("已激活"),
        whole_name=_("已发会员卡"),
        part_ground=_ground("members:cards", county, scope, issued=day, activated=day),
        whole_ground=_ground("members:cards", county, scope, issued=day),
        unit="people",
    )


def _ground(url_name: str, county: int, scope: Scope, **query: str) -> Ground:
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    return Ground(url_name, query | {"county": str(county)} | known)


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
