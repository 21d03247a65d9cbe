"""台账: the four clears of employers, and what lacks in the records of members, as lists."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.lib import clock
from henji.lib.doors import Request
from henji.lib.filters import DayFilter, IdFilter
from henji.lib.tables import DayColumn, NumberColumn
from henji.members.defects import SPOKEN
from henji.members.queries.clears import CLEAR, ledger
from henji.members.queries.defects import Lack
from henji.unions import codes
from henji.unions import queries as unions
from henji.unions.models import ORGANISED, Employer, EmployerQuerySet, Level, Union

_ORGANISED = (("yes", _("已建会")), ("no", _("未建会")))
_CLEAR = (("yes", _("齐全")), ("no", _("待补")))


class ClearsFilter(filters.FilterSet):
    """四清台账筛选."""

    q = filters.CharFilter(
        label=_("单位名称"), field_name="name", lookup_expr="icontains", widget=forms.SearchInput
    )
    organised = filters.ChoiceFilter(
        label=_("建会"), choices=_ORGANISED, method="with_union", empty_label=_("全部")
    )
    clear = filters.ChoiceFilter(label=_("四清"), choices=_CLEAR, method="told", empty_label=_("全部"))
    reason = filters.ChoiceFilter(
        label=_("未建会原因"), choices=codes.NO_UNION_REASON.choices(), empty_label=_("全部")
    )
    township = filters.ModelChoiceFilter(
        label=_("乡镇"), queryset=None, method="around", empty_label=_("全部乡镇")
    )
    as_of = DayFilter(label=_("会员数截至"), method="passed_over", widget=forms.HiddenInput)
    county = IdFilter(field_name="county", widget=forms.HiddenInput)
    known_at = filters.IsoDateTimeFilter(method="passed_over", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["township"].queryset = unions.townships_in(cast("Request", self.request).reach)
        for name in ("as_of", "county", "known_at"):
            if not self.data.get(name):
                del self.filters[name]

    def filter_queryset(self, rows: EmployerQuerySet) -> EmployerQuerySet:
        """With the members of the day, today's where no other one is asked for."""
        asked = self.form.cleaned_data
        day, known_at = asked.get("as_of") or clock.today(), asked.get("known_at")
        found: EmployerQuerySet = super().filter_queryset(ledger(rows, day, known_at=known_at))
        return found

    def with_union(self, rows: EmployerQuerySet, _name: str, answer: str) -> EmployerQuerySet:
        """Those with a union, or those still without."""
        return rows.filter(ORGANISED if answer == "yes" else ~ORGANISED)

    def told(self, rows: EmployerQuerySet, _name: str, answer: str) -> EmployerQuerySet:
        """Those of which all four are clear, or the others."""
        clear = rows.filter(CLEAR).order_by().values("pk")
        return rows.filter(pk__in=clear) if answer == "yes" else rows.exclude(pk__in=clear)

    def around(self, rows: EmployerQuerySet, _name: str, union: Union) -> EmployerQuerySet:
        """Those of the township."""
        return rows.filter(unions.around(union))

    def passed_over(self, rows: EmployerQuerySet, _name: str, _value: object) -> EmployerQuerySet:
        """Nothing: `filter_queryset` sees to it."""
        return rows


class ClearsTable(tables.Table):
    """四清台账."""

    name = tables.Column(
        verbose_name=_("单位名称"), linkify=lambda record: reverse("unions:employer", args=[record.pk])
    )
    township = tables.Column(verbose_name=_("乡镇"), order_by="township__name")
    address = tables.Column(
        verbose_name=_("单位地址"), attrs={"th": {"class": "wide-only"}, "td": {"class": "wide-only"}}
    )
    organised = tables.Column(
        verbose_name=_("建会"), empty_values=(), orderable=False, attrs={"td": {"class": "nowrap"}}
    )
    workers = NumberColumn(verbose_name=_("职工数"))
    members = NumberColumn(
        verbose_name=_("会员数"), linkify=lambda record: f"{reverse('members:list')}?employer={record.pk}"
    )
    outside = NumberColumn(verbose_name=_("未入会人数"), empty_values=(), orderable=False)
    gap_reason = tables.Column(verbose_name=_("未入会原因"))
    role = tables.Column(verbose_name=_("作用发挥"))
    reason = tables.Column(verbose_name=_("未建会原因"))
    plan = tables.Column(verbose_name=_("建会计划"))
    plan_on = DayColumn(verbose_name=_("计划建会日期"))

    def render_organised(self, record: Employer) -> str:
        """Whether it has a union that stands."""
        return str(_("已建会") if _has_union(record) else _("未建会"))

    def render_outside(self, record: Any) -> str | int:
        """How many workers are no members, where it is known."""
        return self.value_outside(record)

    def value_outside(self, record: Any) -> int | str:
        """The number."""
        return "" if record.workers is None else max(record.workers - record.members, 0)

    def render_role(self, value: str) -> str:
        """By name."""
        return codes.ROLE_PLAYED.name_of(value)

    def render_reason(self, value: str, record: Employer) -> str:
        """By name; of one that has a union by now, nothing."""
        return "" if _has_union(record) else codes.NO_UNION_REASON.name_of(value)

    def render_plan(self, value: str, record: Employer) -> str:
        """Of one that has a union by now, nothing."""
        return "" if _has_union(record) else value

    value_organised = render_organised
    value_role = render_role
    value_reason = render_reason
    value_plan = render_plan


def _has_union(employer: Employer) -> bool:
    return employer.union is not None and employer.union.closed_on is None


def _asked(missing: str) -> Callable[[Lack], str | None]:
    """The list of those; of a union with others below it, the list would be longer."""

    def url(record: Lack) -> str | None:
        if record.union.level != Level.PRIMARY:
            return None
        return f"{reverse('members:list')}?{urlencode({'union': record.union.pk, 'missing': missing})}"

    return url


class LackTable(tables.Table):
    """记录缺项, union by union."""

    name = tables.Column(
        verbose_name=_("工会"), linkify=lambda record: reverse("unions:union", args=[record.union.pk])
    )
    members = NumberColumn(verbose_name=_("会员数"))
    valid = NumberColumn(verbose_name=_("合格记录"), linkify=_asked("none"))
    phone = NumberColumn(verbose_name=SPOKEN["phone"][1], linkify=_asked("phone"))
    odd_phone = NumberColumn(verbose_name=SPOKEN["odd_phone"][1], linkify=_asked("odd_phone"))
    number = NumberColumn(verbose_name=SPOKEN["number"][1], linkify=_asked("number"))
    undated = NumberColumn(verbose_name=_("入会日期不详"), linkify=_asked("start"))
    unplaced = NumberColumn(verbose_name=_("单位待归属"), linkify=_asked("place"))
