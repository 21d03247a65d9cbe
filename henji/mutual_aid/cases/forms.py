"""Forms about aid."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from henji.evidence.papers import Paper
from henji.evidence.rules import FileEmpty, FileOfOtherKind, FileTooLarge
from henji.lib import clock
from henji.lib.forms import DayField, HenjiForm, IdentityField, YuanFormField, refuse
from henji.lib.refusals import Refusal
from henji.mutual_aid import rules as fund
from henji.mutual_aid.cases import banks, rules
from henji.mutual_aid.cases.claims import Claim
from henji.mutual_aid.cases.commands import Choice, Decision
from henji.mutual_aid.cases.models import AidCaseVersion, PaymentBatch, Relation, Slot
from henji.unions.models import Union
from henji.work.forms import ParamsForm

#: Where a refusal stands; the first kind that fits and whose field the form has.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (fund.NoSuchMember, "applicant"),
    (rules.CategoryUnknown, "category"),
    (rules.BadCosts, "insured_yuan"),
    (rules.NotAnAccount, "card"),
    (rules.OutOfOrder, "on"),
    (rules.InFuture, "on"),
    (rules.NoticeTooShort, "ends_on"),
    (rules.NothingSaid, "words"),
    (rules.NothingSaid, "phone"),
    (rules.BadGrant, "proposed_yuan"),
    (rules.BadGrant, "amount_yuan"),
    (rules.TooMuchBack, "amount_yuan"),
    (banks.TemplateUnknown, "template"),
    (FileEmpty, "attached"),
    (FileOfOtherKind, "attached"),
    (FileTooLarge, "attached"),
)


def _said(label: Any, **more: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **more)


class AidForm(HenjiForm):
    """救助表单: puts refusals beside the field."""

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        found = (place for kind, place in _PLACES if isinstance(refusal, kind) and place in self.fields)
        refuse(self, refusal, next(found, None))


class StepForm(AidForm):
    """一步: about an application as it was seen, on a day."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("日期"))


class SayForm(StepForm):
    """一步并说明."""

    words = _said(_("说明"))
    field_order = ("version", "words", "on")


class VisitForm(StepForm):
    """入户审核."""

    words = _said(_("入户看到的情况"), help_text=_("家庭、病情、费用与申请是否一致；这里的内容加密保存"))
    proposed_yuan = YuanFormField(label=_("拟救助金额"))
    field_order = ("version", "words", "proposed_yuan", "on")


class ObjectionForm(StepForm):
    """公示异议."""

    words = _said(_("异议内容"))
    who = forms.CharField(
        label=_("提出人和联系方式"), max_length=100, required=False, help_text=_("匿名提出的不填。")
    )
    field_order = ("version", "words", "who", "on")


class ObjectionAnswerForm(StepForm):
    """答复异议."""

    upheld = forms.ChoiceField(
        label=_("查实的结果"),
        choices=[("no", _("异议不成立，继续办理")), ("yes", _("异议成立，退回补正"))],
        widget=forms.RadioSelect,
    )
    words = _said(_("怎样查实的"))
    field_order = ("version", "upheld", "words", "on")


class CityForm(StepForm):
    """市总审批."""

    granted = forms.ChoiceField(
        label=_("市总的决定"), choices=[("yes", _("同意")), ("no", _("不同意"))], widget=forms.RadioSelect
    )
    amount_yuan = YuanFormField(label=_("批准金额"), required=False)
    words = _said(_("不同意的原因"), required=False)
    field_order = ("version", "granted", "amount_yuan", "words", "on")


class RecoveryForm(StepForm):
    """追回入账."""

    amount_yuan = YuanFormField(label=_("这次追回的金额"))
    field_order = ("version", "amount_yuan", "on")


