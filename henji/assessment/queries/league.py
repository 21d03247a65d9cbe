"""Questions about standards that many counties share."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from henji.assessment.models import PublishedStandard
from henji.lib.reach import Reach
from henji.unions.models import Union, paths_above
from henji.unions.queries import counties_in


@dataclass(frozen=True, slots=True)
class Shared:
    """共用标准: a standard under which counties are scored, word for word the same, and how many of them."""

    name: str
    version: str
    digest: str
    counties: int

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.digest[:12]


def standards_shared(reach: Reach) -> list[Shared]:
    """共用标准 of the counties in reach: those of the most counties first. Two queries."""
    counties = list(counties_in(reach).only("level", "path"))
    scoring = PublishedStandard.objects.for_unions(*counties)
    alike: dict[tuple[str, str, str], tuple[str, ...]] = defaultdict(tuple)
    for name, version, digest, path in scoring.values_list("name", "version", "digest", "publisher__path"):
        alike[name, version, digest] += (path,)
    shared = [
        Shared(*told, sum(county.path.startswith(paths) for county in counties))
        for told, paths in alike.items()
    ]
    return sorted(shared, key=lambda one: (one.counties, one.version, one.name), reverse=True)


def published_alike(reach: Reach, digest: str) -> dict[Union, PublishedStandard]:
    """各县的同一标准: by county in reach, in the order of the tree; a county's own comes first."""
    counties = list(counties_in(reach))
    alike = PublishedStandard.objects.for_unions(*counties).filter(digest=digest)
    text = alike.values_list("body", flat=True).first()
    nearest: dict[str, PublishedStandard] = {}
    for published in alike.defer("body").select_related("publisher").order_by("pk"):
        published.body = text or ""  # the same digest, the same words: they are fetched once
        nearest[published.publisher.path] = published
    held = {county: _nearest(county, nearest) for county in counties}
    return {county: published for county, published in held.items() if published}


def _nearest(union: Union, by_path: Mapping[str, PublishedStandard]) -> PublishedStandard | None:
    paths = sorted(paths_above(union.path), key=len, reverse=True)
    return next((by_path[path] for path in paths if path in by_path), None)
