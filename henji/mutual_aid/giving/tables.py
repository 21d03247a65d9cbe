"""Lists of lists, of who stands on one, and of receipts."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _

from henji.lib import tags
from henji.lib.doors import Request
from henji.lib.tables import DayColumn, NumberColumn, YuanColumn
from henji.members.models import Particulars
from henji.mutual_aid.giving.models import Origin, Receipt, Roll, RollLine
from henji.unions import queries as unions


class RollTable(tables.Table):
    """名单列表: one row for each employer."""

    employer = tables.Column(
        linkify=("mutual_aid:roll", [tables.A("pk")]), order_by="employer__name", verbose_name=_("单位")
    )
    township = tables.Column(
        accessor="employer__township__name", default=tags.NOTHING, verbose_name=_("所属乡镇")
    )
    listed = NumberColumn(default=0, verbose_name=_("名单人数"))
    donors = NumberColumn(default=0, verbose_name=_("已捐人数"))
    given_yuan = YuanColumn(verbose_name=_("名单金额"))
    paid_yuan = YuanColumn(verbose_name=_("已缴存"))
    owing_yuan = YuanColumn(verbose_name=_("差额"))
    state = tables.Column(empty_values=(), orderable=False, verbose_name=_("进展"))

    class Meta:
        model = Roll
        fields = (
            "employer",
            "township",
            "listed",
            "donors",
            "given_yuan",
            "paid_yuan",
            "owing_yuan",
            "state",
        )
        order_by = ("employer",)

    def render_state(self, record: Any) -> str:
        """What happens next."""
        if record.reported:
            return str(_("%(n)s 人待受理") % {"n": tags.number(record.reported)})
        if record.owing_yuan:
            return str(_("待对平"))
        if record.donors:
            return str(_("已对平"))
        if not record.listed:
            return str(_("没有要列入的人"))
        return str(_("已发链接")) if record.linked else str(_("未发"))

    value_state = render_state


STATES = (
    ("reported", _("待受理")),
    ("open", _("待对平")),
    ("silent", _("还没有捐款")),
    ("unlinked", _("未发链接")),
    ("empty", _("名单为空")),
)
_STATES = {
    "reported": Q(reported__gt=0),
    "open": ~Q(owing_yuan=0),
    "silent": Q(given_yuan=0, listed__gt=0),
    "unlinked": Q(linked=False, listed__gt=0),
    "empty": Q(listed__isnull=True),
}


class RollFilter(django_filters.FilterSet):
    """名单筛选."""

    q = django_filters.CharFilter(
        field_name="employer__name", lookup_expr="icontains", label=_("单位名称"), widget=SearchInput
    )
    township = django_filters.ModelChoiceFilter(
        field_name="employer__township", queryset=None, label=_("乡镇"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=_("进展"), empty_label=_("全部")
    )

    class Meta:
        model = Roll
        fields = ("q", "township", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["township"].queryset = unions.townships_in(cast("Request", self.request).reach)

    def in_state(self, rows: Any, _name: str, state: str) -> Any:
        """Those of which it is true."""
        return rows.filter(_STATES[state])


class LineTable(tables.Table):
    """名单: who stands on one."""

    name = tables.Column(
        accessor="name",
        default=tags.NOTHING,
        linkify=("members:person", [tables.A("person_id")]),
        verbose_name=_("姓名"),
    )
    origin = tables.Column(verbose_name=_("列入原因"))
    proposed_yuan = YuanColumn(default=tags.NOTHING, verbose_name=_("倡议金额"))
    gave_yuan = YuanColumn(default=tags.NOTHING, verbose_name=_("已捐"))

    class Meta:
        model = RollLine
        fields = ("name", "origin", "proposed_yuan", "gave_yuan")
        order_by = ("name",)


class LineFilter(django_filters.FilterSet):
    """名单行筛选."""

    q = django_filters.CharFilter(method="search", label=_("姓名"), widget=SearchInput)
    origin = django_filters.ChoiceFilter(choices=Origin.choices, label=_("列入原因"), empty_label=_("全部"))
    gave = django_filters.ChoiceFilter(
        choices=(("yes", _("已捐")), ("no", _("未捐"))),
        method="who_gave",
        label=_("捐款"),
        empty_label=_("全部"),
    )

    class Meta:
        model = RollLine
        fields = ("q", "origin", "gave")

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """Names from their beginning."""
        return rows.filter(person__in=Particulars.objects.known().named(words).values("person"))

    def who_gave(self, rows: Any, _name: str, gave: str) -> Any:
        """Those who gave, or did not."""
        return rows.filter(gave_yuan__isnull=gave == "no")


class ReceiptTable(tables.Table):
    """收据列表."""

    number = tables.Column(
        linkify=("mutual_aid:receipt", [tables.A("pk")]),
        order_by=("year", "number"),
        verbose_name=_("收据号"),
    )
    payer = tables.Column(verbose_name=_("缴款单位"))
    amount_yuan = YuanColumn(verbose_name=_("金额"))
    issued_on = DayColumn(verbose_name=_("开具日期"))
    state = tables.Column(empty_values=(), orderable=False, verbose_name=_("状态"))

    class Meta:
        model = Receipt
        fields = ("number", "payer", "amount_yuan", "issued_on", "state")
        order_by = ("-number",)

    def render_number(self, record: Receipt) -> str:
        """As it is printed."""
        return record.name

    value_number = render_number

    def render_state(self, record: Receipt) -> str:
        """Whether it is good."""
        return str(_("作废")) if hasattr(record, "cancellation") else str(_("有效"))

    value_state = render_state


class ReceiptFilter(django_filters.FilterSet):
    """收据筛选."""

    q = django_filters.CharFilter(
        field_name="payer", lookup_expr="icontains", label=_("缴款单位"), widget=SearchInput
    )
    year = django_filters.NumberFilter(label=_("年度"), min_value=1900, max_value=2200)

    class Meta:
        model = Receipt
        fields = ("q", "year")
