"""Nouns: jobs, duties, complaints about burden."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.accounts.models import User
from henji.lib.actors import Actor
from henji.lib.reach import Reach
from henji.unions.models import Union


class State(models.TextChoices):
    """任务状态."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    READY = "ready", _("待确认")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")
    CANCELLED = "cancelled", _("已取消")


#: States in which nothing more will happen by itself.
ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class JobQuerySet(models.QuerySet["Job"]):
    """任务集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        return self.filter(county__in=reach.counties)

    def abandoned(self, now: datetime) -> Self:
        """Those that a worker stopped caring for, or that none ever took up."""
        return self.filter(state__in=(State.RUNNING, State.QUEUED), lease_until__lt=now)

    def ready_since(self, then: datetime) -> Self:
        """Those that have waited for a person's word since before the instant."""
        return self.filter(state=State.READY, started_at__lt=then)

    def kept_since(self, then: datetime) -> Self:
        """Those that ended before the instant and whose returned rows are still kept."""
        return self.filter(state__in=ENDED, ended_at__lt=then, rows_kept=True)

    def newest_first(self) -> Self:
        """The latest at the top."""
        return self.order_by("-asked_at")


class Job(models.Model):
    """任务: long work that goes on when the browser closes and after a worker's death."""

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    #: The union below the county that the file comes from; None where the county made it itself.
    sender = models.ForeignKey(
        Union, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("来表工会")
    )
    kind = models.CharField(_("种类"), max_length=60)
    step = models.CharField(_("步骤"), max_length=20, default="stage")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.QUEUED)
    params: Any = models.JSONField(_("参数"), default=dict)
    blob = models.ForeignKey(
        "evidence.Blob", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("文件")
    )
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    done = models.IntegerField(_("已处理"), default=0)
    total = models.IntegerField(_("总数"), default=0)
    result: Any = models.JSONField(_("结果"), default=dict)
    problem = models.CharField(_("问题"), max_length=300, blank=True)
    remark = models.CharField(_("提醒"), max_length=300, blank=True)
    #: How the file's columns are read, from its first checking on; see `henji.work.matching`.
    matched: Any = models.JSONField(_("列对照"), null=True)
    rows_kept = models.BooleanField(_("退回的行还在"), default=True)
    trace = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("痕迹")
    )
    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提交人"))
    asker_post = models.CharField(_("职务"), max_length=60, blank=True)
    #: In what language the asker reads what the job has to say.
    language = models.CharField(_("语言"), max_length=10, blank=True)
    asked_at = models.DateTimeField(_("提交时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    cancel_asked = models.BooleanField(_("要求取消"), default=False)
    lease = models.UUIDField(_("租约"), null=True)
    lease_until = models.DateTimeField(_("租约到期"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "任务")
        indexes = [models.Index(fields=["county", "-asked_at"], name="job_county_asked")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def actor(self) -> Actor:
        """Who signs the deed that the job ends in."""
        return self.asker.as_actor(self.asker_post)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in ENDED


class KnownHead(models.Model):
    """记住的列名: what a union's files mean by a head, as somebody once said; nothing if it is ignored.

    `union` is the one that the files come from: see `henji.work.matching`. It may be the county itself.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    union = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("来表工会"), db_index=False
    )
    kind = models.CharField(_("种类"), max_length=60)
    head = models.CharField(_("表头"), max_length=60)
    column = models.CharField(_("栏目"), max_length=30, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("one", "记住的列名")
        constraints = [
            models.UniqueConstraint(fields=["union", "kind", "head"], name="known_head_once"),
        ]

    def __str__(self) -> str:
        return f"{self.head} {self.column}"


class Verdict(models.TextChoices):
    """检查结论 of one row of a workbook."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    SAME = "same", _("无变化")
    REJECTED = "rejected", _("退回")


class Conflict(models.TextChoices):
    """冲突: what a row says that cannot be so beside what another says."""

    ELSEWHERE = "elsewhere", _("身份证号在别处登记")
    TWICE = "twice", _("表内同一身份证号")
    ALIKE = "alike", _("同名同手机号，身份证号不同")
    UNION = "union", _("所属工会不同")


class StagedRow(models.Model):
    """暂存行: one row of a workbook, read and judged, not yet part of the record.

    `reason` never repeats an identity number or a name; the original cells are read again from the file.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField(_("行号"))
    verdict = models.CharField(_("结论"), max_length=8, choices=Verdict.choices)
    field = models.CharField(_("栏目"), max_length=30, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    question = models.CharField(_("疑问"), max_length=20, blank=True)
    conflict = models.CharField(_("冲突"), max_length=10, choices=Conflict.choices, blank=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["job", "verdict", "number"], name="%(class)s_verdict")]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="%(class)s_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"


class DutyQuerySet(models.QuerySet["Duty"]):
    """待办集."""

    def within(self, reach: Reach) -> Self:
        """Those of the counties in reach."""
        return self.filter(county__in=reach.counties)


class Duty(models.Model):
    """待办: that a deed is owed about something by a day. It is done when the deed is recorded.

    `over_by` is another deed by which it is done with all the same: one done to many things together, or one
    after which nothing is owed any more.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    awaits = models.CharField(_("等待的事项"), max_length=60)
    subject_kind = models.CharField(_("对象类别"), max_length=60)
    subject_id = models.CharField(_("对象编号"), max_length=36)
    by_on = models.DateField(_("期限"))
    owed_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("起因")
    )
    owed_at = models.DateTimeField(_("产生时间"))
    over_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("了结痕迹")
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "待办")
        constraints = [
            models.UniqueConstraint(
                fields=["awaits", "subject_kind", "subject_id", "owed_by"], name="duty_owed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "by_on"], name="duty_county_by"),
            models.Index(fields=["subject_kind", "subject_id"], name="duty_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.awaits} {self.by_on}"


class Complaint(models.Model):
    """减负意见: that something asks too much of people, said from the page where it was felt."""

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(_("页面"), max_length=200)
    text = models.TextField(_("意见"), max_length=2000)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人"))
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        verbose_name = pgettext_lazy("one", "减负意见")

    def __str__(self) -> str:
        return self.text[:30]


def awaiting(now: datetime) -> Q:
    """Jobs that a worker may take up: queued, or taken up by one that died."""
    return Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
