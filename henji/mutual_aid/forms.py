"""Forms of mutual aid."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from henji.lib import money
from henji.lib.forms import DayField, HenjiForm, IdentityField, YuanFormField
from henji.lib.rebasing import SharedForm
from henji.mutual_aid import queries
from henji.mutual_aid.models import Drive
from henji.mutual_aid.queries import Candidate
from henji.unions.models import Employer, Union
from henji.work.forms import ParamsForm


class BookForm(ParamsForm):
    """捐款名册: to which drive it belongs, and whose the lines are that name no unit."""

    drive = forms.ModelChoiceField(
        label=_("哪一次一日捐"),
        queryset=Drive.objects.none(),
        empty_label=None,
        help_text=_("没有要选的活动时，请先在“一日捐”里设立。"),
    )
    employer = forms.ModelChoiceField(
        label=_("没写单位的行算哪个单位"),
        queryset=Employer.objects.none(),
        required=False,
        empty_label=_("（不指定）"),
        help_text=_("一个单位自己的名册，表里常常不写单位，在这里选一次。"),
    )

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["drive"], queries.drives_of([county.pk]))
        _offer(self.fields["employer"], Employer.objects.filter(county=county).order_by("name"))

    def as_params(self) -> dict[str, object]:
        """Ids."""
        employer = self.cleaned_data["employer"]
        return {"drive": self.cleaned_data["drive"].pk, "employer": employer and employer.pk}


def _offer(field: forms.Field, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", field).queryset = rows


class SeenForm(SharedForm):
    """所见版本: a form about a record; it says which version its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TermsForm(HenjiForm):
    """活动安排."""

    name = forms.CharField(label=_("名称"), max_length=60)
    collects_from = DayField(label=_("募集开始"))
    collects_to = DayField(label=_("募集截止（含当日）"))
    aid_from = DayField(label=_("救助期开始"))
    aid_to = DayField(label=_("救助期截止（含当日）"), help_text=_("募集期和救助期可以不在同一年。"))
    counted_on = DayField(
        label=_("会员数统计日"),
        required=False,
        help_text=_("参加率的分母取这一天的会员数；不填就是募集截止日。"),
    )


class DriveForm(TermsForm):
    """设立活动."""

    code = forms.CharField(
        label=_("代号"), max_length=20, help_text=_("简短好认，如 2016；导入时用它指明活动。")
    )
    field_order = ("name", "code")


class CorrectDriveForm(TermsForm, SeenForm):
    """更正活动."""

    reason = forms.CharField(label=_("更正原因"), max_length=200)
    field_order = ("version", *TermsForm.base_fields)


class DonationForm(HenjiForm):
    """登记一笔捐款."""

    drive = forms.ModelChoiceField(label=_("活动"), queryset=Drive.objects.none(), empty_label=None)
    identity = IdentityField(label=_("会员身份证号"), required=False, help_text=_("集体捐款不填。"))
    employer = forms.ModelChoiceField(
        label=_("缴款单位"), queryset=Employer.objects.none(), required=False, empty_label=_("（不填）")
    )
    amount_yuan = YuanFormField(label=_("金额"))
    given_on = DayField(label=_("捐款日期"))
    receipt = forms.CharField(label=_("收据号"), max_length=40, required=False)

    def __init__(self, *args: Any, county: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["drive"], queries.drives_of([county]))
        _offer(self.fields["employer"], Employer.objects.filter(county=county).order_by("name"))


class CorrectDonationForm(SeenForm):
    """更正一笔捐款."""

    amount_yuan = YuanFormField(label=_("金额"))
    given_on = DayField(label=_("捐款日期"))
    receipt = forms.CharField(label=_("收据号"), max_length=40, required=False)
    reason = forms.CharField(label=_("更正原因"), max_length=200)


class WithdrawForm(SeenForm):
    """作废登记: of a gift, a payment or a subsidy."""

    reason = forms.CharField(label=_("作废原因"), max_length=200)


class DonorForm(SeenForm):
    """确认捐款人: one of the members of that name, another by number, or nobody who is a member."""

    NOT_A_MEMBER = "other"

    person = forms.ChoiceField(label=_("是谁"), required=False, widget=forms.RadioSelect)
    identity = IdentityField(label=_("或填身份证号"), required=False)

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(candidate.person), _described(candidate)) for candidate in candidates]
        choices.append((self.NOT_A_MEMBER, gettext("不是本县会员（钱照计，不计人数）")))
        cast("forms.ChoiceField", self.fields["person"]).choices = choices


def _described(candidate: Candidate) -> str:
    if not candidate.given_yuan:
        return candidate.place
    given = money.show(candidate.given_yuan)
    return gettext("%(place)s（本活动已登记 %(given)s）") % {"place": candidate.place, "given": given}


class AidForm(HenjiForm):
    """登记一笔救助金支付."""

    identity = IdentityField(label=_("受助会员身份证号"))
    category = forms.CharField(
        label=_("救助类别"), max_length=40, help_text=_("如：本人大病、意外、子女就学。")
    )
    paid_yuan = YuanFormField(label=_("金额"))
    paid_on = DayField(label=_("支付日期"))
    voucher = forms.CharField(label=_("凭证号"), max_length=40)


class CorrectAidForm(SeenForm):
    """更正一笔救助金支付."""

    category = forms.CharField(label=_("救助类别"), max_length=40)
    paid_yuan = YuanFormField(label=_("金额"))
    paid_on = DayField(label=_("支付日期"))
    voucher = forms.CharField(label=_("凭证号"), max_length=40)
    reason = forms.CharField(label=_("更正原因"), max_length=200)


class SubsidyForm(HenjiForm):
    """登记工会补贴."""

    granted_yuan = YuanFormField(label=_("金额"))
    granted_on = DayField(label=_("拨入日期"))
    voucher = forms.CharField(label=_("凭证号"), max_length=40)


class CorrectSubsidyForm(SubsidyForm, SeenForm):
    """更正一笔工会补贴."""

    reason = forms.CharField(label=_("更正原因"), max_length=200)
