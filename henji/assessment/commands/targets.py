"""Deeds about targets that the superior hands down."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.assessment import queries, rules
from henji.assessment.deeds import Deed
from henji.assessment.models import Target
from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.unions.models import Union


@transaction.atomic
def receive_targets(
    *,
    county: Union,
    year: int,
    numbers: Mapping[str, int | None],
    notice: str,
    received_on: date,
    by: Actor,
    at: datetime,
) -> list[Target]:
    """下达任务登记: write down the numbers of a notice received, by the codes of the targets.

    A number differing from the one held takes its place; None says nothing. Raises NothingHandedDown,
    TargetUnsuitable, NoticeUnnamed, DayAhead.
    """
    rules.must_have_come(received_on, today=localdate(at))
    named = rules.must_name_notice(notice)
    # One notice of a county at a time: two at once would both think a target new.
    Union.objects.select_for_update(no_key=True).get(pk=county.pk)
    held = {target.code: target for target in queries.targets_of(county, year)}
    fresh = rules.must_hand_down(numbers, {code: target.number for code, target in held.items()})
    trace = traces.new_id(at)
    received = [
        _receive(
            held.get(code),
            Target(county=county, year=year, code=code, number=number, notice=named, received_on=received_on),
            trace,
            at,
        )
        for code, number in sorted(fresh.items())
    ]
    traces.leave(
        Deed.TARGETS_RECEIVED,
        id=trace,
        subject=received[0],
        county=county,
        by=by,
        at=at,
        on=received_on,
        facts={"year": year, "targets": [f"{target.code} {target.number}" for target in received]},
    )
    return received


def _receive(before: Target | None, target: Target, trace: UUID, at: datetime) -> Target:
    """Write the target down in the place of the one before, if there is one."""
    if before is not None:
        versions.end(before, trace=trace, at=at)
    target.line = before.line if before else ids.new(at)
    target.made_by_id, target.known_from = trace, at
    target.save(force_insert=True)
    return target
