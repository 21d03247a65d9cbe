"""他县已登记: rows of a roster whose number another county holds, into the queue of what is to be settled."""

from datetime import datetime
from uuid import UUID

from henji.lib import bulk, ids
from henji.members.models import Doubt, Kind, StagedMember
from henji.members.queries import asking
from henji.work.models import Conflict, Job

_make = bulk.maker(Doubt)


def noted(job: Job, *, trace: UUID, at: datetime) -> int:
    """列入待核: those of the job's rows about whom the county does not ask yet; how many.

    The caller has the county to itself.
    """
    asked = set(asking.elsewhere().filter(county=job.county_id).values_list("id_index", flat=True))
    rows = StagedMember.objects.filter(job=job, conflict=Conflict.ELSEWHERE).order_by("-number")
    fresh = {
        index: (name, number)
        for index, name, number in rows.values_list("id_index", "name", "number").iterator()
        if index and index not in asked
    }
    common = {"county_id": job.county_id, "kind": Kind.ELSEWHERE, "made_by_id": trace, "known_from": at}
    lines = ids.series(at)
    bulk.insert(
        Doubt,
        [
            _make(
                common | {"line": UUID(next(lines)), "told_name": name, "id_index": index, "source_row": row}
            )
            for index, (name, row) in fresh.items()
        ],
    )
    return len(fresh)
