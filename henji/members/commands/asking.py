"""Deeds on members held elsewhere: asking for a transfer, and declining to release."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.members import queries, rules
from henji.members.deeds import Deed
from henji.members.models import Answer, Doubt, Kind, Person
from henji.members.queries import asking
from henji.members.rules import doubts, moving
from henji.unions.models import Union


@transaction.atomic
def ask_for_transfer(*, doubt: Doubt, by: Actor, at: datetime) -> Doubt:
    """请求转入: ask whichever county holds the number in question to release its member to this county.

    Which county that is, is not told here. Raises DoubtSettled, NotHeldElsewhere.
    """
    held = asking.elsewhere().filter(line=doubt.line, answer="").select_related("county").first()
    doubts.must_be_unsettled(held)
    assert held is not None  # noqa: S101 - else it would be settled
    doubts.must_be_held_elsewhere(Doubt.objects.known().open().filter(pk=held.pk).exists())
    trace = traces.new_id(at)
    asked = versions.supersede(held, trace=trace, at=at, answer=Answer.ASKED)
    _leave(trace, held.county, by, at)
    return asked


@transaction.atomic
def ask_for(*, county: Union, name: str, identity: str, by: Actor, at: datetime) -> Doubt:
    """请求转入 of somebody who comes to the counter: by name and number, without a roster.

    Raises NotAName, AlreadyHeld, NotHeldElsewhere, AskedAlready.
    """
    told = rules.exact_name(name)
    holder = queries.holder_of(identity)
    doubts.must_be_held_elsewhere(holder)
    assert holder is not None  # noqa: S101 - else nobody would hold it
    doubts.must_not_be_ours(holder, county=county.pk)
    Union.objects.select_for_update(no_key=True).get(pk=county.pk)
    index = queries.blind_identity(identity)
    held = asking.noted(county, index)
    doubts.must_not_be_asked(held is not None and held.answer == Answer.ASKED)
    trace = traces.new_id(at)
    if held is None:
        noted = {"line": ids.new(at), "county": county, "kind": Kind.ELSEWHERE, "id_index": index}
        made = {"made_by_id": trace, "known_from": at}
        asked = Doubt.objects.create(told_name=told, answer=Answer.ASKED, **noted, **made)
    else:
        asked = versions.supersede(held, trace=trace, at=at, told_name=told, answer=Answer.ASKED)
    _leave(trace, county, by, at)
    return asked


@transaction.atomic
def decline_asking(*, doubt: UUID, person: Person, reason: str, by: Actor, at: datetime) -> Doubt:
    """不同意转出: the county that holds the member does not release; the reason stays with this county.

    `doubt` is the line of what the other county asks. Raises AskedNoMore, ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=True)
    held = Doubt.objects.known().asked().filter(line=doubt).first()
    doubts.must_be_asked(held)
    assert held is not None  # noqa: S101 - else nobody would ask
    trace = traces.new_id(at)
    declined = versions.supersede(held, trace=trace, at=at, answer=Answer.DECLINED)
    traces.leave(
        Deed.ASKING_DECLINED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"to": held.county_id},
        words=words,
    )
    return declined


def _leave(trace: UUID, county: Union, by: Actor, at: datetime) -> None:
    """A trace that holds nothing of the person: what is asked stands in the doubt."""
    traces.leave(
        Deed.TRANSFER_ASKED,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"doubt": Kind.ELSEWHERE.value},
    )
