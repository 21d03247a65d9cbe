"""Questions about lists: who stands on them, what was given, reported and paid in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from henji.evidence import traces
from henji.lib.fields import YuanField
from henji.lib.reach import Reach
from henji.members import queries as members
from henji.members.queries import mergers
from henji.mutual_aid.giving.models import (
    Receipt,
    ReceiptQuerySet,
    Report,
    ReportedGift,
    ReportQuerySet,
    Roll,
    RollLine,
    RollLink,
    RollQuerySet,
    Slip,
)
from henji.mutual_aid.giving.queries.making import working_on
from henji.mutual_aid.ledger import chart, posting
from henji.mutual_aid.models import Donation, DonationQuerySet, Drive
from henji.unions.models import Employer, EmployerQuerySet

ZERO = Decimal("0.00")
_NOTHING = Value(0, output_field=YuanField())


def drives_with_rolls(counties: Iterable[int]) -> QuerySet[Drive]:
    """有名单的活动 of the counties."""
    return Drive.objects.filter(county__in=counties, rolls__isnull=False).distinct()


def rolls_in(reach: Reach) -> RollQuerySet:
    """名单 that the request may see."""
    return Roll.objects.within(reach).select_related("drive", "employer__township", "county")


def balances_of(rolls: RollQuerySet) -> RollQuerySet:
    """名单 with how each stands: `listed`, `donors`, `given_yuan`, `paid_yuan`, `reported`, `linked`.

    `owing_yuan` is what was given and not paid in yet: below nothing where more was paid than the list says.
    """
    gifts = _gifts_of(OuterRef("drive"), OuterRef("employer")).order_by().values("drive")
    lines = RollLine.objects.known().filter(roll=OuterRef("pk")).order_by().values("roll")
    slips = Slip.objects.known().filter(roll=OuterRef("pk")).order_by().values("roll")
    waiting = Report.objects.open().filter(roll=OuterRef("pk"))
    links = RollLink.objects.filter(roll=OuterRef("pk"), revoked_by__isnull=True)
    annotated = rolls.annotate(
        listed=Subquery(lines.annotate(n=Count("pk")).values("n")),
        donors=Subquery(gifts.annotate(n=Count("person", distinct=True)).values("n")),
        given_yuan=_or_nothing(gifts.annotate(n=Sum("amount_yuan")).values("n")),
        paid_yuan=_or_nothing(slips.annotate(n=Sum("paid_yuan")).values("n")),
        reported=Subquery(waiting.values("people")[:1]),
        linked=Exists(links),
    )
    owing = ExpressionWrapper(F("given_yuan") - F("paid_yuan"), output_field=YuanField())
    return annotated.annotate(owing_yuan=owing)


def _or_nothing(sums: QuerySet[Any]) -> Coalesce:
    """The sum, zero where there is nothing to sum."""
    return Coalesce(Subquery(sums, output_field=YuanField()), _NOTHING, output_field=YuanField())


def _gifts_of(drive: Any, employer: Any) -> DonationQuerySet:
    return Donation.objects.known().filter(drive=drive, employer=employer)


@dataclass(frozen=True, slots=True)
class Balance:
    """名单对账: what an employer's people and itself gave, what it paid in, what is still to come."""

    donors: int
    given_yuan: Decimal
    paid_yuan: Decimal

    @property
    def owing_yuan(self) -> Decimal:
        """待缴存; below nothing where more was paid than given."""
        return self.given_yuan - self.paid_yuan


def balance_of(roll: Roll) -> Balance:
    """名单对账 of one list; two queries."""
    gifts = _gifts_of(roll.drive_id, roll.employer_id)
    given = gifts.aggregate(donors=Count("person", distinct=True), total=Sum("amount_yuan"))
    paid = Slip.objects.known().filter(roll=roll).aggregate(total=Sum("paid_yuan"))
    return Balance(given["donors"], given["total"] or ZERO, paid["total"] or ZERO)


def booked_for(roll: Roll, day: date) -> Decimal:
    """账上待缴存: what the books hold the employer to owe at the end of the day, of all drives together."""
    return posting.balance(roll.county_id, chart.TO_PAY_IN, day, roll.employer_id)


def lines_of(roll: Roll) -> QuerySet[Any]:
    """名单行 with each person's `name` and what they `gave_yuan` to the drive, wherever it was paid in."""
    own = Q(person=OuterRef("person")) | Q(person__in=mergers.folded_for(OuterRef(OuterRef("person"))))
    gifts = Donation.objects.known().filter(own, drive=roll.drive_id).order_by().values("drive")
    rows = RollLine.objects.known().filter(roll=roll)
    return rows.annotate(
        name=mergers.name_of(),
        gave_yuan=Subquery(
            gifts.annotate(total=Sum("amount_yuan")).values("total"), output_field=YuanField()
        ),
    )


