"""依据: which rows a page shows when a figure's side is opened; read from the address."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone

from henji.lib import ids
from henji.lib.periods import Period
from henji.lib.reach import Reach

#: Days outside these are a slip of the hand, and some cannot be reckoned with.
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """所问: the counties within reach, the period if the address names one, the day, and as known when.

    `drive` and `union` are the ids of the drive and the union that the address names, if any.
    """

    counties: tuple[int, ...]
    period: Period | None
    as_of: date
    known_at: datetime | None = None
    drive: int | None = None
    union: int | None = None


def asked(query: QueryDict, reach: Reach, *, today: date) -> Asked:
    """What the address asks for; a county out of reach is an empty answer, nonsense is left out."""
    county = ids.named(query.get("county", ""))
    counties = tuple(held for held in sorted(reach.counties) if county in (None, held))
    first, last = _day(query.get("from")), _day(query.get("to"))
    period = Period.through(first, last) if first and last and first <= last else None
    return Asked(
        counties=counties,
        period=period,
        as_of=_day(query.get("as_of")) or today,
        known_at=_instant(query.get("known_at")),
        drive=ids.named(query.get("drive", "")),
        union=ids.named(query.get("union", "")),
    )


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if timezone.is_aware(found) and found.year in YEARS else None
