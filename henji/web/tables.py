"""The lists of what is owed, and of what people find too much."""

from datetime import date
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from henji.evidence import addresses, naming
from henji.lib.reach import NOWHERE
from henji.lib.tables import DayColumn, MomentColumn
from henji.work.models import Complaint, Duty


class DutyFilter(filters.FilterSet):
    """待办筛选."""

    awaits = filters.ChoiceFilter(label=_("事项"), empty_label=_("全部事项"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["awaits"].extra["choices"] = naming.deeds_by_room()


class DutyTable(tables.Table):
    """待办列表."""

    reach = NOWHERE

    awaits = tables.Column(verbose_name=_("要办的事"))
    subject_kind = tables.Column(verbose_name=_("对象"), orderable=False)
    by_on = DayColumn(verbose_name=_("期限"))
    owed_at = MomentColumn(verbose_name=_("产生时间"))

    def render_awaits(self, value: str) -> str:
        """The deed in words."""
        return naming.deed_name(value)

    def render_subject_kind(self, record: Duty) -> SafeString | str:
        """What it is about, with the way there."""
        url = addresses.page_for(self.reach, record.subject_kind, record.subject_id)
        name = naming.kind_name(record.subject_kind)
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    def value_subject_kind(self, record: Duty) -> str:
        """What it is about."""
        return naming.kind_name(record.subject_kind)

    value_awaits = render_awaits


class ComplaintFilter(filters.FilterSet):
    """减负意见筛选."""

    q = filters.CharFilter(
        label=_("内容"), field_name="text", lookup_expr="icontains", widget=forms.SearchInput
    )


class ComplaintTable(tables.Table):
    """减负意见列表."""

    text = tables.Column(verbose_name=_("内容"), orderable=False)
    page = tables.Column(verbose_name=_("页面"), linkify=lambda value: value)
    said_by = tables.Column(verbose_name=_("提出人"), accessor="said_by__name")
    at = DayColumn(verbose_name=_("日期"), accessor="made_by__at")

    def render_text(self, record: Complaint) -> SafeString:
        """In the lines in which it was written."""
        return SafeString(linebreaksbr(record.text))

    def value_text(self, record: Complaint) -> str:
        """As it was written."""
        return record.text

    def value_at(self, record: Complaint) -> date:
        """The day."""
        return localdate(record.made_by.at)
