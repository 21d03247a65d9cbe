"""The list of members, and how it is filtered."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from henji.lib import clock, tags
from henji.lib.doors import Request
from henji.lib.filters import DayFilter
from henji.lib.tables import DayColumn, NumberColumn
from henji.members import finding, queries
from henji.members.defects import SPOKEN
from henji.members.details import IDENTITY, PHONE
from henji.members.models import (
    DoubtQuerySet,
    Kind,
    Membership,
    Particulars,
    ParticularsQuerySet,
    Stage,
    TransferQuerySet,
    Unplaced,
    UnplacedQuerySet,
)
from henji.unions import queries as unions
from henji.unions.models import Employer

_MISSING = (
    ("any", _("有缺项")),
    ("place", _("单位待归属")),
    ("start", _("入会日期不详")),
    *((what, label) for what, (_defect, label) in SPOKEN.items()),
    ("none", _("没有缺项（合格记录）")),
)
#: Filters by which nobody chooses from hundreds; one comes with them from another page.
_FROM_ELSEWHERE = ("employer", "union", "unplaced", "joined_from", "joined_to", "known_at")


class MemberFilter(filters.FilterSet):
    """会员筛选. All conditions make one question; see `queries.Wanted`."""

    q = filters.CharFilter(label=_("姓名、拼音、号码末四位或单位"), widget=forms.SearchInput)
    township = filters.ModelChoiceFilter(label=_("乡镇"), queryset=None, empty_label=_("全部乡镇"))
    missing = filters.ChoiceFilter(label=_("待补"), choices=_MISSING, empty_label=_("全部"))
    as_of = DayFilter(label=_("截至日期"), widget=forms.DateInput({"placeholder": _("今天")}, "%Y-%m-%d"))
    employer = filters.ModelChoiceFilter(label=_("单位"), queryset=None, empty_label=_("全部"))
    union = filters.ModelChoiceFilter(label=_("工会"), queryset=None, empty_label=_("全部"))
    unplaced = filters.ModelChoiceFilter(label=_("名册上的单位"), queryset=None, empty_label=_("全部"))
    joined_from = DayFilter(label=_("入会日期自"))
    joined_to = DayFilter(label=_("入会日期至"))
    known_at = filters.IsoDateTimeFilter(label=_("所知时刻"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reach = cast("Request", self.request).reach
        self._county = unions.county_worked_in(self._reach, self.data.get("county", ""))
        self.filters["township"].queryset = unions.townships_in(self._reach)
        self.filters["employer"].queryset = unions.employers_in(self._reach)
        self.filters["union"].queryset = unions.unions_in(self._reach)
        self.filters["unplaced"].queryset = queries.unplaced_in(self._reach)
        for name in _FROM_ELSEWHERE:
            if not self.data.get(name):
                del self.filters[name]

    def filter_queryset(self, rows: ParticularsQuerySet) -> ParticularsQuerySet:
        """The members of the day who answer to all that was chosen."""
        chosen = self.form.cleaned_data
        if self._county is None:
            return rows.none()
        trees = (chosen.get("township"), chosen.get("union"))
        wanted = queries.Wanted(
            county=self._county.pk,
            day=chosen.get("as_of") or clock.today(),
            among=self._meant(chosen),
            unions=tuple(union for union in trees if union),
            employer=chosen.get("employer"),
            unplaced=chosen.get("unplaced"),
            missing=chosen.get("missing") or "",
            joined_from=chosen.get("joined_from"),
            joined_to=chosen.get("joined_to"),
            known_at=chosen.get("known_at"),
        )
        # As known at another moment there may be more or fewer than the page has counted.
        return queries.listed(self._reach, wanted, number=None if wanted.known_at else rows.number)

    def _meant(self, chosen: Mapping[str, Any]) -> QuerySet[Particulars, Any] | list[int] | None:
        if self._county is None or not chosen.get("q"):
            return None
        return finding.among(
            self._reach, chosen["q"], county=self._county.pk, known_at=chosen.get("known_at")
        )


class MemberTable(tables.Table):
    """会员名册: numbers masked, on screen and in workbooks."""

    name = tables.Column(
        verbose_name=_("姓名"),
        order_by=("name", "person"),
        linkify=lambda record: reverse("members:person", args=[record.person_id]),
        attrs={"td": {"class": "nowrap"}},
    )
    identity = tables.Column(verbose_name=IDENTITY.label, empty_values=(), orderable=False)
    phone = tables.Column(verbose_name=PHONE.label, empty_values=(), orderable=False)
    unit = tables.Column(verbose_name=_("工作单位"), empty_values=(), orderable=False)
    union = tables.Column(verbose_name=_("所属工会"), empty_values=(), orderable=False)
    start_on = DayColumn(verbose_name=_("入会日期"), empty_values=(), orderable=False)

    class Meta:
        order_by = "name"

    _opened: tuple[int, Mapping[str, str]] = (0, {})

    def render_identity(self, record: Particulars) -> str:
        """Masked."""
        return tags.mask_id(self._values(record).get("identity", ""))

    def render_phone(self, record: Particulars) -> str:
        """Masked."""
        return tags.mask_phone(self._values(record).get("phone", ""))

    def render_unit(self, record: Particulars) -> SafeString | str:
        """The employer, or the name still to be placed."""
        held = _held(record)
        if held.unplaced:
            return format_html('{} <span class="state">{}</span>', held.unplaced.name, _("待归属"))
        return held.where or tags.NOTHING

    def value_unit(self, record: Particulars) -> str:
        """The employer's name."""
        return _held(record).where

    def render_union(self, record: Particulars) -> SafeString | str:
        """The union's name, and whether the membership is only kept."""
        held = _held(record)
        if held.is_kept:
            kept = held.get_standing_display()
            return format_html('{} <span class="state">{}</span>', held.union.name, kept)
        return held.union.name

    def value_union(self, record: Particulars) -> str:
        """The union's name."""
        return _held(record).union.name

    def render_start_on(self, record: Particulars) -> str:
        """The day, or that it is not known."""
        start_on = _held(record).start_on
        return tags.day(start_on) if start_on else str(_("不详"))

    def value_start_on(self, record: Particulars) -> date | None:
        """The day."""
        return _held(record).start_on

    def _values(self, record: Particulars) -> Mapping[str, str]:
        """What is closed in the row, opened once for all its cells."""
        if self._opened[0] != record.pk:
            self._opened = (record.pk, queries.opened(record))
        return self._opened[1]

    value_identity = render_identity
    value_phone = render_phone


