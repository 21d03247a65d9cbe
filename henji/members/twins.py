"""疑似同一人: rows of a roster that name somebody on record, with the same phone and another number."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from henji.evidence.keys import vault
from henji.lib.vault import Sealed
from henji.members.models import Particulars, StagedMember
from henji.work.models import Conflict, Job, Verdict

#: So many rows are looked at together.
_TOGETHER = 500


def alike(job: Job) -> Iterator[list[StagedMember]]:
    """疑似同一人: new rows, each marked as a conflict and given its reason, to be written by the caller.

    By name and the last places of the phone first, which stand in the clear as blind indexes; then by the
    whole phone, from the boxes of those few. Nobody erased is compared.
    """
    rows = _suspected(job).order_by("number").iterator(chunk_size=_TOGETHER)
    while together := list(islice(rows, _TOGETHER)):
        held = _phones_held(job, {row.name for row in together})
        if marked := [_marked(row) for row in together if (row.name, _phone_of(row)) in held]:
            yield marked


def _suspected(job: Job) -> QuerySet[StagedMember]:
    known = Particulars.objects.known().filter(county=job.county_id)
    staged = StagedMember.objects.filter(job=job, verdict=Verdict.NEW, conflict="")
    if not known.exists():
        return staged.none()
    like = known.filter(name=OuterRef("name"), phone_tail=OuterRef("phone_tail"))
    return staged.exclude(phone_tail="").filter(Exists(like))


def _phones_held(job: Job, names: set[str]) -> set[tuple[str, str]]:
    known = Particulars.objects.known().filter(county=job.county_id, name__in=names)
    rows = known.exclude(phone_tail="").values_list("name", "box", "person__key")
    return {(name, vault().open(Sealed(bytes(box), bytes(key)))["phone"]) for name, box, key in rows if key}


def _phone_of(row: StagedMember) -> str:
    return vault().open(Sealed(bytes(row.box or b""), bytes(row.key or b"")))["phone"]


def _marked(row: StagedMember) -> StagedMember:
    words = _("同名同手机号的人已在册，身份证号不同，请核对是不是同一人")
    row.conflict = Conflict.ALIKE
    row.reason = _("；").join(filter(None, (words, row.reason)))[:200]
    row.field = row.field or "phone"
    return row
