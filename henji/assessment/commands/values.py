"""Deeds about values that a person states."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.assessment import queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import PublishedStandard, StatedValue
from henji.assessment.rules import Said
from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions.models import Union


@transaction.atomic
def state_value(
    *,
    subject: Union,
    standard: PublishedStandard,
    part: str,
    said: Said,
    from_on: date,
    to_on: date | None,
    explanation: str,
    by: Actor,
    at: datetime,
    replacing: bool = False,
) -> StatedValue:
    """人工取值: state a value about a part or a veto for a union, why, and for which days.

    Where values hold on some of these days already, they give way on them, but only if `replacing` says so.
    Raises NotInStandard, ComputedNotTyped, ValueUnsuitable, PointsDoNotFit, NotExplained, DaysReversed,
    AlreadyStated, StandardNotForIt.
    """
    rules.must_be_for(standard, subject)
    place = rules.blank(rules.seen_by(standard.standard, subject), part)
    rules.must_suit(place, said)
    rules.must_run_forwards(from_on, to_on)
    _hold_still(subject)
    given_way = list(queries.values_overlapping(subject, standard.code, part, from_on, to_on))
    rules.must_mean_to_replace(given_way, replacing=replacing)
    trace = traces.new_id(at)
    for value in given_way:
        _give_way(value, from_on, to_on, trace, at)
    stated = StatedValue.objects.create(
        line=queries.line_of(subject, standard.code, part) or ids.new(at),
        county=rules.county_of(subject),
        subject=subject,
        standard=standard.code,
        part=part,
        kind=place.kind,
        part_value=said.part,
        whole_value=said.whole,
        levels=said.levels,
        from_on=from_on,
        to_on=to_on,
        explanation=rules.must_explain(explanation),
        made_by_id=trace,
        known_from=at,
    )
    traces.leave(
        Deed.VALUE_STATED,
        id=trace,
        subject=stated,
        county=subject.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "part": part,
            "value": said.part,
            "whole": said.whole,
            "levels": place.in_order(said),
            "from": from_on,
            "to": to_on,
        },
        supersedes=given_way[0].made_by_id if given_way else None,
    )
    return stated


def _hold_still(subject: Union) -> None:
    """Let no two people state values about the union at the same moment: their days might overlap."""
    Union.objects.select_for_update(no_key=True).get(pk=subject.pk)


#: What stays of a value of which only some days are replaced.
_KEPT = (
    *("line", "county_id", "subject_id", "standard", "part", "explanation"),
    *("kind", "part_value", "whole_value", "levels"),
)


def _give_way(value: StatedValue, first: date, last: date | None, trace: UUID, at: datetime) -> None:
    """End the value, and say it again for the days that the new one leaves to it."""
    versions.end(value, trace=trace, at=at)
    kept = {name: getattr(value, name) for name in _KEPT}
    StatedValue.objects.bulk_create(
        StatedValue(**kept, from_on=start, to_on=end, made_by_id=trace, known_from=at)
        for start, end in rules.days_left(value, first, last)
    )