def _held(record: Particulars) -> Membership:
    held: list[Membership] = record.person.held  # type: ignore[attr-defined]  # as queries.listed has it
    return held[0]


class UnplacedTable(tables.Table):
    """待归属单位."""

    name = tables.Column(verbose_name=_("名册上的单位名称"))
    members = NumberColumn(
        verbose_name=_("会员数"),
        linkify=lambda record: f"{reverse('members:list')}?unplaced={record.pk}",
    )
    employer = tables.Column(verbose_name=_("归属单位"), empty_values=(), orderable=False)
    place = tables.Column(verbose_name=_("操作"), empty_values=(), orderable=False, exclude_from_export=True)

    def render_employer(self, value: Employer | None) -> str:
        """Whom it means."""
        return value.name if value else tags.NOTHING

    def render_place(self, record: Unplaced) -> SafeString:
        """The way to the form."""
        return format_html(
            '<a class="btn btn-sm" href="{}">{}<span class="visually-hidden">{}</span></a>',
            reverse("members:place", args=[record.pk]),
            _("查看") if record.employer else _("归属"),
            record.name,
        )

    value_employer = render_employer


class UnplacedFilter(filters.FilterSet):
    """待归属单位筛选."""

    q = filters.CharFilter(
        label=_("单位名称"), field_name="name", lookup_expr="icontains", widget=forms.SearchInput
    )
    placed = filters.ChoiceFilter(
        label=_("状态"), choices=(("yes", _("已归属")),), empty_label=_("待归属"), method="passed_over"
    )

    def filter_queryset(self, names: UnplacedQuerySet) -> UnplacedQuerySet:
        """Those still without an employer, unless those with one are asked for."""
        found: UnplacedQuerySet = super().filter_queryset(names)
        return found.filter(employer__isnull=self.form.cleaned_data.get("placed") != "yes")

    def passed_over(self, names: UnplacedQuerySet, _name: str, _value: str) -> UnplacedQuerySet:
        """Nothing: `filter_queryset` sees to it, also where nothing is chosen."""
        return names


