"""Nouns: unions and employers."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.fields import OpenYuanField
from henji.lib.reach import Reach
from henji.lib.vault import Sealed


class Level(models.TextChoices):
    """工会层级."""

    PROVINCE = "province", _("省总工会")
    CITY = "city", _("市总工会")
    COUNTY = "county", _("县总工会")
    TOWNSHIP = "township", _("乡镇（街道）工会")
    SECTOR = "sector", _("系统（行业）工会")
    PRIMARY = "primary", _("基层工会")


def under(trees: Iterable[str], prefix: str = "") -> Q:
    """Rows whose union lies in one of the trees; `prefix` leads to the union.

    Written as ranges, which every database answers from an index; a path has only hexadecimal digits,
    so "g" comes after all that begin with it.
    """
    ranges = [Q(**{f"{prefix}path__gte": tree, f"{prefix}path__lt": tree + "g"}) for tree in trees]
    return reduce(or_, ranges, Q(pk__in=[]))


class UnionQuerySet(models.QuerySet["Union"]):
    """工会集."""

    def below(self, *paths: str) -> Self:
        """Those in the trees, their roots too."""
        return self.filter(under(paths))

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        return self.below(*reach.trees)

    def counties(self) -> Self:
        """The county federations."""
        return self.filter(level=Level.COUNTY)

    def standing(self, day: date | None = None) -> Self:
        """Those not closed; where a day is given, those that stood at its end."""
        if day is None:
            return self.filter(closed_on__isnull=True)
        founded = self.filter(Q(founded_on__isnull=True) | Q(founded_on__lte=day))
        return founded.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def in_tree_order(self) -> Self:
        """Parents before their children."""
        return self.order_by("path")


class Union(models.Model):
    """工会: from the province's federation down to the union of one employer."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    county = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("县总工会")
    )
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    name = models.CharField(_("名称"), max_length=100)
    code = models.CharField(_("区划代码"), max_length=9, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    path = models.CharField(_("路径"), max_length=120, db_index=True)
    founded_on = models.DateField(_("成立日期"), null=True)
    closed_on = models.DateField(_("撤销日期"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = _("工会")
        constraints = [
            models.UniqueConstraint(fields=["code", "level"], condition=~Q(code=""), name="union_code_once"),
            models.UniqueConstraint(
                fields=["county", "name"], condition=Q(county__isnull=False), name="union_name_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(closed_on__gte=F("founded_on")),
                name="union_closes_after_founding",
            ),
        ]

    def __str__(self) -> str:
        return self.name


#: Hexadecimal digits that each level adds to a path.
SEGMENT = 6


def path_of(parent: Union | None, pk: int) -> str:
    """路径: the parent's path and six hexadecimal digits more."""
    return (parent.path if parent else "") + f"{pk:0{SEGMENT}x}"


def paths_above(path: str) -> list[str]:
    """上级路径: the paths of all unions from the root down to the one at the path, itself too."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


#: 已建会: employers with a union that has not been closed.
ORGANISED = Q(union__isnull=False, union__closed_on__isnull=True)


class EmployerQuerySet(models.QuerySet["Employer"]):
    """单位集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        if reach.whole_county:
            return self.filter(county__in=reach.counties)
        return self.filter(under(reach.trees, "union__") | under(reach.trees, "township__"))

    def organised(self) -> Self:
        """Those with a union that has not been closed."""
        return self.filter(ORGANISED)

    def at_work(self) -> Self:
        """在营: those that have not been struck off."""
        return self.filter(closed_on__isnull=True)


class Profile(models.Model):
    """单位概况: what a list may say of an employer beyond its name and place; all of it may be left open.

    Of industry and kind the code stands here, or the words as they were told. Numbers of people are those at
    the end of `counted_on`.
    """

    industry = models.CharField(_("行业"), max_length=40, blank=True)
    unit_type = models.CharField(_("单位类别"), max_length=40, blank=True)
    address = models.CharField(_("单位地址"), max_length=100, blank=True)
    workers = models.PositiveIntegerField(_("职工数"), null=True)
    women = models.PositiveIntegerField(_("女职工数"), null=True)
    migrants = models.PositiveIntegerField(_("农民工数"), null=True)
    dispatched = models.PositiveIntegerField(_("劳务派遣工数"), null=True)
    counted_on = models.DateField(_("人数截至日期"), null=True)

    class Meta:
        abstract = True


#: What a profile says, field by field; what each is called, and what stands where nothing is told.
PROFILE = tuple(field.name for field in Profile._meta.local_fields)
PROFILE_LABELS = {field.name: field.verbose_name for field in Profile._meta.local_fields}
PROFILE_OPEN = {field.name: field.get_default() for field in Profile._meta.local_fields}


class Told(Profile):
    """单位信息: what is said of an employer, and the deed that said it."""

    name = models.CharField(_("单位名称"), max_length=100)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    township = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("所属乡镇"),
    )
    union = models.ForeignKey(
        Union, on_delete=models.PROTECT, null=True, related_name="%(class)ss", verbose_name=_("所属工会")
    )
    closed_on = models.DateField(_("注销日期"), null=True)
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Employer(Told):
    """用人单位: an enterprise or institution of the county, with a union or still without.

    `made_by` is the deed that said last what is said here; what was said before is kept as `PastEmployer`.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("县总工会"))

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        constraints = [
            models.UniqueConstraint(fields=["county", "name"], name="employer_name_once"),
            models.UniqueConstraint(
                fields=["county", "credit_code"], condition=~Q(credit_code=""), name="employer_code_once"
            ),
        ]

    @property
    def home(self) -> Union:
        """The nearest union that stands: its own, its township's, else the county's."""
        standing = (union for union in (self.union, self.township) if union and not union.closed_on)
        return next(standing, self.county)


class PastEmployer(Told):
    """单位旧载: what was said of an employer until another deed said otherwise."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="past")
    unmade_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("更正痕迹")
    )

    class Meta:
        verbose_name = _("单位旧载")


#: What a deed may say of an employer.
TOLD = ("name", "credit_code", "township_id", "union_id", *PROFILE, "closed_on")


class UnionFacts(models.Model):
    """组织信息内容: what is asked of a union besides name, place and founding; it may be left open.

    What can be counted, such as members or units covered, is not asked.
    """

    union_code = models.CharField(_("工会信用代码"), max_length=18, blank=True)
    approved_by = models.CharField(_("审批单位"), max_length=100, blank=True)
    approved_on = models.DateField(_("批复日期"), null=True)
    approval_number = models.CharField(_("批复文号"), max_length=50, blank=True)
    congress = models.PositiveSmallIntegerField(_("届次"), null=True)
    elected_on = models.DateField(_("本届选举日期"), null=True)
    term_years = models.PositiveSmallIntegerField(_("任期（年）"), null=True)
    registrar = models.CharField(_("法人登记机关"), max_length=100, blank=True)
    legal_number = models.CharField(_("法人资格证号"), max_length=50, blank=True)
    legal_to = models.DateField(_("法人资格有效期至"), null=True)
    bank = models.CharField(_("开户银行"), max_length=100, blank=True)
    account = models.CharField(_("工会账号"), max_length=40, blank=True)
    funds_year = models.PositiveSmallIntegerField(_("经费年度"), null=True)
    carried_yuan = OpenYuanField(_("上年结余"), null=True)
    dues_yuan = OpenYuanField(_("会费收入"), null=True)
    allotted_yuan = OpenYuanField(_("拨缴经费"), null=True)
    other_yuan = OpenYuanField(_("其他收入"), null=True)
    #: By code: since when, as 2016-05-01; empty where no day is known.
    institutions = models.JSONField(_("建立的制度"), default=dict)
    home_level = models.CharField(_("职工之家"), max_length=40, blank=True)
    status = models.CharField(_("状态"), max_length=40, blank=True)

    class Meta:
        abstract = True


#: What the facts of a union are.
UNION_FACTS = tuple(field.name for field in UnionFacts._meta.local_fields)
UNION_LABELS = {field.name: field.verbose_name for field in UnionFacts._meta.local_fields}
UNION_OPEN = {field.name: field.get_default() for field in UnionFacts._meta.local_fields}


class UnionRecord(Version, UnionFacts):
    """组织信息: what is known of a union, version by version; what it does not say nobody has told."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="records")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    #: Reckoned from election and term, so that lists can ask for it.
    due_on = models.DateField(_("应换届日期"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织信息")
        constraints = [
            models.UniqueConstraint(
                fields=["union"], condition=Q(known_to__isnull=True), name="union_record_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)


class Office(models.TextChoices):
    """工会职务."""

    CHAIR = "chair", _("主席")
    VICE = "vice", _("副主席")
    AUDIT = "audit", _("经审主任")
    WOMEN = "women", _("女工主任")


class OfficeHolder(Version):
    """工会任职: who holds an office of a union. Name, phone and the rest lie closed in `box`."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="holders")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("工会职务"), max_length=10, choices=Office.choices)
    key = models.BinaryField(_("钥匙"), null=True)
    box = models.BinaryField(_("封存信息"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("工会任职")
        constraints = [
            models.UniqueConstraint(
                fields=["union", "office"], condition=Q(known_to__isnull=True), name="office_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.office}"

    @property
    def sealed(self) -> Sealed | None:
        """The closed box with its key, or None where the key was destroyed."""
        return Sealed(bytes(self.box), bytes(self.key)) if self.key else None


class FourClears(Version):
    """四清情况: why an employer has no union and what is planned, or why some are no members.

    Which of the two is asked depends on whether it has a union; what was said before stays. Numbers are
    counted, never told here. Of reason and role the code stands, or the words as they were told.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="clears")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("未建会原因"), max_length=40, blank=True)
    plan = models.CharField(_("建会计划"), max_length=200, blank=True)
    plan_on = models.DateField(_("计划建会日期"), null=True)
    gap_reason = models.CharField(_("未入会原因"), max_length=200, blank=True)
    role = models.CharField(_("作用发挥"), max_length=40, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("四清情况")
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(known_to__isnull=True), name="four_clears_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)


#: What is told of an employer's four clears.
CLEARS = ("reason", "plan", "plan_on", "gap_reason", "role")
