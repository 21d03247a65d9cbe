"""Nouns: transfers of a membership from one union to another."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import VersionQuerySet
from henji.lib.reach import Reach
from henji.members.models.persons import MemberVersion, Person
from henji.unions.models import Employer, Union, under


class Stage(models.TextChoices):
    """转移进度."""

    OPEN = "open", _("待接收")
    ACCEPTED = "accepted", _("已接收")
    REFUSED = "refused", _("未接收")
    WITHDRAWN = "withdrawn", _("已撤回")


class TransferQuerySet(VersionQuerySet["Transfer"]):
    """会籍转移集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: its unions release or receive."""
        return self.filter(_side("from", reach) | _side("to", reach))

    def received_by(self, reach: Reach) -> Self:
        """Those that the request's unions are to receive, or have received."""
        return self.filter(_side("to", reach))

    def released_by(self, reach: Reach) -> Self:
        """Those that the request's unions have released."""
        return self.filter(_side("from", reach))

    def open(self) -> Self:
        """Those not answered yet."""
        return self.filter(stage=Stage.OPEN)


def _side(side: str, reach: Reach) -> Q:
    ours = Union.objects.filter(under(reach.trees)).values("pk")
    return Q(**{f"{side}_county__in": reach.counties, f"{side}_union__in": ours})


class Transfer(MemberVersion):
    """会籍转移: one union releases a member, another takes the member in; until then nothing has moved.

    `membership` is the line of the membership that goes on elsewhere.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transfers")
    membership = models.UUIDField(_("会籍"))
    from_county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("转出工会")
    )
    to_county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("接收工会")
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("接收单位"),
    )
    stage = models.CharField(_("进度"), max_length=9, choices=Stage.choices, default=Stage.OPEN)
    released_on = models.DateField(_("转出日期"))
    answered_on = models.DateField(_("答复日期"), null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("会籍转移")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(known_to__isnull=True, stage="open"), name="transfer_open_once"
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="transfer_line_once"
            ),
            models.CheckConstraint(
                condition=Q(stage="open", answered_on__isnull=True)
                | (~Q(stage="open") & Q(answered_on__isnull=False)),
                name="transfer_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("released_on")),
                name="transfer_answered_after_release",
            ),
        ]
        indexes = [
            *MemberVersion.Meta.indexes,
            *(
                models.Index(
                    fields=[f"{side}_county", "stage", "released_on"],
                    condition=Q(known_to__isnull=True),
                    name=f"transfer_{side}",
                )
                for side in ("from", "to")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.stage}"

    @property
    def is_open(self) -> bool:
        """Whether the receiving union has not answered yet."""
        return self.stage == Stage.OPEN

    @property
    def leaves_the_county(self) -> bool:
        """Whether it leads from one county to another."""
        return self.from_county_id != self.to_county_id
