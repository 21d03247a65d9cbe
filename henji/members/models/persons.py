"""Nouns: persons, what is known of them, and their memberships."""

from datetime import date
from typing import Self, cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.reach import Reach
from henji.lib.vault import Sealed
from henji.unions.models import Employer, Union


class PersonQuerySet(models.QuerySet["Person"]):
    """会员本人集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: a branch sees whoever is or was a member in its tree."""
        held = self.filter(county__in=reach.counties)
        if reach.whole_county:
            return held
        return held.filter(pk__in=Membership.objects.known().within(reach).values("person"))


class Person(models.Model):
    """会员本人: one record for life. `key` opens what is closed; without it nobody can."""

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField(_("钥匙"), null=True)
    # Of the roster's row last taken in: the same row again has nothing new to say, and so it does not undo
    # what was corrected by hand since.
    likeness = models.CharField(_("名册行盲摘要"), max_length=32, blank=True)
    made_by = models.ForeignKey(
        "evidence.Trace",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("登记痕迹"),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "会员")
        indexes = [models.Index(fields=["made_by"], name="person_made_by")]

    def __str__(self) -> str:
        return str(self.pk)


class UnplacedQuerySet(models.QuerySet["Unplaced"]):
    """待归属单位集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see: they belong to no branch yet, so to the county alone."""
        return self.filter(county__in=reach.counties) if reach.whole_county else self.none()

    def open(self) -> Self:
        """Those still without an employer."""
        return self.filter(employer__isnull=True)


class Unplaced(models.Model):
    """待归属单位: an employer's name that a roster gave and the records do not hold.

    Once it has been placed, `employer` says who was meant, and later rosters that give the name follow it.
    """

    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名册上的单位名称"), max_length=100)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("归属单位")
    )
    made_by = models.ForeignKey(
        "evidence.Trace", on_delete=models.PROTECT, related_name="+", verbose_name=_("登记痕迹")
    )

    objects = UnplacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("待归属单位")
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="unplaced_once")]

    def __str__(self) -> str:
        return self.name


class MemberVersion(Version):
    """会员之版本: versions that are looked for by person, so that the line needs no index.

    A roster writes them by the hundred thousand, and each index costs it time.
    """

    line = models.UUIDField(_("线号"))
    made_by = models.ForeignKey(
        "evidence.Trace",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("登记痕迹"),
    )
    unmade_by = models.ForeignKey(
        "evidence.Trace",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("更正痕迹"),
    )

    class Meta:
        abstract = True
        # Whenever a trace is left, SQLite looks for the rows that waited for it.
        indexes = [
            models.Index(fields=["made_by"], name="%(class)s_made_by"),
            models.Index(
                fields=["unmade_by"], condition=Q(unmade_by__isnull=False), name="%(class)s_unmade_by"
            ),
        ]


