"""共用步骤: what deeds on applications have in common.

An application moves on by a new version. Whoever moves it says which version they saw; one who was slower is
told so. What is owed about it is over with every step, and the next is owed by its latest day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.evidence.keys import vault
from henji.evidence.traces import RowsRoot
from henji.lib.actors import Actor
from henji.mutual_aid.cases import due, queries, rules, stages
from henji.mutual_aid.cases.models import VAIN, AidCase, AidCaseVersion, Objection, State
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union
from henji.work import duties

Changes = Mapping[str, Any]


def due_on(state: str, *, on: date, last: date | None = None) -> date | None:
    """最迟日期 of what is owed next; after a notice, counted from its last day."""
    deed = stages.AWAITED.get(state)
    return due.due_on(deed, max(on, last or on)) if deed else None


def sealed(case: AidCase, told: Mapping[str, str]) -> bytes:
    """封存: what is told, under the application's key. Raises ApplicationErased."""
    return vault().reseal(told, queries.key_of(case))


def said(held: AidCaseVersion, **words: str) -> bytes:
    """封存: what the application holds already, and these words besides. Raises ApplicationErased."""
    queries.key_of(held.case)
    return sealed(held.case, {**queries.opened(held), **words})


def move(
    deed: Deed,
    held: Sequence[AidCaseVersion],
    changes: Iterable[Changes],
    *,
    county: Union,
    on: date,
    at: datetime,
    trace: UUID,
) -> list[AidCaseVersion]:
    """推进: new versions of the applications, and what is owed next.

    `changes` are each application's, in the same order. Raises NobodyChosen, NotNow, InFuture, OutOfOrder,
    Outdated.
    """
    rules.must_be_ready(deed, *held)
    rules.must_be_in_order(on, localdate(at), *held)
    rules.must_be_of_one_county(county.pk, held)
    have_to_oneself(county)
    duties.over(subjects=[case.case for case in held], trace=trace)
    moved = [
        versions.supersede(case, trace=trace, at=at, **_dated(case, change, on))
        for case, change in zip(held, changes, strict=True)
    ]
    vain = [case.case_id for case in moved if case.state in VAIN]
    duties.over(subjects=Objection.objects.filter(case__in=vain, answered_by=None), trace=trace)
    owe(moved, county=county, trace=trace, at=at)
    return moved


def _dated(held: AidCaseVersion, change: Changes, on: date) -> dict[str, Any]:
    """The changes with their day, and the latest day of what is owed next."""
    state = change.get("state", held.state)
    notice = change.get("notice", held.notice)
    last = notice.ends_on if notice and state == State.POSTED else None
    owed = {} if state == held.state else {"due_on": due_on(state, on=on, last=last)}
    return {"moved_on": on, **owed, **change}


def owe(moved: Iterable[AidCaseVersion], *, county: Union, trace: UUID, at: datetime) -> None:
    """欠办: what is owed next about each application."""
    for case in moved:
        awaited = stages.AWAITED.get(case.state)
        if awaited and case.due_on:
            duties.owe(awaited, subjects=[case.case], county=county, by_on=case.due_on, trace=trace, at=at)


def leave(
    deed: Deed,
    case: AidCaseVersion,
    *,
    trace: UUID,
    by: Actor,
    at: datetime,
    on: date,
    facts: Mapping[str, object] | None = None,
) -> None:
    """留痕: leave the trace of a deed on one application. No words: whatever is said lies in its envelope."""
    traces.leave(
        deed,
        id=trace,
        subject=case.case,
        county=case.county,
        by=by,
        at=at,
        on=on,
        facts={"state": case.state, **(facts or {})},
    )


def root(moved: Iterable[AidCaseVersion]) -> RowsRoot:
    """行摘要根 over the new versions of the applications that a deed moved together."""
    return RowsRoot.over([leaf(case) for case in sorted(moved, key=lambda one: one.line)])


def leaf(case: AidCaseVersion) -> bytes:
    """叶: the digest (32 bytes) of one version; it covers the closed box and not what lies in it."""
    told = (
        case.line.hex,
        case.state,
        case.category,
        case.relation,
        case.event_on,
        case.own_yuan,
        case.proposed_yuan,
        case.approved_yuan,
        case.returned_yuan,
        sha256(case.box).hexdigest(),
        case.moved_on,
    )
    return sha256("|".join(map(str, told)).encode()).digest()
