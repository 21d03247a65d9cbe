"""版本: facts that are never changed in place.

A fact of the past is corrected by a new version; the old one stays and says until when it was believed.
`line` names the fact through all its versions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.lib.refusals import Refusal

V = TypeVar("V", bound="Version")


class VersionQuerySet(models.QuerySet[V]):
    """版本集."""

    def known(self, at: datetime | None = None) -> Self:
        """Those believed now or, where an instant is given, those believed then."""
        if at is None:
            return self.filter(known_to__isnull=True)
        return self.filter(known_from__lte=at).exclude(known_to__lte=at)

    def line_of(self, line: UUID) -> Self:
        """All versions of one fact, the latest first."""
        return self.filter(line=line).order_by("-known_from", "-id")


class Version(models.Model):
    """版本: one belief about a fact: made by a deed, ended by another."""

    line = models.UUIDField(_("线号"), db_index=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    known_from = models.DateTimeField(_("知悉自"))
    unmade_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("更正痕迹")
    )
    known_to = models.DateTimeField(_("知悉至"), null=True)
    source_row = models.IntegerField(_("原表行号"), null=True)

    class Meta:
        abstract = True


def supersede(held: V, *, trace: UUID, at: datetime, **changes: Any) -> V:
    """更正: end the version held and write one with the changes, in the caller's transaction.

    Raises Outdated where somebody else has corrected it meanwhile: nothing is silently overwritten.
    """
    end(held, trace=trace, at=at)
    fields = [field for field in type(held)._meta.concrete_fields if not field.primary_key]
    kept = {f.attname: getattr(held, f.attname) for f in fields if f.name not in changes}
    kept |= {"made_by_id": trace, "known_from": at, "unmade_by_id": None, "known_to": None}
    return type(held)._default_manager.create(**kept | changes)


def end(held: Version, *, trace: UUID, at: datetime) -> None:
    """作废: end the version held without a successor: it should not have been written. Raises Outdated."""
    current = type(held)._default_manager.filter(pk=held.pk, known_to__isnull=True)
    if not current.update(known_to=at, unmade_by_id=trace):
        raise Outdated(_("这条记录刚被别人更正过，请看过新的内容再改"))


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动 between two versions, as a page may show it."""

    label: str | Promise
    before: str
    after: str


class Outdated(Refusal):
    """已被更正: somebody else corrected the fact first."""
