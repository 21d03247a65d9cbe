"""Nouns: what was computed as of a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from henji.assessment.models.standards import PublishedStandard
from henji.unions.models import Union


class DayCache(models.Model):
    """日缓存: something computed as of a day; it may be lost at any time and is then computed again.

    It holds while `watermark` is that of now. What is computed holds words: each language has its own.
    """

    as_of = models.DateField(_("截至"))
    language = models.CharField(_("语言"), max_length=10)
    watermark = models.CharField(_("水位"), max_length=200)
    body = models.TextField(_("内容"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.as_of}"


class FigureDay(DayCache):
    """数字日缓存: one figure of a union for a period, as of a day."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="+", db_index=False)
    address = models.CharField(_("指标地址"), max_length=81)
    period_from = models.DateField(_("期间自"))
    period_to = models.DateField(_("期间至（不含当日）"))

    class Meta:
        verbose_name = _("数字日缓存")
        constraints = [
            models.UniqueConstraint(
                fields=["union", "as_of", "period_from", "period_to", "language", "address"],
                name="figure_day_once",
            ),
        ]


class DayScore(DayCache):
    """评分日缓存: the score of a union's year under a version of a standard, as of a day.

    `body` holds the points of each item by its code.
    """

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="+", db_index=False)
    standard = models.ForeignKey(PublishedStandard, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    total = models.DecimalField(_("总分"), max_digits=8, decimal_places=2)
    base = models.DecimalField(_("基础分"), max_digits=8, decimal_places=2)
    bonus = models.DecimalField(_("加分"), max_digits=8, decimal_places=2)
    grade = models.CharField(_("等次"), max_length=100)

    class Meta:
        verbose_name = _("评分日缓存")
        constraints = [
            models.UniqueConstraint(
                fields=["union", "standard", "year", "as_of", "language"], name="day_score_once"
            ),
        ]
