"""Questions about members."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from henji.evidence.keys import vault
from henji.lib import counting, identity
from henji.lib.reach import Reach
from henji.members.details import DETAILS, Detail
from henji.members.models import (
    Membership,
    MembershipQuerySet,
    Merger,
    Particulars,
    ParticularsQuerySet,
    Person,
    Turn,
    Unplaced,
    UnplacedQuerySet,
)
from henji.members.queries import defects, mergers, places, transfers
from henji.unions.models import Employer, Union

T = TypeVar("T")
K = TypeVar("K")
#: So many values stand in one IN (…).
_AT_ONCE = 5000


# -- members of a day ------------------------------------------------------------------------------


def members_on(
    counties: Collection[int], day: date, *, known_at: datetime | None = None
) -> MembershipQuerySet:
    """会员: the memberships in force at the end of the day, as known now or, where it is given, then."""
    return Membership.objects.filter(county__in=counties).known(known_at).on(day)


def members_counted(
    counties: Collection[int], day: date, *, known_at: datetime | None = None
) -> dict[int, int]:
    """会员数: persons with a membership on the day, by county; one query for any number of counties."""
    return people_by_county(counties, Membership.objects.known(known_at).on(day))


def people_by_county(counties: Iterable[int], held: MembershipQuerySet) -> dict[int, int]:
    """人数: the persons of these memberships, each once, by county; one query."""
    return people_counted({county: held.filter(county=county) for county in counties})


def people_counted(held: Mapping[K, MembershipQuerySet]) -> dict[K, int]:
    """人数: the persons of each set of memberships, each once; one query for any number of sets."""
    return counting.counted({key: rows.values("person").distinct() for key, rows in held.items()})


@dataclass(frozen=True, slots=True)
class Wanted:
    """名册条件: which members of a county a list shows.

    `among` are the ids of the particulars of who was looked for, None where nobody was. `missing` is "place"
    (单位待归属), "start" (入会日期不详) or what `defects.lacking` knows. `unions` are trees: members of each
    of them, of one below, or at an employer of that township.
    """

    county: int
    day: date
    among: QuerySet[Particulars, Any] | list[int] | None = None
    unions: tuple[Union, ...] = ()
    employer: Employer | None = None
    unplaced: Unplaced | None = None
    missing: str = ""
    joined_from: date | None = None
    joined_to: date | None = None
    known_at: datetime | None = None


def known_in(county: int, known_at: datetime | None = None) -> ParticularsQuerySet:
    """What is known now, or was known then, of everybody on the county's record."""
    return Particulars.objects.known(known_at).filter(county=county)


def listed(reach: Reach, wanted: Wanted, *, number: int | None = None) -> ParticularsQuerySet:
    """会员名册: what is known of the members of the day within reach, as far as they are wanted.

    Each row's membership of the day is `person.held[0]`; two queries more for any number of rows. `number` is
    how many there are of the day in all, where that was counted already (see `roll`).
    """
    rows = known_in(wanted.county, wanted.known_at)
    held = members_on((wanted.county,), wanted.day, known_at=wanted.known_at).within(reach)
    conditions = _conditions(wanted)
    departed = transfers.departed_from(wanted.county)
    if held.filter(person__in=departed.values("person")).exists():
        # Who was a member here on the day, and has gone to another county since, stands as last known here.
        gone = transfers.last_known_in(wanted.county, departed)
        chosen = (rows | gone).filter(person__in=held.filter(conditions).values("person"))
    elif conditions or not reach.whole_county:
        # What is asked of memberships leaves few of them: these are looked up first.
        held = held.filter(conditions)
        chosen = rows.filter(person__in=held.values("person"))
    else:
        # Otherwise nearly everybody is shown: only who had a membership on another day is asked for one.
        off = Membership.objects.filter(county=wanted.county).known(wanted.known_at).off(wanted.day)
        own = held.filter(county=OuterRef("county"), person=OuterRef("person"))
        chosen = rows.filter(~Q(person__in=off.values("person")) | Exists(own))
    # The persons are looked up last, for the rows of the page alone.
    shown = chosen.prefetch_related(
        "person",
        Prefetch(
            "person__memberships",
            queryset=held.select_related("union", "employer", "unplaced"),
            to_attr="held",
        ),
    )
    if wanted.among is not None:
        return shown.filter(pk__in=wanted.among)
    return shown.counted_by(held).counted_as(None if conditions else number)


