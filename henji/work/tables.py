"""Lists of work."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from henji.lib.tables import MomentColumn
from henji.work import kinds
from henji.work.models import Job, State


class JobTable(tables.Table):
    """任务列表."""

    file_name = tables.Column(linkify=("work:job", [tables.A("pk")]), verbose_name=_("文件"))
    kind = tables.Column(orderable=False, verbose_name=_("种类"))
    state = tables.Column(verbose_name=_("状态"))
    asker = tables.Column(orderable=False, verbose_name=_("提交人"))
    asked_at = MomentColumn(verbose_name=_("提交时间"))

    class Meta:
        model = Job
        fields = ("file_name", "kind", "state", "asker", "asked_at")

    def render_kind(self, value: str) -> str:
        """What the kind is called."""
        return kinds.title(value)


class JobFilter(django_filters.FilterSet):
    """任务筛选."""

    q = django_filters.CharFilter(field_name="file_name", lookup_expr="icontains", label=_("文件名"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("状态"), empty_label=_("全部"))
