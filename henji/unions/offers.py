"""What the unions' room offers: pages and searches."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.evidence.addresses import shown_at
from henji.evidence.searching import Hit, searchable
from henji.lib.reach import Reach
from henji.unions import queries


@shown_at("unions.union")
def union_page(key: str) -> str:
    """The page of a union."""
    return reverse("unions:union", args=[key])


@shown_at("unions.employer")
def employer_page(key: str) -> str:
    """The page of an employer."""
    return reverse("unions:employer", args=[key])


@searchable(_("单位"), power="unions.see", more="unions:employers")
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
