"""Judgments on schemes: whether a version may stand, whether a draft is the one that was seen."""

import re
from datetime import date

from django.utils.translation import gettext as _

from henji.lib.plain_yaml import LONGEST
from henji.lib.refusals import Refusal
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft


class NoScheme(Refusal):
    """没有适用的方案."""


class SchemeChanged(Refusal):
    """方案已发布: this version stands published with other words."""


class DraftTooLong(Refusal):
    """草稿过长."""


class DraftMoved(Refusal):
    """草稿已变: somebody has saved it since it was opened."""


def must_be_in_force(held: PublishedScheme | None, on: date) -> PublishedScheme:
    """The scheme; raises NoScheme where there is none."""
    if held is None:
        raise NoScheme(
            _("还没有发布 %(day)s 适用的救助方案，请先在“救助方案”里采用参考方案或发布一份")
            % {"day": on.isoformat()}
        )
    return held


def must_be_equal(held: PublishedScheme, *, digest: str) -> None:
    """Raise SchemeChanged unless the scheme held has the digest."""
    if held.digest != digest:
        raise SchemeChanged(
            _("%(name)s的 %(version)s 版已经发布，内容不同。已发布的方案不能改，请换一个版本号")
            % {"name": held.name, "version": held.version}
        )


def name_of_draft(text: str) -> str:
    """草稿名称: what the text says the scheme is called, and its version, sound or not."""
    name, version = (
        found[1] if (found := re.search(rf"(?m)^{key}:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", text)) else ""
        for key in ("name", "version")
    )
    return f"{name or _('未命名的方案')} {version}".strip()[:130]


def must_not_be_too_long(text: str) -> None:
    """Raise DraftTooLong where no scheme is so long."""
    if len(text) > LONGEST:
        raise DraftTooLong(_("方案过长，最多 %(longest)s 字") % {"longest": f"{LONGEST:,}"})


def must_be_as_seen(held: SchemeDraft, *, seen: str) -> None:
    """Raise DraftMoved where the draft is no longer what was seen, by its digest."""
    if held.digest != seen:
        raise DraftMoved(_("草稿刚被别人保存过，您的改动没有存。请先复制下来，再打开最新的草稿"))
