"""Deeds on transfers: one union releases, another accepts or refuses."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.members import rules
from henji.members.cards import following
from henji.members.carrying import carried
from henji.members.deeds import Deed
from henji.members.models import Membership, Particulars, Person, Stage, Transfer
from henji.members.rules import moving
from henji.unions.models import Employer, Union


@transaction.atomic
def release(
    *, person: Person, seen: int, to: Union, on: date, by: Actor, at: datetime, reason: str = ""
) -> Transfer:
    """会籍转出: release a member to another union of this county or of another one.

    Nothing moves until the other union accepts. `seen` is the version of the membership that was looked at.
    Raises Outdated, NotAMember, BeforeJoining, NotYetHappened, InTransfer, UnionClosed.
    """
    words = moving.exact_reason(reason)
    moving.must_have_happened(on, today=localdate(at))
    moving.must_stand(to)
    _have_to_oneself(person.county_id)
    held = person.memberships.known().latest_first().first()
    rules.must_be_current(held is not None and held.pk == seen)
    assert held is not None  # noqa: S101 - else it would not be the one seen
    moving.must_be_member(held, on)
    moving.must_be_in_no_transfer(Transfer.objects.known().open().filter(person=person).exists())
    trace = traces.new_id(at)
    transfer = Transfer.objects.create(
        line=ids.new(at),
        person=person,
        membership=held.line,
        from_county_id=held.county_id,
        from_union_id=held.union_id,
        to_county_id=to.county_id or to.pk,
        to_union=to,
        released_on=on,
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.RELEASED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=on,
        facts={"union": held.union_id, "to": to.pk},
        words=words,
    )
    return transfer


@transaction.atomic
def accept(*, transfer: Transfer, employer: Employer | None, on: date, by: Actor, at: datetime) -> Membership:
    """会籍接收: take a released member in. The old membership ends on the day on which the new one begins.

    Raises TransferAnswered, BeforeRelease, NotYetHappened, NotInCounty, NotUnderReceiver, NotAMember,
    UnionClosed. Between counties the trace belongs to neither: it moves the figures of both, and the
    card that the member carries goes along.
    """
    moving.must_have_happened(on, today=localdate(at))
    moving.must_follow(transfer.released_on, on)
    rules.must_be_of(employer, county=transfer.to_county_id)
    moving.must_stand(transfer.to_union)
    if employer is not None:
        moving.must_lie_below(employer.home, transfer.to_union)
    trace = traces.new_id(at)
    taken = _answered(transfer, Stage.ACCEPTED, on, trace=trace, at=at, employer=employer)
    held = Membership.objects.known().get(line=taken.membership)
    moving.must_be_member(held, on)
    place = rules.Place(employer.home.pk, employer.pk) if employer else rules.Place(taken.to_union_id)
    joined = carried(held, county=taken.to_county_id, place=place, on=on, trace=trace, at=at)
    if taken.leaves_the_county:
        _handed_over(taken, trace=trace, at=at)
        following.gone_along(person=taken.person_id, to=taken.to_county, on=on, trace=trace, at=at)
    traces.leave(
        Deed.ACCEPTED,
        id=trace,
        subject=taken.person,
        county=None if taken.leaves_the_county else taken.to_county,
        by=by,
        at=at,
        on=on,
        facts={"union": taken.from_union_id, "to": joined.union_id},
    )
    return joined


@transaction.atomic
def refuse(*, transfer: Transfer, reason: str, by: Actor, at: datetime) -> Transfer:
    """会籍不予接收: say that the member is not taken in, and why; all stays as it was.

    Raises TransferAnswered, ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=True)
    trace = traces.new_id(at)
    refused = _answered(transfer, Stage.REFUSED, localdate(at), trace=trace, at=at)
    traces.leave(
        Deed.REFUSED,
        id=trace,
        subject=transfer.person,
        county=transfer.to_county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"union": transfer.from_union_id, "to": transfer.to_union_id},
        words=words,
    )
    return refused


@transaction.atomic
def withdraw_release(*, transfer: Transfer, reason: str, by: Actor, at: datetime) -> Transfer:
    """会籍转出撤回: before it is accepted, the release is taken back; all stays as it was.

    Raises TransferAnswered, ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=True)
    trace = traces.new_id(at)
    withdrawn = _answered(transfer, Stage.WITHDRAWN, localdate(at), trace=trace, at=at)
    traces.leave(
        Deed.RELEASE_WITHDRAWN,
        id=trace,
        subject=transfer.person,
        county=transfer.from_county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"union": transfer.from_union_id, "to": transfer.to_union_id},
        words=words,
        supersedes=transfer.made_by_id,
    )
    return withdrawn


def _answered(
    transfer: Transfer,
    stage: Stage,
    on: date,
    *,
    trace: UUID,
    at: datetime,
    employer: Employer | None = None,
) -> Transfer:
    """The transfer with its answer, which is the only one; raises TransferAnswered."""
    _have_to_oneself(transfer.from_county_id, transfer.to_county_id)
    waiting = Transfer.objects.known().open().filter(line=transfer.line)
    held = waiting.select_related("person", "from_county", "to_county").first()
    moving.must_be_open(held)
    assert held is not None  # noqa: S101 - else it would not be open
    return versions.supersede(held, trace=trace, at=at, stage=stage, answered_on=on, employer=employer)


def _handed_over(transfer: Transfer, *, trace: UUID, at: datetime) -> None:
    """The person's record goes along to the other county."""
    told = Particulars.objects.known().get(person=transfer.person_id)
    versions.supersede(told, trace=trace, at=at, county_id=transfer.to_county_id, source_row=None)
    Person.objects.filter(pk=transfer.person_id).update(county=transfer.to_county_id)


def _have_to_oneself(*counties: int) -> None:
    """Nobody else moves members of the counties meanwhile; always in the same order."""
    held = Union.objects.select_for_update(no_key=True).filter(pk__in=counties)
    list(held.order_by("pk").values_list("pk", flat=True))
