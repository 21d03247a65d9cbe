"""文件: what other rooms may ask about papers, by the addresses of what they prove."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.utils.timezone import localdate

from henji.evidence.models import About, Paper, PaperFile, PaperQuerySet

__all__ = ["Filed", "Paper", "PaperFile", "PaperQuerySet", "about", "filed", "shelved"]


@dataclass(frozen=True, slots=True)
class Filed:
    """存档: that a paper of a county, of a kind and a day, proves what the address names.

    `filed_on` is the day when it was filed first, whatever was corrected since; `late` says 补录;
    `by` is who filed it.
    """

    county: int
    paper: int
    address: str
    kind: str
    on: date
    late: bool
    filed_on: date
    by: int


def filed(
    counties: Collection[int],
    *prefixes: str,
    until: date,
    known_at: datetime | None = None,
    addresses: Collection[str] = (),
) -> list[Filed]:
    """存档情况: the counties' papers of days up to and with `until`, about addresses that begin so.

    And about these `addresses`. A paper about two addresses appears twice. Where `known_at` is given, only
    what was filed by then, as it was believed then. Costs one query, and one more where papers were
    corrected.
    """
    held = About.objects.filter(paper__county__in=counties, paper__on__lte=until)
    if known_at is None:
        held = held.filter(paper__superseded_by__isnull=True)
    else:
        held = held.filter(paper__kept_by__at__lte=known_at)
        held = held.exclude(paper__superseded_by__kept_by__at__lte=known_at)
    asked = reduce(or_, (Q(address__startswith=prefix) for prefix in prefixes), Q(address__in=addresses))
    told = ("paper__county", "paper_id", "address", "paper__kind", "paper__on", "paper__late")
    by = ("paper__kept_by__by_id", "paper__kept_by__at", "paper__supersedes")
    rows = list(held.filter(asked).values_list(*told, *by))
    replaced = any(before for *_told, before in rows)
    first = _first_filed(counties) if replaced else {}
    return [
        Filed(county, paper, address, kind, on, late, localdate(first.get(before, at)), by_id)
        for county, paper, address, kind, on, late, by_id, at, before in rows
    ]


def _first_filed(counties: Collection[int]) -> dict[int | None, datetime]:
    """When each paper that was corrected had been filed first."""
    replaced = Paper.objects.filter(county__in=counties, superseded_by__isnull=False).order_by("pk")
    first: dict[int | None, datetime] = {}
    for paper, before, at in replaced.values_list("pk", "supersedes", "kept_by__at"):
        first[paper] = first.get(before, at)
    return first


def shelved(papers: Collection[int]) -> PaperQuerySet:
    """架上文件: the papers of the ids, with who filed them, what they are about, their files and `count`.

    Costs four queries.
    """
    held = Paper.objects.filter(pk__in=papers).select_related("kept_by")
    return held.prefetch_related("about", "files__blob").annotate(count=Count("files"))


def about(county: int, *addresses: str, until: date | None = None) -> PaperQuerySet:
    """佐证文件: a county's papers about any of the addresses, with who filed them, the latest first.

    Each comes with all of its addresses (`about`), in one query more.
    """
    held = Paper.objects.filter(county=county).current().about(*addresses)
    dated = held if until is None else held.filter(on__lte=until)
    return dated.select_related("kept_by").prefetch_related("about").newest_first()
