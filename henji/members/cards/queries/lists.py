"""Lists of cards and batches, what is asked of somebody, and how many are issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from henji.lib import counting
from henji.lib.reach import Reach
from henji.members import queries as members
from henji.members.cards.models import ENDED, Card, CardBatch, CardQuerySet, State
from henji.members.cards.queries.holders import blind_number
from henji.members.models import (
    Membership,
    MembershipQuerySet,
    Merger,
    Particulars,
)
from henji.members.queries import places
from henji.members.queries.places import Places
from henji.unions.models import Employer, Union


def cards_in(reach: Reach) -> CardQuerySet:
    """会员卡: those that the request may see, as they are now."""
    return Card.objects.known().within(reach).select_related("person", "batch")


def batches_in(reach: Reach) -> QuerySet[CardBatch]:
    """送行批次 of the counties in reach, as far as whoever asks sees the whole county.

    Each with how many cards it holds (`held`), waits for (`waiting`) and got back unmade (`refused`).
    """
    batches = CardBatch.objects.filter(county__in=reach.counties if reach.whole_county else ())
    current = Q(cards__known_to__isnull=True)
    counted = batches.select_related("county").annotate(
        held=Count("cards", filter=current),
        waiting=Count("cards", filter=current & Q(cards__state__in=(State.CHECKED, State.SENT))),
        refused=Count("cards", filter=current & Q(cards__state=State.REFUSED)),
    )
    return counted.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """卡名单条件. `unions` are trees: holders are members of each of them, as `places.around` has it."""

    county: int
    day: date
    words: str = ""
    state: str = ""
    doubt: str = ""
    unions: tuple[Union, ...] = ()
    employer: Employer | None = None
    batch: CardBatch | None = None
    issued: date | None = None
    activated: date | None = None
    known_at: datetime | None = None


def listed(reach: Reach, wanted: Wanted) -> CardQuerySet:
    """卡名单: cards within reach as far as they are wanted; each row's membership is `person.held`.

    Two queries more for any number of rows.
    """
    rows = Card.objects.known(wanted.known_at).within(reach).filter(county=wanted.county)
    rows = _of_members(rows, wanted)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.doubt:
        rows = rows.filter(DOUBTS[wanted.doubt])
    if wanted.doubt == "left":
        rows = rows.filter(_gone(wanted.county, wanted.day))
    if wanted.batch is not None:
        rows = rows.filter(batch=wanted.batch)
    if wanted.words:
        rows = _matching(rows, wanted.words)
    held = Membership.objects.known().select_related("union", "employer", "unplaced").latest_first()
    shown = named(rows).prefetch_related("person", Prefetch("person__memberships", held, to_attr="held"))
    return shown.order_by("-pk")


def _of_members(rows: CardQuerySet, wanted: Wanted) -> CardQuerySet:
    for union in wanted.unions:
        held = _members(wanted).filter(places.around(union))
        rows = rows.filter(person__in=held.values("person"))
    if wanted.employer is not None:
        rows = rows.filter(person__in=_members(wanted).filter(employer=wanted.employer).values("person"))
    if wanted.issued is not None:
        rows = rows.issued(wanted.issued).filter(person__in=_members(wanted).values("person"))
    if wanted.activated is not None:
        rows = rows.filter(activated_on__lte=wanted.activated)
    return rows


def _members(wanted: Wanted) -> MembershipQuerySet:
    return members.members_on((wanted.county,), wanted.issued or wanted.day, known_at=wanted.known_at)


def _matching(rows: CardQuerySet, words: str) -> CardQuerySet:
    digits = words.replace(" ", "")
    number = members.identity_in(words)
    if number:
        held = Particulars.objects.known().filter(id_index=members.blind_identity(number))
        return rows.filter(person__in=held.values("person"))
    if digits.isascii() and digits.isdecimal():
        return (
            rows.filter(tail=digits) if len(digits) == 4 else rows.filter(number_index=blind_number(digits))
        )
    return rows.filter(person__in=Particulars.objects.known().named(words).values("person"))


def named(rows: CardQuerySet) -> CardQuerySet:
    """The rows, each with its holder's `name`: the last that the card's county knew of who left it."""
    told = Particulars.objects.filter(person=OuterRef("person"), county=OuterRef("county"))
    gone = told.exclude(person__county=OuterRef("county")).order_by("-pk").values("name")
    return rows.annotate(name=Coalesce(Subquery(told.known().values("name")[:1]), Subquery(gone[:1])))


#: 待办的疑问: what somebody must answer, by code.
DOUBTS: Mapping[str, Q] = {
    "faults": Q(state=State.APPLIED) & ~Q(faults=""),
    "refused": Q(state=State.REFUSED),
    "withdrawn": Q(withdrawn_on__isnull=False) & ~Q(state__in=ENDED),
    "left": ~Q(state__in=ENDED),
}


def _gone(county: int, day: date) -> Q:
    """Cards of those who once were members and on the day are not, and of records put into another."""
    held = Membership.objects.known().filter(county=county)
    own = held.on(day).filter(person=OuterRef("person"))
    # Few have ever left: these are looked up first, and only then whether they came back.
    left = Q(person__in=held.off(day).values("person")) & ~Q(Exists(own))
    return left | Q(person__in=Merger.objects.known().filter(county=county).values("folded"))


def doubts(reach: Reach, county: int, day: date) -> dict[str, int]:
    """疑问数: how many cards ask for an answer, by code; one query."""
    rows = Card.objects.known().within(reach).filter(county=county)
    gone = _gone(county, day)
    asked = {code: asked & gone if code == "left" else asked for code, asked in DOUBTS.items()}
    counted = rows.aggregate(**{code: Count("pk", filter=asked) for code, asked in asked.items()})
    return {code: number for code, number in counted.items() if number}


def applied(reach: Reach, county: int, day: date, township: Union | None = None) -> list[Card]:
    """待校验的卡 of the county, or of the members of one township."""
    wanted = Wanted(county=county, day=day, unions=(township,) if township else ())
    held = Card.objects.known().within(reach).filter(county=county, state=State.APPLIED)
    return list(_of_members(held, wanted).select_related("person").order_by("pk"))


def states(rows: CardQuerySet) -> dict[str, int]:
    """各状态张数, in the order of a card's life; one query."""
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: counted[state] for state in State.values if state in counted}


def issued_at(at: Places, day: date, *, known_at: datetime | None = None) -> dict[int, tuple[int, int]]:
    """已发和已激活: of the members of the day, how many hold a card and how many of these activated it.

    By the place's union; one query for any number of places. Whoever was handed two counts once.
    """
    asked: dict[tuple[str, int], QuerySet[Card, Any]] = {}
    for pk, place in at.items():
        held = place.among(members.members_on((place.county,), day, known_at=known_at))
        cards = Card.objects.known(known_at).filter(county=place.county).issued(day)
        issued = cards.filter(person__in=held.values("person"))
        asked["issued", pk] = issued.values("person").distinct()
        asked["active", pk] = issued.filter(activated_on__lte=day).values("person").distinct()
    counted = counting.counted(asked)
    return {pk: (counted["issued", pk], counted["active", pk]) for pk in at}
