"""Questions about what should be looked at: who is on record twice, who may have retired."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from henji.lib.reach import Reach
from henji.members.models import Doubt, DoubtQuerySet, Kind, Membership, Particulars, Standing
from henji.members.queries import mergers, opened
from henji.members.retirement import Retirement, retirements, retires_on
from henji.unions.models import Union

_YEAR = 12
#: Nobody on record was born before.
_FIRST_YEAR = 1900
#: So many rows are read together.
_AT_ONCE = 2000


def doubts_in(reach: Reach) -> DoubtQuerySet:
    """冲突待核: those that the request may see, with both names (`name`, `other_name`)."""
    # Of somebody who went to another county since, that county asks.
    ours = Q(person__county=F("county")) | Q(person__isnull=True)
    rows = (
        Doubt.objects.known()
        .within(reach)
        .filter(ours)
        .select_related("person", "other", "county", "from_union", "to_union", "employer")
    )
    name = Coalesce(mergers.name_of(), F("told_name"))
    return rows.annotate(name=name, other_name=mergers.name_of("other"))


@dataclass(frozen=True, slots=True)
class Found:
    """看出来的: pairs that may be one person, and members who reached an age of retirement, with its code."""

    alike: Sequence[tuple[UUID, UUID]]
    retired: Sequence[tuple[UUID, str]]


def look(county: Union, today: date) -> Found:
    """核查: look through the county's record, without holding anybody up; a box is opened only if it must be.

    Of a million members that are some tens of thousands. What was asked about before is found again.
    """
    return Found(tuple(alike(county)), tuple(retired(county, today)))


def news(found: Found, county: Union) -> Found:
    """新看出来的: what nobody was asked about yet."""
    asked = Doubt.objects.known().filter(county=county)
    pairs = set(asked.filter(kind=Kind.ALIKE).values_list("person", "other"))
    ages = set(asked.filter(kind=Kind.RETIRED).values_list("person", "retirement"))
    return Found(
        [pair for pair in found.alike if pair not in pairs], [one for one in found.retired if one not in ages]
    )


def alike(county: Union) -> Iterator[tuple[UUID, UUID]]:
    """疑似同一人: pairs on the county's record with one name and one phone, and two numbers.

    By the last places of the phone first, which stand as blind indexes; then by the whole phone, from the
    boxes of those few.
    """
    known = Particulars.objects.known().filter(county=county).exclude(phone_tail="")
    together = Window(Count("pk"), partition_by=[F("name"), F("phone_tail")])
    rows = known.annotate(together=together).filter(together__gt=1).order_by("name", "phone_tail", "pk")
    told = rows.values_list("name", "phone_tail", "pk").iterator(chunk_size=_AT_ONCE)
    for some in _whole_groups(told):
        boxes = _phones([pk for _name, _tail, pk in some])
        for _group, members in groupby(some, key=lambda row: row[:2]):
            held = sorted(boxes[pk] for _name, _tail, pk in members if pk in boxes)
            yield from (
                (one, other)
                for (one, phone), (other, its_phone) in combinations(held, 2)
                if phone and phone == its_phone
            )


def _whole_groups(rows: Iterable[tuple[str, str, int]]) -> Iterator[list[tuple[str, str, int]]]:
    """The rows in lists of some thousands, none of which parts those that belong together."""
    some: list[tuple[str, str, int]] = []
    for _key, group in groupby(rows, key=lambda row: row[:2]):
        some += group
        if len(some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _phones(keys: Sequence[int]) -> dict[int, tuple[UUID, str]]:
    """Whose particulars these are, and the phone in them; without those that nobody can open."""
    return {
        row.pk: (row.person_id, opened(row).get("phone", ""))
        for at in range(0, len(keys), _AT_ONCE)
        for row in Particulars.objects.filter(pk__in=keys[at : at + _AT_ONCE]).select_related("person")
    }


def retired(county: Union, today: date) -> Iterator[tuple[UUID, str]]:
    """疑似退休: members of the county who reached an age of retirement and work on; with the age's code.

    Most years of birth tell it by themselves; boxes are opened of those alone in which some months have
    reached the age, and others not.
    """
    works = Membership.objects.known().filter(
        person=OuterRef("person"), end_on__isnull=True, standing=Standing.WORKING
    )
    working = Particulars.objects.known().filter(Exists(works), county=county)
    for law in retirements().values():
        reached = {year: months_reached(year, law, today) for year in range(_FIRST_YEAR, today.year)}
        whole = [year for year, months in reached.items() if months == _YEAR]
        parted = [year for year, months in reached.items() if 0 < months < _YEAR]
        of_law = working.filter(sex=law.sex)
        for person in of_law.filter(birth_year__in=whole).values_list("person", flat=True).iterator():
            yield person, law.code
        yield from ((row.person_id, law.code) for row in _reached(of_law, parted, law, today))


def months_reached(year: int, law: Retirement, today: date) -> int:
    """Of how many months of the year whoever was born in them has reached the age."""
    days = (retires_on(date(year, month, 1), law) for month in range(1, _YEAR + 1))
    return sum(day is not None and day <= today for day in days)


def _birth(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _reached(
    rows: "QuerySet[Particulars]", years: Sequence[int], law: Retirement, today: date
) -> Iterator[Particulars]:
    born = rows.filter(birth_year__in=years).select_related("person")
    for row in born.iterator(chunk_size=_AT_ONCE):
        number = opened(row).get("identity", "")
        day = retires_on(_birth(number), law) if number else None
        if day is not None and day <= today:
            yield row
