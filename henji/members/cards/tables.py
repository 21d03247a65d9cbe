"""The lists of cards and batches, and how they are filtered."""

from datetime import date
from typing import Any, cast

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from henji.lib import clock, tags
from henji.lib.doors import Request
from henji.lib.filters import DayFilter
from henji.lib.tables import DayColumn, NumberColumn
from henji.members.cards import queries, rules
from henji.members.cards.models import Card, CardQuerySet, State
from henji.members.models import Membership
from henji.unions import queries as unions

#: 疑问: what is asked of somebody, by code.
DOUBTS = tuple(rules.DOUBTS.items())
#: Filters by which nobody chooses from hundreds; one comes with them from another page.
_FROM_ELSEWHERE = ("employer", "union", "batch", "issued", "activated", "known_at")
#: How a state looks: on its way, well, or asking for something.
LOOKS = {
    State.ACTIVATED: "good",
    State.ISSUED: "good",
    State.REFUSED: "missed",
    State.LOST: "late",
}


class CardFilter(filters.FilterSet):
    """会员卡筛选. All conditions make one question; see `queries.Wanted`."""

    q = filters.CharFilter(label=_("姓名、身份证号、卡号或尾号四位"), widget=forms.SearchInput)
    state = filters.ChoiceFilter(label=_("状态"), choices=State.choices, empty_label=_("全部"))
    township = filters.ModelChoiceFilter(label=_("乡镇"), queryset=None, empty_label=_("全部乡镇"))
    doubt = filters.ChoiceFilter(label=_("疑问"), choices=DOUBTS, empty_label=_("全部"))
    employer = filters.ModelChoiceFilter(label=_("单位"), queryset=None, empty_label=_("全部"))
    union = filters.ModelChoiceFilter(label=_("工会"), queryset=None, empty_label=_("全部"))
    batch = filters.ModelChoiceFilter(label=_("送行批次"), queryset=None, empty_label=_("全部"))
    issued = DayFilter(label=_("已发，截至"))
    activated = DayFilter(label=_("已激活，截至"))
    known_at = filters.IsoDateTimeFilter(label=_("所知时刻"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reach = cast("Request", self.request).reach
        self._county = unions.county_worked_in(self._reach, self.data.get("county", ""))
        self.filters["township"].queryset = unions.townships_in(self._reach)
        self.filters["employer"].queryset = unions.employers_in(self._reach)
        self.filters["union"].queryset = unions.unions_in(self._reach)
        self.filters["batch"].queryset = queries.batches_in(self._reach)
        for name in _FROM_ELSEWHERE:
            if not self.data.get(name):
                del self.filters[name]

    def filter_queryset(self, rows: CardQuerySet) -> CardQuerySet:
        """The cards that answer to all that was chosen."""
        if self._county is None:
            return rows.none()
        chosen = self.form.cleaned_data
        trees = (chosen.get("township"), chosen.get("union"))
        wanted = queries.Wanted(
            county=self._county.pk,
            day=clock.today(),
            words=chosen.get("q") or "",
            state=chosen.get("state") or "",
            doubt=chosen.get("doubt") or "",
            unions=tuple(union for union in trees if union),
            employer=chosen.get("employer"),
            batch=chosen.get("batch"),
            issued=chosen.get("issued"),
            activated=chosen.get("activated"),
            known_at=chosen.get("known_at"),
        )
        return queries.listed(self._reach, wanted)


class CardTable(tables.Table):
    """会员卡名单: numbers by their last four places, on screen and in workbooks."""

    name = tables.Column(
        verbose_name=_("姓名"),
        empty_values=(),
        linkify=lambda record: reverse("members:card", args=[record.line]),
        attrs={"td": {"class": "nowrap"}},
    )
    state = tables.Column(verbose_name=_("状态"))
    unit = tables.Column(verbose_name=_("工作单位"), empty_values=(), orderable=False)
    tail = tables.Column(verbose_name=_("卡号尾号"), orderable=False)
    applied_on = DayColumn(verbose_name=_("申领日期"))
    issued_on = DayColumn(verbose_name=_("发放日期"))
    activated_on = DayColumn(verbose_name=_("激活日期"))
    doubt = tables.Column(verbose_name=_("疑问"), empty_values=(), orderable=False)

    def render_name(self, value: str | None) -> str:
        """The holder's, where the record has not been put into another."""
        return value or str(_("已并入他人的记录"))

    value_name = render_name

    def render_state(self, record: Card) -> SafeString:
        """A pill."""
        told = {
            "state": LOOKS.get(State(record.state), "none"),
            "word": record.get_state_display(),
            "bare": True,
        }
        return render_to_string("components/state.html", told)

    def value_state(self, record: Card) -> str:
        """The word."""
        return record.get_state_display()

    def render_unit(self, record: Card) -> str:
        """The employer of the latest membership."""
        held: list[Membership] = record.person.held  # type: ignore[attr-defined]  # as queries.listed has it
        return (held[0].where if held else "") or tags.NOTHING

    def render_doubt(self, record: Card) -> str:
        """What the check found, or the bank said."""
        return rules.faults_in_words(record.faults) or record.words or tags.NOTHING

    def value_applied_on(self, value: date) -> date:
        """The day."""
        return value

    value_unit = render_unit
    value_doubt = render_doubt
    value_issued_on = value_activated_on = value_applied_on


class BatchTable(tables.Table):
    """送行批次."""

    number = tables.Column(verbose_name=_("批次号"), linkify=("members:card_batch", [tables.A("pk")]))
    template = tables.Column(verbose_name=_("银行模板"), orderable=False)
    formed_on = DayColumn(verbose_name=_("组批日期"))
    held = NumberColumn(verbose_name=_("卡数"), orderable=False)
    waiting = NumberColumn(verbose_name=_("待回盘"), orderable=False)
    refused = NumberColumn(verbose_name=_("银行退回"), orderable=False)

    def render_template(self, value: str) -> str:
        """Its name."""
        return rules.template_name(value)

    value_template = render_template


class BatchFilter(filters.FilterSet):
    """批次筛选."""

    q = filters.CharFilter(
        label=_("批次号"), field_name="number", lookup_expr="startswith", widget=forms.SearchInput
    )
