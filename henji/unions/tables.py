"""The list of employers, and how it is filtered."""

from typing import Any, cast

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.lib.doors import Request
from henji.lib.tables import NumberColumn
from henji.unions import queries
from henji.unions.models import Employer, EmployerQuerySet, Union

_ORGANISED = (("yes", _("已建会")), ("no", _("未建会")))


class EmployerFilter(filters.FilterSet):
    """单位筛选."""

    q = filters.CharFilter(label=_("名称或信用代码"), method="search", widget=forms.SearchInput)
    organised = filters.ChoiceFilter(
        label=_("建会"), choices=_ORGANISED, method="with_union", empty_label=_("全部")
    )
    township = filters.ModelChoiceFilter(
        label=_("乡镇"), queryset=None, method="around", empty_label=_("全部乡镇")
    )
    union = filters.ModelChoiceFilter(label=_("工会"), queryset=None, method="around", empty_label=_("全部"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = cast("Request", self.request).reach
        self.filters["township"].queryset = queries.townships_in(reach)
        self.filters["union"].queryset = queries.unions_in(reach)
        if not self.data.get("union"):
            # Hundreds of unions to choose from help nobody: one comes here from the union's page.
            del self.filters["union"]

    def search(self, employers: EmployerQuerySet, _name: str, words: str) -> EmployerQuerySet:
        """Those whose name or credit code holds the words."""
        return employers.filter(Q(name__icontains=words) | Q(credit_code__icontains=words))

    def around(self, employers: EmployerQuerySet, _name: str, union: Union) -> EmployerQuerySet:
        """Those of the union and the ones below it."""
        return employers.filter(queries.around(union))

    def with_union(self, employers: EmployerQuerySet, _name: str, answer: str) -> EmployerQuerySet:
        """Those with a union, or those still without."""
        return employers.filter(union__isnull=answer != "yes")


class EmployerTable(tables.Table):
    """单位列表."""

    name = tables.Column(
        verbose_name=_("单位名称"), linkify=lambda record: reverse("unions:employer", args=[record.pk])
    )
    credit_code = tables.Column(verbose_name=_("统一社会信用代码"))
    township = tables.Column(verbose_name=_("乡镇"), order_by="township__name")
    union = tables.Column(verbose_name=_("工会"), order_by="union__name", empty_values=())
    industry = tables.Column(verbose_name=_("行业"))
    workers = NumberColumn(verbose_name=_("职工数"))

    def render_union(self, record: Employer) -> str:
        """The union, or that there is none yet."""
        return str(record.union.name if record.union else _("未建会"))

    value_union = render_union
