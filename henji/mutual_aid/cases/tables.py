"""The lists of aid, and how they are filtered."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from henji.lib import clock, tags
from henji.lib.tables import DayColumn, NumberColumn, YuanColumn
from henji.members.models import Particulars
from henji.mutual_aid.cases.models import (
    AidCaseVersion,
    AidCaseVersionQuerySet,
    Meeting,
    Notice,
    PaymentBatch,
    State,
)

#: What is asked of somebody, by code.
WAITING = (("late", _("已过最迟日期")), ("doubts", _("有疑问未答")), ("objections", _("有异议未答")))
#: How a state looks: done well, come to nothing, or on its way.
LOOKS = {State.PAID: "good", State.RECEIPTED: "good", State.FILED: "good", State.RECOVERING: "missed"}


def look(case: AidCaseVersion, today: Any) -> str:
    """How the application looks on the day."""
    return "late" if case.is_late(today) else LOOKS.get(State(case.state), "none")


class CaseFilter(filters.FilterSet):
    """救助申请筛选."""

    q = filters.CharFilter(method="search", label=_("姓名或申请编号"), widget=forms.SearchInput)
    state = filters.ChoiceFilter(label=_("状态"), choices=State.choices, empty_label=_("全部"))
    waiting = filters.ChoiceFilter(method="wait", label=_("等着办的"), choices=WAITING, empty_label=_("全部"))

    class Meta:
        model = AidCaseVersion
        fields = ("q", "state", "waiting")

    def search(self, rows: AidCaseVersionQuerySet, _name: str, words: str) -> AidCaseVersionQuerySet:
        """Names from their beginning, and numbers."""
        called = Particulars.objects.known().named(words).values("person")
        return rows.filter(Q(case__person__in=called) | Q(case__number__icontains=words))

    def wait(self, rows: AidCaseVersionQuerySet, _name: str, code: str) -> AidCaseVersionQuerySet:
        """What is late, or waits for an answer."""
        held = {
            "late": Q(due_on__lt=clock.today()),
            "doubts": Q(open_doubts__gt=0),
            "objections": Q(open_objections__gt=0),
        }
        return rows.filter(held[code])


class CaseTable(tables.Table):
    """救助申请."""

    number = tables.Column(
        accessor="case__number",
        linkify=lambda record: reverse("mutual_aid:case", args=[record.case_id]),
        verbose_name=_("申请编号"),
        attrs={"td": {"class": "nowrap"}},
    )
    member_name = tables.Column(orderable=False, verbose_name=_("申请人"), attrs={"td": {"class": "nowrap"}})
    category_name = tables.Column(verbose_name=_("类别"))
    state = tables.Column(verbose_name=_("状态"))
    amount = YuanColumn(accessor="proposed_yuan", verbose_name=_("金额"))
    applied_on = DayColumn(verbose_name=_("申请日期"))
    due_on = DayColumn(verbose_name=_("下一步最迟"))

    class Meta:
        model = AidCaseVersion
        fields = ("number", "member_name", "category_name", "state", "amount", "applied_on", "due_on")
        order_by = ("-applied_on",)

    def render_amount(self, record: AidCaseVersion) -> str:
        """What was granted, else what is proposed."""
        return tags.yuan(record.approved_yuan or record.proposed_yuan)

    def value_amount(self, record: AidCaseVersion) -> Any:
        """As a number."""
        return record.approved_yuan or record.proposed_yuan

    def render_state(self, record: AidCaseVersion) -> str:
        """Where it stands, and whether somebody waits for an answer."""
        words = str(record.get_state_display())
        asked = record.open_doubts + record.open_objections
        return gettext("%(state)s，%(n)s 项待答") % {"state": words, "n": asked} if asked else words

    value_state = render_state


class NoticeTable(tables.Table):
    """公示."""

    number = tables.Column(linkify=("mutual_aid:notice", [tables.A("pk")]), verbose_name=_("公示编号"))
    starts_on = DayColumn(verbose_name=_("开始"))
    ends_on = DayColumn(verbose_name=_("截止"))
    number_of_cases = NumberColumn(verbose_name=_("件数"), orderable=False)

    class Meta:
        model = Notice
        fields = ("number", "starts_on", "ends_on", "number_of_cases")
        order_by = ("-starts_on",)


class MeetingTable(tables.Table):
    """常务会议."""

    name = tables.Column(linkify=("mutual_aid:meeting", [tables.A("pk")]), verbose_name=_("会议"))
    held_on = DayColumn(verbose_name=_("日期"))
    minutes = tables.Column(verbose_name=_("会议纪要"), orderable=False)

    class Meta:
        model = Meeting
        fields = ("name", "held_on", "minutes")
        order_by = ("-held_on",)


class BatchTable(tables.Table):
    """支付批次."""

    number = tables.Column(linkify=("mutual_aid:payment_batch", [tables.A("pk")]), verbose_name=_("批次号"))
    formed_on = DayColumn(verbose_name=_("组批"))
    sent_on = DayColumn(verbose_name=_("送银行"))
    cancelled_on = DayColumn(verbose_name=_("撤批"))
    number_of_orders = NumberColumn(verbose_name=_("笔数"), orderable=False)

    class Meta:
        model = PaymentBatch
        fields = ("number", "formed_on", "sent_on", "cancelled_on", "number_of_orders")
        order_by = ("-formed_on",)
