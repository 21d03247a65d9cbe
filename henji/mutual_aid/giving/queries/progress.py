"""How a drive goes: by employer, by township, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Sum

from henji.lib.reach import Reach
from henji.members.queries import mergers
from henji.mutual_aid.giving.closing import Chance
from henji.mutual_aid.giving.models import Report, Slip
from henji.mutual_aid.giving.pacing import Pace, pace
from henji.mutual_aid.models import Donation, Drive, DriveVersion
from henji.mutual_aid.queries import counting_days, donations_to, gifts_counted, members_counted
from henji.mutual_aid.schemes.definitions import counting_day, defined
from henji.unions.models import Employer

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Going:
    """单位进度: of the employer's members on the counting day, how many gave; its money.

    `employer` is 0 for members without one. `reported` are people whose report waits for the county.
    `given_yuan` is what came through the employer, whoever gave it.
    """

    employer: int
    name: str
    township: str
    members: int
    donors: int
    reported: int
    given_yuan: Decimal
    paid_yuan: Decimal

    @property
    def missing(self) -> int:
        """Who has not given, and is not in a report that waits."""
        return max(self.members - self.donors - self.reported, 0)

    @property
    def owing_yuan(self) -> Decimal:
        """待缴存."""
        return self.given_yuan - self.paid_yuan

    @property
    def chance(self) -> Chance:
        """补差: what it can bring."""
        return Chance(self.employer, min(self.reported, self.members - self.donors), self.missing)


@dataclass(frozen=True, slots=True)
class Place:
    """乡镇进度: the employers of a township together."""

    name: str
    members: int
    donors: int
    given_yuan: Decimal
    paid_yuan: Decimal
    open: int


@dataclass(frozen=True, slots=True)
class Progress:
    """活动进度: of what the asker may see, employer by employer, and where it leads."""

    drive: Drive
    day: date
    counted_on: date
    goings: tuple[Going, ...]
    firsts: Mapping[date, int]
    pace: Pace


def progress_of(drive: Drive, reach: Reach, day: date, target: int) -> Progress:
    """活动进度 on the day against the target in percent; nine queries for any number of members.

    People are counted as the rate of participation counts them, by the definitions of the county's scheme.
    """
    version = defined(DriveVersion.objects.known().filter(drive=drive)).get()
    goings = going_of(version, reach, day)
    firsts = first_days(drive, reach, day)
    members, donors = (sum(getattr(one, side) for one in goings) for side in ("members", "donors"))
    reckoned = pace(
        firsts,
        members=members,
        donors=donors,
        target=target,
        collects=(version.collects_from, version.collects_to),
        as_of=day,
    )
    return Progress(drive, day, min(counting_day(version), day), goings, firsts, reckoned)


def going_of(version: DriveVersion, reach: Reach, day: date) -> tuple[Going, ...]:
    """单位进度 of each employer within reach, by name; for the county, of members without one too."""
    here = members_counted(counting_days([version], day)).order_by()
    given = donations_to([version.drive_id], day)
    givers = gifts_counted([version], day).filter(person__isnull=False).values("person")
    members = _by_employer(here, n=Count("pk"))
    donors = _by_employer(here.filter(person__in=givers), n=Count("pk"))
    as_others = here.filter(person__in=mergers.standing_for(givers)).exclude(person__in=givers)
    folded = _by_employer(as_others, n=Count("pk"))
    money = _by_employer(given.order_by(), n=Sum("amount_yuan"))
    slips = Slip.objects.known().filter(roll__drive=version.drive_id, paid_on__lte=day).order_by()
    paid = _by_employer(slips, "roll__employer", n=Sum("paid_yuan"))
    reports = Report.objects.open().filter(roll__drive=version.drive_id).order_by()
    reported = _by_employer(reports, "roll__employer", n=Sum("people"))

    def going(employer: int, name: str, township: str) -> Going:
        return Going(
            employer=employer,
            name=name,
            township=township,
            members=members.get(employer, 0),
            donors=donors.get(employer, 0) + folded.get(employer, 0),
            reported=reported.get(employer, 0),
            given_yuan=money.get(employer, ZERO),
            paid_yuan=paid.get(employer, ZERO),
        )

    employers = Employer.objects.within(reach).filter(county=version.county_id).order_by("name")
    rows = employers.values_list("pk", "name", "township__name", "closed_on")
    counted = {*members, *money, *paid}
    found = [
        going(pk, name, township or "") for pk, name, township, gone in rows if not gone or pk in counted
    ]
    if reach.whole_county and (members.get(0) or money.get(0)):
        found.append(going(0, "", ""))
    return tuple(found)


def _by_employer(rows: Any, employer: str = "employer", **number: Any) -> dict[int, Any]:
    """The number for each employer; under 0 what belongs to none."""
    counted = rows.values_list(employer).annotate(**number)
    return {pk or 0: found for pk, found in counted}


def first_days(drive: Drive, reach: Reach, day: date) -> dict[date, int]:
    """首捐: how many people gave for the first time on each day, up to the day; one query."""
    gifts = Donation.objects.known().within(reach)
    gifts = gifts.filter(drive=drive, person__isnull=False, given_on__lte=day).order_by()
    firsts = gifts.annotate(who=mergers.as_one()).values("who").annotate(first=Min("given_on"))
    statement, values = firsts.values("who", "first").query.sql_with_params()
    asked = f"SELECT first, COUNT(*) FROM ({statement}) AS firsts GROUP BY first ORDER BY first"  # noqa: S608 - of our own
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return {_day(on): number for on, number in cursor.fetchall()}


def _day(value: date | str) -> date:
    """A day, as SQLite or PostgreSQL gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def places_of(goings: Sequence[Going]) -> list[Place]:
    """乡镇进度: by township, the one with most members first; what lies in none at the end."""
    groups: dict[str, list[Going]] = {}
    for one in goings:
        groups.setdefault(one.township, []).append(one)
    places = [_place(name, held) for name, held in groups.items()]
    return sorted(places, key=lambda place: (not place.name, -place.members, place.name))


def _place(name: str, held: Sequence[Going]) -> Place:
    return Place(
        name=name,
        members=sum(one.members for one in held),
        donors=sum(one.donors for one in held),
        given_yuan=sum((one.given_yuan for one in held), ZERO),
        paid_yuan=sum((one.paid_yuan for one in held), ZERO),
        open=sum(bool(one.owing_yuan) for one in held),
    )