def unlinked(reach: Reach, drive: Drive, at: datetime) -> RollQuerySet:
    """没有链接的名单 of a drive: those with somebody on them and no link that is good."""
    good = RollLink.objects.filter(revoked_by__isnull=True, ends_at__gt=at, roll=OuterRef("pk"))
    listed = RollLine.objects.known().filter(roll=OuterRef("pk"))
    return Roll.objects.within(reach).filter(Exists(listed), ~Exists(good), drive=drive)


def links_of(roll: Roll) -> QuerySet[RollLink]:
    """名单链接 of a list, the latest first."""
    return roll.links.select_related("made_by", "revoked_by").order_by("-made_by")


def uses_of(link: RollLink, since: datetime) -> int:
    """使用次数 of a link since the instant: each use left a trace that names it."""
    return traces.all_traces().of(link).filter(at__gt=since).count()


def employers_without(drive: Drive, employers: Collection[int]) -> EmployerQuerySet:
    """没有名单的单位: those at work, and those named, that have no list for the drive yet."""
    wanted = Q(closed_on__isnull=True) | Q(pk__in=employers)
    held = Roll.objects.filter(drive=drive).values("employer")
    return Employer.objects.filter(wanted, county=drive.county_id).exclude(pk__in=held)


# -- reports ---------------------------------------------------------------------------------------


def open_report(roll: Roll) -> Report | None:
    """待受理的填报 of a list, if there is one."""
    return Report.objects.open().filter(roll=roll).first()


def reports_of(roll: Roll) -> ReportQuerySet:
    """填报 of a list, the latest first."""
    return Report.objects.filter(roll=roll).select_related("made_by", "settled_by__words").order_by("-pk")


def in_hand(reach: Reach, drive: Drive) -> ReportQuerySet:
    """待受理的填报 of a drive, each with how many of its people have `already` given; the earliest first."""
    gave = Donation.objects.known().filter(drive=drive, person__isnull=False)
    already = ReportedGift.objects.filter(report=OuterRef("pk"), person__in=gave.values("person"))
    counted = already.order_by().values("report").annotate(n=Count("pk")).values("n")
    held = Report.objects.open().within(reach).filter(roll__drive=drive)
    return held.select_related("roll__employer").annotate(already=Subquery(counted)).order_by("pk")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """填报表一行: a person, what they gave already, what was reported, what is proposed."""

    person: UUID
    name: str
    gave_yuan: Decimal | None
    reported_yuan: Decimal | None
    proposed_yuan: Decimal | None
    listed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """填报表 of a list: its people, and other working members of the employer, who may give as well."""

    roll: Roll
    rows: tuple[SheetRow, ...]
    report: Report | None

    @property
    def open_to(self) -> frozenset[UUID]:
        """Who may still be reported."""
        return frozenset(row.person for row in self.rows if row.gave_yuan is None)


def people_of(roll: Roll, day: date) -> dict[UUID, RollLine | None]:
    """可填报的人: each on the list with the line, and each other working member of the employer without."""
    lines = {line.person_id: line for line in RollLine.objects.known().filter(roll=roll)}
    elsewhere = RollLine.objects.known().filter(drive=roll.drive_id).exclude(roll=roll)
    here = working_on(roll.county_id, day).filter(employer=roll.employer_id)
    others = here.exclude(person__in=elsewhere.values("person")).values_list("person", flat=True)
    return lines | {person: None for person in others if person not in lines}


def sheet_of(roll: Roll, day: date) -> Sheet:
    """填报表 of the day, by name; eight queries for any number of people."""
    people = people_of(roll, day)
    names = members.names_of(people)
    gave = _given_by(roll.drive_id, people)
    report = open_report(roll)
    reported = dict(report.gifts.values_list("person", "amount_yuan")) if report else {}
    rows = [
        SheetRow(
            person=person,
            name=names.get(person, ""),
            gave_yuan=gave.get(person),
            reported_yuan=reported.get(person),
            proposed_yuan=line.proposed_yuan if line else None,
            listed=line is not None,
        )
        for person, line in people.items()
    ]
    return Sheet(roll, tuple(sorted(rows, key=lambda row: (not row.listed, row.name, row.person))), report)


def _given_by(drive: int, people: Collection[UUID]) -> dict[UUID, Decimal]:
    """What each of the people gave to the drive, under whichever of their records."""
    folded = mergers.folded_of(people)
    gifts = Donation.objects.known().filter(drive=drive, person__in={*people, *folded}).order_by()
    found: dict[UUID, Decimal] = {}
    for person, total in gifts.values_list("person").annotate(total=Sum("amount_yuan")):
        who = person if person in people else folded[person]
        found[who] = found.get(who, ZERO) + total
    return found


# -- receipts --------------------------------------------------------------------------------------


def receipts_in(reach: Reach) -> ReceiptQuerySet:
    """收据 that the request may see."""
    return Receipt.objects.within(reach).select_related("slip__roll", "cancellation")
