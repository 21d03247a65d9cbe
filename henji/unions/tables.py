"""The list of employers, and how it is filtered."""

from datetime import date, datetime, timedelta
from typing import Any, cast

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.lib import clock
from henji.lib.doors import Request
from henji.lib.filters import DayFilter, IdFilter
from henji.lib.tables import DayColumn, NumberColumn
from henji.unions import codes, kept, queries
from henji.unions.models import ORGANISED, Employer, EmployerQuerySet, Level, Union, UnionQuerySet

_ORGANISED = (("yes", _("已建会")), ("no", _("未建会")))
_AT_WORK = (("yes", _("在营")), ("no", _("已注销")))


_RENEWAL = (("over", _("已到期")), ("soon", _("半年内到期")), ("unknown", _("没有登记")))


class EmployerFilter(filters.FilterSet):
    """单位筛选."""

    q = filters.CharFilter(label=_("名称或信用代码"), method="search", widget=forms.SearchInput)
    organised = filters.ChoiceFilter(
        label=_("建会"), choices=_ORGANISED, method="with_union", empty_label=_("全部")
    )
    at_work = filters.ChoiceFilter(
        label=_("状态"), choices=_AT_WORK, method="struck_off", empty_label=_("全部")
    )
    township = filters.ModelChoiceFilter(
        label=_("乡镇"), queryset=None, method="around", empty_label=_("全部乡镇")
    )
    union = filters.ModelChoiceFilter(label=_("工会"), queryset=None, method="around", empty_label=_("全部"))
    industry = filters.ChoiceFilter(label=_("行业"), choices=codes.INDUSTRY.choices(), empty_label=_("全部"))
    unit_type = filters.ChoiceFilter(
        label=_("单位类别"), choices=codes.UNIT_TYPE.choices(), empty_label=_("全部")
    )
    county = IdFilter(field_name="county", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = cast("Request", self.request).reach
        self.filters["township"].queryset = queries.townships_in(reach)
        self.filters["union"].queryset = queries.unions_in(reach)
        for name in ("union", "county"):
            # Hundreds of unions to choose from help nobody: one comes here from the union's page.
            if not self.data.get(name):
                del self.filters[name]

    def search(self, employers: EmployerQuerySet, _name: str, words: str) -> EmployerQuerySet:
        """Those whose name or credit code holds the words."""
        return employers.filter(Q(name__icontains=words) | Q(credit_code__icontains=words))

    def around(self, employers: EmployerQuerySet, _name: str, union: Union) -> EmployerQuerySet:
        """Those of the union and the ones below it."""
        return employers.filter(queries.around(union))

    def with_union(self, employers: EmployerQuerySet, _name: str, answer: str) -> EmployerQuerySet:
        """Those with a union, or those still without."""
        return employers.filter(ORGANISED if answer == "yes" else ~ORGANISED)

    def struck_off(self, employers: EmployerQuerySet, _name: str, answer: str) -> EmployerQuerySet:
        """Those at work, or those struck off."""
        return employers.filter(closed_on__isnull=answer == "yes")


class EmployerTable(tables.Table):
    """单位列表."""

    name = tables.Column(
        verbose_name=_("单位名称"), linkify=lambda record: reverse("unions:employer", args=[record.pk])
    )
    credit_code = tables.Column(verbose_name=_("统一社会信用代码"))
    township = tables.Column(verbose_name=_("乡镇"), order_by="township__name")
    union = tables.Column(verbose_name=_("工会"), order_by="union__name", empty_values=())
    industry = tables.Column(verbose_name=_("行业"))
    unit_type = tables.Column(verbose_name=_("单位类别"))
    workers = NumberColumn(verbose_name=_("职工数"))
    counted_on = DayColumn(verbose_name=_("人数截至日期"))

    def render_industry(self, value: str) -> str:
        """By name."""
        return codes.INDUSTRY.name_of(value)

    def render_unit_type(self, value: str) -> str:
        """By name."""
        return codes.UNIT_TYPE.name_of(value)

    def render_union(self, record: Employer) -> str:
        """The union, or that there is none yet."""
        held = record.union
        if held is None:
            return str(_("未建会"))
        return held.name if not held.closed_on else str(_("%(name)s（已撤销）") % {"name": held.name})

    value_union = render_union
    value_industry = render_industry
    value_unit_type = render_unit_type


class UnionFilter(filters.FilterSet):
    """工会筛选: those that stood at the end of a day, by level and by when they were founded."""

    q = filters.CharFilter(
        label=_("名称"), field_name="name", lookup_expr="icontains", widget=forms.SearchInput
    )
    level = filters.ChoiceFilter(label=_("层级"), choices=Level.choices, empty_label=_("全部"))
    renewal = filters.ChoiceFilter(label=_("换届"), choices=_RENEWAL, method="due", empty_label=_("全部"))
    home_level = filters.ChoiceFilter(
        label=_("职工之家"), choices=codes.HOME_LEVEL.choices(), empty_label=_("全部")
    )
    holds = filters.ChoiceFilter(
        label=_("已有"),
        choices=tuple((code, name) for code, (name, _which) in kept.HELD.items()),
        method="having",
        empty_label=_("全部"),
    )
    union = filters.ModelChoiceFilter(label=_("工会"), queryset=None, method="below", empty_label=_("全部"))
    founded_from = DayFilter(label=_("成立日期自"), field_name="founded_on", lookup_expr="gte")
    founded_to = DayFilter(label=_("成立日期至"), field_name="founded_on", lookup_expr="lte")
    as_of = DayFilter(label=_("截至日期"), method="stood", widget=forms.DateInput({"placeholder": _("今天")}))
    county = IdFilter(field_name="county", widget=forms.HiddenInput)
    known_at = filters.IsoDateTimeFilter(method="as_known", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["union"].queryset = queries.unions_in(cast("Request", self.request).reach)
        for name in ("county", "known_at", "union"):
            if not self.data.get(name):
                del self.filters[name]

    def filter_queryset(self, rows: UnionQuerySet) -> UnionQuerySet:
        """Those that stand today, if no other day was asked for."""
        found: UnionQuerySet = super().filter_queryset(rows)
        return found if self.form.cleaned_data.get("as_of") else found.standing()

    def having(self, rows: UnionQuerySet, _name: str, what: str) -> UnionQuerySet:
        """Those that have something, by the records known now or at the instant asked for."""
        chosen = self.form.cleaned_data
        return kept.holding(rows, what, chosen.get("as_of") or clock.today(), chosen.get("known_at"))

    def below(self, rows: UnionQuerySet, _name: str, union: Union) -> UnionQuerySet:
        """The union and those below it."""
        return rows.below(union.path)

    def due(self, rows: UnionQuerySet, _name: str, answer: str) -> UnionQuerySet:
        """Those whose term has run out, runs out within half a year, or is not known."""
        today = clock.today()
        if answer == "unknown":
            return rows.filter(Q(due_on__isnull=True))
        if answer == "over":
            return rows.filter(Q(due_on__lte=today))
        return rows.filter(Q(due_on__gt=today, due_on__lte=today + timedelta(days=183)))

    def stood(self, rows: UnionQuerySet, _name: str, day: date) -> UnionQuerySet:
        """Those that stood at the end of the day, as known now or at the instant asked for."""
        return queries.stood(rows, day, self.form.cleaned_data.get("known_at"))

    def as_known(self, rows: UnionQuerySet, _name: str, known_at: datetime) -> UnionQuerySet:
        """Those that were on record at the instant."""
        return rows.filter(made_by__at__lte=known_at)


class UnionTable(tables.Table):
    """工会列表."""

    name = tables.Column(
        verbose_name=_("名称"), linkify=lambda record: reverse("unions:union", args=[record.pk])
    )
    level = tables.Column(verbose_name=_("层级"))
    parent = tables.Column(verbose_name=_("上级工会"), order_by="parent__name")
    founded_on = DayColumn(verbose_name=_("成立日期"))
    due_on = DayColumn(verbose_name=_("应换届日期"))
    home_level = tables.Column(verbose_name=_("职工之家"))
    status = tables.Column(verbose_name=_("状态"))
    covered = NumberColumn(verbose_name=_("覆盖单位"))

    def render_home_level(self, value: str) -> str:
        """By name."""
        return codes.HOME_LEVEL.name_of(value)

    def render_status(self, value: str) -> str:
        """By name."""
        return codes.UNION_STATUS.name_of(value)

    value_home_level = render_home_level
    value_status = render_status
