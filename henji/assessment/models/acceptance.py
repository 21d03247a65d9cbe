"""Nouns: days of acceptance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.unions.models import Union


class AcceptanceQuerySet(VersionQuerySet["Acceptance"]):
    """验收日集."""


class Acceptance(Version):
    """验收日: on which the superior accepts a county's year. All that was said about a year is one line."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    accepts_on = models.DateField(_("验收日"))

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("验收日")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year"], condition=Q(known_to__isnull=True), name="acceptance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.accepts_on}"
