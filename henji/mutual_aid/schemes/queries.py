"""Questions about schemes."""

from datetime import date

from henji.lib.reach import Reach
from henji.mutual_aid.schemes import rules
from henji.mutual_aid.schemes.models import PublishedScheme, PublishedSchemeQuerySet
from henji.unions.models import Union


def scheme_in_force(county: Union, on: date) -> PublishedScheme | None:
    """生效的方案: the county's on the day, the last one published where there are several; None for none."""
    return PublishedScheme.objects.filter(county=county).in_force(on).first()


def scheme_for(county: Union, on: date) -> PublishedScheme:
    """适用的方案 of the county on the day; raises NoScheme where none was published for it."""
    return rules.must_be_in_force(scheme_in_force(county, on), on)


def schemes_of(reach: Reach) -> PublishedSchemeQuerySet:
    """已发布的方案 within reach, the latest at the top."""
    return PublishedScheme.objects.within(reach).select_related("county", "made_by").newest_first()


def previous_of(held: PublishedScheme) -> PublishedScheme | None:
    """上一版: what the county had published before, of the same code first."""
    earlier = PublishedScheme.objects.filter(county=held.county, published_at__lte=held.published_at)
    earlier = earlier.exclude(pk=held.pk).newest_first()
    return earlier.filter(code=held.code).first() or earlier.first()
