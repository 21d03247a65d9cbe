"""Deeds of approval: the standing meeting decides in a list, and what goes to the city comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction

from henji.evidence import traces
from henji.evidence.papers import Paper
from henji.lib.actors import Actor
from henji.mutual_aid.cases import proposing, queries, rules
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import AidCaseVersion, Meeting, State
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union


class Choice(StrEnum):
    """决定: what the meeting decides of one application."""

    GRANT = "grant"
    REFUSE = "refuse"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Decision:
    """一件的决定: the application as it was seen, what was decided, the amount, and why."""

    case: AidCaseVersion
    choice: Choice
    amount_yuan: Decimal | None = None
    words: str = ""


@transaction.atomic
def decide(
    *,
    county: Union,
    name: str,
    held_on: date,
    decisions: Sequence[Decision],
    minutes: Paper | None,
    by: Actor,
    at: datetime,
) -> Meeting:
    """救助审批: the meeting decides each application; what is over the county's limit goes on to the city.

    Raises NobodyChosen, NotNow, DoubtOpen, ObjectionOpen, NoticeRunning, OwnEntry, BadGrant, NothingSaid,
    InFuture, OutOfOrder, Outdated.
    """
    cases = [decision.case for decision in decisions]
    rules.must_be_ready(Deed.CASES_DECIDED, *cases)
    rules.must_be_over(held_on, cases)
    rules.must_not_have_entered(by.id, queries.entered_by(case.case_id for case in cases))
    have_to_oneself(county)
    trace = traces.new_id(at)
    meeting = Meeting.objects.create(
        county=county, name=rules.must_say(name)[:60], held_on=held_on, minutes=minutes, made_by_id=trace
    )
    changes = [_decided(decision, meeting, by) for decision in decisions]
    moved = _steps.move(Deed.CASES_DECIDED, cases, changes, county=county, on=held_on, at=at, trace=trace)
    traces.leave(
        Deed.CASES_DECIDED,
        id=trace,
        subject=meeting,
        county=county,
        by=by,
        at=at,
        on=held_on,
        papers=[minutes] if minutes else [],
        facts=_counted(moved),
        rows=_steps.root(moved),
    )
    return meeting


@transaction.atomic
def record_city_decision(
    *,
    case: AidCaseVersion,
    granted: bool,
    amount_yuan: Decimal | None,
    words: str,
    on: date,
    by: Actor,
    at: datetime,
) -> AidCaseVersion:
    """市总审批登记: what the city decided of an application over the county's limit.

    Raises OwnEntry, BadGrant, NothingSaid, NotNow, Outdated.
    """
    rules.must_not_have_entered(by.id, queries.entered_by([case.case_id]))
    change: dict[str, Any] = {"city_by": by.id}
    if granted:
        change |= {"state": State.APPROVED, "approved_yuan": rules.exact_grant(amount_yuan, case)}
    else:
        refused = _steps.said(case, refused=rules.must_say(words))
        change |= {"state": State.REFUSED, "approved_yuan": None, "box": refused}
    trace = traces.new_id(at)
    (moved,) = _steps.move(Deed.CITY_DECIDED, [case], [change], county=case.county, on=on, at=at, trace=trace)
    facts = {"approved_yuan": moved.approved_yuan}
    _steps.leave(Deed.CITY_DECIDED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved


def _decided(decision: Decision, meeting: Meeting, by: Actor) -> Mapping[str, Any]:
    case = decision.case
    if decision.choice == Choice.GRANT:
        rules.must_be_answered(case)
        amount = rules.exact_grant(decision.amount_yuan, case)
        to_city = proposing.of_version(case).goes_to_city(amount)
        state = State.REFERRED if to_city else State.APPROVED
        granted = {"approved_yuan": amount, "to_city": to_city, "decided_by": by.id}
        return {"state": state, "meeting": meeting, **granted}
    why = rules.must_say(decision.words)
    if decision.choice == Choice.REFUSE:
        return {"state": State.REFUSED, "meeting": meeting, "box": _steps.said(case, refused=why)}
    back = {"state": State.RETURNED, "notice": None, "meeting": meeting}
    return {**back, "box": _steps.said(case, returned=why)}


def _counted(moved: Sequence[AidCaseVersion]) -> dict[str, object]:
    states = [case.state for case in moved]
    granted = [case.approved_yuan or Decimal(0) for case in moved if case.state == State.APPROVED]
    return {
        "cases": len(moved),
        "approved": states.count(State.APPROVED),
        "referred": states.count(State.REFERRED),
        "refused": states.count(State.REFUSED),
        "returned": states.count(State.RETURNED),
        "approved_yuan": sum(granted, Decimal(0)),
    }
