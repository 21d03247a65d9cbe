"""Forms of the books."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.lib import tags
from henji.lib.forms import DayField, HenjiForm, YuanFormField
from henji.mutual_aid.deeds import FACTS
from henji.unions.models import Employer


class VoucherForm(HenjiForm):
    """记一张凭证."""

    entry = forms.ChoiceField(
        label=_("业务"), choices=list(FACTS["entry"].words), widget=forms.RadioSelect, initial="paid_in"
    )
    employer = forms.ModelChoiceField(
        label=_("缴款单位"),
        queryset=Employer.objects.none(),
        required=False,
        empty_label=_("（不填）"),
        help_text=_("单位缴存、退回单位多缴时要选。"),
    )
    amount_yuan = YuanFormField(label=_("金额"))
    on = DayField(label=_("日期"), help_text=_("银行回单上的日期。"))
    slip = forms.CharField(label=_("附件号"), max_length=40, required=False, help_text=_("银行回单号。"))
    words = forms.CharField(label=_("摘要"), max_length=100, required=False)

    def __init__(self, *args: Any, county: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Employer.objects.filter(county=county).order_by("name")
        cast("forms.ModelChoiceField[Any]", self.fields["employer"]).queryset = employers


class ReverseForm(HenjiForm):
    """冲销凭证."""

    reason = forms.CharField(label=_("冲销原因"), max_length=200)


class CloseForm(HenjiForm):
    """结账."""

    closed_to = forms.TypedChoiceField(label=_("结到哪一天（含当日）"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(day.isoformat(), tags.day(day)) for day in days]
        cast("forms.TypedChoiceField", self.fields["closed_to"]).choices = choices


class WithdrawMatchForm(HenjiForm):
    """撤回勾对."""

    reason = forms.CharField(label=_("撤回原因"), max_length=200)
