"""入库: staged rows become part of the record, by a few statements whatever their number.

The statements are the same on SQLite and PostgreSQL, and all run in the caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Exists, OuterRef, QuerySet

from henji.evidence.traces import RowsRoot
from henji.lib import bulk
from henji.members import leaves, rules
from henji.members.models import Membership, Particulars, StagedMember, Unplaced
from henji.unions.models import Employer, Union
from henji.work.models import Job, Verdict

_PERSONS = """
INSERT INTO members_person (id, county_id, key, likeness, made_by_id)
SELECT person, %(county)s, key, likeness, %(trace)s
FROM members_stagedmember WHERE job_id = %(job)s AND verdict = 'new' ORDER BY number
"""
_KNOWN_AGAIN = """
UPDATE members_person SET likeness = staged.likeness
FROM members_stagedmember staged
WHERE staged.job_id = %(job)s AND staged.verdict = 'changed' AND members_person.id = staged.person
"""
_PARTICULARS = """
INSERT INTO members_particulars
    (line, made_by_id, known_from, source_row, person_id, county_id, name, id_index, box)
SELECT person, %(trace)s, %(at)s, number, person, %(county)s, name, id_index, box
FROM members_stagedmember WHERE job_id = %(job)s AND box IS NOT NULL ORDER BY number
"""
_MEMBERSHIPS = """
INSERT INTO members_membership
    (line, made_by_id, known_from, source_row, person_id, county_id, union_id, employer_id, unplaced_id,
     start_on, end_on)
SELECT staged.membership_line, %(trace)s, %(at)s, staged.number, staged.person, %(county)s, staged."union",
    staged.employer, unplaced.id, staged.start_on, staged.end_on
FROM members_stagedmember staged
LEFT JOIN members_unplaced unplaced ON unplaced.county_id = %(county)s AND unplaced.name = staged.named
WHERE staged.job_id = %(job)s AND staged.membership_line IS NOT NULL ORDER BY staged.number
"""


@dataclass(frozen=True, slots=True)
class Promoted:
    """入库结果: what the trace commits to, and the names for which an employer is now to be found."""

    rows: RowsRoot
    unplaced: list[Unplaced]


def promote(job: Job, *, trace: UUID, at: datetime) -> Promoted:
    """入库: write the job's new and changed rows, ending the versions that they take the place of.

    Raises RecordMoved where the record is no longer as it was when the rows were judged.
    """
    staged = StagedMember.objects.filter(job=job)
    # One import of a county at a time; on SQLite the transaction itself sees to that.
    Union.objects.select_for_update(no_key=True).get(pk=job.county_id)
    _must_still_be_held(staged)
    unplaced = _unplaced(staged, job.county, trace)
    values = {"county": job.county_id, "job": job.pk, "trace": trace, "at": at}
    try:
        _end_particulars(staged, trace, at)
        _end_memberships(staged, trace, at)
        for statement in (_PERSONS, _KNOWN_AGAIN, _PARTICULARS, _MEMBERSHIPS):
            _execute(statement, values)
    except IntegrityError as taken:
        raise rules.record_moved() from taken
    return Promoted(_rows_root(staged), unplaced)


def place(unplaced: Unplaced, where: rules.Place, *, trace: UUID, at: datetime) -> RowsRoot:
    """归属: let every membership that waits under the name be one at the place."""
    waiting = Membership.objects.known().filter(county=unplaced.county_id, unplaced=unplaced)
    placed = [_placed(row, where, trace, at) for row in waiting]
    waiting.update(known_to=at, unmade_by_id=trace)
    bulk.insert(Membership, placed)
    return leaves.rows_root(trace)


def _placed(row: Membership, where: rules.Place, trace: UUID, at: datetime) -> Membership:
    return Membership(
        line=row.line,
        person_id=row.person_id,
        county_id=row.county_id,
        union_id=where.union,
        employer_id=where.employer,
        start_on=row.start_on,
        end_on=row.end_on,
        made_by_id=trace,
        known_from=at,
    )


def _must_still_be_held(staged: QuerySet[StagedMember]) -> None:
    told = Particulars.objects.known().filter(pk=OuterRef("held_particulars"))
    held = Membership.objects.known().filter(pk=OuterRef("held_membership"))
    moved = staged.filter(held_particulars__isnull=False).filter(~Exists(told))
    ended = staged.filter(held_membership__isnull=False).filter(~Exists(held))
    rules.must_stand_still(not moved.exists() and not ended.exists())


def _unplaced(staged: QuerySet[StagedMember], county: Union, trace: UUID) -> list[Unplaced]:
    """Names that no record holds, written down once; those written now are returned."""
    written = staged.filter(membership_line__isnull=False).exclude(named="")
    names = list(written.values_list("named", flat=True).distinct().order_by("named"))
    known = Employer.objects.filter(county=county, name__in=names)
    placed = Unplaced.objects.filter(county=county, name__in=names, employer__isnull=False)
    rules.must_stand_still(not known.exists() and not placed.exists())
    fresh = [Unplaced(county=county, name=name, made_by_id=trace) for name in names]
    Unplaced.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(Unplaced.objects.filter(made_by=trace))


def _end_particulars(staged: QuerySet[StagedMember], trace: UUID, at: datetime) -> None:
    taking = staged.filter(box__isnull=False, held_particulars__isnull=False)
    held = Particulars.objects.known().filter(pk__in=taking.values("held_particulars"))
    rules.must_stand_still(held.update(known_to=at, unmade_by_id=trace) == taking.count())


def _end_memberships(staged: QuerySet[StagedMember], trace: UUID, at: datetime) -> None:
    # Whoever comes back gets a line of its own, and the membership that ended stays.
    same_line = Membership.objects.filter(pk=OuterRef("held_membership"), line=OuterRef("membership_line"))
    taking = staged.filter(membership_line__isnull=False).filter(Exists(same_line))
    held = Membership.objects.known().filter(pk__in=taking.values("held_membership"))
    expected = taking.count()
    rules.must_stand_still(held.update(known_to=at, unmade_by_id=trace) == expected)


def _rows_root(staged: QuerySet[StagedMember]) -> RowsRoot:
    written = staged.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).order_by("number")
    return RowsRoot.over([bytes.fromhex(leaf) for leaf in written.values_list("leaf", flat=True)])


def _execute(statement: str, values: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _prepared(value) for name, value in values.items()})


def _prepared(value: Any) -> Any:
    """The value as the database at hand takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
