"""名单结转: who stands on which list: last time's givers and new members, without those who left or retired.

Plain sets and mappings, so that the rule can be tried in the order of any book.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from henji.mutual_aid.giving.models import Origin

P = TypeVar("P")
#: Where a person stands, by the employer's id, and why.
Standing = tuple[int, Origin]


@dataclass(frozen=True, slots=True)
class Held:
    """已有的行: `person` is who it is about now, `folded` whether its record was put into another's."""

    pk: int
    person: UUID
    employer: int
    origin: Origin
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """变动: the lines that end, and where persons stand anew."""

    ended: tuple[int, ...]
    fresh: Mapping[UUID, Standing]


def carried_over(now: Mapping[P, int], gave: Set[P], earlier: Set[P]) -> dict[P, Standing]:
    """结转: of the working members of the day, each at an employer, those who stand on a list.

    `gave` are the givers of the drive before, `earlier` the members of that drive's counting day: whoever is
    a member now and was none then is new. Where there was no drive before, everybody is.
    """
    return {
        person: (employer, Origin.CARRIED if person in gave else Origin.JOINED)
        for person, employer in now.items()
        if person in gave or person not in earlier
    }


def changes(
    wanted: Mapping[UUID, Standing], held: Iterable[Held], *, now: Mapping[UUID, int], given: Set[UUID]
) -> Changes:
    """变动: what must happen to the lines held. Done twice, the second time nothing must.

    Whoever has given to the drive stays where the money came from, also after leaving or moving. Whoever was
    added by hand stays as long as there is a membership, and moves along with it.
    """
    lines = sorted(held, key=lambda line: (line.folded, line.pk))
    target = dict(wanted)
    pinned: set[UUID] = set()
    for line in lines:
        if line.person in given and line.person not in pinned:
            target[line.person] = (line.employer, line.origin)
            pinned.add(line.person)
        elif line.origin == Origin.ADDED and line.person in now and line.person not in pinned:
            target[line.person] = (now[line.person], Origin.ADDED)
    standing = {
        line.person
        for line in lines
        if not line.folded and target.get(line.person) == (line.employer, line.origin)
    }
    ended = tuple(line.pk for line in lines if line.folded or line.person not in standing)
    return Changes(ended, {person: place for person, place in target.items() if person not in standing})
