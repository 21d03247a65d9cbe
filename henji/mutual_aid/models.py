"""Nouns: drives, donations, aid paid, subsidies."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.fields import YuanField
from henji.lib.periods import Period
from henji.lib.reach import Reach
from henji.members.models import Membership, Merger, Person
from henji.unions.models import Employer, Union
from henji.work.models import StagedRow


class DriveTerms(models.Model):
    """活动安排: its name, when it collects, and which aid year its money serves; the two may differ."""

    name = models.CharField(_("名称"), max_length=60)
    collects_from = models.DateField(_("募集开始"))
    collects_to = models.DateField(_("募集截止（含当日）"))
    aid_from = models.DateField(_("救助期开始"))
    aid_to = models.DateField(_("救助期截止（含当日）"))
    counted_on = models.DateField(_("会员数统计日"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(collects_to__gte=F("collects_from")), name="%(class)s_collects_forwards"
            ),
            models.CheckConstraint(condition=Q(aid_to__gte=F("aid_from")), name="%(class)s_aids_forwards"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def collects(self) -> Period:
        """募集期."""
        return Period.through(self.collects_from, self.collects_to)


class Drive(DriveTerms):
    """一日捐活动, as it is known now. What was believed of it at other times, its versions say."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("代号"), max_length=20)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta(DriveTerms.Meta):
        verbose_name = _("一日捐活动")
        constraints = [
            *DriveTerms.Meta.constraints,
            models.UniqueConstraint(fields=["county", "code"], name="drive_code_once"),
        ]


class DriveVersionQuerySet(VersionQuerySet["DriveVersion"]):
    """活动版本集."""

    def collecting(self, period: Period) -> Self:
        """Those whose last day of collection lies in the period."""
        return self.filter(collects_to__gte=period.start, collects_to__lt=period.end)

    def serving(self, period: Period) -> Self:
        """Those whose money serves an aid year that begins in the period."""
        return self.filter(aid_from__gte=period.start, aid_from__lt=period.end)


class DriveVersion(Version, DriveTerms):
    """活动版本: the terms of a drive as believed for a time; rates ask these, so that the past stays."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    drive = models.ForeignKey(
        Drive, on_delete=models.PROTECT, related_name="versions", verbose_name=_("活动")
    )

    objects = DriveVersionQuerySet.as_manager()

    class Meta(DriveTerms.Meta):
        verbose_name = _("一日捐活动版本")
        constraints = [
            *DriveTerms.Meta.constraints,
            models.UniqueConstraint(
                fields=["drive"], condition=Q(known_to__isnull=True), name="drive_version_once"
            ),
        ]


class Giver(models.TextChoices):
    """捐款方."""

    MEMBER = "member", pgettext_lazy("one", "会员")
    GROUP = "group", _("集体")
    OTHER = "other", _("非会员")
    UNKNOWN = "unknown", _("待确认")


class DonationQuerySet(VersionQuerySet["Donation"]):
    """捐款集."""

    def in_counties(self, counties: frozenset[int]) -> Self:
        """Those of the counties."""
        return self.filter(county__in=counties)

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees those of its own members and employers."""
        held = self.in_counties(reach.counties)
        if reach.whole_county:
            return held
        employers = Employer.objects.within(reach).values("pk")
        members = Membership.objects.known().within(reach).values("person")
        folded = Merger.objects.known().filter(kept__in=members).values("folded")
        return held.filter(Q(employer__in=employers) | Q(person__in=members) | Q(person__in=folded))


