"""What lists are made from: the members of the day, the givers of the drive before, the lines there are."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from henji.members.models import Membership, MembershipQuerySet, Merger, Standing
from henji.mutual_aid.giving.carrying import Held
from henji.mutual_aid.giving.models import Origin, RollLine
from henji.mutual_aid.models import Donation, Drive


@dataclass(frozen=True, slots=True)
class World:
    """所据: `now` are the working members of the day at their employers, `earlier` the members of the
    counting day of the drive before, `gave` its givers; `given` are those of this drive, `held` its lines.
    """

    now: Mapping[UUID, int]
    earlier: Set[UUID]
    gave: Set[UUID]
    given: Set[UUID]
    held: tuple[Held, ...]


def world_of(drive: Drive, day: date) -> World:
    """所据 of a drive's lists on the day; six queries for any number of members."""
    kept = dict(Merger.objects.known().filter(county=drive.county_id).values_list("folded", "kept"))
    before = drive_before(drive)
    return World(
        now=dict(working_on(drive.county_id, day).values_list("person", "employer")),
        earlier=_members_on(drive.county_id, before.counted_on) if before else frozenset(),
        gave=givers_of(before, kept) if before else frozenset(),
        given=givers_of(drive, kept),
        held=_lines(drive, kept),
    )


def working_on(county: int, day: date) -> MembershipQuerySet:
    """在职会员 of the day with an employer; who retired, or works nowhere, stands on no list."""
    held = Membership.objects.known().filter(county=county).on(day)
    return held.filter(standing=Standing.WORKING, employer__isnull=False)


def placeless(county: int, day: date) -> int:
    """没有单位的会员: working members of the day whom no list can hold."""
    held = Membership.objects.known().filter(county=county).on(day)
    return held.filter(standing=Standing.WORKING, employer__isnull=True).count()


def drive_before(drive: Drive) -> Drive | None:
    """上一次活动: the latest of the county that began to collect before this one did."""
    earlier = Drive.objects.filter(county=drive.county_id, collects_from__lt=drive.collects_from)
    return earlier.order_by("-collects_from", "-id").first()


def givers_of(drive: Drive, kept: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """捐款会员 of a drive, each as the record that stands for the person now."""
    given = Donation.objects.known().filter(drive=drive, person__isnull=False)
    persons = given.order_by().values_list("person", flat=True).distinct()
    return frozenset(kept.get(person, person) for person in persons)


def _members_on(county: int, day: date) -> frozenset[UUID]:
    held = Membership.objects.known().filter(county=county).on(day)
    return frozenset(held.order_by().values_list("person", flat=True))


def _lines(drive: Drive, kept: Mapping[UUID, UUID]) -> tuple[Held, ...]:
    rows = RollLine.objects.known().filter(drive=drive)
    return tuple(
        Held(pk, kept.get(person, person), employer, Origin(origin), person in kept)
        for pk, person, employer, origin in rows.values_list("pk", "person", "roll__employer", "origin")
    )
