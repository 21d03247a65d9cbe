"""所属工会不同: rows of a roster that put a member under another union, into the queue."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from henji.lib import bulk, ids
from henji.members.models import Answer, Doubt, Kind, Membership, StagedMember
from henji.work.models import Conflict, Job

_make = bulk.maker(Doubt)


def noted(job: Job, *, trace: UUID, at: datetime) -> int:
    """列入待核: those of the job's rows about which the county was not asked yet; how many.

    Whoever was said to stay is not asked about again while in the same union. The caller has the county to
    itself.
    """
    known = Doubt.objects.known().filter(county=job.county_id, kind=Kind.UNION).exclude(answer=Answer.MOVED)
    asked = set(known.values_list("person", "from_union", "to_union"))
    held = Membership.objects.filter(pk=OuterRef("held_membership")).values("union")
    rows = StagedMember.objects.filter(job=job, conflict=Conflict.UNION, union__isnull=False)
    found = rows.annotate(held=Subquery(held)).order_by("number")
    told = found.values_list("person", "held", F("union"), "employer", "number").iterator()
    common = {"county_id": job.county_id, "kind": Kind.UNION, "made_by_id": trace, "known_from": at}
    lines = ids.series(at)
    fresh = [
        _make(
            common
            | {"line": UUID(next(lines)), "person_id": person, "from_union_id": was, "to_union_id": union}
            | {"employer_id": employer, "source_row": number}
        )
        for person, was, union, employer, number in told
        if (person, was, union) not in asked
    ]
    bulk.insert(Doubt, fresh)
    return len(fresh)
