"""Nouns: what about a record should be looked at by a person."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from henji.evidence.versions import VersionQuerySet
from henji.lib.reach import Reach
from henji.members.models.mergers import Merger
from henji.members.models.persons import Membership, MemberVersion, Particulars, Person, Standing
from henji.unions.models import Employer, Union


class Kind(models.TextChoices):
    """疑问种类."""

    ALIKE = "alike", _("同名同手机号，身份证号不同")
    RETIRED = "retired", _("到了退休年龄，会籍仍是正常")
    ELSEWHERE = "elsewhere", _("身份证号已在其他县（区）登记")
    UNION = "union", _("名册写的工会与在册不同")


class Answer(models.TextChoices):
    """核定."""

    DIFFERENT = "different", _("不是同一人")
    WORKS = "works", _("仍在职")
    MISTAKEN = "mistaken", _("不是本县的人，或号码有误")
    ASKED = "asked", _("已请求转入")
    DECLINED = "declined", _("对方不同意转出")
    STAYS = "stays", _("没有转移，仍在原工会")
    MOVED = "moved", _("已转移")


class DoubtQuerySet(VersionQuerySet["Doubt"]):
    """待核集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: they are the county's to settle, not a branch's."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()

    def open(self) -> Self:
        """Those that nobody answered and that still stand: a deed that does away with the cause answers."""
        told = Particulars.objects.known().filter(person__key__isnull=False)
        in_force = Membership.objects.known().filter(end_on__isnull=True)
        works = in_force.filter(standing=Standing.WORKING)
        here, there = told.filter(person=OuterRef("person")), told.filter(person=OuterRef("other"))
        alike = Q(kind=Kind.ALIKE) & Exists(here) & Exists(there)
        retired = Q(kind=Kind.RETIRED) & Exists(works.filter(person=OuterRef("person")))
        elsewhere = Q(kind=Kind.ELSEWHERE) & _held_elsewhere()
        there_still = in_force.filter(person=OuterRef("person"), union=OuterRef("from_union"))
        union = Q(kind=Kind.UNION) & Exists(here) & Exists(there_still)
        return self.filter(alike | retired | elsewhere | union, answer="")

    def asked(self) -> Self:
        """Those held elsewhere whose transfer was asked for, and who are still held there."""
        return self.filter(_held_elsewhere(), kind=Kind.ELSEWHERE, answer=Answer.ASKED)


def _held_elsewhere() -> Q:
    """Whose number another county holds, under its own record or under one folded into it."""
    number, ours = OuterRef("id_index"), OuterRef("county")
    held = Particulars.objects.known().filter(id_index=number).exclude(county=ours)
    folded = Merger.objects.known().filter(id_index=number).exclude(county=ours)
    return Q(Exists(held)) | Q(Exists(folded))


class Doubt(MemberVersion):
    """冲突待核: a question about a record, until somebody answers it or does away with its cause.

    Of somebody held elsewhere there is no record here: the name is what the county's own roster or officer
    told, `id_index` the number's blind index, `source_row` the roster's row. Of a member whom a roster puts
    under another union, `from_union` is the one held, `to_union` and `employer` are those that it names.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("疑问"), max_length=10, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="doubts")
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("另一条记录")
    )
    #: The code of the age, of those in `retirement.yaml`.
    retirement = models.CharField(_("退休年龄"), max_length=20, blank=True)
    told_name = models.CharField(_("所报姓名"), max_length=50, blank=True)
    id_index = models.CharField(_("身份证号盲索引"), max_length=32, blank=True)
    from_union = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("在册工会"),
    )
    to_union = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("名册上的工会"),
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("名册上的单位"),
    )
    answer = models.CharField(_("核定"), max_length=10, choices=Answer.choices, blank=True)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("冲突待核")
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(known_to__isnull=True), name="doubt_once"),
            models.UniqueConstraint(
                fields=["person", "other"],
                condition=Q(known_to__isnull=True, kind="alike"),
                name="doubt_alike_once",
            ),
            models.UniqueConstraint(
                fields=["person", "retirement"],
                condition=Q(known_to__isnull=True, kind="retired"),
                name="doubt_retired_once",
            ),
            models.UniqueConstraint(
                fields=["id_index", "county"],
                condition=Q(known_to__isnull=True, kind="elsewhere") & ~Q(id_index=""),
                name="doubt_elsewhere_once",
            ),
            # Whoever moved, and came back since, may be asked about again.
            models.UniqueConstraint(
                fields=["person", "from_union", "to_union"],
                condition=Q(known_to__isnull=True, kind="union") & ~Q(answer="moved"),
                name="doubt_union_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="union") | Q(from_union__isnull=False, to_union__isnull=False),
                name="doubt_between_unions",
            ),
            models.CheckConstraint(
                condition=Q(kind="elsewhere", person__isnull=True)
                | (~Q(kind="elsewhere") & Q(person__isnull=False)),
                name="doubt_about_a_record",
            ),
        ]
        indexes = MemberVersion.Meta.indexes

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
