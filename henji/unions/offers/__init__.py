"""What the unions' room offers: pages and searches."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from henji.evidence import figures, timeline
from henji.evidence.addresses import provable, shown_at
from henji.evidence.figures import Figures, Ground, Scope, indicator
from henji.evidence.searching import Hit, searchable
from henji.lib.reach import Reach
from henji.unions import queries
from henji.unions.models import Employer, Level, PastEmployer, Union
from henji.unions.offers.records import (
    congress_rate,
    contract_rate,
    legal_person_rate,
    wage_contract_rate,
    women_contract_rate,
    workers_home_rate,
)

__all__ = [
    "congress_rate",
    "contract_rate",
    "legal_person_rate",
    "wage_contract_rate",
    "women_contract_rate",
    "workers_home_rate",
]


@indicator(_("新建工会数"))
def new_unions(scope: Scope) -> Figures:
    """新建工会 = primary unions founded in the period, standing on the day; one query, two as known then.

    A union without a day of founding was there before anybody asked, and counts nowhere here. Source: the
    targets that superiors hand down are counted in new unions.
    """
    founded = queries.founded_in(scope.unions, scope.period, scope.as_of, known_at=scope.known_at)
    counted = dict(founded.values("county").annotate(n=Count("pk")).values_list("county", "n"))
    return {
        county: figures.Count(counted.get(county, 0), gettext("新建工会"), _founded(county, scope))
        for county in scope.unions
    }


def _founded(county: int, scope: Scope) -> Ground:
    query = {
        "county": str(county),
        "level": Level.PRIMARY.value,
        "founded_from": scope.period.start.isoformat(),
        "founded_to": min(scope.as_of, scope.period.last_day).isoformat(),
        "as_of": scope.as_of.isoformat(),
    }
    known = {"known_at": scope.known_at.isoformat()} if scope.known_at else {}
    return Ground("unions:list", query | known)


@provable("unions.union", _("乡镇（系统）工会"))
def branches(county: int) -> Iterator[tuple[str, str]]:
    """乡镇、系统工会 that papers may be filed about: such a paper is theirs, not the county's."""
    levels = (Level.TOWNSHIP, Level.SECTOR)
    held = Union.objects.filter(county=county, level__in=levels).standing().in_tree_order()
    for pk, name in held.values_list("pk", "name"):
        yield f"unions.union:{pk}", name


@shown_at("unions.union")
def union_page(key: str) -> str:
    """The page of a union."""
    return reverse("unions:union", args=[key])


@shown_at("unions.employer")
def employer_page(key: str) -> str:
    """The page of an employer."""
    return reverse("unions:employer", args=[key])


@timeline.tells_of("unions.union")
def deeds_about_a_union(key: str) -> Iterator[timeline.Mention]:
    """The deed that founded it, also where it founded others with it."""
    for trace in Union.objects.filter(pk=key).values_list("made_by", flat=True):
        yield timeline.Mention(trace)


@timeline.tells_of("unions.employer")
def deeds_about_an_employer(key: str) -> Iterator[timeline.Mention]:
    """Every deed that said something of it, also where it said something of others with it."""
    said = Employer.objects.filter(pk=key).values_list("made_by", flat=True)
    before = PastEmployer.objects.filter(employer_id=int(key)).values_list("made_by", flat=True)
    for trace in said.union(before):
        yield timeline.Mention(trace)


@searchable(pgettext_lazy("all", "单位"), power="unions.see", more="unions:employers")
def employers(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """单位: by a part of the name, or the credit code."""
    found = queries.employers_in(reach).filter(Q(name__icontains=words) | Q(credit_code=words.upper()))
    return [
        Hit(employer.name, employer_page(str(employer.pk)), employer.union.name if employer.union else "")
        for employer in found[:most]
    ]


@searchable(_("工会"), power="unions.see")
def unions(words: str, reach: Reach, most: int) -> Sequence[Hit]:
    """工会: by a part of the name."""
    found = queries.unions_in(reach).filter(name__icontains=words)
    return [Hit(union.name, union_page(str(union.pk)), union.get_level_display()) for union in found[:most]]
