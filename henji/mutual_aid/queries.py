"""Questions about drives, donations and aid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from henji.evidence.figures import Scope
from henji.lib.periods import Period
from henji.lib.reach import Reach
from henji.members import queries as members
from henji.members.models import Membership, MembershipQuerySet, Particulars, Person
from henji.members.queries import mergers
from henji.members.queries.places import Places, places_of
from henji.mutual_aid.models import (
    AidPayment,
    AidPaymentQuerySet,
    Donation,
    DonationQuerySet,
    Drive,
    DriveVersion,
    DriveVersionQuerySet,
    Giver,
    Subsidy,
    SubsidyQuerySet,
)
from henji.mutual_aid.schemes.definitions import counting_day, counts_as_gift, defined

ZERO = Decimal("0.00")


def drives_collecting(
    counties: Iterable[int], period: Period, known_at: datetime | None = None
) -> DriveVersionQuerySet:
    """募集期在内的活动: drives whose last day of collection lies in the period, as known, the latest last."""
    known = DriveVersion.objects.known(known_at).filter(county__in=counties)
    return defined(known.collecting(period).order_by("collects_to", "drive_id"), known_at)


def drives_serving(
    counties: Iterable[int], period: Period, known_at: datetime | None = None
) -> DriveVersionQuerySet:
    """救助期在内的活动: drives whose money serves an aid year that begins in the period, as known."""
    known = DriveVersion.objects.known(known_at).filter(county__in=counties)
    return defined(known.serving(period).order_by("aid_from", "drive_id"), known_at)


def drives_before(
    counties: Iterable[int], period: Period, known_at: datetime | None = None
) -> DriveVersionQuerySet:
    """以前的活动: drives whose money served an aid year that began before the period, as known."""
    return DriveVersion.objects.known(known_at).filter(county__in=counties, aid_from__lt=period.start)


def donations_to(drives: Iterable[int], as_of: date, known_at: datetime | None = None) -> DonationQuerySet:
    """捐款: those given to the drives up to the day, as known."""
    return Donation.objects.known(known_at).filter(drive__in=drives, given_on__lte=as_of)


def subsidies_to(drives: Iterable[int], as_of: date, known_at: datetime | None = None) -> SubsidyQuerySet:
    """工会补贴: those granted to the drives up to the day, as known."""
    return Subsidy.objects.known(known_at).filter(drive__in=drives, granted_on__lte=as_of)


def counting_days(drives: Iterable[DriveVersion], as_of: date) -> dict[int, date]:
    """会员数统计日: of each county, that of its latest drive, or the day asked about if that comes first."""
    return {drive.county_id: min(counting_day(drive), as_of) for drive in drives}


def members_counted(days: Mapping[int, date], known_at: datetime | None = None) -> MembershipQuerySet:
    """会员: the memberships in force in each county on its own day."""
    held = Membership.objects.known(known_at).filter(county__in=days).alias(day=_day_of(days))
    joined = held.filter(Q(start_on__isnull=True) | Q(start_on__lte=F("day")))
    return joined.filter(Q(end_on__isnull=True) | Q(end_on__gt=F("day")))


def _day_of(days: Mapping[int, date]) -> Value | Case:
    sharing: dict[date, list[int]] = {}
    for county, day in days.items():
        sharing.setdefault(day, []).append(county)
    if len(sharing) <= 1:
        return Value(next(iter(sharing), None), output_field=DateField())
    whens = (When(county__in=counties, then=Value(day)) for day, counties in sharing.items())
    return Case(*whens, output_field=DateField())


def donors_counted(
    drives: Sequence[DriveVersion], as_of: date, known_at: datetime | None = None
) -> MembershipQuerySet:
    """参加会员: those of the members counted who gave to one of the drives up to the day."""
    givers = _givers(drives, as_of, known_at)
    gave = givers.union(mergers.standing_for(givers, known_at), all=True)
    return members_counted(counting_days(drives, as_of), known_at).filter(person__in=gave)


def _givers(drives: Iterable[DriveVersion], as_of: date, known_at: datetime | None) -> QuerySet[Any]:
    """Who gave. A gift under a record that was folded into another is a gift of whom the other is of."""
    return gifts_counted(list(drives), as_of, known_at).filter(person__isnull=False).values("person")


def gifts_counted(
    drives: Sequence[DriveVersion], as_of: date, known_at: datetime | None = None
) -> DonationQuerySet:
    """算参加的捐款: those to the drives up to the day that the definition of the rate counts, as known."""
    given = Donation.objects.known(known_at).filter(given_on__lte=as_of)
    return given.filter(counts_as_gift(list(drives)))


def aid_paid(
    counties: Iterable[int], period: Period, as_of: date, known_at: datetime | None = None
) -> AidPaymentQuerySet:
    """救助金支付: those of the period, up to the day, as known."""
    return AidPayment.objects.known(known_at).filter(
        county__in=counties, paid_on__gte=period.start, paid_on__lt=period.end, paid_on__lte=as_of
    )


def taking_part(
    at: Places, drives: Iterable[DriveVersion], as_of: date, known_at: datetime | None = None
) -> tuple[dict[int, int], dict[int, int]]:
    """参加人数, 会员人数 at each place whose county has one of the drives; one query.

    Those of its members counted who gave to the county's own drives, and its members on the counting day.
    """
    own: dict[int, list[DriveVersion]] = {}
    for drive in drives:
        own.setdefault(drive.county_id, []).append(drive)
    asked: dict[tuple[str, int], MembershipQuerySet] = {}
    for union, place in at.items():
        if held := own.get(place.county):
            here = place.among(members_counted(counting_days(held, as_of), known_at))
            givers = _givers(held, as_of, known_at)
            folded = mergers.standing_for(givers, known_at)
            # Each part reads one index in its order; asked together, members would be looked up one by one.
            asked["gave", union] = here.filter(person__in=givers)
            asked["gave as another", union] = here.filter(person__in=folded).exclude(person__in=givers)
            asked["all", union] = here
    counted = members.people_counted(asked)
    whole = {union: number for (which, union), number in counted.items() if which == "all"}
    gave = {union: counted["gave", union] + counted["gave as another", union] for union in whole}
    return gave, whole


def collected_by_county(scope: Scope, drives: Sequence[DriveVersion]) -> dict[int, Decimal]:
    """募集金额 of each county, in one query."""
    given = donations_to([drive.drive_id for drive in drives], scope.as_of, scope.known_at)
    return _sums(given, "amount_yuan")


def granted_by_county(scope: Scope, drives: Sequence[DriveVersion]) -> dict[int, Decimal]:
    """补贴金额 of each county, in one query."""
    granted = subsidies_to([drive.drive_id for drive in drives], scope.as_of, scope.known_at)
    return _sums(granted, "granted_yuan")


def paid_by_county(scope: Scope) -> dict[int, Decimal]:
    """支付金额 of each county, in one query."""
    return _sums(aid_paid(scope.unions, scope.period, scope.as_of, scope.known_at), "paid_yuan")


def _sums(rows: QuerySet[Any], amount: str) -> dict[int, Decimal]:
    summed = rows.values("county").annotate(total=Sum(amount)).order_by()
    return {row["county"]: row["total"] for row in summed}


@dataclass(frozen=True, slots=True)
class DriveState:
    """活动进展: what a drive has brought in so far, of what the asker may see.

    `subsidy_yuan` is None for those who see a branch of the county: subsidies are the county's to know.
    """

    drive: Drive
    collected_yuan: Decimal
    from_members_yuan: Decimal
    from_groups_yuan: Decimal
    donors: int
    unknown: int
    subsidy_yuan: Decimal | None


def state_of(drive: Drive, reach: Reach) -> DriveState:
    """活动进展, as known now, in two queries."""
    given: Mapping[str, Any] = (
        gifts_to(drive, reach)
        .annotate(who=mergers.as_one())
        .aggregate(
            collected=Sum("amount_yuan"),
            members=Sum("amount_yuan", filter=Q(giver=Giver.MEMBER)),
            groups=Sum("amount_yuan", filter=Q(giver=Giver.GROUP)),
            donors=Count("who", distinct=True),
            unknown=Count("pk", filter=Q(giver=Giver.UNKNOWN)),
        )
    )
    return DriveState(
        drive=drive,
        collected_yuan=given["collected"] or ZERO,
        from_members_yuan=given["members"] or ZERO,
        from_groups_yuan=given["groups"] or ZERO,
        donors=given["donors"],
        unknown=given["unknown"],
        subsidy_yuan=_granted(drive) if reach.whole_county else None,
    )


def _granted(drive: Drive) -> Decimal:
    total: Decimal | None = drive.subsidies.known().aggregate(total=Sum("granted_yuan"))["total"]
    return total or ZERO


def gifts_to(drive: Drive, reach: Reach) -> DonationQuerySet:
    """活动的捐款 within reach, as known now."""
    return Donation.objects.known().within(reach).filter(drive=drive)


def version_of(drive: Drive) -> DriveVersion:
    """活动版本: the one believed now."""
    return DriveVersion.objects.known().select_related("drive__county").get(drive=drive)


def drives_of(counties: Iterable[int]) -> QuerySet[Drive]:
    """活动 of the counties, the latest first."""
    return Drive.objects.filter(county__in=counties).order_by("-collects_from", "-id")


def a_year_after(drive: Drive | None) -> dict[str, object]:
    """下一次活动: what the next drive is likely to be, for a person to confirm."""
    if drive is None:
        return {}
    days = ("collects_from", "collects_to", "aid_from", "aid_to")
    code = str(int(drive.code) + 1) if drive.code.isdecimal() else ""
    name = drive.name.replace(drive.code, code) if code else ""
    return {"code": code, "name": name} | {day: _next_year(getattr(drive, day)) for day in days}


def _next_year(day: date) -> date:
    """The same day a year later; the last of February for its 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def drive_named(county: int, code: str) -> Drive | None:
    """活动 with the code."""
    return Drive.objects.filter(county=county, code=code).select_related("county").first()


