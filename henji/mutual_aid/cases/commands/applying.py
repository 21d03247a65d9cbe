"""Deeds of whoever applies, or of the officer who writes it down: applying, adding papers, withdrawing."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import blobs, traces
from henji.evidence.keys import vault
from henji.lib import ids
from henji.lib.actors import Actor
from henji.members.models import Person
from henji.mutual_aid.cases import proposing, queries, rules
from henji.mutual_aid.cases.claims import SEALED, Claim
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import AidCase, AidCaseVersion, CaseDoubt, CasePaper, Doubt, State
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union

_TOKEN_BYTES = 16


class Handed(NamedTuple):
    """交来的材料: what it shows, and its bytes."""

    slot: str
    content: BinaryIO
    media_type: str


@transaction.atomic
def apply(
    *, county: Union, person: Person, claim: Claim, on: date, by: Actor, at: datetime
) -> AidCaseVersion:
    """救助申请登记: what a member applies for, checked against the scheme and against other applications.

    Raises CategoryUnknown, InFuture, BadCosts, NotAnAccount.
    """
    today = localdate(at)
    rules.must_be_in_order(on, today)
    exact = rules.exact_claim(claim, today=today)
    have_to_oneself(county)
    trace, line = traces.new_id(at), ids.new(at)
    closed = vault().seal(exact.sealed)
    case = AidCase.objects.create(
        id=line,
        county=county,
        number=queries.next_number(AidCase, county.pk, f"救{on.year}"),
        person=person,
        key=closed.key,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        made_by_id=trace,
    )
    proposal = proposing.proposal(case, exact, on=on)
    doubts = queries.doubts_about(case, exact, proposal.asked, on=on)
    version = AidCaseVersion.objects.create(
        line=line,
        case=case,
        county=county,
        box=closed.box,
        state=State.APPLIED,
        open_doubts=len(doubts),
        applied_on=on,
        moved_on=on,
        due_on=_steps.due_on(State.APPLIED, on=on),
        made_by_id=trace,
        known_from=at,
        **_stated(exact, proposal),
    )
    _raise(case, doubts, trace)
    _steps.owe([version], county=county, trace=trace, at=at)
    facts = {"doubts": len(doubts), "scheme": proposal.scheme}
    _steps.leave(Deed.CASE_APPLIED, version, trace=trace, by=by, at=at, on=on, facts=facts)
    return version


@transaction.atomic
def supplement(*, case: AidCaseVersion, claim: Claim, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助申请补正: what was sent back is put right, and is looked through anew.

    Raises as apply does, and NotNow, OutOfOrder, ApplicationErased, Outdated.
    """
    exact = rules.exact_claim(claim, today=localdate(at))
    trace = traces.new_id(at)
    have_to_oneself(case.county)
    proposal = proposing.proposal(case.case, exact, on=on)
    fresh = queries.doubts_about(case.case, exact, proposal.asked, on=on) - queries.doubts_raised(case.case)
    change: dict[str, Any] = {
        "state": State.APPLIED,
        "box": _steps.said(case, **{**dict.fromkeys(SEALED, ""), **exact.sealed}),
        "open_doubts": case.open_doubts + len(fresh),
        "notice": None,
        **_stated(exact, proposal),
    }
    (moved,) = _steps.move(
        Deed.CASE_SUPPLEMENTED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _raise(case.case, fresh, trace)
    facts = {"doubts": len(fresh), "scheme": proposal.scheme}
    _steps.leave(Deed.CASE_SUPPLEMENTED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved


@transaction.atomic
def add_papers(
    *, case: AidCaseVersion, papers: Sequence[Handed], on: date, by: Actor, at: datetime
) -> AidCaseVersion:
    """救助材料补充: keep what was handed in. Bytes that another application holds raise a question.

    The same file again changes nothing. Raises NotNow, PaperMissing, InFuture, OutOfOrder, Outdated.
    """
    rules.must_have_papers(papers)
    trace = traces.new_id(at)
    have_to_oneself(case.county)
    kept = [(paper.slot, _kept(case, paper, at)) for paper in papers]
    for slot, blob in kept:
        CasePaper.objects.get_or_create(
            case=case.case, slot=slot, blob_id=blob, defaults={"made_by_id": trace}
        )
    seen = queries.seen_before(case.case, [blob for _slot, blob in kept])
    fresh = seen - queries.doubts_raised(case.case)
    change = {"open_doubts": case.open_doubts + len(fresh)}
    (moved,) = _steps.move(
        Deed.CASE_PAPERS_ADDED, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _raise(case.case, fresh, trace)
    facts = {"slot": sorted({slot for slot, _blob in kept}), "doubts": len(fresh)}
    _steps.leave(Deed.CASE_PAPERS_ADDED, moved, trace=trace, by=by, at=at, on=on, facts=facts)
    return moved


@transaction.atomic
def withdraw(*, case: AidCaseVersion, words: str, on: date, by: Actor, at: datetime) -> AidCaseVersion:
    """救助申请撤回: the applicant does not want it any more. Raises NotNow, NothingSaid, Outdated."""
    said = _steps.said(case, withdrawn=rules.must_say(words))
    trace = traces.new_id(at)
    change = {"state": State.WITHDRAWN, "box": said}
    (moved,) = _steps.move(
        Deed.CASE_WITHDRAWN, [case], [change], county=case.county, on=on, at=at, trace=trace
    )
    _steps.leave(Deed.CASE_WITHDRAWN, moved, trace=trace, by=by, at=at, on=on)
    return moved


def _stated(claim: Claim, proposal: proposing.Proposal) -> dict[str, Any]:
    """What stands beside the envelope."""
    return {
        "category": claim.category,
        "category_name": proposal.category_name,
        "relation": claim.relation,
        "event_on": claim.event_on,
        "costs_yuan": claim.costs_yuan,
        "insured_yuan": claim.insured_yuan,
        "own_yuan": claim.own_yuan,
        "scheme": proposal.scheme,
        "scheme_digest": proposal.digest,
        "proposed_yuan": proposal.amount_yuan or None,
        "to_city": proposal.to_city,
        "matter_index": queries.matter_index(claim),
        "patient_index": queries.patient_index(claim.identity),
        "bank_index": queries.bank_index(claim.card),
    }


def _raise(case: AidCase, doubts: Collection[tuple[Doubt, str]], trace: UUID) -> None:
    CaseDoubt.objects.bulk_create(
        CaseDoubt(case=case, kind=kind, about=about, raised_by_id=trace) for kind, about in sorted(doubts)
    )


def _kept(case: AidCaseVersion, paper: Handed, at: datetime) -> int:
    kept = blobs.keep(paper.content, county=case.county_id, personal=True, media_type=paper.media_type, at=at)
    return kept.pk
