"""Lists of evidence: papers and traces, and how they are filtered."""

from datetime import date, timedelta
from typing import Any, cast

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from henji.evidence import addresses, naming, queries, telling
from henji.evidence.kinds import Kind
from henji.evidence.models import Export, ExportQuerySet, Paper, PaperQuerySet, Trace, TraceQuerySet
from henji.lib import tags
from henji.lib.doors import Request
from henji.lib.filters import DayFilter
from henji.lib.reach import NOWHERE
from henji.lib.tables import DayColumn, MomentColumn, NumberColumn

_LATE = (("yes", _("补录的")), ("no", _("当时存的")))


class PaperFilter(filters.FilterSet):
    """文件筛选."""

    q = filters.CharFilter(label=_("标题或文号"), method="search", widget=forms.SearchInput)
    kind = filters.ChoiceFilter(label=_("种类"), choices=Kind.choices, empty_label=_("全部种类"))
    about = filters.ChoiceFilter(label=_("用来证明"), method="filed_about", empty_label=_("全部"))
    year = filters.ChoiceFilter(label=_("年份"), field_name="on__year", empty_label=_("全部年份"))
    late = filters.ChoiceFilter(label=_("存档"), choices=_LATE, method="kept_late", empty_label=_("全部"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = cast("Request", self.request).reach
        county = queries.county_worked_in(reach, self.request.GET.get("county", ""))
        self.filters["about"].extra["choices"] = addresses.choices(county.pk) if county else []
        self.filters["year"].extra["choices"] = [(str(year),) * 2 for year in queries.years_of_papers(reach)]

    def search(self, papers: PaperQuerySet, _name: str, words: str) -> PaperQuerySet:
        """Those whose title or number holds the words."""
        return papers.filter(Q(title__icontains=words) | Q(number__icontains=words))

    def filed_about(self, papers: PaperQuerySet, _name: str, address: str) -> PaperQuerySet:
        """Those filed about the address."""
        return papers.filter(pk__in=Paper.objects.about(address).values("pk"))

    def kept_late(self, papers: PaperQuerySet, _name: str, answer: str) -> PaperQuerySet:
        """Those of a backlog, or those kept at the time."""
        return papers.filter(late=answer == "yes")


class PaperTable(tables.Table):
    """文件列表."""

    title = tables.Column(
        verbose_name=_("标题"), linkify=lambda record: reverse("evidence:paper", args=[record.pk])
    )
    number = tables.Column(verbose_name=_("文号"))
    kind = tables.Column(verbose_name=_("种类"))
    on = DayColumn(verbose_name=_("文件日期"))
    late = tables.Column(verbose_name=_("存档"))
    count = NumberColumn(verbose_name=_("文件数"))

    def render_kind(self, record: Paper) -> str:
        """The kind in words."""
        return record.get_kind_display()

    def render_late(self, record: Paper) -> str:
        """Whether it was kept at the time."""
        return str(_("补录")) if record.late else tags.NOTHING

    value_kind = render_kind
    value_late = render_late


class TraceFilter(filters.FilterSet):
    """痕迹筛选."""

    q = filters.CharFilter(
        label=_("经办人"), field_name="by_name", lookup_expr="icontains", widget=forms.SearchInput
    )
    deed = filters.ChoiceFilter(label=_("事项"), empty_label=_("全部事项"))
    since = DayFilter(label=_("记录自"), method="recorded_since")
    until = DayFilter(label=_("记录至"), method="recorded_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["deed"].extra["choices"] = naming.deeds_by_room()

    def recorded_since(self, traces: TraceQuerySet, _name: str, day: date) -> TraceQuerySet:
        """Those recorded on the day or later."""
        return traces.filter(at__gte=queries.dawn_of(day))

    def recorded_until(self, traces: TraceQuerySet, _name: str, day: date) -> TraceQuerySet:
        """Those recorded on the day or earlier."""
        return traces.filter(at__lt=queries.dawn_of(day + timedelta(days=1)))


class TraceTable(tables.Table):
    """痕迹列表."""

    reach = NOWHERE

    deed = tables.Column(
        verbose_name=_("事项"), linkify=lambda record: reverse("evidence:trace", args=[record.pk])
    )
    subject_kind = tables.Column(verbose_name=_("对象"), orderable=False)
    by_name = tables.Column(verbose_name=_("经办人"))
    on = DayColumn(verbose_name=_("发生日期"))
    at = MomentColumn(verbose_name=_("记录时间"))

    def render_deed(self, value: str) -> str:
        """The deed in words."""
        return naming.deed_name(value)

    def render_subject_kind(self, record: Trace) -> SafeString | str:
        """What it was done to, with the way there."""
        url = addresses.page_for(self.reach, record.subject_kind, record.subject_id)
        name = naming.kind_name(record.subject_kind)
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    def value_subject_kind(self, record: Trace) -> str:
        """What it was done to."""
        return naming.kind_name(record.subject_kind)

    def render_by_name(self, record: Trace) -> str:
        """Who did it, in which post."""
        return telling.who_did(record)

    value_deed = render_deed
    value_by_name = render_by_name


class ExportFilter(filters.FilterSet):
    """名单导出筛选."""

    q = filters.CharFilter(label=_("经办人或名单"), method="search", widget=forms.SearchInput)
    since = DayFilter(label=_("记录自"), method="recorded_since")
    until = DayFilter(label=_("记录至"), method="recorded_until")

    def search(self, exports: ExportQuerySet, _name: str, words: str) -> ExportQuerySet:
        """Those by somebody, or of a list, called so."""
        return exports.filter(Q(made_by__by_name__icontains=words) | Q(title__icontains=words))

    def recorded_since(self, exports: ExportQuerySet, _name: str, day: date) -> ExportQuerySet:
        """Those recorded on the day or later."""
        return exports.filter(made_by__at__gte=queries.dawn_of(day))

    def recorded_until(self, exports: ExportQuerySet, _name: str, day: date) -> ExportQuerySet:
        """Those recorded on the day or earlier."""
        return exports.filter(made_by__at__lt=queries.dawn_of(day + timedelta(days=1)))


class ExportTable(tables.Table):
    """名单导出列表. What was said of the purpose may name somebody: it is not exported."""

    reach = NOWHERE

    at = MomentColumn(
        accessor="made_by__at",
        verbose_name=_("记录时间"),
        linkify=lambda record: reverse("evidence:trace", args=[record.made_by_id]),
    )
    by_name = tables.Column(accessor="made_by__by_name", verbose_name=_("经办人"))
    title = tables.Column(verbose_name=_("名单"))
    conditions = tables.Column(verbose_name=_("条件"), orderable=False, empty_values=())
    rows = NumberColumn(verbose_name=_("行数"))
    reason = tables.Column(
        accessor="made_by__words__text",
        verbose_name=_("用途"),
        orderable=False,
        exclude_from_export=True,
    )

    def render_by_name(self, record: Export) -> str:
        """Who took it, in which post."""
        return telling.who_did(record.made_by)

    def render_conditions(self, record: Export) -> str:
        """Under which it stood."""
        return queries.conditions_in_words(record)

    value_by_name = render_by_name
    value_conditions = render_conditions