def _conditions(wanted: Wanted) -> Q:
    chosen = Q()
    for union in wanted.unions:
        chosen &= places.around(union)
    if wanted.employer is not None:
        chosen &= Q(employer=wanted.employer)
    if wanted.unplaced is not None:
        chosen &= Q(unplaced=wanted.unplaced)
    if wanted.missing in defects.ASKED:
        chosen &= defects.lacking((wanted.county,), wanted.known_at, wanted.missing)
    if wanted.missing == "place":
        chosen &= Q(unplaced__isnull=False)
    if wanted.missing == "start":
        chosen &= Q(start_on__isnull=True)
    return chosen & _joining(wanted)


def _joining(wanted: Wanted) -> Q:
    if wanted.joined_from is None and wanted.joined_to is None:
        return Q()
    joined = Q(began_by__in=(Turn.JOINED, Turn.BACK))
    if wanted.joined_from is not None:
        joined &= Q(start_on__gte=wanted.joined_from)
    if wanted.joined_to is not None:
        joined &= Q(start_on__lte=wanted.joined_to)
    return joined


@dataclass(frozen=True, slots=True)
class Roll:
    """名册概况: how many members there are on a day, and of how many something is still asked."""

    members: int
    unplaced: int
    undated: int


def roll(reach: Reach, county: int, day: date, *, known_at: datetime | None = None) -> Roll:
    """名册概况 of the county, as far as it is within reach; two queries, of indexes alone."""
    held = members_on((county,), day, known_at=known_at).within(reach)
    counted = held.aggregate(members=Count("pk"), undated=Count("pk", filter=Q(start_on__isnull=True)))
    return Roll(**counted, unplaced=held.filter(unplaced__isnull=False).count())


# -- who is who ------------------------------------------------------------------------------------


def blind_identity(number: str) -> str:
    """盲索引: what stands in the database in the place of the number (18 places)."""
    return vault().blind("identity", number)


def blind_identities(numbers: Iterable[str]) -> list[str]:
    """盲索引 of each of the numbers (18 places)."""
    return vault().blind_all("identity", numbers)


_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)


def identity_in(words: str) -> str:
    """身份证号: the number in its 18 places where the words are one, else empty."""
    bare = identity.normalise(words)
    if re.fullmatch(r"\d{15}", bare, re.ASCII):
        return identity.widen(bare)
    whole = _EIGHTEEN.fullmatch(bare) and identity.check_digit(bare[:17]) == bare[17]
    return bare if whole else ""


def holder_of(number: str) -> Person | None:
    """Who holds the identity number, in whichever county; of a record folded into another, that one."""
    index = blind_identity(number)
    held = Particulars.objects.known().filter(id_index=index).select_related("person").first()
    if held is not None:
        return held.person
    merged = Merger.objects.known().filter(id_index=index).select_related("kept").first()
    return merged.kept if merged else None


def find_by_identity(county: int, numbers: Iterable[str]) -> dict[str, UUID]:
    """按身份证号查人: the person of each number (18 places) that is held in the county.

    Of a record that was folded into another it is the folded one: rows that name it are recognised by it.
    """
    wanted = {blind_identity(number): number for number in numbers}
    held = Particulars.objects.known()
    # The county is looked at here: asked in SQL, it leads SQLite away from the index of identities.
    folded = Merger.objects.known().filter(county=county).values_list("id_index", "folded")
    found = {wanted[index]: person for index, person in folded if index in wanted}
    return found | {
        wanted[index]: person
        for some in _batches(wanted)
        for index, person, where in held.filter(id_index__in=some).values_list("id_index", "person", "county")
        if where == county
    }


def names_of(persons: Iterable[UUID]) -> dict[UUID, str]:
    """姓名: what the persons are called now, whichever of their records is named."""
    asked, known = list(persons), Particulars.objects.known()
    called = {
        person: name
        for some in _batches(asked)
        for person, name in known.filter(person__in=some).values_list("person", "name")
    }
    kept = mergers.kept_of([person for person in asked if person not in called])
    return called | (_called(kept) if kept else {})


def _called(kept: Mapping[UUID, UUID]) -> dict[UUID, str]:
    named = dict(Particulars.objects.known().filter(person__in=kept.values()).values_list("person", "name"))
    return {folded: named[person] for folded, person in kept.items() if person in named}


