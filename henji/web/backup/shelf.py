"""备份架: which backups have been made, and where those made from the page lie."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from henji.evidence import traces
from henji.evidence.traces import Trace
from henji.lib.reach import Reach
from henji.unions.models import Union
from henji.web import rules
from henji.web.deeds import Deed

#: So many files are kept on the server; a backup is safe only once it lies elsewhere.
KEPT = 3
#: So many are listed.
LISTED = 50


@dataclass(frozen=True, slots=True)
class Backup:
    """备份: one that was made. `file` is None where it lies elsewhere, or was cleared away."""

    id: UUID
    at: datetime
    who: str
    size_kib: int
    digest: str
    file: Path | None

    @property
    def size_mb(self) -> int:
        """In megabytes, rounded up."""
        return -(-self.size_kib // 1024)


def folder() -> Path:
    """Where they lie, made when first asked for."""
    place: Path = settings.DATA / "backups"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def place_of(key: UUID) -> Path:
    """Where the backup lies that left the trace."""
    return folder() / f"{key}.henji"


def made_in(reach: Reach) -> QuerySet[Trace]:
    """The traces of backups in reach."""
    return traces.all_traces().in_counties(reach.counties).filter(deed=Deed.BACKED_UP)


def listed_in(reach: Reach) -> list[Backup]:
    """备份: the latest in reach."""
    return [
        Backup(
            id=trace.pk,
            at=trace.at,
            who=trace.by_name,
            size_kib=trace.facts["size_kib"],
            digest=trace.facts["digest"],
            file=place if (place := place_of(trace.pk)).exists() else None,
        )
        for trace in made_in(reach).order_by("-at", "-id")[:LISTED]
    ]


def is_due(reach: Reach, today: date) -> bool:
    """提醒备份: whether somebody in this reach should be reminded today, and could do something about it."""
    if Union.objects.counties().count() > 1:
        return False
    held = traces.all_traces().in_counties(reach.counties)
    last = made_in(reach).aggregate(at=Max("at"))["at"]
    began = held.aggregate(at=Min("at"))["at"]
    return rules.is_backup_due(_day(last), began_on=_day(began), today=today)


def _day(instant: datetime | None) -> date | None:
    return timezone.localdate(instant) if instant else None


def clear() -> None:
    """Keep the latest few files only."""
    held = sorted(folder().glob("*.henji"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in held[KEPT:]:
        path.unlink(missing_ok=True)


def owner() -> Union:
    """Whose installation this is: its county, or what stands above its counties. Raises NothingToBackUp."""
    counties = list(Union.objects.counties().order_by("pk")[:2])
    rules.must_be_founded(len(counties))
    if len(counties) == 1:
        return counties[0]
    return Union.objects.filter(parent__isnull=True).order_by("pk")[0]
