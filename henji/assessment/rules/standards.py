"""Judgments on standards: whether a version may stand, what a union sees of it, what is computed."""

import re

from django.utils.translation import gettext as _

from henji.assessment.models import PublishedStandard, StandardDraft
from henji.assessment.reading import LONGEST
from henji.assessment.schema import Item, Part, Standard
from henji.evidence import figures
from henji.evidence.figures import counts_for
from henji.lib.refusals import Refusal
from henji.unions.models import Level, Union, paths_above


class StandardChanged(Refusal):
    """标准已发布: this version stands published with other words."""


class StandardNotForIt(Refusal):
    """标准不适用: the standard is not for unions of this level, or was published elsewhere."""


class DraftTooLong(Refusal):
    """草稿过长."""


class DraftMoved(Refusal):
    """草稿已变: somebody has saved it since it was opened."""


def name_of_draft(text: str) -> str:
    """草稿名称: what the text says the standard is called, and its version, sound or not."""
    name, version = (
        found[1] if (found := re.search(rf"(?m)^{key}:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", text)) else ""
        for key in ("name", "version")
    )
    return f"{name or _('未命名的标准')} {version}".strip()[:100]


def must_not_be_too_long(text: str) -> None:
    """Raise DraftTooLong where no standard is so long."""
    if len(text) > LONGEST:
        raise DraftTooLong(_("标准文件过大，最多 %(longest)s 字") % {"longest": f"{LONGEST:,}"})


def must_be_as_edited(held: StandardDraft, *, seen: str) -> None:
    """Raise DraftMoved where the draft is no longer what was seen, by its digest."""
    if held.digest != seen:
        raise DraftMoved(_("草稿刚被别人保存过，您的改动没有存。请先复制下来，再打开最新的草稿"))


def must_be_equal(held: PublishedStandard, *, digest: str) -> None:
    """Raise StandardChanged unless the standard held has the digest."""
    if held.digest != digest:
        raise StandardChanged(
            _("%(name)s的 %(version)s 版已经发布，内容不同。已发布的标准不能改，请换一个版本号")
            % {"name": held.name, "version": held.version}
        )


def must_be_for(standard: PublishedStandard, subject: Union) -> None:
    """Raise StandardNotForIt unless the union, or one above it, published the standard for its level."""
    is_above = standard.publisher.path in paths_above(subject.path)
    if not is_above or standard.subject_level != subject.level:
        raise StandardNotForIt(
            _("“%(standard)s”不考核%(union)s，请换一个标准") % {"standard": standard, "union": subject.name}
        )


def county_of(subject: Union) -> Union:
    """所属县 of a union that is scored; raises StandardNotForIt where it stands above counties."""
    if subject.county is None:
        raise StandardNotForIt(_("%(union)s不属于哪一个县，不在这里考核") % {"union": subject.name})
    return subject.county


def seen_by(standard: Standard, union: Union) -> Standard:
    """适用的一栏: the standard as the union sees it, by its type of unit.

    What is counted of counties alone, a person states of a union of another level.
    """
    seen = standard.column(standard.unit_type_of(union.level))
    if union.level == Level.COUNTY:
        return seen
    return seen.model_copy(update={"items": tuple(_countable(item, union.level) for item in seen.items)})


def _countable(item: Item, level: str) -> Item:
    parts = (
        part.model_copy(update={"figure": part.figure if counts_for(part.figure or "", level) else None})
        for part in item.parts
    )
    return item.model_copy(update={"parts": tuple(parts)})


def address(item: Item, part: Part) -> str:
    """评分点地址: B10.participation."""
    return f"{item.code}.{part.code}"


def is_computed(part: Part) -> bool:
    """Whether some room of this installation computes the part's figure."""
    return part.figure is not None and figures.is_declared(part.figure)
