"""Nouns: vouchers and their postings, what stands by day, closed periods, and what the bank says."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.fields import ErasableField, OpenYuanField, YuanField
from henji.lib.reach import Reach
from henji.mutual_aid.ledger.chart import ACCOUNTS, Account
from henji.unions.models import Employer, Union
from henji.work.models import StagedRow


class Kind(models.TextChoices):
    """凭证类别: what a voucher books."""

    OPENING = "opening", _("期初转入")
    BROUGHT = "brought", _("期初余额")
    DONATIONS = "donations", _("捐款入账")
    PAID_IN = "paid_in", _("单位缴存")
    SUBSIDY = "subsidy", _("工会补贴")
    AID = "aid", _("救助支出")
    RECOVERY = "recovery", _("追回救助金")
    FROM_ABOVE = "from_above", _("上级调剂")
    TO_ABOVE = "to_above", _("上解")
    RETURN = "return", _("退回单位")
    INTEREST = "interest", _("银行利息")
    UNEXPLAINED = "unexplained", _("待查款项")
    CORRECTION = "correction", _("更正冲减")
    REVERSAL = "reversal", _("整张冲销")
    CARRYING = "carrying", _("年终结转")


class VoucherQuerySet(models.QuerySet["Voucher"]):
    """凭证集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: the books are the county's to know, not a branch's."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()


class Voucher(models.Model):
    """记账凭证: one balanced entry under the trace of its deed; numbered by county and year without gaps.

    Nothing of it is ever changed; `words` alone can be erased. `reverses` is the voucher that a red one
    takes back: the whole of it (整张冲销), or of a book's voucher the part that was corrected (更正冲减).
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("凭证号"))
    on = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    words = ErasableField(_("摘要"), max_length=100, blank=True)
    slip = models.CharField(_("附件号"), max_length=40, blank=True)
    trace = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversals", verbose_name=_("所冲凭证")
    )

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("记账凭证")
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "number"], name="voucher_number_once"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(kind="reversal"), name="voucher_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("reversal", "correction"), reverses__isnull=False)
                | (~Q(kind__in=("reversal", "correction")) & Q(reverses__isnull=True)),
                name="voucher_red_of_another",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="voucher_number_positive"),
        ]
        indexes = [models.Index(fields=["county", "on"], name="voucher_county_on")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """凭证号: 2016-0012."""
        return f"{self.year}-{self.number:04d}"


class PostingQuerySet(models.QuerySet["Posting"]):
    """分录集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()


class Posting(models.Model):
    """分录: one line of a voucher, on one side of one account. A red line is negative on the same side."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="postings")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(_("日期"))
    account = models.CharField(_("科目"), max_length=8)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("缴款单位")
    )
    debit_yuan = YuanField(_("借方"), default=0)
    credit_yuan = YuanField(_("贷方"), default=0)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("分录")
        constraints = [
            models.CheckConstraint(
                condition=Q(debit_yuan=0, credit_yuan__gt=0)
                | Q(debit_yuan=0, credit_yuan__lt=0)
                | Q(credit_yuan=0, debit_yuan__gt=0)
                | Q(credit_yuan=0, debit_yuan__lt=0),
                name="posting_on_one_side",
            )
        ]
        indexes = [models.Index(fields=["county", "account", "on", "id"], name="posting_of_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.debit_yuan} {self.credit_yuan}"

    @property
    def of(self) -> Account:
        """The account."""
        return ACCOUNTS[self.account]


#: For `DaySum.unit`: the whole account, and what is posted without a unit. Other numbers are employers' ids.
WHOLE, NO_UNIT = -1, 0


class DaySum(models.Model):
    """日发生额: what a day's postings to an account come to, of the whole account or of one unit.

    Kept by the same transaction as the postings, so that what stands on a day is a sum over days and never
    over postings. It says nothing that they do not say, and can be made anew from them.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(_("科目"), max_length=8)
    unit = models.BigIntegerField(_("单位"))
    on = models.DateField(_("日期"))
    debit_yuan = YuanField(_("借方"), default=0)
    credit_yuan = YuanField(_("贷方"), default=0)

    class Meta:
        verbose_name = _("日发生额")
        constraints = [
            models.UniqueConstraint(fields=["county", "account", "unit", "on"], name="day_sum_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.on}"


class Closing(models.Model):
    """结账: that nothing more is posted up to the end of a day, the last of a month or of a year."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_to = models.DateField(_("结账至（含当日）"))
    trace = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("结账")
        constraints = [models.UniqueConstraint(fields=["county", "closed_to"], name="closing_once")]

    def __str__(self) -> str:
        return self.closed_to.isoformat()


class BankLine(models.Model):
    """银行流水: one line of the bank's statement, money in above nothing, money out below it.

    `key` is the line as the bank wrote it, and which of several like it: by it a statement is known that
    comes again. Of a person the other side shows the surname alone.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(_("日期"))
    amount_yuan = YuanField(_("金额"))
    stands_yuan = OpenYuanField(_("银行余额"), null=True)
    party = models.CharField(_("对方户名"), max_length=60, blank=True)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("对方单位")
    )
    words = ErasableField(_("摘要"), max_length=100, blank=True)
    serial = models.CharField(_("流水号"), max_length=40, blank=True)
    key = models.CharField(_("流水盲索引"), max_length=32)
    source_row = models.IntegerField(_("原表行号"))
    trace = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("银行流水")
        constraints = [models.UniqueConstraint(fields=["county", "key"], name="bank_line_once")]
        indexes = [models.Index(fields=["county", "on", "id"], name="bank_line_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.amount_yuan}"


class StagedBankLine(StagedRow):
    """暂存银行流水: a row of a statement made ready for one statement of the database."""

    on = models.DateField(null=True)
    amount_fen = models.BigIntegerField(default=0)
    stands_fen = models.BigIntegerField(null=True)
    party = models.CharField(max_length=60, blank=True)
    employer = models.BigIntegerField(null=True)
    words = models.CharField(max_length=100, blank=True)
    serial = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=32, blank=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存银行流水")


class TickQuerySet(VersionQuerySet["Tick"]):
    """勾对集."""


class Tick(Version):
    """勾对: that a line of the bank, or a posting to the bank's account, belongs to a group that agrees.

    The members of a group share `line`. Taken back, all of them end together.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    bank_line = models.ForeignKey(
        BankLine, on_delete=models.PROTECT, null=True, related_name="ticks", verbose_name=_("银行流水")
    )
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, null=True, related_name="ticks", verbose_name=_("分录")
    )

    objects = TickQuerySet.as_manager()

    class Meta:
        verbose_name = _("勾对")
        constraints = [
            models.CheckConstraint(
                condition=Q(bank_line__isnull=True, posting__isnull=False)
                | Q(bank_line__isnull=False, posting__isnull=True),
                name="tick_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["bank_line"], condition=Q(known_to__isnull=True), name="bank_line_ticked_once"
            ),
            models.UniqueConstraint(
                fields=["posting"], condition=Q(known_to__isnull=True), name="posting_ticked_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)
