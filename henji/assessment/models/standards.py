"""Nouns: standards, published, and in the making."""

from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.assessment import library
from henji.assessment.schema import Standard
from henji.lib.reach import Reach
from henji.unions.models import Level, Union, paths_above, under


class PublishedStandardQuerySet(models.QuerySet["PublishedStandard"]):
    """考核标准集."""

    def within(self, reach: Reach) -> Self:
        """Those published within reach, or above it: whoever is scored may read by what."""
        above = {path for tree in reach.trees for path in paths_above(tree)}
        return self.filter(under(reach.trees, "publisher__") | Q(publisher__path__in=above))

    def for_unions(self, *unions: Union) -> Self:
        """Those that score one of the unions: published by it or above it, and for unions of its level."""
        above: dict[str, set[str]] = {}
        for one in unions:
            above.setdefault(one.level, set()).update(paths_above(one.path))
        fitting = [Q(publisher__path__in=paths, subject_level=level) for level, paths in above.items()]
        return self.filter(reduce(or_, fitting, Q(pk__in=[])))

    def newest_first(self) -> Self:
        """The latest published at the top."""
        return self.order_by("-made_by__at", "-id")


class PublishedStandard(models.Model):
    """考核标准: a version of a standard, published and from then on unchanged; triggers see to it.

    It scores unions of the `subject_level`: the publisher, if it is of that level, and those below it.
    `county` is the publisher's; city and province have none.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("发布单位")
    )
    subject_level = models.CharField(_("考核对象"), max_length=10, choices=Level.choices)
    code = models.CharField(_("代号"), max_length=40)
    version = models.CharField(_("版本"), max_length=20)
    name = models.CharField(_("名称"), max_length=100)
    body = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("发布痕迹")
    )

    objects = PublishedStandardQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "考核标准")
        constraints = [
            models.UniqueConstraint(fields=["publisher", "code", "version"], name="standard_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def standard(self) -> Standard:
        """What the text says."""
        return library.read(self.body)

    @property
    def reference(self) -> str:
        """How it is asked for: code@version."""
        return f"{self.code}@{self.version}"


class StandardDraftQuerySet(models.QuerySet["StandardDraft"]):
    """标准草稿集."""

    def within(self, reach: Reach) -> Self:
        """One's own: a superior sees what is published below, not what is still being written there."""
        return self.filter(publisher__path__in=reach.trees)

    def newest_first(self) -> Self:
        """The latest changed at the top."""
        return self.order_by("-updated_at", "-pk")


class StandardDraft(models.Model):
    """标准草稿: the text of a standard in the making; it may be unsound, and counts nowhere.

    It is no fact of the past and is changed in place; its traces say who saved it when, with the digest.
    """

    id = models.UUIDField(primary_key=True)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("名称"), max_length=100)
    body = models.TextField(_("内容"))
    updated_at = models.DateTimeField(_("保存时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("保存痕迹")
    )

    objects = StandardDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("标准草稿")

    def __str__(self) -> str:
        return self.name

    @property
    def standard(self) -> Standard:
        """What the text says; raises what `schema.load` raises."""
        return library.read(self.body)

    @property
    def digest(self) -> str:
        """摘要 of the text as it was saved last."""
        return library.digest(self.body)


class DraftTextQuerySet(models.QuerySet["DraftText"]):
    """草稿历次文本集."""

    def newest_first(self) -> Self:
        """The one that stands now at the top."""
        return self.order_by("-number")


class DraftText(models.Model):
    """草稿文本: what a draft said after one of its savings; the one with the highest number stands now.

    `text_of` is the number of the saving whose text it is: its own, or that of the one it brought back. They
    go with their draft.
    """

    draft = models.ForeignKey(StandardDraft, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField(_("第几次保存"))
    text_of = models.PositiveIntegerField(_("文本出自第几次"))
    body = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("保存痕迹")
    )

    objects = DraftTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("草稿文本")
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"