def member_numbered(county: int, number: str) -> Person | None:
    """会员: whom the county's roster holds under the identity number (18 places)."""
    found = members.find_by_identity(county, [number])
    return Person.objects.filter(pk=found[number]).first() if number in found else None


def unknown_gifts(reach: Reach) -> DonationQuerySet:
    """待确认的捐款: those within reach whose giver is still to be named."""
    return Donation.objects.known().within(reach).filter(giver=Giver.UNKNOWN)


R = TypeVar("R", Donation, AidPayment)


def with_names(rows: QuerySet[R]) -> QuerySet[R]:
    """The rows with each member's name of today as `member_name`."""
    return rows.annotate(member_name=mergers.name_of())


def donors_counted_in(
    reach: Reach,
    drives: Sequence[DriveVersion],
    as_of: date,
    known_at: datetime | None = None,
    *,
    union: int | None = None,
) -> QuerySet[Particulars]:
    """参加会员 within reach whom the rate of participation counts, each once; of one union, if named."""
    counted = donors_counted(drives, as_of, known_at).within(reach)
    if union is not None:
        counted = places_of([union])[union].among(counted)
    gifts = gifts_counted(drives, as_of, known_at)
    return _donors(gifts, counted.values("person"))


def donors_to(drive: Drive, reach: Reach) -> QuerySet[Particulars]:
    """活动的捐款会员 within reach, each once, whether or not they were members on the counting day."""
    gifts = gifts_to(drive, reach)
    return _donors(gifts, gifts.filter(person__isnull=False).values(who=mergers.as_one()))


