"""查人: the ways in which words that somebody types may mean a person, the likeliest first.

By name (its beginning, or the given name alone), by pinyin and initials, by the last places of the
identity number, the phone or the card (four or more), by a whole number, by the employer, and by any of these
together with the employer: “王 恒达”. Each way is a condition that an index answers.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from henji.evidence.keys import vault
from henji.lib.reach import Reach
from henji.lib.text import tidy
from henji.lib.vault import Sealed
from henji.members import queries
from henji.members.cards.models import Card
from henji.members.cards.queries import blind_number
from henji.members.derived import TAIL, id_tail, phone_tail
from henji.members.models import Membership, Merger, Particulars, ParticularsQuerySet, Unplaced
from henji.members.spelling import spelled
from henji.members.syllables import Units, readings
from henji.unions.models import Employer, Union

#: Nobody types more to find one person.
LONGEST = 60
#: So many boxes are opened to compare a number; whoever types more places of it has fewer to open.
MOST_OPENED = 500
#: So many employers of a like name are looked through.
MOST_EMPLOYERS = 200
#: Shorter numbers are no bank card's.
SHORTEST_CARD = 12
#: A branch of fewer members is looked through from its members, a larger one from what the words mean.
FEW = 1000
#: What surnames begin with: no syllable begins with i, u or v.
_SURNAMES_BEGIN = "abcdefghjklmnopqrstwxyz"
_BETWEEN_DIGITS = str.maketrans("", "", " -")


class Way(NamedTuple):
    """查法: a condition, the order of its index, and the end of a number that must still be compared.

    `by_person`: the condition itself leads to few persons, and no index of the county is to be taken.
    """

    where: Q
    order: tuple[str, ...] = ()
    ending: str = ""
    by_person: bool = False


def found(reach: Reach, words: str, most: int) -> list[Particulars]:
    """查人: whoever is, or was once, a member within reach and is meant by the words, the likeliest first."""
    known, few = _within(reach)
    chosen: dict[int, Particulars] = {}
    for way in ways(reach, words):
        rows = _of(known, reach.counties, way._replace(by_person=way.by_person or few))
        # The index of one county is in order; over many counties the first ones found will do.
        rows = rows.order_by(*way.order) if len(reach.counties) == 1 else rows
        chosen |= {row.pk: row for row in _compared(rows, way, most)}
        if len(chosen) >= most:
            break
    return list(chosen.values())[:most]


def among(
    reach: Reach, words: str, *, county: int, known_at: datetime | None = None
) -> QuerySet[Particulars, Any] | list[int]:
    """名册查人: the ids of the particulars of all who are meant by the words, for a list to filter by.

    The list itself asks who may be seen.
    """
    known = Particulars.objects.known(known_at)
    asked = [(way, _of(known, (county,), way)) for way in ways(reach, words)]
    opened = [row.pk for way, rows in asked if way.ending for row in _compared(rows, way, MOST_OPENED)]
    plain = [rows.values("pk") for way, rows in asked if not way.ending]
    if opened or not plain:
        return opened
    return plain[0].union(*plain[1:]) if len(plain) > 1 else plain[0]


def ways(reach: Reach, words: str) -> Iterator[Way]:
    """查法: how the words may be meant, the likeliest first; none where they are too few to tell anybody."""
    exact = tidy(words)[:LONGEST]
    yield from _of_person(reach, exact)
    parts = exact.split()
    if len(parts) > 1 and not readings(exact):
        yield from _with_employer(reach, parts[0], "".join(parts[1:]))
        yield from _with_employer(reach, parts[-1], "".join(parts[:-1]))
    if len(exact) > 1 and not exact.isascii():
        yield from (Way(where, by_person=True) for where in _at_employer(reach, exact))


def where_are(rows: Collection[Particulars]) -> dict[UUID, str]:
    """工作单位 of each, as the latest membership has it; one query."""
    counties = {row.county_id for row in rows}
    held = Membership.objects.known().filter(county__in=counties, person__in=[row.person_id for row in rows])
    found: dict[UUID, str] = {}
    for membership in held.select_related("employer", "unplaced").latest_first():
        found.setdefault(membership.person_id, membership.where)
    return found


def _within(reach: Reach) -> tuple[ParticularsQuerySet, bool]:
    """What is known of whoever is or was a member within reach, and whether these are few: `by_person`."""
    known = Particulars.objects.known().select_related("person")
    if reach.whole_county:
        return known, False
    # By their unions alone: an index of the county would be read from end to end.
    held = Membership.objects.known().filter(union__in=Union.objects.within(reach).values("pk"))
    if held.values("pk")[:FEW].count() < FEW:
        return known.filter(person__in=held.values("person")), True
    own = Membership.objects.known().within(reach)
    return known.filter(Exists(own.filter(county=OuterRef("county"), person=OuterRef("person")))), False


def _of(known: ParticularsQuerySet, counties: Collection[int], way: Way) -> ParticularsQuerySet:
    if way.by_person:
        # No index begins with a sum: SQLite would take one of the county's, and read all of it.
        return known.alias(held_by=F("county") + 0).filter(way.where, held_by__in=counties)
    return known.filter(way.where, county__in=counties)


def _compared(rows: ParticularsQuerySet, way: Way, most: int) -> Iterable[Particulars]:
    if not way.ending:
        return rows[:most]
    boxes = rows.values_list("pk", "box", "person__key")[:MOST_OPENED]
    same = [pk for pk, box, key in boxes if key and _ends(Sealed(bytes(box), bytes(key)), way.ending)]
    return rows.filter(pk__in=same[:most])


def _ends(sealed: Sealed, ending: str) -> bool:
    values = vault().open(sealed)
    return any(values.get(name, "").endswith(ending) for name in ("identity", "phone"))


# -- the person alone ------------------------------------------------------------------------------


def _of_person(reach: Reach, words: str) -> Iterator[Way]:
    if number := queries.identity_in(words):
        index = queries.blind_identity(number)
        yield Way(Q(id_index=index))
        # Whose record was folded into another is found there.
        kept = Merger.objects.known().filter(id_index=index).values("kept")
        yield Way(Q(person__in=kept), by_person=True)
    elif ending := ending_in(words):
        yield from _by_ending(ending)
        yield from _by_card(reach, ending)
    elif parted := readings(words):
        yield from map(_spelled_so, parted)
        yield _given_spelled_so(parted[0])
    elif words:
        yield Way(_named_so(words), ("name", "person"))
        yield from _given_so(words)


def ending_in(words: str) -> str:
    """末几位: the last places of a number where the words are such, four at least; else empty."""
    bare = words.translate(_BETWEEN_DIGITS).upper()
    digits = bare.removesuffix("X")
    return bare if len(bare) >= TAIL and digits.isascii() and digits.isdecimal() else ""


def _by_ending(ending: str) -> Iterator[Way]:
    # Four places are what the index tells; more of them are compared in the opened box.
    more = ending if len(ending) > TAIL else ""
    yield Way(Q(id_tail=id_tail(ending)), ending=more)
    if not ending.endswith("X"):
        yield Way(Q(phone_tail=phone_tail(ending)), ending=more)


def _by_card(reach: Reach, ending: str) -> Iterator[Way]:
    """By a card that is still good: its last four places, or all of them."""
    # Said once more what the indexes leave out: only then are they taken.
    live = Card.objects.known().live().filter(county__in=reach.counties)
    if len(ending) == TAIL:
        cards = live.exclude(tail="").filter(tail=ending)
    elif len(ending) >= SHORTEST_CARD:
        cards = live.exclude(number_index="").filter(number_index=blind_number(ending))
    else:
        return
    yield Way(Q(person__in=cards.values("person")), by_person=True)


def _named_so(words: str) -> Q:
    return Q(name__gte=words, name__lt=words + "\U0010ffff")


def _given_so(words: str) -> Iterator[Way]:
    """By the given name alone: whatever the surname begins with, the rest of the initials is known."""
    pinyin, initials = spelled("\u4e00" + words)
    if initials[1:] and len(words) <= 3:
        begins = [first + initials[1:] for first in _SURNAMES_BEGIN]
        ends = pinyin.partition(" ")[2]
        yield Way(
            Q(initials__in=begins, pinyin__endswith=f" {ends}", name__endswith=words), ("initials", "pinyin")
        )


def _spelled_so(units: Units) -> Way:
    initials = "".join(unit[0] for unit in units)
    first = _whole(units[0], last=len(units) == 1)
    spelled_so = [Q(pinyin__startswith=first)] if len(first) > 1 else []
    return Way(
        reduce(and_, [*spelled_so, *_later(units[1:])], _begins_with(initials)), ("initials", "pinyin")
    )


def _given_spelled_so(units: Units) -> Way:
    initials = "".join(unit[0] for unit in units)
    begins = [first + initials for first in _SURNAMES_BEGIN]
    return Way(reduce(and_, _later(units), Q(initials__in=begins)), ("initials", "pinyin"))


def _later(units: Units) -> list[Q]:
    """What the syllables after the first are; the initials tell those of a single letter."""
    last = len(units) - 1
    return [
        Q(pinyin__contains=" " + _whole(unit, last=place == last))
        for place, unit in enumerate(units)
        if len(unit) > 1
    ]


def _whole(unit: str, *, last: bool) -> str:
    """A whole syllable ends where it does; what may be the beginning of one stays open."""
    return unit if last or len(unit) == 1 or unit in ("zh", "ch", "sh") else unit + " "


def _begins_with(initials: str) -> Q:
    """A range, by letters alone: every database sorts these alike."""
    kept = initials.rstrip("z")
    until = kept[:-1] + chr(ord(kept[-1]) + 1) if kept else ""
    return Q(initials__gte=initials) & (Q(initials__lt=until) if until else Q())


# -- the employer ----------------------------------------------------------------------------------


def _with_employer(reach: Reach, person: str, employer: str) -> Iterator[Way]:
    places = list(_at_employer(reach, employer)) if len(employer) > 1 and not employer.isdecimal() else []
    for way in _of_person(reach, person) if places else ():
        yield way._replace(where=way.where & reduce(or_, places))


def _at_employer(reach: Reach, name: str) -> Iterator[Q]:
    """At an employer within reach that is called so, and whom a roster said to be at one called so."""
    held = Membership.objects.known()
    employers = Employer.objects.within(reach).filter(name__contains=name).values_list("pk", flat=True)
    if known := list(employers[:MOST_EMPLOYERS]):
        yield Q(person__in=held.filter(employer__in=known).values("person"))
    waiting = Unplaced.objects.within(reach).open().filter(name__contains=name).values_list("pk", flat=True)
    if unplaced := list(waiting[:MOST_EMPLOYERS]):
        waits = held.filter(county__in=reach.counties, unplaced__in=unplaced)
        yield Q(person__in=waits.values("person"))
