"""Forms of lists, reports, slips and receipts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.lib.forms import DayField, HenjiForm, YuanFormField
from henji.mutual_aid.giving.rules import DAYS, MOST_DAYS


class HandOutForm(HenjiForm):
    """发链接: for how long."""

    days = forms.IntegerField(label=_("有效天数"), initial=DAYS, min_value=1, max_value=MOST_DAYS)


class ReportForm(HenjiForm):
    """填报: what holds for all who are ticked; the rows stand below."""

    given_on = DayField(label=_("捐款日期"))
    each = YuanFormField(label=_("每人金额"), required=False, help_text=_("和别人不一样的，在姓名旁边另填。"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(HenjiForm):
    """原因."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class SlipForm(HenjiForm):
    """缴款登记."""

    paid_yuan = YuanFormField(label=_("金额"))
    paid_on = DayField(label=_("缴款日期"))
    number = forms.CharField(label=_("银行回单号"), max_length=40)


class TargetForm(HenjiForm):
    """目标: the share of the members that is to take part."""

    target = forms.IntegerField(label=_("参加率目标（%）"), min_value=1, max_value=100)
