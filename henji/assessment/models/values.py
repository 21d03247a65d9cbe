"""Nouns: values stated by hand."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.unions.models import Union


class ValueKind(models.TextChoices):
    """取值种类: what a person states about a part that no record can compute yet."""

    FLAG = "flag", _("是或否")
    COUNT = "count", _("数目")
    RATIO = "ratio", _("比率（分子、分母）")
    POINTS = "points", _("得分")
    LEVEL = "level", _("等级")
    TALLY = "tally", _("分级数目")


class StatedValueQuerySet(VersionQuerySet["StatedValue"]):
    """人工取值集."""

    def about(self, subject: int, standard: str, *parts: str) -> Self:
        """Those of the union about the standard (its code), or about some parts of it only."""
        held = self.filter(subject=subject, standard=standard)
        return held.filter(part__in=parts) if parts else held

    def in_force(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(from_on__lte=day).filter(Q(to_on__isnull=True) | Q(to_on__gte=day))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Those that hold on any day from the first to the last, or without end."""
        held = self.filter(Q(to_on__isnull=True) | Q(to_on__gte=first))
        return held if last is None else held.filter(from_on__lte=last)


class StatedValue(Version):
    """人工取值: what a person states about a part for a union, why, and from which day to which.

    `part` is B10.participation, or the code of a veto. `levels` holds how many of each level, or the level
    reached with a 1; `part_value` is then their sum. All statements about a part are one line; the days
    of those believed now never overlap.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("考核对象"))
    standard = models.CharField(_("标准代号"), max_length=40)
    part = models.CharField(_("评分点"), max_length=81)
    kind = models.CharField(_("取值种类"), max_length=6, choices=ValueKind.choices)
    part_value = models.DecimalField(_("取值（分子）"), max_digits=14, decimal_places=2)
    whole_value = models.DecimalField(_("分母"), max_digits=14, decimal_places=2, null=True)
    levels: Any = models.JSONField(_("各级数目"), null=True)
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
            models.CheckConstraint(
                condition=Q(kind__in=[ValueKind.LEVEL, ValueKind.TALLY], levels__isnull=False)
                | (~Q(kind__in=[ValueKind.LEVEL, ValueKind.TALLY]) & Q(levels__isnull=True)),
                name="stated_levels_fit",
            ),
        ]
        indexes = [models.Index(fields=["subject", "standard", "part"], name="stated_part")]

    def __str__(self) -> str:
        return f"{self.part} {self.part_value}"
