"""Lists of mutual aid."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.utils.translation import gettext_lazy as _

from henji.lib.tables import DayColumn, NumberColumn, YuanColumn
from henji.members.models import Particulars
from henji.mutual_aid import queries
from henji.mutual_aid.models import AidPayment, Donation, Drive, Giver, Subsidy


class DonationTable(tables.Table):
    """捐款列表."""

    who = tables.Column(
        accessor="line",
        linkify=("mutual_aid:donation", [tables.A("line")]),
        orderable=False,
        verbose_name=_("捐款方"),
    )
    unit = tables.Column(accessor="named_unit", orderable=False, empty_values=(), verbose_name=_("单位"))
    giver = tables.Column(verbose_name=_("类别"))
    amount_yuan = YuanColumn(verbose_name=_("金额"))
    given_on = DayColumn(verbose_name=_("日期"))
    receipt = tables.Column(verbose_name=_("收据号"))
    drive = tables.Column(orderable=False, verbose_name=_("活动"))

    class Meta:
        model = Donation
        fields = ("who", "unit", "giver", "amount_yuan", "given_on", "receipt", "drive")
        order_by = ("-given_on",)

    def render_who(self, record: Any) -> str:
        """The member's name as it is now, else as the book gave it."""
        return who_gave(record)

    value_who = render_who

    def render_unit(self, record: Donation) -> str:
        """The employer's name, else as the book gave it."""
        return record.employer.name if record.employer else record.named_unit

    value_unit = render_unit


def who_gave(gift: Any) -> str:
    """捐款方: the member's name, the name in the book, or 集体."""
    return gift.member_name or gift.named or str(Giver.GROUP.label)


class DonationFilter(django_filters.FilterSet):
    """捐款筛选."""

    q = django_filters.CharFilter(method="search", label=_("姓名、单位、收据号"), widget=SearchInput)
    giver = django_filters.ChoiceFilter(choices=Giver.choices, label=_("类别"), empty_label=_("全部"))
    drive = django_filters.ModelChoiceFilter(
        queryset=lambda request: queries.drives_of(request.reach.counties),
        label=_("活动"),
        empty_label=_("全部"),
    )

    class Meta:
        model = Donation
        fields = ("q", "giver", "drive")

    def search(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Names from their beginning, units and receipts."""
        called = Particulars.objects.known().named(words).values("person")
        return rows.filter(
            Q(person__in=called)
            | Q(named__startswith=words)
            | Q(employer__name__icontains=words)
            | Q(named_unit__icontains=words)
            | Q(receipt=words)
        )


class DonorTable(tables.Table):
    """参加会员列表."""

    name = tables.Column(
        accessor="name", linkify=("members:person", [tables.A("person_id")]), verbose_name=_("姓名")
    )
    given_yuan = YuanColumn(verbose_name=_("捐款合计"))
    gifts = NumberColumn(verbose_name=_("次数"))

    class Meta:
        model = Particulars
        fields = ("name", "given_yuan", "gifts")
        order_by = ("name",)


class DonorFilter(django_filters.FilterSet):
    """参加会员筛选."""

    q = django_filters.CharFilter(method="search", label=_("姓名"), widget=SearchInput)

    class Meta:
        model = Particulars
        fields = ("q",)

    def search(self, rows: Any, _name: str, words: str) -> Any:
        """Names from their beginning."""
        return rows.named(words)


class AidTable(tables.Table):
    """救助金支付列表."""

    voucher = tables.Column(linkify=("mutual_aid:payment", [tables.A("line")]), verbose_name=_("凭证号"))
    member_name = tables.Column(orderable=False, verbose_name=_("受助会员"))
    category = tables.Column(verbose_name=_("类别"))
    paid_yuan = YuanColumn(verbose_name=_("金额"))
    paid_on = DayColumn(verbose_name=_("支付日期"))

    class Meta:
        model = AidPayment
        fields = ("voucher", "member_name", "category", "paid_yuan", "paid_on")
        order_by = ("-paid_on",)


class AidFilter(django_filters.FilterSet):
    """救助金支付筛选."""

    q = django_filters.CharFilter(method="search", label=_("姓名、凭证号"), widget=SearchInput)
    category = django_filters.CharFilter(lookup_expr="icontains", label=_("类别"))

    class Meta:
        model = AidPayment
        fields = ("q", "category")

    def search(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Names from their beginning, and vouchers."""
        called = Particulars.objects.known().named(words).values("person")
        return rows.filter(Q(person__in=called) | Q(voucher=words))


class SubsidyTable(tables.Table):
    """工会补贴列表."""

    voucher = tables.Column(linkify=("mutual_aid:subsidy", [tables.A("line")]), verbose_name=_("凭证号"))
    granted_yuan = YuanColumn(verbose_name=_("金额"))
    granted_on = DayColumn(verbose_name=_("拨入日期"))
    drive = tables.Column(orderable=False, verbose_name=_("活动"))

    class Meta:
        model = Subsidy
        fields = ("voucher", "granted_yuan", "granted_on", "drive")
        order_by = ("-granted_on",)


class SubsidyFilter(django_filters.FilterSet):
    """工会补贴筛选."""

    q = django_filters.CharFilter(field_name="voucher", lookup_expr="startswith", label=_("凭证号"))
    drive = django_filters.ModelChoiceFilter(
        queryset=lambda request: queries.drives_of(request.reach.counties),
        label=_("活动"),
        empty_label=_("全部"),
    )

    class Meta:
        model = Subsidy
        fields = ("q", "drive")


class DriveTable(tables.Table):
    """活动列表."""

    name = tables.Column(linkify=("mutual_aid:drive", [tables.A("pk")]), verbose_name=_("活动"))
    collects_from = DayColumn(verbose_name=_("募集开始"))
    collects_to = DayColumn(verbose_name=_("募集截止"))
    aid_from = DayColumn(verbose_name=_("救助期开始"))
    collected_yuan = YuanColumn(verbose_name=_("募集金额"), orderable=False)
    donors = NumberColumn(verbose_name=_("捐款会员"), orderable=False)

    class Meta:
        model = Drive
        fields = ("name", "collects_from", "collects_to", "aid_from", "collected_yuan", "donors")
