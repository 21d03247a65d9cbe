"""Nouns of evidence. It holds no foreign key to the world: it copies ids, and names of those who act."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.kinds import Kind
from henji.lib.fields import ErasableField


class TraceQuerySet(models.QuerySet["Trace"]):
    """痕迹集."""

    def of(self, subject: models.Model) -> Self:
        """Those whose subject is the row."""
        return self.about(subject._meta.label_lower, str(subject.pk))

    def about(self, kind: str, key: str) -> Self:
        """Those whose subject is the thing named."""
        return self.filter(subject_kind=kind, subject_id=key)

    def in_counties(self, counties: frozenset[int]) -> Self:
        """Those of the counties."""
        return self.filter(county__in=counties)

    def newest_first(self) -> Self:
        """The latest recorded at the top."""
        return self.order_by("-at", "-id")


class Trace(models.Model):
    """痕迹: that a deed was done, to what, by whom, when it happened and when it was recorded.

    Append-only: triggers in the database refuse every change. It never names a member or a worker.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    deed = models.CharField(_("事项"), max_length=60)
    subject_kind = models.CharField(_("对象类别"), max_length=60)
    subject_id = models.CharField(_("对象编号"), max_length=36)
    county = models.BigIntegerField(_("县总工会"), null=True)
    county_name = models.CharField(_("县总工会名称"), max_length=100, blank=True)
    by_id = models.BigIntegerField(_("经办人编号"))
    by_name = models.CharField(_("经办人"), max_length=50)
    by_post = models.CharField(_("职务"), max_length=60, blank=True)
    on = models.DateField(_("发生日期"))
    at = models.DateTimeField(_("记录时间"))
    facts: Any = models.JSONField(_("事实"), default=dict)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("更正")
    )
    rows_count = models.IntegerField(_("涉及行数"), null=True)
    rows_root = models.CharField(_("行摘要根"), max_length=64, blank=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "痕迹")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="trace_subject"),
            models.Index(fields=["county", "-at"], name="trace_county_at"),
            models.Index(fields=["county", "deed", "on"], name="trace_county_deed"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.on}"


class Straggler(models.Model):
    """乱序痕迹: a trace recorded long after another one that bears a later instant: a clock had been wrong.

    Whoever asks what is new looks at the last days only; these are counted beside them.
    """

    trace = models.OneToOneField(Trace, on_delete=models.PROTECT, primary_key=True, related_name="+")
    county = models.BigIntegerField(_("县总工会"), null=True, db_index=True)

    class Meta:
        verbose_name = _("乱序痕迹")

    def __str__(self) -> str:
        return str(self.trace_id)


class Words(models.Model):
    """文字: what was said about a trace in words. It can be erased; the trace stays."""

    trace = models.OneToOneField(Trace, on_delete=models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField(_("文字"))

    class Meta:
        verbose_name = _("文字")

    def __str__(self) -> str:
        return self.text[:30]


class Blob(models.Model):
    """文件体: bytes named by their digest, which covers the closed form where there is one.

    Append-only but for the key, which can be destroyed.
    """

    digest = models.CharField(_("摘要"), max_length=64)
    county = models.BigIntegerField(_("县总工会"))
    size = models.BigIntegerField(_("字节数"))
    media_type = models.CharField(_("类型"), max_length=100)
    personal = models.BooleanField(_("涉及个人"))
    key = models.BinaryField(_("钥匙"), null=True, editable=False)
    likeness = models.CharField(_("原文盲摘要"), max_length=32)
    kept_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("文件体")
        constraints = [
            # The same clear bytes are kept once in a county; another county's copy is another blob, and so
            # is what comes back after it had been destroyed.
            models.UniqueConstraint(
                fields=["county", "likeness", "personal"],
                condition=Q(personal=False) | Q(key__isnull=False),
                name="blob_once",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="blob_digest")]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def is_destroyed(self) -> bool:
        """Whether its key is gone and with it the clear form."""
        return self.personal and self.key is None


class PaperQuerySet(models.QuerySet["Paper"]):
    """文件集."""

    def in_counties(self, counties: frozenset[int]) -> Self:
        """Those of the counties."""
        return self.filter(county__in=counties)

    def current(self) -> Self:
        """Those that no correction has replaced."""
        return self.filter(superseded_by__isnull=True)

    def about(self, *addresses: str) -> Self:
        """Those filed about any of the addresses."""
        return self.filter(about__address__in=addresses).distinct()

    def newest_first(self) -> Self:
        """The latest at the top."""
        return self.order_by("-on", "-id")


class Paper(models.Model):
    """文件: a document of some kind and day, kept with its files; 补录 where it is filed long after.

    Append-only, with its files and what it is about; its title and their names can be erased. A correction is
    another paper, which supersedes this one and holds the same files.
    """

    county = models.BigIntegerField(_("县总工会"), db_index=True)
    kind = models.CharField(_("种类"), max_length=30, choices=Kind.choices)
    title = ErasableField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    on = models.DateField(_("日期"))
    late = models.BooleanField(_("补录"), default=False)
    kept_by = models.ForeignKey(Trace, on_delete=models.PROTECT, related_name="papers_kept")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("更正")
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "文件")
        indexes = [models.Index(fields=["county", "kind", "on"], name="paper_county_kind_on")]

    def __str__(self) -> str:
        return self.title


class PaperFile(models.Model):
    """文件附件: one file of a paper, under the name it came with."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="used_as")
    name = ErasableField(_("文件名"), max_length=200)
    position = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        verbose_name = _("附件")
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="paper_file_position"),
        ]

    def __str__(self) -> str:
        return self.name


class About(models.Model):
    """佐证对象: what a paper proves, by address: `assessment.item:B10`, `mutual_aid.drive:3`."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="about")
    address = models.CharField(_("地址"), max_length=80, db_index=True)

    class Meta:
        verbose_name = _("佐证对象")
        constraints = [models.UniqueConstraint(fields=["paper", "address"], name="about_once")]

    def __str__(self) -> str:
        return self.address


class ExportQuerySet(models.QuerySet["Export"]):
    """导出集."""

    def in_counties(self, counties: frozenset[int]) -> Self:
        """Those of the counties."""
        return self.filter(county__in=counties)

    def newest_first(self) -> Self:
        """The latest at the top."""
        return self.order_by("-made_by__at", "-pk")


class Export(models.Model):
    """名单导出: that a list which shows persons left the house as a workbook.

    Append-only. It names nobody: of the conditions under which the list stood, those that were typed are held
    without their words. The reason stands beside the trace.
    """

    county = models.BigIntegerField(_("县总工会"), db_index=True)
    title = models.CharField(_("名单"), max_length=100)
    page = models.TextField(_("页面"))
    conditions: Any = models.JSONField(_("条件"), default=list)
    rows = models.PositiveIntegerField(_("行数"))
    made_by = models.OneToOneField(Trace, on_delete=models.PROTECT, related_name="+")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "名单导出")

    def __str__(self) -> str:
        return self.title
