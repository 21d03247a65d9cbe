"""Lists of work."""

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from henji.lib.doors import opens
from henji.lib.reach import NOWHERE
from henji.lib.tables import MomentColumn
from henji.work import kinds
from henji.work.models import Job, State


class JobTable(tables.Table):
    """任务列表."""

    reach = NOWHERE

    file_name = tables.Column(verbose_name=_("文件名"))
    kind = tables.Column(orderable=False, verbose_name=_("种类"))
    state = tables.Column(verbose_name=_("状态"))
    asker = tables.Column(orderable=False, verbose_name=_("提交人"))
    asked_at = MomentColumn(verbose_name=_("提交时间"))

    class Meta:
        model = Job
        fields = ("file_name", "kind", "state", "asker", "asked_at")

    def render_file_name(self, value: str, record: Job) -> SafeString | str:
        """With the way to the job, unless that ends at a door that does not open to the reader."""
        elsewhere = getattr(kinds.handler(record.kind), "page", "")
        if elsewhere and not opens(elsewhere, self.reach):
            return value
        return format_html('<a href="{}">{}</a>', reverse("work:job", args=[record.pk]), value)

    def render_kind(self, value: str) -> str:
        """What the kind is called."""
        return kinds.title(value)

    value_kind = render_kind


class JobFilter(django_filters.FilterSet):
    """任务筛选."""

    q = django_filters.CharFilter(field_name="file_name", lookup_expr="icontains", label=_("文件名"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("状态"), empty_label=_("全部"))
