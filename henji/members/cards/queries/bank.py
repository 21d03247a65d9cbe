"""What the bank is told, and of which cards it answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from henji.evidence.keys import vault
from henji.lib import identity
from henji.lib.vault import Sealed
from henji.members.cards import rules
from henji.members.cards.banks import BankTemplate, UnitPath
from henji.members.cards.models import Card, CardBatch, State
from henji.members.cards.queries.holders import in_batches
from henji.members.models import (
    MembershipQuerySet,
    Particulars,
    Standing,
)
from henji.members.queries import members_on
from henji.unions.models import Employer, Level, Union, paths_above
from henji.work.models import Job

_LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP)


#: What an employer's nearest union is found from.
_HOMES = ("union", "township", "county")
#: What is asked of a membership.
_HELD = ("person", "employer", "standing")


@dataclass(frozen=True, slots=True)
class Candidate:
    """送行的人: a card with what the check looks at and what the bank is told."""

    card: Card
    told: rules.Told
    employer: Employer | None

    def cells(self, unit: str, batch: str, ordinal: int, today: date) -> dict[str, str]:
        """What may stand in the columns of the bank's file."""
        number = identity.must_be_valid(self.told.identity, today=today)
        return {
            "ordinal": str(ordinal),
            "unit": unit,
            "name": self.told.name,
            "identity": number.number,
            "phone": self.told.phone,
            "sex": number.sex,
            "birth": f"{number.birth_on:%Y%m%d}",
            "batch": batch,
        }


def candidates(cards: Sequence[Card], county: int, day: date) -> list[Candidate]:
    """送行的人: what is known of the cards' holders; two queries for each five thousand of them, and one."""
    homes = {one.pk: one for one in Employer.objects.filter(county=county).select_related(*_HOMES)}
    return [one for some in in_batches(cards) for one in _candidates(some, homes, members_on((county,), day))]


def _candidates(
    cards: Sequence[Card], homes: Mapping[int, Employer], on_the_day: MembershipQuerySet
) -> Iterator[Candidate]:
    # Values and not rows: of tens of thousands, to make the objects takes longer than all the rest.
    persons = [card.person_id for card in cards]
    known = Particulars.objects.known().filter(person__in=persons)
    told = {row[0]: row for row in known.values_list("person", "name", "box", "person__key")}
    held = {row[0]: row for row in on_the_day.filter(person__in=persons).values_list(*_HELD)}
    for card in cards:
        _person, employer, standing = held.get(card.person_id, (None, None, None))
        yield Candidate(card, _told(told.get(card.person_id), employer, standing), homes.get(employer or 0))


def _told(row: tuple[Any, ...] | None, employer: int | None, standing: str | None) -> rules.Told:
    _person, name, box, key = row or (None, "", None, None)
    if not key:
        return rules.Told(is_erased=True)
    values = vault().open(Sealed(bytes(box), bytes(key)))
    return rules.Told(
        name=name,
        identity=values.get("identity", ""),
        phone=values.get("phone", ""),
        employment=values.get("employment", ""),
        is_member=standing is not None,
        is_retired=standing == Standing.RETIRED,
        has_unit=standing is None or employer is not None,
    )


def to_be_sent(batch: CardBatch) -> list[Card]:
    """待送行的卡 of the batch, and those sent whose answer is still awaited."""
    held = Card.objects.known().filter(batch=batch, state__in=(State.CHECKED, State.SENT))
    return list(held.order_by("pk"))


def told_to_the_bank(
    people: Iterable[Candidate], template: BankTemplate, batch: CardBatch, today: date
) -> list[dict[str, str]]:
    """送行的行: what may stand in the bank's columns, unit by unit, by name."""
    names = UnitNames(batch.county, template.unit)
    placed = sorted(
        ((names.of(one.employer), one) for one in people if one.employer),
        key=lambda pair: (pair[0], pair[1].told.name, pair[1].card.line),
    )
    return [one.cells(unit, batch.number, nth, today) for nth, (unit, one) in enumerate(placed, start=1)]


def batch_of(job: Job) -> CardBatch:
    """The batch that a file of the bank answers."""
    return CardBatch.objects.select_related("county").get(pk=job.params["batch"], county=job.county)


def cards_at(versions: Collection[int]) -> list[Card]:
    """The cards of which these versions are current."""
    return [card for some in in_batches(versions) for card in Card.objects.known().filter(pk__in=some)]


class UnitNames:
    """单位全称: employers under the unions above them, as a bank imports by that name."""

    def __init__(self, county: Union, path: UnitPath) -> None:
        above = Union.objects.filter(path__in=paths_above(county.path)) | Union.objects.filter(county=county)
        self._unions = {union.path: union for union in above}
        self._path = path
        self._first = _LEVELS.index(Level(path.first))

    def of(self, employer: Employer) -> str:
        """The employer's name with those of its unions in front, from the level on that the bank wants."""
        unions = [self._unions[path] for path in paths_above(employer.home.path) if path in self._unions]
        shown = [
            union.name
            for union in unions
            if union.level not in _LEVELS or _LEVELS.index(Level(union.level)) >= self._first
        ]
        return self._path.separator.join([*shown, employer.name])
