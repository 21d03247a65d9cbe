"""比率定义: how the scheme of a drive's aid year defines the two rates; as the drive says without."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from henji.mutual_aid.models import DriveVersion, DriveVersionQuerySet
from henji.mutual_aid.schemes.models import PublishedScheme


def defined(drives: DriveVersionQuerySet, known_at: datetime | None = None) -> DriveVersionQuerySet:
    """活动 with the definitions of the county's scheme in force on the first day of the aid year, as known.

    They are found within the statement that finds the drives, so that a league asks no more than before.
    """
    held = PublishedScheme.objects.filter(county=OuterRef("county")).in_force(OuterRef("aid_from"))
    if known_at is not None:
        held = held.filter(published_at__lte=known_at)
    named = {
        "counted_by": Subquery(held.values("counted_on")[:1]),
        "gifts_by": Subquery(held.values("gifts")[:1]),
        "collected_by": Subquery(held.values("collected")[:1]),
    }
    return drives.annotate(**named)


def counting_day(drive: DriveVersion) -> date:
    """会员数统计日 of the drive, by the definition."""
    days = {
        "collection_end": drive.collects_to,
        "aid_start": drive.aid_from,
        "aid_end": drive.aid_to,
    }
    return days.get(getattr(drive, "counted_by", None) or "", drive.counted_on)


def collected_by(drive: DriveVersion) -> str:
    """支付率的分母: of what it consists, by the definition."""
    return getattr(drive, "collected_by", None) or "donations"


def counts_as_gift(drives: list[DriveVersion]) -> Q:
    """哪些捐款算参加: the gifts to the drives that the definition counts."""
    free = Q(drive__in=[drive.drive_id for drive in drives if not _in_collection(drive)])
    for drive in filter(_in_collection, drives):
        free |= Q(drive=drive.drive_id, given_on__range=(drive.collects_from, drive.collects_to))
    return free


def _in_collection(drive: DriveVersion) -> bool:
    return getattr(drive, "gifts_by", None) == "in_collection"
