"""转移: a membership that goes on in another union."""

from datetime import date, datetime
from uuid import UUID

from henji.evidence import versions
from henji.lib import ids
from henji.members.models import Membership, Standing, Turn
from henji.members.rules import Place


def carried(
    held: Membership, *, county: int, place: Place, on: date, trace: UUID, at: datetime
) -> Membership:
    """转移: the membership ends on the day on which the one at the place begins; the new one."""
    versions.supersede(held, trace=trace, at=at, end_on=on, ended_by=Turn.MOVED, source_row=None)
    return Membership.objects.create(
        line=ids.new(at),
        person_id=held.person_id,
        county_id=county,
        union_id=place.union,
        employer_id=place.employer,
        start_on=on,
        # Whoever comes to an employer works again; whoever comes to a union alone stays as before.
        standing=Standing.WORKING if place.employer else held.standing,
        began_by=Turn.MOVED,
        made_by_id=trace,
        known_from=at,
    )
