"""Nouns: standards, values stated by hand, signed scores."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.assessment import library
from henji.assessment.schema import Standard
from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.reach import Reach
from henji.unions.models import Union


class PublishedStandardQuerySet(models.QuerySet["PublishedStandard"]):
    """考核标准集."""

    def within(self, reach: Reach) -> Self:
        """Those of the counties in reach."""
        return self.filter(county__in=reach.counties)

    def newest_first(self) -> Self:
        """The latest published at the top."""
        return self.order_by("-made_by__at", "-id")


class PublishedStandard(models.Model):
    """考核标准: a version of a standard, published and from then on unchanged; triggers see to it."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
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
        verbose_name = _("考核标准")
        constraints = [
            models.UniqueConstraint(fields=["county", "code", "version"], name="standard_version_once"),
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


class ValueKind(models.TextChoices):
    """取值种类: what a person states about a part that no record can compute yet."""

    FLAG = "flag", _("是或否")
    COUNT = "count", _("数目")
    RATIO = "ratio", _("比率（分子、分母）")
    POINTS = "points", _("得分")


class StatedValueQuerySet(VersionQuerySet["StatedValue"]):
    """人工取值集."""

    def about(self, county: int, standard: str, *parts: str) -> Self:
        """Those of the county about the standard (its code), or about some parts of it only."""
        held = self.filter(county=county, standard=standard)
        return held.filter(part__in=parts) if parts else held

    def in_force(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(from_on__lte=day).filter(Q(to_on__isnull=True) | Q(to_on__gte=day))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Those that hold on any day from the first to the last, or without end."""
        held = self.filter(Q(to_on__isnull=True) | Q(to_on__gte=first))
        return held if last is None else held.filter(from_on__lte=last)


class StatedValue(Version):
    """人工取值: what a person states about a part, why, and from which day to which.

    `part` is B10.participation, or the code of a veto. All statements about a part are one line; the days
    of those believed now never overlap.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(_("标准代号"), max_length=40)
    part = models.CharField(_("评分点"), max_length=81)
    kind = models.CharField(_("取值种类"), max_length=6, choices=ValueKind.choices)
    part_value = models.DecimalField(_("取值（分子）"), max_digits=14, decimal_places=2)
    whole_value = models.DecimalField(_("分母"), max_digits=14, decimal_places=2, null=True)
    from_on = models.DateField(_("自"))
    to_on = models.DateField(_("至（含当日）"), null=True)
    explanation = models.CharField(_("说明"), max_length=500)

    objects = StatedValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("人工取值")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "from_on"], condition=Q(known_to__isnull=True), name="stated_day_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="stated_forwards"
            ),
            models.CheckConstraint(condition=Q(part_value__gte=0), name="stated_not_negative"),
            models.CheckConstraint(
                condition=Q(kind=ValueKind.RATIO, whole_value__gt=0)
                | (~Q(kind=ValueKind.RATIO) & Q(whole_value__isnull=True)),
                name="stated_sides_fit",
            ),
        ]
        indexes = [models.Index(fields=["county", "standard", "part"], name="stated_part")]

    def __str__(self) -> str:
        return f"{self.part} {self.part_value}"


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
    """已签评分: a scorecard frozen with its figures and the standard's version when it was signed.

    `body` holds score (as `manage.py score --json` gives it), standard (code, version, name, digest), county,
    period and as_of. `digest` covers it. Triggers keep it unchanged.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
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
        indexes = [models.Index(fields=["county", "year", "column"], name="signed_county_year")]

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
