"""归属: the members who wait under a name that a roster gave follow it to an employer, and back."""

from datetime import datetime
from uuid import UUID

from henji.evidence.traces import RowsRoot
from henji.lib import bulk
from henji.members import leaves, rules
from henji.members.models import Membership, MembershipQuerySet, Unplaced
from henji.unions.models import Employer


def place(unplaced: Unplaced, where: rules.Place, *, trace: UUID, at: datetime) -> RowsRoot:
    """归属: let every membership that waits under the name be one at the place."""
    waiting = Membership.objects.known().filter(county=unplaced.county_id, unplaced=unplaced)
    return _moved(waiting, where, None, trace=trace, at=at)


def take_back(unplaced: Unplaced, employer: Employer, *, trace: UUID, at: datetime) -> RowsRoot:
    """归属撤回: let who once waited under the name, and is at the employer, wait under it again.

    Whom a roster brought there by the name after it had been placed never waited: the roster, taken in
    again, tells of them.
    """
    waited = Membership.objects.filter(county=unplaced.county_id, unplaced=unplaced)
    there = Membership.objects.known().filter(line__in=waited.values("line"), employer=employer)
    return _moved(there, rules.Place(unplaced.county_id), unplaced, trace=trace, at=at)


def _moved(
    rows: MembershipQuerySet, where: rules.Place, unplaced: Unplaced | None, *, trace: UUID, at: datetime
) -> RowsRoot:
    rows.update(known_to=at, unmade_by_id=trace)
    # Those that the statement ended, and no others: somebody may have corrected one just before it.
    held = list(Membership.objects.filter(unmade_by=trace).order_by("pk"))
    bulk.insert(Membership, [_at(row, where, unplaced, trace, at) for row in held])
    return leaves.rows_root(trace)


def _at(
    row: Membership, where: rules.Place, unplaced: Unplaced | None, trace: UUID, at: datetime
) -> Membership:
    return Membership(
        line=row.line,
        person_id=row.person_id,
        county_id=row.county_id,
        union_id=where.union,
        employer_id=where.employer,
        unplaced=unplaced,
        start_on=row.start_on,
        end_on=row.end_on,
        standing=row.standing,
        began_by=row.began_by,
        ended_by=row.ended_by,
        made_by_id=trace,
        known_from=at,
    )
