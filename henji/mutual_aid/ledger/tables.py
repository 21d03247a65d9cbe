"""Lists of the books."""

from decimal import Decimal
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from henji.lib import tags
from henji.lib.doors import opens
from henji.lib.filters import DayFilter
from henji.lib.reach import NOWHERE
from henji.lib.tables import DayColumn, YuanColumn
from henji.mutual_aid.ledger import queries
from henji.mutual_aid.ledger.models import BankLine, Kind, Posting, Voucher
from henji.unions.models import Employer


class VoucherTable(tables.Table):
    """凭证列表."""

    label = tables.Column(
        order_by=("year", "number"),
        linkify=("mutual_aid:voucher", [tables.A("pk")]),
        verbose_name=_("凭证号"),
    )
    on = DayColumn(verbose_name=_("日期"))
    kind = tables.Column(verbose_name=_("类别"))
    words = tables.Column(orderable=False, verbose_name=_("摘要"))
    slip = tables.Column(verbose_name=_("附件号"))

    class Meta:
        model = Voucher
        fields = ("label", "on", "kind", "words", "slip")
        order_by = ("-label",)


class VoucherFilter(django_filters.FilterSet):
    """凭证筛选."""

    q = django_filters.CharFilter(method="search", label=_("凭证号、附件号"), widget=SearchInput)
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("类别"), empty_label=_("全部"))
    start = DayFilter(field_name="on", lookup_expr="gte", label=_("日期自"))
    end = DayFilter(field_name="on", lookup_expr="lte", label=_("日期至"))

    class Meta:
        model = Voucher
        fields = ("q", "kind", "start", "end")

    def search(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """A number as it is written, 2016-0012, or the beginning of a slip's."""
        return rows.filter(Q(slip__startswith=words) | numbered(words))


def numbered(words: str, prefix: str = "") -> Q:
    """凭证号 as people write it: 2016-0012, or 12."""
    year, _dash, number = words.rpartition("-")
    if not number.isdecimal() or len(number) > 9 or (year and not (year.isdecimal() and len(year) == 4)):
        return Q(pk__in=[])
    of_year = {f"{prefix}year": int(year)} if year else {}
    return Q(**{f"{prefix}number": int(number)}, **of_year)


class AccountTable(tables.Table):
    """专户台账: the postings to an account in the order of day and entry, with what stood after each.

    `unit` is whose they are; what stood is shown where no posting between is left out.
    """

    unit: int | None = None
    nothing_left_out = True

    on = DayColumn(orderable=False, verbose_name=_("日期"))
    voucher = tables.Column(
        accessor="voucher__label",
        orderable=False,
        linkify=("mutual_aid:voucher", [tables.A("voucher_id")]),
        verbose_name=_("凭证号"),
    )
    what = tables.Column(accessor="voucher__kind", orderable=False, verbose_name=_("摘要"))
    employer = tables.Column(accessor="voucher_id", orderable=False, verbose_name=_("缴款（收款）单位"))
    debit_yuan = YuanColumn(orderable=False, verbose_name=_("借方"))
    credit_yuan = YuanColumn(orderable=False, verbose_name=_("贷方"))
    stands = YuanColumn(accessor="pk", orderable=False, exclude_from_export=True, verbose_name=_("余额"))
    slip = tables.Column(accessor="voucher__slip", orderable=False, verbose_name=_("附件号"))

    class Meta:
        model = Posting
        fields = ("on", "voucher", "what", "employer", "debit_yuan", "credit_yuan", "stands", "slip")

    def render_what(self, record: Posting) -> str:
        """What it was, and what was said of it."""
        return " ".join(filter(None, [record.voucher.get_kind_display(), record.voucher.words]))

    value_what = render_what

    def render_employer(self, record: Posting) -> str:
        """The unit of the line, or of the voucher where it moves one unit's money."""
        if record.employer:
            return record.employer.name
        return self._units.get(record.voucher_id) or tags.NOTHING

    def value_employer(self, record: Posting) -> str:
        """The unit of the line; in a workbook each line stands for itself."""
        return record.employer.name if record.employer else ""

    def render_debit_yuan(self, value: Decimal) -> str:
        """Nothing where the other side was moved."""
        return tags.yuan(value) if value else tags.NOTHING

    render_credit_yuan = render_debit_yuan

    def render_stands(self, record: Posting) -> str:
        """What stood after the posting."""
        return tags.yuan(self._stood.get(record.pk))

    @cached_property
    def _units(self) -> dict[int, str]:
        return queries.units_of([row.record.voucher_id for row in self.paginated_rows])

    @cached_property
    def _stood(self) -> dict[int, Decimal]:
        rows = [row.record for row in self.paginated_rows]
        if not rows or not self.nothing_left_out:
            return {}
        stood, stands = {}, queries.stood_before(rows[0], self.unit)
        for row in rows:
            stands += row.of.stands_at(row.debit_yuan, row.credit_yuan)
            stood[row.pk] = stands
        return stood


def account_table(unit: int | None, *, nothing_left_out: bool) -> type[AccountTable]:
    """专户台账 of an account, or of one of its units."""
    told = {"unit": unit, "nothing_left_out": nothing_left_out}
    return type("AccountTable", (AccountTable,), told)


class AccountFilter(django_filters.FilterSet):
    """专户台账筛选."""

    q = django_filters.CharFilter(method="search", label=_("凭证号、附件号"), widget=SearchInput)
    start = DayFilter(field_name="on", lookup_expr="gte", label=_("日期自"))
    end = DayFilter(field_name="on", lookup_expr="lte", label=_("日期至"))

    class Meta:
        model = Posting
        fields = ("q", "start", "end")

    def search(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """A voucher's number, or the beginning of a slip's."""
        return rows.filter(Q(voucher__slip__startswith=words) | numbered(words, "voucher__"))


class UnitAccountFilter(AccountFilter):
    """专户台账筛选 of an account that is kept by unit."""

    unit = django_filters.ModelChoiceFilter(
        field_name="employer",
        queryset=lambda request: Employer.objects.within(request.reach).order_by("name"),
        label=_("单位"),
        empty_label=_("全部"),
    )


class UnitTable(tables.Table):
    """单位明细."""

    name = tables.Column(orderable=False, verbose_name=_("单位"))
    debit_yuan = YuanColumn(verbose_name=_("借方"))
    credit_yuan = YuanColumn(verbose_name=_("贷方"))
    stands_yuan = YuanColumn(verbose_name=_("余额"))

    class Meta:
        fields = ("name", "debit_yuan", "credit_yuan", "stands_yuan")
        order_by = ("-stands_yuan",)


class BankLineTable(tables.Table):
    """银行流水列表."""

    reach = NOWHERE

    on = DayColumn(verbose_name=_("日期"))
    amount_yuan = YuanColumn(verbose_name=_("收（付）"))
    party = tables.Column(orderable=False, verbose_name=_("对方户名"))
    words = tables.Column(orderable=False, verbose_name=_("摘要"))
    serial = tables.Column(orderable=False, verbose_name=_("流水号"))
    stands_yuan = YuanColumn(orderable=False, verbose_name=_("银行余额"))
    group = tables.Column(orderable=False, empty_values=(), verbose_name=_("对账"))

    class Meta:
        model = BankLine
        fields = ("on", "amount_yuan", "party", "words", "serial", "stands_yuan", "group")
        order_by = ("-on",)

    def render_group(self, record: Any) -> str:
        """Whether it is ticked; the way to what it is ticked with."""
        if record.group is None:
            return str(_("未达"))
        url = reverse("mutual_aid:withdraw_match", args=[record.group])
        words = str(_("已勾对"))
        return format_html('<a href="{}">{}</a>', url, words) if opens(url, self.reach) else words

    def value_group(self, record: Any) -> str:
        """In words."""
        return str(_("未达") if record.group is None else _("已勾对"))


class BankLineFilter(django_filters.FilterSet):
    """银行流水筛选."""

    q = django_filters.CharFilter(method="search", label=_("户名、摘要、流水号"), widget=SearchInput)
    ticked = django_filters.ChoiceFilter(
        method="of_state",
        choices=(("no", _("未达")), ("yes", _("已勾对"))),
        label=_("对账"),
        empty_label=_("全部"),
    )
    start = DayFilter(field_name="on", lookup_expr="gte", label=_("日期自"))
    end = DayFilter(field_name="on", lookup_expr="lte", label=_("日期至"))

    class Meta:
        model = BankLine
        fields = ("q", "ticked", "start", "end")

    def search(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Words anywhere, numbers from their beginning."""
        found = Q(party__icontains=words) | Q(words__icontains=words) | Q(serial__startswith=words)
        return rows.filter(found)

    def of_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """Ticked or open."""
        return rows.filter(group__isnull=state == "no")