class Donation(Version):
    """捐款: one gift to a drive: by a member, by a group without names, or by somebody still to be named.

    `named` and `named_unit` are as a book wrote them, where no member and no employer was found; `dated`
    says whether the day was written, or stands for one. `giver_key` is who gave, `gift_key` the whole gift,
    both as they were first written: by them a book is known that comes again, whatever was corrected since.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    drive = models.ForeignKey(
        Drive,
        on_delete=models.PROTECT,
        related_name="donations",
        db_index=False,
        verbose_name=_("活动"),
    )
    giver = models.CharField(_("捐款方"), max_length=7, choices=Giver.choices)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("one", "会员"),
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("缴款单位")
    )
    named = models.CharField(_("名册上的姓名"), max_length=100, blank=True)
    named_unit = models.CharField(_("名册上的单位"), max_length=100, blank=True)
    amount_yuan = YuanField(_("金额"))
    given_on = models.DateField(_("捐款日期"))
    dated = models.BooleanField(_("写明日期"))
    receipt = models.CharField(_("收据号"), max_length=40, blank=True)
    giver_key = models.CharField(_("捐款方盲索引"), max_length=32)
    gift_key = models.CharField(_("捐款盲索引"), max_length=32)

    objects = DonationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "捐款")
        constraints = [
            models.UniqueConstraint(
                fields=["drive", "gift_key"], condition=Q(known_to__isnull=True), name="gift_once"
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="donation_line_once"
            ),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="donation_positive"),
            models.CheckConstraint(
                condition=Q(giver=Giver.MEMBER, person__isnull=False)
                | (~Q(giver=Giver.MEMBER) & Q(person__isnull=True)),
                name="donation_giver_fits",
            ),
        ]
        indexes = [
            # Both rates are answered from this index alone; SQLite reads `known_to` although it is implied.
            models.Index(
                fields=["drive", "person", "given_on", "county", "amount_yuan", "known_to"],
                condition=Q(known_to__isnull=True),
                name="donation_figures",
            ),
            models.Index(
                fields=["county", "given_on"], condition=Q(known_to__isnull=True), name="donation_latest"
            ),
            # What came from each unit, and from how many people, without reading a row.
            models.Index(
                fields=["drive", "employer", "person", "amount_yuan", "given_on", "known_to"],
                condition=Q(known_to__isnull=True),
                name="donation_units",
            ),
            models.Index(fields=["drive", "gift_key"], name="donation_gift"),
            models.Index(fields=["drive", "giver_key"], name="donation_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.drive_id} {self.amount_yuan}"


class AidPaymentQuerySet(VersionQuerySet["AidPayment"]):
    """救助支付集."""

    def in_counties(self, counties: frozenset[int]) -> Self:
        """Those of the counties."""
        return self.filter(county__in=counties)

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: aid is the county's to know, not a branch's."""
        return self.in_counties(reach.counties) if reach.whole_county else self.none()


class AidPayment(Version):
    """救助金支付: that aid was paid out to a member on a day, under a voucher."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("受助会员"))
    category = models.CharField(_("救助类别"), max_length=40)
    paid_yuan = YuanField(_("金额"))
    paid_on = models.DateField(_("支付日期"))
    voucher = models.CharField(_("凭证号"), max_length=40)

    objects = AidPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "救助金支付")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="aid_line_once"
            ),
            models.UniqueConstraint(
                fields=["county", "voucher"], condition=Q(known_to__isnull=True), name="voucher_once"
            ),
            models.CheckConstraint(condition=Q(paid_yuan__gt=0), name="aid_positive"),
        ]
        indexes = [
            models.Index(
                fields=["county", "paid_on", "paid_yuan"],
                condition=Q(known_to__isnull=True),
                name="aid_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.paid_yuan}"


class SubsidyQuerySet(VersionQuerySet["Subsidy"]):
    """工会补贴集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: they are the county's to know, not a branch's."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()


class Subsidy(Version):
    """工会补贴: money that the union adds to the fund; a source of its own, never a donation."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    drive = models.ForeignKey(
        Drive, on_delete=models.PROTECT, related_name="subsidies", verbose_name=_("活动")
    )
    granted_yuan = YuanField(_("金额"))
    granted_on = models.DateField(_("拨入日期"))
    voucher = models.CharField(_("凭证号"), max_length=40)

    objects = SubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "工会补贴")
        constraints = [
            models.CheckConstraint(condition=Q(granted_yuan__gt=0), name="subsidy_positive"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="subsidy_line_once"
            ),
            models.UniqueConstraint(
                fields=["county", "voucher"],
                condition=Q(known_to__isnull=True),
                name="subsidy_voucher_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.granted_yuan}"


class StagedDonation(StagedRow):
    """暂存捐款: a donation book's row made ready for one set-based statement.

    `held` is the version on record whose giver the row names.
    """

    line = models.UUIDField(null=True)
    giver = models.CharField(max_length=7, blank=True)
    person = models.UUIDField(null=True)
    employer = models.BigIntegerField(null=True)
    named = models.CharField(max_length=100, blank=True)
    named_unit = models.CharField(max_length=100, blank=True)
    amount_fen = models.BigIntegerField(default=0)
    given_on = models.DateField(null=True)
    dated = models.BooleanField(default=False)
    receipt = models.CharField(max_length=40, blank=True)
    giver_key = models.CharField(max_length=32, blank=True)
    gift_key = models.CharField(max_length=32, blank=True)
    held = models.BigIntegerField(null=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存捐款")
