"""Who may apply, and for whom cards wait."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from henji.lib import identity
from henji.lib.reach import Reach
from henji.members import queries as members
from henji.members.cards.models import Card, State
from henji.members.cards.queries.holders import masked_number
from henji.members.cards.queries.lists import cards_in
from henji.members.models import (
    Particulars,
    ParticularsQuerySet,
)
from henji.unions.models import Employer


def eligible(reach: Reach, county: int, day: date, employer: Employer) -> ParticularsQuerySet:
    """可申领的人: members of the day at the employer, within reach, without a live card; by name."""
    held = members.listed(reach, members.Wanted(county=county, day=day, employer=employer))
    live = Card.objects.known().live().filter(county=county).values("person")
    return held.exclude(person__in=live).filter(person__key__isnull=False).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """待发放: how many cards wait for the members of an employer."""

    employer: Employer
    number: int


def waiting(reach: Reach, day: date) -> list[Waiting]:
    """待发放的单位, the most cards first; three queries."""
    cards = Card.objects.known().within(reach).filter(state=State.MADE)
    held = members.members_on(reach.counties, day).filter(person__in=cards.values("person"))
    counted = Counter(dict(held.exclude(employer=None).values_list("employer").annotate(n=Count("person"))))
    employers = Employer.objects.within(reach).in_bulk(list(counted))
    return [Waiting(employers[pk], n) for pk, n in counted.most_common() if pk in employers]


@dataclass(frozen=True, slots=True)
class Slip:
    """签领一行: a card to be handed out, with what the signed list shows of its holder."""

    card: Card
    name: str
    identity: str
    group: str
    number: str


def slips(reach: Reach, employer: Employer, day: date) -> list[Slip]:
    """签领表: the cards that wait for the employer's members, workshop by workshop; three queries."""
    held = members.members_on((employer.county_id,), day).within(reach).filter(employer=employer)
    cards = list(cards_in(reach).filter(state=State.MADE, person__in=held.values("person")))
    rows = Particulars.objects.known().filter(person__in=[card.person_id for card in cards])
    told = {row.person_id: row for row in rows.select_related("person")}
    found = [_slip(card, told[card.person_id]) for card in cards]
    return sorted(found, key=lambda slip: (slip.group, slip.name, slip.number))


def _slip(card: Card, row: Particulars) -> Slip:
    values = members.opened(row)
    return Slip(
        card,
        row.name,
        identity.mask(values.get("identity", "")),
        values.get("group", ""),
        masked_number(card),
    )
