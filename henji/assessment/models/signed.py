"""Nouns: signed scores."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from henji.assessment.models.standards import PublishedStandard
from henji.lib.reach import Reach
from henji.unions.models import Union


class Column(models.TextChoices):
    """评分栏."""

    SELF = "self", _("自评")
    CITY = "city", _("市级")
    PROVINCE = "province", _("省级")


class SignedScoreQuerySet(models.QuerySet["SignedScore"]):
    """已签评分集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        return self.filter(county__in=reach.counties)

    def newest_first(self) -> Self:
        """The latest signed at the top."""
        return self.order_by("-signed_at", "-id")


class SignedScore(models.Model):
    """已签评分: a union's scorecard frozen with its figures and the standard's version when it was signed.

    `body` holds score (as `manage.py score --json` gives it), standard (code, version, name, digest), county,
    period and as_of. `digest` covers it. Triggers keep it unchanged.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("考核对象"))
    standard = models.ForeignKey(
        PublishedStandard, on_delete=models.PROTECT, related_name="signed", verbose_name=_("标准")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    column = models.CharField(_("评分栏"), max_length=10, choices=Column.choices)
    as_of = models.DateField(_("截至"))
    body: Any = models.JSONField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    signed_at = models.DateTimeField(_("签字时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("签字痕迹")
    )

    objects = SignedScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("已签评分")
        indexes = [models.Index(fields=["subject", "year", "column"], name="signed_subject_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.column}"

    @property
    def score(self) -> Mapping[str, Any]:
        """The frozen scorecard."""
        frozen: Mapping[str, Any] = self.body["score"]
        return frozen

    @property
    def points(self) -> Mapping[str, Decimal]:
        """The points of each item, by its code."""
        return {item["code"]: Decimal(str(item["points"])) for item in self.score["items"]}
