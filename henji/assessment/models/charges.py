"""Nouns: who sees to what."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.unions.models import Union


class ChargeQuerySet(VersionQuerySet["Charge"]):
    """责任分工集."""

    def of_year(self, subjects: Iterable[int], year: int) -> Self:
        """Those of the unions for the year."""
        return self.filter(subject__in=subjects, year=year)


class Charge(Version):
    """责任分工: who sees to an item for a union in a year, who stands in, and by which day.

    All that was said about one item of a year is one line.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("考核对象"))
    standard = models.CharField(_("标准代号"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年度"))
    item = models.CharField(_("项目代号"), max_length=28)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("责任人")
    )
    deputy = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("协办人")
    )
    due_on = models.DateField(_("期限"))

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任分工")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "standard", "year", "item"],
                condition=Q(known_to__isnull=True),
                name="charge_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.item}"
