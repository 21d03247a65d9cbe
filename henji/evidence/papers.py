"""文件: what other rooms may ask about papers, by the addresses of what they prove."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from henji.evidence.models import About, Paper, PaperQuerySet

__all__ = ["Filed", "Paper", "PaperQuerySet", "about", "filed"]


@dataclass(frozen=True, slots=True)
class Filed:
    """存档: that a paper of a kind and a day proves what the address names."""

    paper: int
    address: str
    kind: str
    on: date


def filed(county: int, *prefixes: str, until: date, known_at: datetime | None = None) -> list[Filed]:
    """存档情况: a county's papers of days up to and with `until`, about addresses that begin so.

    A paper about two addresses appears twice. Where `known_at` is given, only what was filed by then. Costs
    one query.
    """
    held = About.objects.filter(paper__county=county, paper__on__lte=until)
    if known_at is not None:
        held = held.filter(paper__kept_by__at__lte=known_at)
    begun_so = reduce(or_, (Q(address__startswith=prefix) for prefix in prefixes))
    rows = held.filter(begun_so).values_list("paper_id", "address", "paper__kind", "paper__on")
    return [Filed(*row) for row in rows]


def about(county: int, *addresses: str, until: date | None = None) -> PaperQuerySet:
    """佐证文件: a county's papers about any of the addresses, with who filed them, the latest first.

    Each comes with all of its addresses (`about`), in one query more.
    """
    held = Paper.objects.filter(county=county).about(*addresses)
    dated = held if until is None else held.filter(on__lte=until)
    return dated.select_related("kept_by").prefetch_related("about").newest_first()
