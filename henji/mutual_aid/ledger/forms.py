"""Forms of the books."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from henji.lib import tags
from henji.lib.forms import DayField, HenjiForm, YuanFormField
from henji.mutual_aid.deeds import FACTS
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.chart import ACCOUNTS, CHART
from henji.mutual_aid.models import Drive
from henji.unions.models import Employer

#: No fund is older.
EARLIEST = 1990


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


class ReportForm(HenjiForm):
    """选一张账表."""

    report = forms.ChoiceField(
        label=_("账表"),
        choices=(
            ("fund", _("资金收支情况表")),
            ("book", _("专户台账")),
            ("handed_up", _("汇总（上解）表")),
            ("bank", _("银行存款余额调节表")),
        ),
    )
    start = DayField(label=_("自"))
    last = DayField(label=_("至（含当日）"))
    account = forms.ChoiceField(label=_("科目（专户台账）"), choices=[(one.code, one.name) for one in CHART])
    unit = forms.ModelChoiceField(
        label=_("单位（专户台账）"),
        queryset=Employer.objects.none(),
        required=False,
        empty_label=_("（全部）"),
    )
    drive = forms.ModelChoiceField(
        label=_("活动（汇总表）"), queryset=Drive.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, county: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Employer.objects.filter(county=county).order_by("name")
        drives = Drive.objects.filter(county=county).order_by("-collects_from", "-id")
        cast("forms.ModelChoiceField[Any]", self.fields["unit"]).queryset = employers
        cast("forms.ModelChoiceField[Any]", self.fields["drive"]).queryset = drives

    def clean(self) -> dict[str, Any]:
        """The days run forwards; an account without units has none; a drive's table needs a drive."""
        told = super().clean() or {}
        start, last = told.get("start"), told.get("last")
        if start and last and last < start:
            self.add_error("last", gettext("截止日期早于开始日期"))
        if start and start.year < EARLIEST:
            self.add_error("start", gettext("日期太早，请核对"))
        if told.get("unit") and not ACCOUNTS[told.get("account", chart.BANK)].by_unit:
            self.add_error("unit", gettext("这个科目不按单位记，请选全部"))
        if told.get("report") == "handed_up" and not told.get("drive"):
            self.add_error("drive", gettext("还没有一日捐活动"))
        return told