class TransferTable(tables.Table):
    """会籍转移."""

    name = tables.Column(
        verbose_name=_("姓名"),
        orderable=False,
        linkify=lambda record: reverse("members:transfer", args=[record.line]),
        attrs={"td": {"class": "nowrap"}},
    )
    from_union = tables.Column(verbose_name=_("转出工会"), orderable=False)
    to_union = tables.Column(verbose_name=_("接收工会"), orderable=False)
    released_on = DayColumn(verbose_name=_("转出日期"))
    stage = tables.Column(verbose_name=_("进度"), orderable=False)
    answered_on = DayColumn(verbose_name=_("答复日期"))

    class Meta:
        order_by = "-released_on"


_SIDES = (("to", _("转入")), ("from", _("转出")))


class TransferFilter(filters.FilterSet):
    """会籍转移筛选."""

    stage = filters.ChoiceFilter(
        label=_("进度"), choices=Stage.choices[1:], empty_label=Stage.OPEN.label, method="passed_over"
    )
    side = filters.ChoiceFilter(
        label=_("方向"), choices=_SIDES, empty_label=_("转入和转出"), method="passed_over"
    )

    def filter_queryset(self, rows: TransferQuerySet) -> TransferQuerySet:
        """Those that wait for an answer, unless others are asked for."""
        chosen, reach = self.form.cleaned_data, cast("Request", self.request).reach
        found = rows.filter(stage=chosen.get("stage") or Stage.OPEN)
        if chosen.get("side") == "to":
            return found.received_by(reach)
        return found.released_by(reach) if chosen.get("side") == "from" else found

    def passed_over(self, rows: TransferQuerySet, _name: str, _value: str) -> TransferQuerySet:
        """Nothing: `filter_queryset` sees to it, also where nothing is chosen."""
        return rows


class DoubtTable(tables.Table):
    """冲突待核."""

    name = tables.Column(
        verbose_name=_("姓名"),
        orderable=False,
        linkify=lambda record: reverse("members:doubt", args=[record.line]),
        attrs={"td": {"class": "nowrap"}},
    )
    kind = tables.Column(verbose_name=_("疑问"), orderable=False)
    answer = tables.Column(verbose_name=_("核定"), orderable=False)

    class Meta:
        order_by = "-pk"


class DoubtFilter(filters.FilterSet):
    """冲突待核筛选."""

    kind = filters.ChoiceFilter(label=_("疑问"), choices=Kind.choices, empty_label=_("全部"))
    settled = filters.ChoiceFilter(
        label=_("状态"), choices=(("yes", _("已核定")),), empty_label=_("待核"), method="passed_over"
    )

    def filter_queryset(self, rows: DoubtQuerySet) -> DoubtQuerySet:
        """Those still open, unless those answered are asked for."""
        found: DoubtQuerySet = super().filter_queryset(rows)
        return found.exclude(answer="") if self.form.cleaned_data.get("settled") == "yes" else found.open()

    def passed_over(self, rows: DoubtQuerySet, _name: str, _value: str) -> DoubtQuerySet:
        """Nothing: `filter_queryset` sees to it, also where nothing is chosen."""
        return rows
