"""Deeds on lists: made for all employers at once, and handed out by links."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.traces import RowsRoot
from henji.lib import bulk, ids
from henji.lib.actors import Actor
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.giving import carrying, queries, rules
from henji.mutual_aid.giving.carrying import Changes
from henji.mutual_aid.giving.models import Roll, RollLine, RollLink
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import Drive

#: So many ids stand in one IN (…).
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Made:
    """名单结果: how many lists are new, how many people were put on one, how many taken off."""

    rolls: int
    fresh: int
    ended: int


@transaction.atomic
def make_rolls(*, drive: Drive, by: Actor, at: datetime) -> Made:
    """捐款名单生成: make the lists of all employers, or bring them up to the members of the day.

    Last time's givers and new members, without those who left or retired. Done again, it changes nothing
    that has not changed in between, and leaves a trace that says so.
    """
    have_to_oneself(drive)
    trace, day = traces.new_id(at), localdate(at)
    world = queries.world_of(drive, day)
    wanted = carrying.carried_over(world.now, world.gave, world.earlier)
    found = carrying.changes(wanted, world.held, now=world.now, given=world.given)
    opened = _open_rolls(drive, [place for place, _origin in found.fresh.values()], trace)
    _end(found.ended, trace, at)
    root = _write(drive, found, queries.appeal_of(drive).proposed_yuan, trace, at)
    made = Made(opened, len(found.fresh), len(found.ended))
    traces.leave(
        Deed.ROLLS_MADE,
        id=trace,
        subject=drive,
        county=drive.county,
        by=by,
        at=at,
        on=day,
        facts={"rolls": made.rolls, "listed": made.fresh, "unlisted": made.ended},
        rows=root,
    )
    return made


@transaction.atomic
def hand_out(*, drive: Drive, rolls: Sequence[Roll], days: int, by: Actor, at: datetime) -> list[RollLink]:
    """名单链接发出: a link for each of the drive's lists, good for so many days; an earlier one ends by it.

    Raises NoRolls, BadSpan.
    """
    rules.must_have_rolls(rolls)
    ends_at = at + timedelta(days=rules.must_last(days))
    have_to_oneself(drive)
    trace = traces.new_id(at)
    RollLink.objects.filter(roll__in=rolls, revoked_by__isnull=True).update(revoked_by=trace)
    links = RollLink.objects.bulk_create(
        RollLink(id=ids.new(at), county=drive.county, roll=roll, ends_at=ends_at, made_by_id=trace)
        for roll in rolls
    )
    traces.leave(
        Deed.ROLLS_LINKED,
        id=trace,
        subject=rolls[0] if len(rolls) == 1 else drive,
        county=drive.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"links": [link.pk for link in links] if len(links) == 1 else len(links), "days": days},
    )
    return links


@transaction.atomic
def revoke_link(*, link: RollLink, by: Actor, at: datetime) -> None:
    """名单链接收回: from now on it opens nothing. Raises LinkEnded."""
    held = (
        RollLink.objects.select_for_update(no_key=True, of=("self",)).select_related("county").get(pk=link.pk)
    )
    rules.must_not_be_revoked(held)
    trace = traces.new_id(at)
    RollLink.objects.filter(pk=held.pk).update(revoked_by=trace)
    traces.leave(
        Deed.LINK_REVOKED,
        id=trace,
        subject=held,
        county=held.county,
        by=by,
        at=at,
        on=localdate(at),
    )


def _open_rolls(drive: Drive, employers: Iterable[int], trace: UUID) -> int:
    """Lists for employers that have none, also for those where nobody is to be listed."""
    lacking = queries.employers_without(drive, set(employers))
    made = Roll.objects.bulk_create(
        Roll(county=drive.county, drive=drive, employer=one, made_by_id=trace) for one in lacking
    )
    return len(made)


def _end(lines: Sequence[int], trace: UUID, at: datetime) -> None:
    for first in range(0, len(lines), _AT_ONCE):
        some = lines[first : first + _AT_ONCE]
        RollLine.objects.known().filter(pk__in=some).update(known_to=at, unmade_by_id=trace)


def _write(drive: Drive, found: Changes, proposed: Decimal | None, trace: UUID, at: datetime) -> RowsRoot:
    """One line for each who is listed anew, and the root over them: the person, the employer, why."""
    people = sorted(found.fresh)
    if people:
        _insert(drive, found, people, {"proposed_yuan": proposed, "made_by_id": trace, "known_from": at})
    leaves = (f"{person}|{found.fresh[person][0]}|{found.fresh[person][1]}" for person in people)
    return RowsRoot.over([sha256(leaf.encode()).digest() for leaf in leaves])


def _insert(drive: Drive, found: Changes, people: Sequence[UUID], same: Mapping[str, Any]) -> None:
    """Write the lines; `same` is what all of them say."""
    rolls = dict(Roll.objects.filter(drive=drive).values_list("employer", "pk"))
    columns = {
        "line": people,
        "person_id": people,
        "roll_id": [rolls[found.fresh[person][0]] for person in people],
        "origin": [str(found.fresh[person][1]) for person in people],
        "county_id": [drive.county_id],
        "drive_id": [drive.pk],
    }
    bulk.insert_columns(RollLine, columns | {name: [value] for name, value in same.items()})
    bulk.analyse(RollLine)
