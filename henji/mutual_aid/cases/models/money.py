"""Nouns: what the bank is asked to pay, and rows of what it answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.lib.fields import YuanField
from henji.unions.models import Union
from henji.work.models import StagedRow


class PaymentBatch(models.Model):
    """支付批次: the payments that one file asks the bank to make; it is sent once."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("批次号"), max_length=20)
    template = models.CharField(_("银行模板"), max_length=40)
    formed_on = models.DateField(_("组批日期"))
    sent_on = models.DateField(_("送银行日期"), null=True)
    cancelled_on = models.DateField(_("撤批日期"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("救助金支付批次")
        constraints = [models.UniqueConstraint(fields=["county", "number"], name="aid_batch_once")]

    def __str__(self) -> str:
        return self.number


class OrderState(models.TextChoices):
    """支付指令状态."""

    WAITING = "waiting", _("待支付")
    PAID = "paid", _("已支付")
    FAILED = "failed", _("支付失败")
    CANCELLED = "cancelled", _("已撤")


class PaymentOrder(models.Model):
    """支付指令: that the bank is to pay an application's aid; one that waits or was paid bars another."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="orders")
    case = models.ForeignKey("mutual_aid.AidCase", on_delete=models.PROTECT, related_name="orders")
    voucher = models.CharField(_("业务编号"), max_length=40)
    amount_yuan = YuanField(_("金额"))
    state = models.CharField(_("状态"), max_length=9, choices=OrderState.choices, default=OrderState.WAITING)
    reason = models.CharField(_("失败原因"), max_length=100, blank=True)
    aid = models.UUIDField(_("支付记录"), null=True)
    answered_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("回盘痕迹")
    )

    class Meta:
        verbose_name = _("救助金支付指令")
        constraints = [
            models.UniqueConstraint(fields=["batch", "voucher"], name="aid_order_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=("waiting", "paid")), name="aid_paid_once"
            ),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="aid_order_positive"),
            models.CheckConstraint(
                condition=Q(state="paid", aid__isnull=False) | (~Q(state="paid") & Q(aid__isnull=True)),
                name="aid_order_paid_is_booked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.state}"


class StagedPayment(StagedRow):
    """暂存支付回盘行: what the bank says of one payment; `order` is the payment asked for."""

    # Another index begins with the job.
    job = models.ForeignKey("work.Job", on_delete=models.CASCADE, related_name="+", db_index=False)
    order = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=9, blank=True)
    words = models.CharField(max_length=100, blank=True)
    voucher = models.CharField(max_length=40, blank=True)

    class Meta(StagedRow.Meta):
        verbose_name = _("暂存支付回盘行")
