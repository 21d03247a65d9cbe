"""Nouns: schemes that were published, and those still being written."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from henji.lib.reach import Reach
from henji.mutual_aid.schemes import reading
from henji.mutual_aid.schemes.terms import Scheme
from henji.unions.models import Union


class PublishedSchemeQuerySet(models.QuerySet["PublishedScheme"]):
    """已发布的方案集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch reads its county's, as everybody may."""
        return self.filter(county__in=reach.counties)

    def in_force(self, day: date | OuterRef) -> Self:
        """Those in force on the day; of several the last one published holds, and stands first."""
        return self.filter(valid_from__lte=day, valid_to__gte=day).order_by("-published_at", "-pk")

    def newest_first(self) -> Self:
        """The latest published at the top."""
        return self.order_by("-published_at", "-pk")


class PublishedScheme(models.Model):
    """救助方案: a version of a scheme, published and from then on unchanged; triggers see to it.

    `counted_on`, `gifts` and `collected` are how the text defines the two rates, so that many counties' are
    found in one statement.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    code = models.CharField(_("代号"), max_length=40)
    version = models.CharField(_("版本"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年度"))
    name = models.CharField(_("名称"), max_length=100)
    text = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    valid_from = models.DateField(_("生效日"))
    valid_to = models.DateField(_("失效日（含当日）"))
    counted_on = models.CharField(max_length=20)
    gifts = models.CharField(max_length=20)
    collected = models.CharField(max_length=30)
    published_at = models.DateTimeField(_("发布时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("发布痕迹")
    )

    objects = PublishedSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("救助方案")
        constraints = [
            models.UniqueConstraint(fields=["county", "code", "version"], name="scheme_version_once"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="scheme_valid_forwards"),
        ]
        indexes = [models.Index(fields=["county", "valid_from", "valid_to"], name="scheme_in_force")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def scheme(self) -> Scheme:
        """What the text says."""
        return reading.read(self.text)

    @property
    def reference(self) -> str:
        """How it is asked for: code@version."""
        return f"{self.code}@{self.version}"


class SchemeDraftQuerySet(models.QuerySet["SchemeDraft"]):
    """方案草稿集."""

    def within(self, reach: Reach) -> Self:
        """The county's own: a superior sees what is published, not what is still being written."""
        return self.filter(county__path__in=reach.trees)

    def newest_first(self) -> Self:
        """The latest changed at the top."""
        return self.order_by("-updated_at", "-pk")


class SchemeDraft(models.Model):
    """方案草稿: the text of a scheme in the making; it may be unsound, and counts nowhere.

    It is no fact of the past and is changed in place; its traces say who saved it when, with the digest.
    """

    id = models.UUIDField(primary_key=True)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    name = models.CharField(_("名称"), max_length=130)
    text = models.TextField(_("内容"))
    updated_at = models.DateTimeField(_("保存时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("保存痕迹")
    )

    objects = SchemeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("方案草稿")

    def __str__(self) -> str:
        return self.name

    @property
    def digest(self) -> str:
        """摘要 of the text as it was saved last."""
        return reading.digest(self.text)
