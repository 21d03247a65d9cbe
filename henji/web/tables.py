"""The list of what is owed."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from henji.evidence import addresses, naming
from henji.lib.reach import NOWHERE
from henji.lib.tables import DayColumn, MomentColumn
from henji.work.models import Duty


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
