"""Deeds of whoever looks an application through: answering questions, visiting, sending back, refusing."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.mutual_aid.cases import proposing, queries, rules
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import AidCaseVersion, CaseDoubt, Doubt, State
from henji.mutual_aid.deeds import Deed


@transaction.atomic
def answer_doubt(
    *, case: AidCaseVersion, doubt: CaseDoubt, words: str, on: date, by: Actor, at: datetime
) -> AidCaseVersion:
    """救助核查疑问答复: say in words why the question is none. Raises NothingSaid, NotNow, Outdated."""
    answer = _steps.sealed(case.case, {"answer": rules.must_say(words)})
    trace = traces.new_id(at)
    change = {"open_doubts": case.open_doubts - 1}
    (moved,) = _steps.move(
        Deed.CASE_DOUBT_ANSWERED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    unanswered = CaseDoubt.objects.filter(pk=doubt.pk, case=case.case, answered_by=None)
    rules.must_stand_still(unanswered.update(answered_by=trace, box=answer))
    facts = {"doubts": moved.open_doubts}
    _steps.leave(Deed.CASE_DOUBT_ANSWERED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved


@transaction.atomic
def visit(
    *,
    case: AidCaseVersion,
    found: str,
    proposed_yuan: Decimal,
    on: date,
    by: Actor,
    at: datetime,
) -> AidCaseVersion:
    """救助入户审核: what was found at home, and the amount that is proposed.

    An amount above what the scheme gives raises a question. Raises NothingSaid, BadGrant, NotNow, Outdated.
    """
    said = _steps.said(case, visit=rules.must_say(found))
    amount = rules.exact_proposal(proposed_yuan)
    trace = traces.new_id(at)
    proposal = proposing.of_version(case, proposed_yuan=amount)
    doubts = {(Doubt.CEILING, "")} if proposal.most_yuan and amount > proposal.most_yuan else set()
    fresh = doubts - queries.doubts_raised(case.case)
    change = {
        "state": State.VISITED,
        "box": said,
        "proposed_yuan": amount,
        "to_city": proposal.goes_to_city(amount),
        "open_doubts": case.open_doubts + len(fresh),
    }
    (moved,) = _steps.move(Deed.CASE_VISITED, [case], [change], county=case.county, on=on, at=at, trace=trace)
    for kind, about in fresh:
        CaseDoubt.objects.create(case=case.case, kind=kind, about=about, raised_by_id=trace)
    facts = {"amount_yuan": amount, "doubts": len(fresh)}
    _steps.leave(Deed.CASE_VISITED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved


@transaction.atomic
def send_back(*, case: AidCaseVersion, words: str, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助申请退回补正: say what lacks. Raises NothingSaid, NotNow, Outdated."""
    said = _steps.said(case, returned=rules.must_say(words))
    trace = traces.new_id(at)
    change = {"state": State.RETURNED, "box": said}
    (moved,) = _steps.move(
        Deed.CASE_RETURNED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _steps.leave(Deed.CASE_RETURNED, moved, trace=trace, by=by, at=at, on=on)
    return moved


@transaction.atomic
def refuse(*, case: AidCaseVersion, words: str, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助申请不予救助: the scheme does not cover it; say why. Raises NothingSaid, NotNow, Outdated."""
    said = _steps.said(case, refused=rules.must_say(words))
    trace = traces.new_id(at)
    change = {"state": State.REFUSED, "box": said}
    (moved,) = _steps.move(Deed.CASE_REFUSED, [case], [change], county=case.county, on=on, at=at, trace=trace)
    _steps.leave(Deed.CASE_REFUSED, moved, trace=trace, by=by, at=at, on=on)
    return moved


@transaction.atomic
def reveal(*, case: AidCaseVersion, field: str, reason: str, by: Actor, at: datetime) -> str:
    """查看救助申请内容: tell one thing out of the envelope, and write down who asked and why.

    Raises NothingSaid, ApplicationErased.
    """
    why = rules.must_say(reason)
    told = queries.told_in_clear(case, field)
    traces.leave(
        Deed.CASE_REVEALED,
        id=traces.new_id(at),
        subject=case.case,
        county=case.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"field": field},
        words=why,
    )
    return told
