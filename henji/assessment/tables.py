"""Tables of this room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.assessment.day_cache import Scored, Standards
from henji.lib import tags
from henji.lib.tables import DayColumn, NumberColumn


@dataclass(frozen=True, slots=True)
class Standing:
    """名次: a county among others under the same standard."""

    place: int
    county: str
    total: Decimal
    base: Decimal
    bonus: Decimal
    grade: str
    as_of: date
    url: str

    @classmethod
    def of(cls, standards: Standards, scores: Mapping[int, Scored]) -> list["Standing"]:
        """各县得分, the highest first; those alike share a place and stand in the order of the tree."""
        scored = [(county, published, scores[county.pk]) for county, published in standards.items()]
        measured = {
            county.pk: score.measured(published.standard.graded_on) for county, published, score in scored
        }
        scored.sort(key=lambda one: -measured[one[0].pk])
        return [
            cls(
                place=1 + sum(other > measured[county.pk] for other in measured.values()),
                county=county.name,
                total=score.total,
                base=score.base,
                bonus=score.bonus,
                grade=score.grade,
                as_of=score.as_of,
                url=_card(county.pk, published.reference, score.as_of),
            )
            for county, published, score in scored
        ]


def _card(county: int, standard: str, as_of: date) -> str:
    query = {"county": county, "standard": standard, "as_of": as_of.isoformat()}
    return f"{reverse('assessment:scorecard')}?{urlencode(query)}"


class PointsColumn(NumberColumn):
    """分数列: 91.5, to the right."""

    def render(self, value: Decimal | int) -> str:
        """Without idle zeros."""
        return tags.points(value)

    def value(self, value: Decimal | int) -> float:  # type: ignore[override]  # a decimal is written as yuan
        """As a number."""
        return float(value)


class LeagueTable(tables.Table):
    """各县得分表."""

    place = NumberColumn(verbose_name=_("名次"))
    county = tables.Column(verbose_name=_("县"), linkify=lambda record: record.url)
    total = PointsColumn(verbose_name=_("总分"))
    base = PointsColumn(verbose_name=_("基础分"))
    bonus = PointsColumn(verbose_name=_("加分"))
    grade = tables.Column(verbose_name=_("等次"))
    as_of = DayColumn(verbose_name=_("截至"))