def names_told(versions: Collection[int]) -> dict[int, str]:
    """姓名: what the versions of particulars say, by their ids."""
    return dict(Particulars.objects.filter(pk__in=versions).values_list("pk", "name"))


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


# -- one person ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """一项信息: as a page may show it: masked where it must be."""

    detail: Detail
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """所见版本: what somebody had before their eyes: ids of versions."""

    particulars: int
    membership: int


@dataclass(frozen=True, slots=True)
class Card:
    """会员卡片: what is known of a person now. `opened` is empty where the key was destroyed."""

    person: Person
    known: Particulars
    opened: Mapping[str, str]
    memberships: tuple[Membership, ...]

    @property
    def latest(self) -> Membership:
        """The membership still open, else the one that ended last."""
        return self.memberships[0]

    @property
    def left_before_on(self) -> date | None:
        """When the membership before the latest ended, if there was one."""
        return max((row.end_on for row in self.memberships[1:] if row.end_on), default=None)

    @property
    def seen(self) -> Seen:
        """The versions that the card shows."""
        return Seen(self.known.pk, self.latest.pk)

    @property
    def is_erased(self) -> bool:
        """Whether nobody can read what was closed."""
        return self.person.key is None

    @property
    def details(self) -> tuple[Shown, ...]:
        """Every particular that is held, masked where it must be."""
        return tuple(_shown(self.opened))


def card(person: Person) -> Card:
    """会员卡片; two queries. Of a record that was folded into another, what was known last."""
    known = person.particulars.order_by(F("known_to").desc(nulls_first=True), "-pk")[0]
    known.person = person
    held = person.memberships.known().select_related("union", "employer", "unplaced").latest_first()
    return Card(person, known, opened(known), tuple(held))


def came_from(person: Person, trace: UUID, number: int) -> bool:
    """Whether the deed wrote something of the person from the row of its workbook."""
    told = person.particulars.filter(made_by=trace, source_row=number)
    return told.exists() or person.memberships.filter(made_by=trace, source_row=number).exists()


def opened(row: Particulars) -> dict[str, str]:
    """What lies in the box; nothing where the key was destroyed."""
    return vault().open(row.sealed) if row.sealed else {}


def _shown(values: Mapping[str, str]) -> Iterator[Shown]:
    for detail in DETAILS:
        if values.get(detail.name):
            yield Shown(detail, detail.shown(values[detail.name]))


# -- names without an employer ---------------------------------------------------------------------


def unplaced_names(reach: Reach) -> UnplacedQuerySet:
    """All names that rosters gave and the records did not hold, placed since or not."""
    return Unplaced.objects.within(reach).select_related("county", "employer")


def unplaced_in(reach: Reach) -> UnplacedQuerySet:
    """待归属单位: names still without an employer, with how many memberships (`members`) wait for each."""
    return named_by_rosters(reach).open()


def named_by_rosters(reach: Reach) -> UnplacedQuerySet:
    """名册上的单位: all such names, with how many memberships (`members`) wait for each."""
    waiting = Membership.objects.known().filter(county=OuterRef("county"), unplaced=OuterRef("pk"))
    counted = waiting.values("unplaced").annotate(members=Count("pk")).values("members")
    named = unplaced_names(reach).annotate(members=Coalesce(Subquery(counted), 0))
    return named.order_by("-members", "name")


def employers_named(keys: Collection[int]) -> dict[int, str]:
    """The employers' names by id."""
    return dict(Employer.objects.filter(pk__in=keys).values_list("pk", "name"))


#: What the names of many employers share, and what therefore tells nothing.
_LEGAL_FORM = re.compile(r"(有限责任|股份有限|有限|集团|总)?公司$|厂$|[()（）]")


def employers_like(unplaced: Unplaced, *, most: int = 5) -> list[Employer]:
    """相近单位: employers of the county whose names come near the one a roster gave, the nearest first."""
    district = unplaced.county.name.removesuffix("总工会")
    named: dict[str, list[Employer]] = {}
    for employer in Employer.objects.filter(county=unplaced.county_id):
        named.setdefault(core_of(employer.name, district), []).append(employer)
    near = get_close_matches(core_of(unplaced.name, district), named, most, cutoff=0.7)
    return [employer for core in near for employer in named[core]][:most]


def core_of(name: str, district: str) -> str:
    """字号: what is left of an employer's name without its district and its legal form."""
    return _LEGAL_FORM.sub("", name).removeprefix(district)
