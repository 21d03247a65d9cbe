"""Nouns: the lists of a drive, the links by which they are handed out, reports, slips and receipts."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.fields import OpenYuanField, YuanField
from henji.lib.reach import Reach
from henji.members.models import Person
from henji.mutual_aid.models import Drive
from henji.unions.models import Employer, Union


class RollQuerySet(models.QuerySet["Roll"]):
    """名单集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees those of its own employers."""
        held = self.filter(county__in=reach.counties)
        if reach.whole_county:
            return held
        return held.filter(employer__in=Employer.objects.within(reach).values("pk"))


class Roll(models.Model):
    """名单: one employer's list for one drive."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="rolls", verbose_name=_("活动"))
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "捐款名单")
        constraints = [models.UniqueConstraint(fields=["drive", "employer"], name="roll_once")]

    def __str__(self) -> str:
        return f"{self.drive_id} {self.employer_id}"


class Origin(models.TextChoices):
    """列入原因."""

    CARRIED = "carried", _("上次捐过")
    JOINED = "joined", _("新会员")
    ADDED = "added", _("补入")


class RollLineQuerySet(VersionQuerySet["RollLine"]):
    """名单行集."""

    def within(self, reach: Reach) -> Self:
        """Those on the lists that the request may see."""
        return self.filter(roll__in=Roll.objects.within(reach).values("pk"))


class RollLine(Version):
    """名单行: that a person stands on a list. The line is the person: nobody stands on two of a drive."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="+", db_index=False)
    roll = models.ForeignKey(
        Roll, on_delete=models.PROTECT, related_name="lines", db_index=False, verbose_name=_("名单")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("one", "会员")
    )
    origin = models.CharField(_("列入原因"), max_length=7, choices=Origin.choices)
    proposed_yuan = OpenYuanField(_("倡议金额"), null=True)

    objects = RollLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("名单行")
        constraints = [
            models.UniqueConstraint(
                fields=["drive", "person"], condition=Q(known_to__isnull=True), name="roll_line_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["roll", "person", "known_to"],
                condition=Q(known_to__isnull=True),
                name="roll_line_roll",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.person_id}"


class RollLink(models.Model):
    """名单链接: by which an employer's officer reports without an account, until it ends or is revoked."""

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="links", verbose_name=_("名单"))
    ends_at = models.DateTimeField(_("到期时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    revoked_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("收回痕迹")
    )

    class Meta:
        verbose_name = _("名单链接")
        constraints = [
            models.UniqueConstraint(
                fields=["roll"], condition=Q(revoked_by__isnull=True), name="roll_link_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_good(self, at: datetime) -> bool:
        """Whether it opens anything at the instant."""
        return self.revoked_by_id is None and at < self.ends_at


class Outcome(models.TextChoices):
    """填报去向."""

    OPEN = "", _("待受理")
    ACCEPTED = "accepted", _("已受理")
    RETURNED = "returned", _("已退回")
    REPLACED = "replaced", _("已重报")


class ReportQuerySet(models.QuerySet["Report"]):
    """填报集."""

    def within(self, reach: Reach) -> Self:
        """Those about the lists that the request may see."""
        return self.filter(roll__in=Roll.objects.within(reach).values("pk"))

    def open(self) -> Self:
        """Those that wait for the county."""
        return self.filter(outcome=Outcome.OPEN)


class Report(models.Model):
    """填报: who gave how much, as an employer's officer says; gifts only once the county has accepted it."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="reports", verbose_name=_("名单"))
    link = models.ForeignKey(
        RollLink, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("名单链接")
    )
    given_on = models.DateField(_("捐款日期"))
    people = models.IntegerField(_("人数"))
    amount_yuan = YuanField(_("金额"))
    reported_at = models.DateTimeField(_("填报时间"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    outcome = models.CharField(_("去向"), max_length=8, choices=Outcome.choices, blank=True)
    settled_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("处理痕迹")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报")
        constraints = [
            models.UniqueConstraint(fields=["roll"], condition=Q(outcome=""), name="report_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.outcome}"


class ReportedGift(models.Model):
    """填报的捐款: one person's, in a report."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="gifts", db_index=False, verbose_name=_("填报")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("one", "会员")
    )
    amount_yuan = YuanField(_("金额"))

    class Meta:
        verbose_name = _("填报的捐款")
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="reported_gift_once"),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="reported_gift_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.amount_yuan}"


class SlipQuerySet(VersionQuerySet["Slip"]):
    """缴款单集."""

    def within(self, reach: Reach) -> Self:
        """Those about the lists that the request may see."""
        return self.filter(roll__in=Roll.objects.within(reach).values("pk"))


class Slip(Version):
    """缴款单: that an employer paid its list's money into the fund's account, as the bank's slip says."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="slips", verbose_name=_("名单"))
    paid_yuan = YuanField(_("金额"))
    paid_on = models.DateField(_("缴款日期"))
    number = models.CharField(_("回单号"), max_length=40)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "缴款单")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="slip_line_once"
            ),
            models.UniqueConstraint(
                fields=["county", "number"], condition=Q(known_to__isnull=True), name="slip_number_once"
            ),
            models.CheckConstraint(condition=Q(paid_yuan__gt=0), name="slip_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.paid_yuan}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """收据集."""

    def within(self, reach: Reach) -> Self:
        """Those about the lists that the request may see."""
        return self.filter(slip__roll__in=Roll.objects.within(reach).values("pk"))

    def good(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancellation__isnull=True)


class Receipt(models.Model):
    """收据: numbered without gaps by county and year. A cancelled one keeps its number.

    Append-only: triggers in the database refuse every change.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("号码"))
    slip = models.ForeignKey(
        Slip, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("缴款单")
    )
    payer = models.CharField(_("缴款单位"), max_length=100)
    amount_yuan = YuanField(_("金额"))
    issued_on = models.DateField(_("开具日期"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "收据")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="receipt_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """收据号: 2016-000012."""
        return f"{self.year}-{self.number:06d}"


class Cancellation(models.Model):
    """收据作废: that a receipt is good for nothing any more; append-only as well."""

    receipt = models.OneToOneField(
        Receipt, on_delete=models.PROTECT, related_name="cancellation", verbose_name=_("收据")
    )
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("收据作废")

    def __str__(self) -> str:
        return str(self.receipt_id)
