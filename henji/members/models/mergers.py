"""Nouns: that two records were found to be of one person."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import VersionQuerySet
from henji.lib.reach import Reach
from henji.members.models.persons import MemberVersion, Person
from henji.unions.models import Union


class MergerQuerySet(VersionQuerySet["Merger"]):
    """合并集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: records are the county's to put together, not a branch's."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()


class Merger(MemberVersion):
    """合并: that the record `folded` is believed to be of the person whom `kept` is of.

    Nothing of the past is rewritten: the folded record's versions end, and what other rooms hold of it leads
    to the kept one as long as this is believed. `id_index` is the folded record's number.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="folded_in", verbose_name=_("保留的记录")
    )
    folded = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="folds", verbose_name=_("并入的记录")
    )
    id_index = models.CharField(_("身份证号盲索引"), max_length=32)

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name = _("合并")
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(known_to__isnull=True), name="folded_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("folded")), name="folded_into_another"),
        ]
        indexes = [
            *MemberVersion.Meta.indexes,
            models.Index(fields=["id_index"], condition=Q(known_to__isnull=True), name="merger_id_index"),
        ]

    def __str__(self) -> str:
        return f"{self.folded_id} {self.kept_id}"
