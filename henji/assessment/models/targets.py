"""Nouns: targets handed down."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.unions.models import Union


class TargetQuerySet(VersionQuerySet["Target"]):
    """下达任务集."""

    def of_year(self, counties: Iterable[int], year: int) -> Self:
        """Those of the counties for the year."""
        return self.filter(county__in=counties, year=year)


class Target(Version):
    """下达任务: how many of something the superior wants of a county in a year, by a notice received.

    `code` is what rules ask for by `handed_down`. All that was said about one target of a year is one line.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    code = models.CharField(_("任务代号"), max_length=28)
    number = models.PositiveIntegerField(_("任务数"))
    notice = models.CharField(_("任务通知"), max_length=100)
    received_on = models.DateField(_("收到日期"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("下达任务")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "code"], condition=Q(known_to__isnull=True), name="target_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code} {self.number}"
