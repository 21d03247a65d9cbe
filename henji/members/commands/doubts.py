"""Deeds on doubts: looking for them, settling one, and opening it again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import bulk, ids
from henji.lib.actors import Actor
from henji.members import rules
from henji.members.carrying import carried
from henji.members.deeds import Deed
from henji.members.models import Answer, Doubt, Kind, Membership, Stage, Transfer
from henji.members.queries import doubts as queries
from henji.members.rules import doubts, moving
from henji.unions.models import Employer, Union

_make = bulk.maker(Doubt)


@transaction.atomic
def look_for_doubts(*, county: Union, found: queries.Found, by: Actor, at: datetime) -> int:
    """冲突核查: ask about what was found and nobody was asked about yet; how many.

    What was found is looked for outside: it takes long in a large county, and nobody need wait meanwhile.
    """
    Union.objects.select_for_update(no_key=True).get(pk=county.pk)
    fresh, trace = queries.news(found, county), traces.new_id(at)
    lines = map(UUID, ids.series(at))
    common = {"county_id": county.pk, "made_by_id": trace, "known_from": at}
    twice = [
        _make({**common, "line": next(lines), "kind": Kind.ALIKE, "person_id": one, "other_id": other})
        for one, other in fresh.alike
    ]
    old = [
        _make({**common, "line": next(lines), "kind": Kind.RETIRED, "person_id": person, "retirement": law})
        for person, law in fresh.retired
    ]
    bulk.insert(Doubt, [*twice, *old])
    traces.leave(
        Deed.DOUBTS_LOOKED_FOR,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"alike": len(twice), "retired": len(old)},
    )
    return len(twice) + len(old)


@transaction.atomic
def settle_doubt(*, doubt: Doubt, answer: str, by: Actor, at: datetime) -> Doubt:
    """冲突核定: the record is right as it stands. Raises NotItsAnswer, DoubtSettled."""
    doubts.must_be_its_answer(doubt, answer)
    held = Doubt.objects.known().filter(line=doubt.line, answer="").select_related("person", "county").first()
    doubts.must_be_unsettled(held)
    assert held is not None  # noqa: S101 - else it would be settled
    trace = traces.new_id(at)
    settled = versions.supersede(held, trace=trace, at=at, answer=answer)
    traces.leave(
        Deed.DOUBT_SETTLED,
        id=trace,
        subject=held.person or held.county,
        county=held.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"doubt": held.kind, "answer": answer},
    )
    return settled


@transaction.atomic
def settle_by_moving(
    *, doubt: Doubt, employer: Employer | None, on: date, by: Actor, at: datetime
) -> Membership:
    """冲突核定为转移: the roster is right, and the member moved to the union that it names, on the day.

    The county acts for both unions: what a release and its acceptance write down, this does at once.
    Raises DoubtSettled, BeforeJoining, NotYetHappened, InTransfer, NotInCounty, NotUnderReceiver and
    UnionClosed.
    """
    moving.must_have_happened(on, today=localdate(at))
    rules.must_be_of(employer, county=doubt.county_id)
    Union.objects.select_for_update(no_key=True).get(pk=doubt.county_id)
    asked = Doubt.objects.known().open().filter(line=doubt.line, kind=Kind.UNION)
    held = asked.select_related("person", "county", "to_union").first()
    doubts.must_be_unsettled(held and held.person and held.to_union)
    assert held and held.person and held.to_union  # noqa: S101, PT018 - else it would be settled
    moving.must_stand(held.to_union)
    if employer is not None:
        moving.must_lie_below(employer.home, held.to_union)
    was = Membership.objects.known().get(person=held.person, end_on__isnull=True)
    moving.must_be_member(was, on)
    moving.must_be_in_no_transfer(Transfer.objects.known().open().filter(person=held.person).exists())
    trace = traces.new_id(at)
    place = rules.Place(employer.home.pk, employer.pk) if employer else rules.Place(held.to_union.pk)
    joined = carried(was, county=held.county_id, place=place, on=on, trace=trace, at=at)
    Transfer.objects.create(
        line=ids.new(at),
        person=held.person,
        membership=was.line,
        from_county_id=held.county_id,
        from_union_id=was.union_id,
        to_county_id=held.county_id,
        to_union=held.to_union,
        employer=employer,
        stage=Stage.ACCEPTED,
        released_on=on,
        answered_on=on,
        made_by_id=trace,
        known_from=at,
    )
    versions.supersede(held, trace=trace, at=at, answer=Answer.MOVED)
    traces.leave(
        Deed.ACCEPTED,
        id=trace,
        subject=held.person,
        county=held.county,
        by=by,
        at=at,
        on=on,
        facts={"union": was.union_id, "to": joined.union_id, "doubt": held.kind},
    )
    return joined


@transaction.atomic
def reopen_doubt(*, doubt: Doubt, by: Actor, at: datetime) -> Doubt:
    """冲突核定撤回: the answer was wrong; the question stands again. Raises DoubtOpen, MovedSince."""
    held = Doubt.objects.known().filter(line=doubt.line).exclude(answer="")
    settled = held.select_related("person", "county").first()
    doubts.must_be_settled(settled)
    assert settled is not None  # noqa: S101 - else it would be open
    doubts.must_not_have_moved(settled)
    trace = traces.new_id(at)
    answered_here = settled.answer != Answer.DECLINED
    reopened = versions.supersede(settled, trace=trace, at=at, answer="")
    traces.leave(
        Deed.SETTLING_WITHDRAWN,
        id=trace,
        subject=settled.person or settled.county,
        county=settled.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"doubt": settled.kind},
        supersedes=settled.made_by_id if answered_here else None,
    )
    return reopened
