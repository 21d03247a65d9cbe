"""Deeds on one membership: leaving, keeping, coming back, and taking such a turn back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.members import queries, rules
from henji.members.deeds import TURNS, Deed
from henji.members.models import Membership, Person, Standing, Transfer, Turn
from henji.members.rules import moving
from henji.unions.models import Employer, Union


@transaction.atomic
def end_membership(
    *, person: Person, seen: int, ending: Turn, on: date, by: Actor, at: datetime, reason: str = ""
) -> Membership:
    """退会、除名、去世: the membership ends without another that would go on; `on` is the first day outside.

    `seen` is the version that was looked at. Raises Outdated, NotAMember, BeforeJoining, NotYetHappened,
    InTransfer, and for 除名 ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=ending == Turn.EXPELLED)
    held = _held(person, seen)
    _must_be_free_to_turn(held, on, at)
    trace = traces.new_id(at)
    ended = versions.supersede(held, trace=trace, at=at, end_on=on, ended_by=ending, source_row=None)
    traces.leave(
        _ENDED[ending],
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=on,
        facts={"union": held.union_id},
        words=words,
    )
    return ended


@transaction.atomic
def change_standing(
    *, person: Person, seen: int, standing: str, on: date, by: Actor, at: datetime, reason: str = ""
) -> Membership:
    """会籍状态变更: keep the membership of somebody who no longer works, or let it be an ordinary one again.

    The membership goes on in another standing from the day. Raises as `end_membership`, and NoSuchStanding.
    """
    words = moving.exact_reason(reason)
    held = _held(person, seen)
    _must_be_free_to_turn(held, on, at)
    moving.must_change_standing(held, standing)
    trace = traces.new_id(at)
    versions.supersede(held, trace=trace, at=at, end_on=on, ended_by=Turn.STANDING, source_row=None)
    after = Membership.objects.create(
        line=ids.new(at),
        person=person,
        county_id=held.county_id,
        union_id=held.union_id,
        employer_id=held.employer_id,
        unplaced_id=held.unplaced_id,
        start_on=on,
        standing=standing,
        began_by=Turn.STANDING,
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.STANDING_CHANGED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=on,
        facts={"union": held.union_id, "standing": standing},
        words=words,
    )
    return after


@transaction.atomic
def rejoin(
    *, person: Person, seen: int, employer: Employer | None, on: date, by: Actor, at: datetime
) -> Membership:
    """重新入会: whoever has left comes back on a day, as the same person.

    Raises Outdated, StillAMember, Dead, BeforeLeaving, NotInCounty, NotYetHappened.
    """
    rules.must_be_of(employer, county=person.county_id)
    held = _held(person, seen)
    moving.must_have_happened(on, today=localdate(at))
    moving.must_have_left(held, on)
    place = rules.place_of(employer, county=person.county_id)
    trace = traces.new_id(at)
    joined = Membership.objects.create(
        line=ids.new(at),
        person=person,
        county_id=person.county_id,
        union_id=place.union,
        employer_id=place.employer,
        start_on=on,
        standing=Standing.WORKING,
        began_by=Turn.BACK,
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.REJOINED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=on,
        facts={"union": place.union},
    )
    return joined


@transaction.atomic
def withdraw_turn(*, person: Person, seen: int, reason: str, by: Actor, at: datetime) -> Person:
    """会籍变动撤回: the last turn should not have been written down; what it ended goes on.

    Raises Outdated, ReasonMissing, NothingToWithdraw, InTransfer.
    """
    words = moving.exact_reason(reason, needed=True)
    held = _held(person, seen)
    moving.must_be_in_no_transfer(_waiting(person))
    made, ended = moving.step_back(queries.card(person).memberships)
    trace = traces.new_id(at)
    if made is not None:
        versions.end(made, trace=trace, at=at)
    if ended is not None:
        versions.supersede(ended, trace=trace, at=at, end_on=None, ended_by="", source_row=None)
    traces.leave(
        Deed.TURN_WITHDRAWN,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"union": held.union_id},
        words=words,
        supersedes=_last_turn(person),
    )
    return person


_ENDED = {Turn.LEFT: Deed.LEFT, Turn.EXPELLED: Deed.EXPELLED, Turn.DIED: Deed.DIED}


def _held(person: Person, seen: int) -> Membership:
    """The person's latest membership, had to oneself; raises Outdated where it is not the one seen."""
    Union.objects.select_for_update(no_key=True).get(pk=person.county_id)
    held = person.memberships.known().latest_first().select_related("union").first()
    rules.must_be_current(held is not None and held.pk == seen)
    assert held is not None  # noqa: S101 - else it would not be the one seen
    return held


def _must_be_free_to_turn(held: Membership, on: date, at: datetime) -> None:
    moving.must_have_happened(on, today=localdate(at))
    moving.must_be_member(held, on)
    moving.must_be_in_no_transfer(_waiting(held.person))


def _waiting(person: Person) -> bool:
    return Transfer.objects.known().open().filter(person=person).exists()


def _last_turn(person: Person) -> UUID | None:
    done = traces.all_traces().of(person).filter(deed__in=TURNS).newest_first()
    return done.values_list("pk", flat=True).first()
