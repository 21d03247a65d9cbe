"""Nouns: applications for aid, their papers and questions, notices and meetings."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.fields import OpenYuanField, YuanField
from henji.lib.reach import Reach
from henji.lib.vault import Sealed
from henji.members.models import Membership, Person
from henji.mutual_aid.cases.models.money import PaymentBatch
from henji.unions.models import Union


class State(models.TextChoices):
    """救助申请状态: 申请→审核→公示→审批→支付→回执→建档."""

    APPLIED = "applied", _("待审核")
    RETURNED = "returned", _("待补正")
    VISITED = "visited", _("待公示")
    POSTED = "posted", _("公示待审批")
    REFERRED = "referred", _("待市总审批")
    APPROVED = "approved", _("待支付")
    BATCHED = "batched", _("待送银行")
    SENT = "sent", _("银行支付中")
    PAID = "paid", _("待回执")
    RECEIPTED = "receipted", _("待建档")
    FILED = "filed", _("已建档")
    REFUSED = "refused", _("不予救助")
    WITHDRAWN = "withdrawn", _("已撤回")
    RECOVERING = "recovering", _("追回中")
    RECOVERED = "recovered", _("已追回")


#: In these the application came to nothing.
VAIN = (State.REFUSED, State.WITHDRAWN)
#: Nothing more is owed by anybody.
ENDED = (State.FILED, *VAIN, State.RECOVERED)
#: The money has left the account.
PAID_OUT = (State.PAID, State.RECEIPTED, State.FILED, State.RECOVERING, State.RECOVERED)
#: Money is promised, on its way, or has been paid.
GRANTED = (State.APPROVED, State.BATCHED, State.SENT, *PAID_OUT)


class Relation(models.TextChoices):
    """患者是申请人的谁."""

    SELF = "self", _("本人")
    SPOUSE = "spouse", _("配偶")
    CHILD = "child", _("子女")
    PARENT = "parent", _("父母")


class Slot(models.TextChoices):
    """救助材料."""

    FORM = "form", _("救助金申请审批表")
    IDENTITY = "identity", _("身份证复印件")
    RELATION = "relation", _("关系证明、户口簿")
    DIAGNOSIS = "diagnosis", _("诊断证明")
    SETTLEMENT = "settlement", _("出院结算单")
    INVOICE = "invoice", _("发票")
    RECEIPT = "receipt", _("本人签字的回执")
    OTHER = "other", _("其他材料")


class Doubt(models.TextChoices):
    """核查疑问: what is asked of whoever handles the application."""

    AGAIN = "again", _("同一患者的同一事项另有申请")
    SIBLING = "sibling", _("另有职工以同一位父母申请")
    INVOICE = "invoice", _("同一份材料在别的申请里交过")
    BANK = "bank", _("收款账号也登记在别人名下")
    HOLDER = "holder", _("收款户名不是申请人")
    WAGE = "wage", _("在职而月收入低于最低工资")
    CEILING = "ceiling", _("拟救助金额高于办法算出的")
    TERMS = "terms", _("按办法核对的疑问")


class AidCaseQuerySet(models.QuerySet["AidCase"]):
    """救助申请集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees those of the members in its tree."""
        held = self.filter(county__in=reach.counties)
        return held if reach.whole_county else held.filter(person__in=_members_within(reach))


def _members_within(reach: Reach) -> "models.QuerySet[Membership, object]":
    return Membership.objects.known().within(reach).values("person")


class AidCase(models.Model):
    """救助申请: one application for life. `key` opens what is told of it; without it nobody can.

    `token` stands in the link by which the applicant follows it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(_("申请编号"), max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    key = models.BinaryField(_("钥匙"), null=True)
    token = models.CharField(_("查询标识"), max_length=22)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = AidCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("救助申请")
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="aid_case_number_once"),
            models.UniqueConstraint(fields=["token"], name="aid_case_token_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Notice(models.Model):
    """公示: names in part, categories and amounts, shown from the first day to the last."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("公示编号"), max_length=20)
    starts_on = models.DateField(_("公示开始"))
    ends_on = models.DateField(_("公示截止"))
    phone = models.CharField(_("监督电话"), max_length=40)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("救助公示")
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="aid_notice_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="aid_notice_lasts"),
        ]

    def __str__(self) -> str:
        return self.number


class Meeting(models.Model):
    """常务会议: where aid is decided in a list; `minutes` is the paper that says so."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("会议"), max_length=60)
    held_on = models.DateField(_("会议日期"))
    minutes = models.ForeignKey(
        "evidence.Paper", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("会议纪要")
    )
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("常务会议")

    def __str__(self) -> str:
        return self.name


class AidCaseVersionQuerySet(VersionQuerySet["AidCaseVersion"]):
    """救助申请版本集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees those of the members in its tree."""
        held = self.filter(county__in=reach.counties)
        return held if reach.whole_county else held.filter(case__person__in=_members_within(reach))


class AidCaseVersion(Version):
    """救助申请的一版: where it stands, as believed for a time; the line is the application.

    `box` holds, under the application's key, who is ill of what, where, the bank account and whatever was
    said in words. `matter_index`, `patient_index` and `bank_index` tell equal ones without opening it.
    `decided_by` and `city_by` are who approved it, here and where it goes to the city.
    """

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="versions")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    category = models.CharField(_("类别代号"), max_length=40)
    category_name = models.CharField(_("救助类别"), max_length=60)
    relation = models.CharField(_("患者是申请人的"), max_length=6, choices=Relation.choices)
    event_on = models.DateField(_("确诊或发生日期"))
    costs_yuan = YuanField(_("总费用"))
    insured_yuan = YuanField(_("医保等已报销"))
    own_yuan = YuanField(_("自付"))
    box = models.BinaryField(_("封存内容"))
    matter_index = models.CharField(_("事项盲索引"), max_length=32, blank=True)
    patient_index = models.CharField(_("患者盲索引"), max_length=32, blank=True)
    bank_index = models.CharField(_("账号盲索引"), max_length=32, blank=True)
    scheme = models.CharField(_("所依办法"), max_length=60, blank=True)
    scheme_digest = models.CharField(_("办法摘要"), max_length=64, blank=True)
    proposed_yuan = OpenYuanField(_("拟救助金额"), null=True)
    approved_yuan = OpenYuanField(_("批准金额"), null=True)
    returned_yuan = YuanField(_("已追回"), default=0)
    to_city = models.BooleanField(_("须报市总"), default=False)
    open_doubts = models.PositiveSmallIntegerField(_("未答疑问"), default=0)
    open_objections = models.PositiveSmallIntegerField(_("未答异议"), default=0)
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, related_name="cases", verbose_name=_("公示")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="cases", verbose_name=_("会议")
    )
    batch = models.ForeignKey(
        PaymentBatch, on_delete=models.PROTECT, null=True, related_name="cases", verbose_name=_("批次")
    )
    decided_by = models.BigIntegerField(_("审批人"), null=True)
    city_by = models.BigIntegerField(_("登记市总审批的人"), null=True)
    applied_on = models.DateField(_("申请日期"))
    moved_on = models.DateField(_("最近一步日期"))
    due_on = models.DateField(_("下一步最迟"), null=True)

    objects = AidCaseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("救助申请版本")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(known_to__isnull=True), name="aid_case_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=GRANTED) | Q(approved_yuan__gt=0, notice__isnull=False),
                name="aid_granted_after_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=GRANTED) | Q(open_doubts=0, open_objections=0),
                name="aid_granted_without_doubt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "state"], condition=Q(known_to__isnull=True), name="aid_case_county_state"
            ),
            models.Index(
                fields=["county", "matter_index"], condition=Q(known_to__isnull=True), name="aid_case_matter"
            ),
            models.Index(
                fields=["county", "patient_index"],
                condition=Q(known_to__isnull=True),
                name="aid_case_patient",
            ),
            models.Index(
                fields=["county", "bank_index"], condition=Q(known_to__isnull=True), name="aid_case_bank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.state}"

    @property
    def sealed(self) -> Sealed | None:
        """What is told of it, closed; None where its key was destroyed."""
        return Sealed(bytes(self.box), bytes(self.case.key)) if self.case.key else None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is owed by anybody."""
        return self.state in ENDED

    def is_late(self, today: date) -> bool:
        """Whether the next step should have been done by now."""
        return self.due_on is not None and self.due_on < today


class CasePaper(models.Model):
    """救助材料: one file of an application. It is known by its bytes and what it shows, never by a name."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="papers")
    slot = models.CharField(_("材料"), max_length=10, choices=Slot.choices)
    blob = models.ForeignKey("evidence.Blob", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = _("救助材料")
        constraints = [
            models.UniqueConstraint(fields=["case", "slot", "blob"], name="case_paper_once"),
        ]

    def __str__(self) -> str:
        return self.slot


class CaseDoubt(models.Model):
    """核查疑问: a question that an automatic check asks, and that an officer answers in words."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="doubts")
    kind = models.CharField(_("疑问"), max_length=8, choices=Doubt.choices)
    about = models.CharField(_("关于"), max_length=60, blank=True)
    raised_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("提出痕迹")
    )
    answered_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("答复痕迹")
    )
    box = models.BinaryField(_("封存答复"), null=True)

    class Meta:
        verbose_name = _("救助核查疑问")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "about"], name="case_doubt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Objection(models.Model):
    """公示异议: what somebody, named or not, holds against an application that is on notice."""

    case = models.ForeignKey(AidCase, on_delete=models.PROTECT, related_name="objections")
    heard_on = models.DateField(_("收到日期"))
    is_anonymous = models.BooleanField(_("匿名"), default=False)
    box = models.BinaryField(_("封存内容"))
    upheld = models.BooleanField(_("是否成立"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )
    answered_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("答复痕迹")
    )

    class Meta:
        verbose_name = _("公示异议")

    def __str__(self) -> str:
        return f"{self.case_id} {self.heard_on}"