class DerivedColumns(models.Model):
    """派生栏: what `derived.derived` tells of a box, beside it in the clear."""

    pinyin = models.CharField(_("拼音"), max_length=100, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=50, blank=True)
    id_tail = models.CharField(_("身份证号末四位盲索引"), max_length=8, blank=True)
    phone_tail = models.CharField(_("手机号末四位盲索引"), max_length=8, blank=True)
    sex = models.SmallIntegerField(_("性别"), null=True)
    birth_year = models.SmallIntegerField(_("出生年"), null=True)
    defects = models.SmallIntegerField(_("缺项"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.initials


class ParticularsQuerySet(VersionQuerySet["Particulars"]):
    """会员信息集."""

    _one_each: "MembershipQuerySet | None" = None
    #: How many there are, where that was counted already.
    number: int | None = None

    def counted_by(self, memberships: "MembershipQuerySet") -> Self:
        """The same rows, of which there are as many as these memberships; narrow them no further.

        Counting the narrow index of memberships takes a tenth of the time.
        """
        rows = self.all()
        rows._one_each = memberships  # noqa: SLF001 - a copy of oneself
        return rows

    def counted_as(self, number: int | None) -> Self:
        """The same rows, of which there are so many, if that is known; narrow them no further."""
        rows = self.all()
        rows.number = number
        return rows

    def count(self) -> int:
        """How many."""
        if self.number is not None:
            return self.number
        return super().count() if self._one_each is None else self._one_each.count()

    def _clone(self) -> Self:
        rows = cast("Self", super()._clone())  # type: ignore[misc]
        rows._one_each, rows.number = self._one_each, self.number  # noqa: SLF001 - a copy of oneself
        return rows

    def named(self, beginning: str) -> Self:
        """Those whose name begins so; a range, which every database answers from an index."""
        return self.filter(name__gte=beginning, name__lt=beginning + "\U0010ffff")


class Particulars(MemberVersion, DerivedColumns):
    """会员信息: what is believed of a person. All of it lies closed in `box`.

    The name stands beside it in the clear, to search and sort by, and so do the derived columns. The line is
    the person.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="particulars")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("姓名"), max_length=50)
    id_index = models.CharField(_("身份证号盲索引"), max_length=32)
    box = models.BinaryField(_("封存信息"))

    objects = ParticularsQuerySet.as_manager()

    class Meta:
        verbose_name = _("会员信息")
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"], condition=Q(known_to__isnull=True), name="identity_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(known_to__isnull=True), name="particulars_current_once"
            ),
        ]
        indexes = [
            *MemberVersion.Meta.indexes,
            # Turns to any page of the list without reading the rows before it.
            models.Index(
                fields=["county", "known_to", "name", "person"],
                condition=Q(known_to__isnull=True),
                name="particulars_name",
            ),
            # Initials, and whole names by their initials: the spelling is compared within the index.
            models.Index(
                fields=["county", "initials", "pinyin"],
                condition=Q(known_to__isnull=True),
                name="particulars_spelled",
            ),
            models.Index(
                fields=["county", "id_tail"], condition=Q(known_to__isnull=True), name="particulars_id_tail"
            ),
            models.Index(
                fields=["county", "phone_tail"],
                condition=Q(known_to__isnull=True),
                name="particulars_phone_tail",
            ),
            # Few: of whom something lacks.
            models.Index(
                fields=["county", "person", "defects"],
                condition=Q(known_to__isnull=True, defects__gt=0),
                name="particulars_defects",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sealed(self) -> Sealed | None:
        """The closed box with its key, or None where the key was destroyed."""
        return Sealed(bytes(self.box), bytes(self.person.key)) if self.person.key else None


class Standing(models.TextChoices):
    """会籍状态 of a membership in force. Whoever keeps it without working is a member all the same."""

    WORKING = "working", _("正常")
    RETIRED = "retired", _("退休保留会籍")
    UNEMPLOYED = "unemployed", _("失业保留会籍")
    KEPT = "kept", _("保留会籍")


class Turn(models.TextChoices):
    """会籍变化: how a membership began, or how it ended."""

    JOINED = "joined", _("入会")
    BACK = "back", _("重新入会")
    MOVED = "moved", _("转移")
    STANDING = "standing", _("会籍状态变化")
    LEFT = "left", _("退会")
    EXPELLED = "expelled", _("除名")
    DIED = "died", _("去世")


class MembershipQuerySet(VersionQuerySet["Membership"]):
    """会籍集."""

    def within(self, reach: Reach) -> Self:
        """Those that the request may see."""
        held = self.filter(county__in=reach.counties)
        if reach.whole_county:
            return held
        return held.filter(union__in=Union.objects.below(*reach.trees).values("pk"))

    def on(self, day: date) -> Self:
        """Those in force on the day. Where no joining day was given, the membership has always been."""
        return self.filter(Q(start_on__isnull=True) | Q(start_on__lte=day)).filter(
            Q(end_on__isnull=True) | Q(end_on__gt=day)
        )

    def off(self, day: date) -> Self:
        """Those not yet, or no longer, in force on the day."""
        return self.filter(Q(start_on__gt=day) | Q(end_on__lte=day))

    def newly_joined(self) -> Self:
        """Those by which somebody joined: what was transferred or put in another standing only went on."""
        return self.filter(began_by__in=(Turn.JOINED, Turn.BACK))

    def kept(self) -> Self:
        """保留会籍: those of persons who no longer work."""
        return self.exclude(standing=Standing.WORKING)

    def latest_first(self) -> Self:
        """The one still open, else the one that ended last, at the top."""
        return self.order_by(F("end_on").desc(nulls_first=True), "-id")


class Membership(MemberVersion):
    """会籍: that a person belongs to a union, through an employer, from a day, up to and without another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    county = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", db_index=False)
    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("所属工会"))
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("工作单位")
    )
    unplaced = models.ForeignKey(
        Unplaced,
        on_delete=models.PROTECT,
        null=True,
        related_name="memberships",
        db_index=False,
        verbose_name=_("待归属"),
    )
    start_on = models.DateField(_("入会日期"), null=True)
    end_on = models.DateField(_("离会日期"), null=True)
    standing = models.CharField(
        _("会籍状态"),
        max_length=10,
        choices=Standing.choices,
        default=Standing.WORKING,
        db_default=Standing.WORKING,
    )
    began_by = models.CharField(
        _("始于"), max_length=8, choices=Turn.choices, default=Turn.JOINED, db_default=Turn.JOINED
    )
    ended_by = models.CharField(
        _("止于"), max_length=8, choices=Turn.choices, blank=True, default="", db_default=""
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("会籍")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(known_to__isnull=True, end_on__isnull=True),
                name="membership_open_once",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(known_to__isnull=True), name="membership_line_once"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(start_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=True) | Q(unplaced__isnull=True),
                name="membership_placed_or_not",
            ),
            models.CheckConstraint(
                condition=Q(ended_by="") | Q(end_on__isnull=False), name="membership_ended_on_a_day"
            ),
        ]
        indexes = [
            *MemberVersion.Meta.indexes,
            # Counts the members of a day, also those of a union, and tells whether a person is one, without
            # reading a row: so it also holds `known_to`, which SQLite would otherwise look up. It is the only
            # one that begins with the county: without statistics SQLite takes any that does.
            models.Index(
                fields=["county", "person", "start_on", "end_on", "known_to", "union", "employer"],
                condition=Q(known_to__isnull=True),
                name="membership_county_person",
            ),
            models.Index(
                fields=["county", "unplaced"],
                condition=Q(known_to__isnull=True, unplaced__isnull=False),
                name="membership_unplaced",
            ),
            models.Index(
                fields=["county", "standing"],
                condition=Q(known_to__isnull=True) & ~Q(standing=Standing.WORKING),
                name="membership_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.union_id}"

    @property
    def is_kept(self) -> bool:
        """Whether it goes on although its holder no longer works."""
        return self.standing != Standing.WORKING

    @property
    def where(self) -> str:
        """工作单位: the employer's name, or the name that the roster gave; empty where there is neither."""
        place = self.employer or self.unplaced
        return place.name if place else ""
