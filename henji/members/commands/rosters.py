"""Deeds on rosters: taking them in, and finding the employers that they name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.members import disputed, elsewhere, placing, promotion, rules
from henji.members.deeds import Deed
from henji.members.models import Unplaced
from henji.unions.models import Employer, Union
from henji.work import duties
from henji.work.models import Job

#: Within so long an employer is to be found for a name that the records do not hold.
TO_BE_PLACED_WITHIN = timedelta(days=15)


@transaction.atomic
def import_roster(*, job: Job, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
    """花名册导入: make the job's staged rows part of the record, all of them or none.

    `result` are the counts of the check. Whom another county holds comes into the queue of doubts, for a
    transfer to be asked for; so does whom the roster puts under another union of the county. An import that
    changes nothing leaves a trace that says so.
    Raises RecordMoved. Returns the trace's id.
    """
    trace = traces.new_id(at)
    done = promotion.promote(job, trace=trace, at=at)
    asked = {
        "elsewhere": elsewhere.noted(job, trace=trace, at=at),
        "disputed": disputed.noted(job, trace=trace, at=at),
    }
    duties.owe(
        Deed.PLACED,
        subjects=done.unplaced,
        county=job.county,
        by_on=localdate(at) + TO_BE_PLACED_WITHIN,
        trace=trace,
        at=at,
    )
    counted = ("read", "new", "changed", "unchanged", "rejected", "questions")
    traces.leave(
        Deed.ROSTER_IMPORTED,
        id=trace,
        subject=job.county,
        county=job.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={name: result[name] for name in counted}
        | {name: number for name, number in asked.items() if number}
        | {"job": job.pk, "file": job.blob and job.blob.digest},
        rows=done.rows,
    )
    return trace


@transaction.atomic
def place(*, unplaced: Unplaced, employer: Employer, by: Actor, at: datetime) -> Unplaced:
    """待归属会员归属: say which employer a roster's name meant; all who wait under it follow.

    Raises PlacedAlready, NotInCounty.
    """
    rules.must_be_of(employer, county=unplaced.county_id)
    # Not while a roster of the county is being taken in: its members who wait would be left behind.
    Union.objects.select_for_update(no_key=True).get(pk=unplaced.county_id)
    named = Unplaced.objects.filter(pk=unplaced.pk, employer__isnull=True)
    rules.must_not_be_placed(unplaced, taken=not named.update(employer=employer))
    trace = traces.new_id(at)
    rows = placing.place(unplaced, rules.place_of(employer, county=unplaced.county_id), trace=trace, at=at)
    traces.leave(
        Deed.PLACED,
        id=trace,
        subject=unplaced,
        county=unplaced.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"employer": employer.pk, "members": rows.count},
        rows=rows,
    )
    unplaced.employer = employer
    return unplaced


@transaction.atomic
def withdraw_placing(*, unplaced: Unplaced, by: Actor, at: datetime) -> Unplaced:
    """归属撤回: the name was placed with the wrong employer; whoever followed it there waits again.

    Raises NotPlaced.
    """
    employer = rules.must_be_placed(unplaced)
    Union.objects.select_for_update(no_key=True).get(pk=unplaced.county_id)
    named = Unplaced.objects.filter(pk=unplaced.pk, employer=employer)
    rules.must_be_placed(unplaced, taken=not named.update(employer=None))
    trace = traces.new_id(at)
    rows = placing.take_back(unplaced, employer, trace=trace, at=at)
    by_on = localdate(at) + TO_BE_PLACED_WITHIN
    duties.owe(Deed.PLACED, subjects=[unplaced], county=unplaced.county, by_on=by_on, trace=trace, at=at)
    placed = traces.all_traces().of(unplaced).filter(deed=Deed.PLACED).newest_first()
    traces.leave(
        Deed.PLACING_WITHDRAWN,
        id=trace,
        subject=unplaced,
        county=unplaced.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"employer": employer.pk, "members": rows.count},
        supersedes=placed.values_list("pk", flat=True).first(),
        rows=rows,
    )
    unplaced.employer = None
    return unplaced
