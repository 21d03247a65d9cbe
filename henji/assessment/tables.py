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
from henji.unions.models import Union


@dataclass(frozen=True, slots=True)
class Standing:
    """名次: a county among others under the same standard. `key` is the county's id."""

    place: int
    key: int
    county: str
    standard: str
    total: Decimal
    base: Decimal
    bonus: Decimal
    grade: str
    as_of: date

    @classmethod
    def of(cls, standards: Standards, scores: Mapping[int, Scored]) -> list["Standing"]:
        """各县得分, the highest first; those alike share a place and stand in the order of the tree."""
        measured = {
            county: scores[county.pk].measured(published.standard.graded_on)
            for county, published in standards.items()
        }
        ranked = sorted(standards, key=lambda county: -measured[county])
        places: dict[Decimal, int] = {}
        for place, county in enumerate(ranked, 1):
            places.setdefault(measured[county], place)
        return [
            cls._of(places[measured[county]], county, standards[county].reference, scores[county.pk])
            for county in ranked
        ]

    @classmethod
    def _of(cls, place: int, county: Union, standard: str, score: Scored) -> "Standing":
        return cls(
            place=place,
            key=county.pk,
            county=county.name,
            standard=standard,
            total=score.total,
            base=score.base,
            bonus=score.bonus,
            grade=score.grade,
            as_of=score.as_of,
        )

    @property
    def url(self) -> str:
        """The county's scorecard under the standard as of the day."""
        query = {"county": self.key, "standard": self.standard, "as_of": self.as_of.isoformat()}
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
