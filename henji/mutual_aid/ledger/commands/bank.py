"""Deeds on what the bank says: taking in its statement, and ticking it against the books."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.traces import RowsRoot
from henji.lib import bulk, ids
from henji.lib.actors import Actor
from henji.mutual_aid import rules as money_rules
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import rules
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.models import BankLine, StagedBankLine, Tick
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union
from henji.work.models import Job, Verdict


@transaction.atomic
def import_statement(*, job: Job, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
    """银行对账单导入: make a checked statement's new lines part of the record, all of them or none.

    Raises RecordMoved where another statement has brought one of them meanwhile.
    """
    have_to_oneself(job.county)
    trace = traces.new_id(at)
    fresh = StagedBankLine.objects.filter(job=job, verdict=Verdict.NEW).order_by("number")
    lines = [_line(row, job, trace) for row in fresh]
    try:
        with transaction.atomic():
            bulk.insert(BankLine, lines)
    except IntegrityError as taken:
        raise money_rules.record_moved() from taken
    traces.leave(
        Deed.STATEMENT_IMPORTED,
        id=trace,
        subject=job.county,
        county=job.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={**result, "job": job.pk, "file": job.blob and job.blob.digest},
        rows=RowsRoot.over([bytes.fromhex(line.key) for line in lines]),
    )
    return trace


@transaction.atomic
def confirm_matches(*, county: Union, matches: Sequence[Match], by: Actor, at: datetime) -> int:
    """银行对账确认: tick lines of the bank against postings, group by group; gives how many groups.

    Raises NothingTicked, NotEqual, AlreadyTicked, OwnVoucher.
    """
    have_to_oneself(county)
    rules.must_tick_something(matches)
    trace = traces.new_id(at)
    ticks = []
    for held in rules.must_agree(county, matches):
        rules.must_be_anothers(held.postings, by)
        told = {"line": ids.new(at), "county": county, "made_by_id": trace, "known_from": at}
        ticks += [Tick(bank_line=line, **told) for line in held.lines]
        ticks += [Tick(posting=posting, **told) for posting in held.postings]
    Tick.objects.bulk_create(ticks)
    traces.leave(
        Deed.BANK_TICKED,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"groups": len(matches), "lines": sum(tick.bank_line_id is not None for tick in ticks)},
    )
    return len(matches)


@transaction.atomic
def withdraw_match(*, county: Union, group: UUID, reason: str, by: Actor, at: datetime) -> None:
    """银行对账撤回: what was ticked together stands open again. Raises NoReason, NotTicked."""
    reason = money_rules.must_say_why(reason)
    have_to_oneself(county)
    trace = traces.new_id(at)
    held = Tick.objects.known().filter(county=county, line=group)
    before = rules.must_be_ticked(held)
    held.update(known_to=at, unmade_by_id=trace)
    traces.leave(
        Deed.TICK_WITHDRAWN,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        words=reason,
        supersedes=before.made_by_id,
    )


def _line(row: StagedBankLine, job: Job, trace: UUID) -> BankLine:
    stands = None if row.stands_fen is None else Decimal(row.stands_fen).scaleb(-2)
    return BankLine(
        county_id=job.county_id,
        on=row.on or localdate(job.asked_at),
        amount_yuan=Decimal(row.amount_fen).scaleb(-2),
        stands_yuan=stands,
        party=row.party,
        employer_id=row.employer,
        words=row.words,
        serial=row.serial,
        key=row.key,
        source_row=row.number,
        trace_id=trace,
    )