class AnswerForm(AidForm):
    """答复核查疑问."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = _said(_("怎样核实的"))


class ClaimForm(AidForm):
    """救助申请, in three steps: what for, how much, to which account."""

    applicant = IdentityField(label=_("申请人身份证号"), help_text=_("申请人须是本县会员。"))
    category = forms.ChoiceField(label=_("救助类别"))
    relation = forms.ChoiceField(label=_("患者是申请人的"), choices=Relation.choices)
    patient = forms.CharField(label=_("患者姓名"), max_length=50)
    identity = IdentityField(label=_("患者身份证号"))
    disease = forms.CharField(
        label=_("病种或情形"), max_length=100, help_text=_("照诊断证明写；意外、灾害写发生了什么。")
    )
    event_on = DayField(label=_("首次确诊或发生的日期"))
    hospital = forms.CharField(label=_("医院"), max_length=100, required=False)
    costs_yuan = YuanFormField(label=_("总费用或损失"))
    insured_yuan = YuanFormField(label=_("医保等已报销"), required=False, help_text=_("没有就不填。"))
    income = YuanFormField(label=_("申请人月收入"), required=False)
    reason = _said(_("申请原因"), required=False)
    holder = forms.CharField(label=_("收款户名"), max_length=50)
    card = forms.CharField(
        label=_("收款账号"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bank = forms.CharField(label=_("开户行"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("联系电话"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    on = DayField(label=_("申请日期"))

    #: One screen of a phone each.
    STEPS = (
        (_("谁，因为什么"), ("applicant", "category", "relation", "patient", "identity", "disease")),
        (_("费用"), ("event_on", "hospital", "costs_yuan", "insured_yuan", "income", "reason")),
        (_("收款和联系"), ("holder", "card", "bank", "phone", "on")),
    )

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["category"]).choices = [("", _("请选择")), *categories]
        if self.initial.get("version"):
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
            del self.fields["applicant"]

    @property
    def steps(self) -> list[tuple[Any, list[Any]]]:
        """The fields of each screen."""
        return [(name, [self[one] for one in fields if one in self.fields]) for name, fields in self.STEPS]

    @property
    def claim(self) -> Claim:
        """What was told."""
        told = self.cleaned_data
        words = ("patient", "identity", "disease", "hospital", "reason", "holder", "card", "bank", "phone")
        return Claim(
            category=told["category"],
            relation=told["relation"],
            event_on=told["event_on"],
            costs_yuan=told["costs_yuan"],
            insured_yuan=told["insured_yuan"] or Decimal(0),
            income=str(told["income"] or ""),
            **{name: told[name] for name in words},
        )


class PapersForm(AidForm):
    """交材料: which paper, and its files; photographs from a phone will do."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    slot = forms.ChoiceField(label=_("是什么材料"), choices=Slot.choices)
    attached = forms.FileField(
        label=_("文件"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.heic,.ofd"}),
        help_text=_("照片或 PDF，一次一个；手机可以直接拍。"),
    )


class ChosenForm(AidForm):
    """选申请: applications ticked off in a list, each as it was seen."""

    cases = forms.TypedMultipleChoiceField(
        label=_("救助申请"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: Iterable[AidCaseVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {case.pk: case for case in rows}
        field = cast("forms.TypedMultipleChoiceField", self.fields["cases"])
        field.choices = [(pk, case.case.number) for pk, case in self.rows.items()]
        field.error_messages["invalid_choice"] = _("有的申请刚被别人办过，请看过新的内容再选")

    @property
    def ticked(self) -> set[str]:
        """The ids that are ticked; all of them where nothing was sent."""
        sent = cast("QueryDict", self.data)
        return set(sent.getlist("cases")) if self.is_bound else {str(pk) for pk in self.rows}

    @property
    def chosen(self) -> list[AidCaseVersion]:
        """The applications that were ticked."""
        return [self.rows[pk] for pk in self.cleaned_data["cases"]]


class PostForm(ChosenForm):
    """公示."""

    starts_on = DayField(label=_("公示开始"))
    ends_on = DayField(label=_("公示截止（含当日）"), help_text=_("不少于办法规定的工作日，法定节假日不算。"))
    phone = forms.CharField(label=_("监督电话"), max_length=40)


class BatchForm(ChosenForm):
    """组批."""

    template = forms.ChoiceField(label=_("银行模板"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.name) for one in banks.templates().values()]
        cast("forms.ChoiceField", self.fields["template"]).choices = choices


class CancelForm(AidForm):
    """撤批."""

    words = _said(_("原因"), help_text=_("先向银行确认没有付出，也不会再付。"))


class MeetingForm(AidForm):
    """常务会议: one decision for each application."""

    name = forms.CharField(label=_("会议"), max_length=60, help_text=_("如：2016 年第 3 次常务会议"))
    held_on = DayField(label=_("会议日期"))
    minutes = forms.ModelChoiceField(
        label=_("会议纪要"),
        queryset=Paper.objects.none(),
        required=False,
        empty_label=_("（还没有存档，之后再补）"),
    )

    CHOICES = (
        ("", _("这次不议")),
        (Choice.GRANT.value, _("同意")),
        (Choice.RETURN.value, _("退回补正")),
        (Choice.REFUSE.value, _("不予救助")),
    )

    def __init__(self, *args: Any, rows: Iterable[AidCaseVersion], county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Paper.objects.filter(county=county.pk, kind="minutes").current().newest_first()
        cast("forms.ModelChoiceField[Paper]", self.fields["minutes"]).queryset = held
        self.rows = list(rows)
        for case in self.rows:
            amount = YuanFormField(label=_("金额"), required=False, initial=case.proposed_yuan)
            words = forms.CharField(label=_("退回或不予的原因"), max_length=200, required=False)
            choice = forms.ChoiceField(label=_("决定"), choices=self.CHOICES, required=False)
            self.fields |= {
                f"choice_{case.pk}": choice,
                f"amount_{case.pk}": amount,
                f"words_{case.pk}": words,
            }

    def clean(self) -> dict[str, Any]:
        """Whatever was decided must be there to be decided."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {name for name, value in self.data.items() if name.startswith("choice_") and value}
        if asked - set(self.fields):
            self.add_error(None, _("有的申请刚被别人办过，请看过新的内容再定"))
        return values

    @property
    def head(self) -> list[Any]:
        """The fields of the meeting itself."""
        return [self[name] for name in ("name", "held_on", "minutes")]

    @property
    def lines(self) -> list[tuple[AidCaseVersion, Any, Any, Any]]:
        """Each application, with its fields."""
        names = ("choice", "amount", "words")
        return [(case, *(self[f"{name}_{case.pk}"] for name in names)) for case in self.rows]  # type: ignore[misc]

    @property
    def decisions(self) -> list[Decision]:
        """What was decided."""
        told = self.cleaned_data
        return [
            Decision(
                case,
                Choice(told[f"choice_{case.pk}"]),
                told[f"amount_{case.pk}"],
                told[f"words_{case.pk}"],
            )
            for case in self.rows
            if told[f"choice_{case.pk}"]
        ]


class ReturnsForm(ParamsForm):
    """回盘: which batch the bank answers, and when it paid."""

    batch = forms.ModelChoiceField(label=_("支付批次"), queryset=PaymentBatch.objects.none())
    on = DayField(label=_("支付日期"))

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = PaymentBatch.objects.filter(county=county, sent_on__isnull=False).order_by("-pk")
        self.fields["batch"].queryset = held  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today()

    def as_params(self) -> dict[str, object]:
        """Ids and days."""
        return {"batch": self.cleaned_data["batch"].pk, "on": self.cleaned_data["on"].isoformat()}