def _donors(gifts: DonationQuerySet, persons: QuerySet[Any]) -> QuerySet[Particulars]:
    """What is known of the persons, with how much and how often each of them gave."""
    own = Q(person=OuterRef("person")) | Q(person__in=mergers.folded_for(OuterRef(OuterRef("person"))))
    given = gifts.filter(own).order_by().annotate(all=Value(1)).values("all")
    return (
        Particulars.objects.known()
        .filter(person__in=persons)
        .annotate(
            given_yuan=Subquery(given.annotate(total=Sum("amount_yuan")).values("total")),
            gifts=Subquery(given.annotate(times=Count("pk")).values("times")),
        )
    )


def drives_with_sums(reach: Reach) -> QuerySet[Drive]:
    """活动 with what each has collected and from how many, of what the asker may see, as known now."""
    gifts = Donation.objects.known().within(reach).filter(drive=OuterRef("pk")).order_by().values("drive")
    return drives_of(reach.counties).annotate(
        collected_yuan=Subquery(gifts.annotate(total=Sum("amount_yuan")).values("total")),
        donors=Subquery(_people(gifts)),
    )


def _people(gifts: QuerySet[Any]) -> QuerySet[Any]:
    counted: QuerySet[Any] = gifts.annotate(people=Count(mergers.as_one(), distinct=True)).values("people")
    return counted


@dataclass(frozen=True, slots=True)
class Candidate:
    """可能的捐款人: a member with the name that the book gave, where they work, what they gave already."""

    person: UUID
    place: str
    given_yuan: Decimal


def candidates_for(donation: Donation) -> list[Candidate]:
    """可能的捐款人: members of the county with the name that the book gave, on the day of the gift."""
    called = Particulars.objects.known().filter(county=donation.county, name=donation.named)
    held = Membership.objects.known().on(donation.given_on).filter(person__in=called.values("person"))
    rows = list(held.select_related("employer", "unplaced", "union").order_by("id")[:20])
    given = Donation.objects.known().filter(drive=donation.drive)
    sums = dict(
        given.filter(person__in=[row.person_id for row in rows])
        .values("person")
        .annotate(total=Sum("amount_yuan"))
        .values_list("person", "total")
    )
    return [
        Candidate(row.person_id, row.where or row.union.name, sums.get(row.person_id, ZERO)) for row in rows
    ]
