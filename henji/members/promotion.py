"""入库: staged rows become part of the record, by a few statements whatever their number.

The statements are the same on SQLite and PostgreSQL, and all run in the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet

from henji.evidence.traces import RowsRoot
from henji.lib import bulk
from henji.members import rules
from henji.members.models import Membership, Particulars, Person, StagedMember, Unplaced
from henji.unions.models import Employer, Union
from henji.work.intake import FRESH
from henji.work.models import Job, Verdict

_PERSONS = """
INSERT INTO members_person (id, county_id, key, likeness, made_by_id)
SELECT person, %(county)s, key, likeness, %(trace)s
FROM members_stagedmember WHERE job_id = %(job)s AND verdict = 'new' ORDER BY number
"""
_KNOWN_AGAIN = """
UPDATE members_person SET likeness = staged.likeness
FROM members_stagedmember staged
WHERE staged.job_id = %(job)s AND (staged.verdict = 'changed' OR staged.conflict = 'union')
    AND members_person.id = staged.person
"""
_PARTICULARS = """
INSERT INTO members_particulars
    (line, made_by_id, known_from, source_row, person_id, county_id, name, id_index, box,
     pinyin, initials, id_tail, phone_tail, sex, birth_year, defects)
SELECT person, %(trace)s, %(at)s, number, person, %(county)s, name, id_index, box,
    pinyin, initials, id_tail, phone_tail, sex, birth_year, defects
FROM members_stagedmember WHERE job_id = %(job)s AND box IS NOT NULL ORDER BY number
"""
_MEMBERSHIPS = """
INSERT INTO members_membership
    (line, made_by_id, known_from, source_row, person_id, county_id, union_id, employer_id, unplaced_id,
     start_on, end_on, standing, began_by, ended_by)
SELECT staged.membership_line, %(trace)s, %(at)s, staged.number, staged.person, %(county)s, staged."union",
    staged.employer, unplaced.id, staged.start_on, staged.end_on,
    COALESCE(NULLIF(staged.standing, ''), held.standing, 'working'),
    COALESCE(held.began_by, 'joined'), CASE WHEN staged.end_on = held.end_on THEN held.ended_by ELSE '' END
FROM members_stagedmember staged
LEFT JOIN members_membership held ON held.id = staged.held_membership AND held.line = staged.membership_line
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
    changed = staged.filter(verdict=Verdict.CHANGED)
    # One import of a county at a time; on SQLite the transaction itself sees to that.
    Union.objects.select_for_update(no_key=True).get(pk=job.county_id)
    _must_still_be_held(staged)
    unplaced = _unplaced(staged, job.county, trace)
    values = {"county": job.county_id, "job": job.pk, "trace": trace, "at": at}
    try:
        _end_particulars(changed, trace, at)
        _end_memberships(changed, trace, at)
        for statement in (_PERSONS, _KNOWN_AGAIN):
            bulk.execute(statement, values)
        written = staged.filter(verdict__in=FRESH).count()
        for model, statement in ((Particulars, _PARTICULARS), (Membership, _MEMBERSHIPS)):
            with bulk.indexes_built_after(model, rows=written):
                bulk.execute(statement, values)
    except IntegrityError as taken:
        raise rules.record_moved() from taken
    for filled in (Person, Particulars, Membership):
        bulk.analyse(filled)
    return Promoted(_rows_root(staged), unplaced)


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


def _end_particulars(changed: QuerySet[StagedMember], trace: UUID, at: datetime) -> None:
    taking = changed.filter(box__isnull=False, held_particulars__isnull=False)
    held = Particulars.objects.known().filter(pk__in=taking.values("held_particulars"))
    rules.must_stand_still(held.update(known_to=at, unmade_by_id=trace) == taking.count())


def _end_memberships(changed: QuerySet[StagedMember], trace: UUID, at: datetime) -> None:
    # Whoever comes back gets a line of its own, and the membership that ended stays.
    same_line = Membership.objects.filter(pk=OuterRef("held_membership"), line=OuterRef("membership_line"))
    taking = changed.filter(membership_line__isnull=False).filter(Exists(same_line))
    held = Membership.objects.known().filter(pk__in=taking.values("held_membership"))
    expected = taking.count()
    rules.must_stand_still(held.update(known_to=at, unmade_by_id=trace) == expected)


def _rows_root(staged: QuerySet[StagedMember]) -> RowsRoot:
    written = staged.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).order_by("number")
    return RowsRoot.over([bytes.fromhex(leaf) for leaf in written.values_list("leaf", flat=True)])
