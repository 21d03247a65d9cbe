"""Deeds of the public notice: posting, hearing objections, answering them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.mutual_aid.cases import due, proposing, queries, rules
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import AidCaseVersion, Notice, Objection, State
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union
from henji.work import duties


@transaction.atomic
def post(
    *,
    county: Union,
    cases: Sequence[AidCaseVersion],
    starts_on: date,
    ends_on: date,
    phone: str,
    by: Actor,
    at: datetime,
) -> Notice:
    """救助公示: put applications on notice together, for at least as many working days as must be.

    Raises NobodyChosen, NotNow, NoticeTooShort, NothingSaid, BadGrant, InFuture, OutOfOrder, Outdated.
    """
    told = rules.must_be_a_phone(phone)
    for case in cases:
        rules.must_be_proposed(case)
    rules.must_last(ends_on, proposing.earliest_end(cases, starts_on))
    have_to_oneself(county)
    trace = traces.new_id(at)
    notice = Notice.objects.create(
        county=county,
        number=queries.next_number(Notice, county.pk, f"示{starts_on.year}"),
        starts_on=starts_on,
        ends_on=ends_on,
        phone=told,
        made_by_id=trace,
    )
    change = {"state": State.POSTED, "notice": notice}
    moved = _steps.move(
        Deed.CASES_POSTED, cases, [change] * len(cases), county=county, on=starts_on, at=at, trace=trace
    )
    traces.leave(
        Deed.CASES_POSTED,
        id=trace,
        subject=notice,
        county=county,
        by=by,
        at=at,
        on=starts_on,
        facts={"cases": len(moved), "starts_on": starts_on, "ends_on": ends_on},
        rows=_steps.root(moved),
    )
    return notice


@transaction.atomic
def hear_objection(
    *, case: AidCaseVersion, words: str, who: str, on: date, by: Actor, at: datetime
) -> Objection:
    """公示异议登记: what somebody holds against an application; nobody need say who they are.

    It stops the application until it is answered. Raises NothingSaid, NotNow, InFuture, Outdated.
    """
    told = {"words": rules.must_say(words), "who": who.strip()[:100]}
    trace = traces.new_id(at)
    box = _steps.sealed(case.case, told)
    change = {"open_objections": case.open_objections + 1}
    (moved,) = _steps.move(
        Deed.OBJECTION_HEARD, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    objection = Objection.objects.create(
        case=case.case, heard_on=on, is_anonymous=not told["who"], box=box, made_by_id=trace
    )
    duties.owe(
        Deed.OBJECTION_ANSWERED,
        subjects=[objection],
        county=case.county,
        by_on=due.due_on(Deed.OBJECTION_ANSWERED, on),
        trace=trace,
        at=at,
    )
    _steps.leave(Deed.OBJECTION_HEARD, moved, trace=trace, by=by, at=at, on=on)
    return objection


@transaction.atomic
def answer_objection(
    *,
    case: AidCaseVersion,
    objection: Objection,
    upheld: bool,
    words: str,
    on: date,
    by: Actor,
    at: datetime,
) -> AidCaseVersion:
    """公示异议答复: what was looked into, and whether the objection holds; then the application goes back.

    Raises NothingSaid, NotNow, Outdated.
    """
    answer = rules.must_say(words)
    trace = traces.new_id(at)
    held = queries.objection_told(objection)
    box = _steps.sealed(case.case, {**held, "answer": answer})
    change: dict[str, object] = {"open_objections": case.open_objections - 1}
    if upheld:
        change |= {"state": State.RETURNED, "notice": None, "box": _steps.said(case, returned=answer)}
    (moved,) = _steps.move(
        Deed.OBJECTION_ANSWERED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    unanswered = Objection.objects.filter(pk=objection.pk, case=case.case, answered_by=None)
    rules.must_stand_still(unanswered.update(upheld=upheld, answered_by=trace, box=box))
    traces.leave(
        Deed.OBJECTION_ANSWERED,
        id=trace,
        subject=objection,
        county=moved.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"upheld": upheld, "case": moved.case_id},
    )
    return moved
