"""捐款入库: how a checked book's lines become part of the record, by two statements whatever their number."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction

from henji.evidence.traces import RowsRoot
from henji.lib import bulk
from henji.mutual_aid import books, rules
from henji.mutual_aid.models import Donation, Drive
from henji.work.models import Job

_NEW = """
INSERT INTO mutual_aid_donation
    (county_id, drive_id, made_by_id, known_from, source_row, giver_key, gift_key, line, giver, person_id,
     employer_id, named, named_unit, amount_yuan, given_on, dated, receipt)
SELECT %(county)s, %(drive)s, %(trace)s, %(at)s, number, giver_key, gift_key, line, giver, person,
    employer, named, named_unit, amount_fen, given_on, dated, receipt
FROM mutual_aid_stageddonation WHERE job_id = %(job)s AND verdict = 'new' ORDER BY number
"""
#: What was corrected since the gift was first written stays corrected: only its giver is named.
_NAMED = """
INSERT INTO mutual_aid_donation
    (county_id, drive_id, made_by_id, known_from, source_row, giver_key, gift_key, line, giver, person_id,
     employer_id, named, named_unit, amount_yuan, given_on, dated, receipt)
SELECT held.county_id, held.drive_id, %(trace)s, %(at)s, held.source_row, held.giver_key, held.gift_key,
    held.line, staged.giver, staged.person, held.employer_id, '', held.named_unit, held.amount_yuan,
    held.given_on, held.dated, held.receipt
FROM mutual_aid_stageddonation staged JOIN mutual_aid_donation held ON held.id = staged.held
WHERE staged.job_id = %(job)s AND staged.verdict = 'changed' ORDER BY staged.number
"""


def promote(job: Job, drive: Drive, *, trace: UUID, at: datetime) -> RowsRoot:
    """Write the new lines, and name the givers that were found, in the caller's transaction.

    The caller has the drive to itself. Raises RecordMoved where the record is no longer as it was when
    the book was checked.
    """
    fresh, naming = books.fresh(job), books.naming(job)
    signed = {"job": job.pk, "trace": trace, "at": at}
    rules.must_stand_still(not books.indistinct(fresh, drive).exists())
    held = Donation.objects.known().filter(pk__in=naming.values("held"))
    rules.must_stand_still(held.update(known_to=at, unmade_by_id=trace) == naming.count())
    try:
        with transaction.atomic():
            bulk.execute(_NEW, signed | {"county": drive.county_id, "drive": drive.pk})
            bulk.execute(_NAMED, signed)
    except IntegrityError as taken:
        raise rules.record_moved() from taken
    bulk.analyse(Donation)
    return rows_root(trace)


def rows_root(trace: UUID) -> RowsRoot:
    """重算行摘要根: the root over the versions that the trace made, as they lie in the database now.

    A leaf is over ids, amount, day and keys, never over a name.
    """
    made = Donation.objects.filter(made_by=trace).order_by("line")
    rows = made.values_list("line", "giver", "person", "amount_yuan", "given_on", "gift_key")
    return RowsRoot.over([sha256("|".join(map(str, row)).encode()).digest() for row in rows.iterator()])
