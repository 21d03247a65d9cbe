"""Questions about standards."""

from django.db.models import Q
from django.utils.translation import gettext as _

from henji.assessment import library
from henji.assessment.models import PublishedStandard, PublishedStandardQuerySet
from henji.assessment.schema import Item, Standard
from henji.lib import tongues
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.unions.models import Level, Union, UnionQuerySet, paths_above, under


class StandardUnknown(Refusal):
    """没有这个标准."""


def published(subject: Union | int, reference: str = "") -> PublishedStandard | None:
    """已发布标准: that of the union asked for as code or code@version, the latest published of these."""
    code, _at, version = reference.partition("@")
    held = standards_of(subject)
    if code:
        held = held.filter(code=code)
    if version:
        held = held.filter(version=version)
    return held.first()


def published_below(county: int) -> PublishedStandard | None:
    """下级适用的标准: the latest that scores townships of the county, whoever above them published it."""
    union = Union.objects.filter(pk=county).first()
    held = PublishedStandard.objects.filter(
        publisher__path__in=paths_above(union.path) if union else (), subject_level=Level.TOWNSHIP
    )
    return held.newest_first().first()


def standards_of(subject: Union | int) -> PublishedStandardQuerySet:
    """已发布标准集: those that score the union, whoever above it published them; the latest first."""
    unions = [subject] if isinstance(subject, Union) else Union.objects.filter(pk=subject)
    held = PublishedStandard.objects.for_unions(*unions)
    return held.select_related("made_by", "publisher").newest_first()


def standards_in(reach: Reach, county: Union) -> PublishedStandardQuerySet:
    """标准版本: all that were published by the county, above it or below it, in reach; the latest first."""
    around = PublishedStandard.objects.within(reach).filter(
        Q(publisher__path__in=paths_above(county.path)) | under([county.path], "publisher__")
    )
    return around.select_related("made_by", "publisher").newest_first()


def subjects_in(reach: Reach, county: Union) -> UnionQuerySet:
    """考核对象 of a county, in reach: it and the unions below it that some published standard scores."""
    held = PublishedStandard.objects.filter(publisher__path__in=paths_above(county.path))
    scored = Union.objects.within(reach).filter(county=county, level__in=held.values("subject_level"))
    return scored.standing().in_tree_order()


def standard_for(subject: Union, reference: str) -> Standard:
    """适用标准: the union's own as code or code@version, else the one that comes with the installation.

    Raises StandardUnknown.
    """
    held = published(subject, reference)
    if held:
        return held.standard
    code, _at, version = reference.partition("@")
    text = library.shipped(code, version)
    if text:
        return library.read(text)
    raise StandardUnknown(
        _("没有标准“%(reference)s”。可用：%(known)s")
        % {"reference": reference[:60], "known": tongues.listed(_known(subject))}
    )


def _known(subject: Union) -> list[str]:
    return [held.reference for held in standards_of(subject)] or [library.REFERENCE]


def item_of(standard: Standard, code: str) -> Item | None:
    """考核项目 of the code."""
    return next((item for item in standard.items if item.code == code), None)
