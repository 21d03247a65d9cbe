"""Nouns: unions and employers."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from henji.lib.reach import Reach


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


class Told(models.Model):
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
    industry = models.CharField(_("行业"), max_length=40, blank=True)
    workers = models.PositiveIntegerField(_("职工数"), null=True)
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
TOLD = ("name", "credit_code", "township_id", "union_id", "industry", "workers", "closed_on")
