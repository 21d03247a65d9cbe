"""Forms of this room."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.accounts.models import User
from henji.assessment import handed_in
from henji.assessment.models import ValueKind
from henji.assessment.reading import LONGEST
from henji.assessment.rules import Blank, Said, TargetKind
from henji.assessment.schema import bare
from henji.assessment.sheets.rows import WorkbookUnsound
from henji.lib.forms import DayField, HenjiForm, name_what_lacks
from henji.lib.refusals import Refusal

_DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
_YES_OR_NO = (("1", gettext_lazy("是")), ("0", gettext_lazy("否")))


class ValueForm(HenjiForm):
    """人工取值表: the fields that the part's rule can mark, from when to when, and why."""

    from_on = DayField(label=gettext_lazy("自"))
    to_on = DayField(
        label=gettext_lazy("至（含当日）"), required=False, help_text=gettext_lazy("不填为长期有效")
    )
    explanation = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("依据是什么、在哪里可以查到"),
    )
    replacing = forms.BooleanField(label=gettext_lazy("取代重叠日期内的旧取值"), required=False)

    def __init__(self, place: Blank, *args: Any, has_values: bool, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"value-{place.address.replace('.', '-')}-%s")
        super().__init__(*args, **kwargs)
        self._kind = place.kind
        self._tallied = _tallied(place)
        self.fields = {**_value_fields(place), **self.fields}
        name_what_lacks(self.fields.values())
        if not has_values:
            del self.fields["replacing"]

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether the value is a yes or a no."""
        return self._kind == ValueKind.FLAG

    def said(self) -> Said:
        """取值, from what was filled in."""
        values = self.cleaned_data
        if self._kind == ValueKind.LEVEL:
            return Said.level(values["value"])
        if self._kind == ValueKind.TALLY:
            return Said.tally({level: values[name] or 0 for name, level in self._tallied.items()})
        return Said(Decimal(values["value"]), values.get("whole"))


def _tallied(place: Blank) -> dict[str, str]:
    """The level that each field counts; the first is called as the single field of other kinds."""
    levels = [level for level, _words in place.choices]
    return {f"value_{number}" if number else "value": level for number, level in enumerate(levels)}


def _value_fields(place: Blank) -> dict[str, forms.Field]:
    match place.kind:
        case ValueKind.FLAG:
            choice = forms.ChoiceField(label=_("取值"), choices=_YES_OR_NO, widget=forms.RadioSelect)
            return {"value": choice}
        case ValueKind.COUNT:
            return {"value": _number(_("数目"))}
        case ValueKind.RATIO:
            return {"value": _number(_("分子")), "whole": _number(_("分母"))}
        case ValueKind.POINTS:
            reach = _("0 到 %(of)s 分，最多两位小数") % {"of": bare(place.of or Decimal(0))}
            return {"value": _number(_("得分"), help_text=reach)}
        case ValueKind.LEVEL:
            rungs = [
                (name, _("%(what)s：%(words)s") % {"what": name, "words": criteria})
                for name, criteria in place.choices
            ]
            choices = [*rungs, ("", _("未入级"))]
            return {
                "value": forms.ChoiceField(
                    label=_("等级"), choices=choices, widget=forms.RadioSelect, required=False
                )
            }
        case ValueKind.TALLY:
            words = dict(place.choices)
            return {name: _whole_number(words[level]) for name, level in _tallied(place).items()}


def _number(label: str, help_text: str = "") -> forms.DecimalField:
    widget = forms.TextInput(attrs=_DECIMAL)
    return forms.DecimalField(label=label, help_text=help_text, max_digits=14, widget=widget)


def _whole_number(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, required=False, widget=widget)


class TargetsForm(HenjiForm):
    """下达任务登记表: a number for each target of the year, and the notice that says so."""

    notice = forms.CharField(
        label=gettext_lazy("任务通知"),
        max_length=100,
        help_text=gettext_lazy("文号或名称，如 石工发〔2016〕12 号"),
    )
    received_on = DayField(label=gettext_lazy("收到日期"))

    def __init__(self, kinds: Iterable[TargetKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = {f"number_{kind.code}": kind.code for kind in kinds}
        numbers = {f"number_{kind.code}": _whole_number(str(kind.name)) for kind in kinds}
        self.fields = {**numbers, **self.fields}
        name_what_lacks(self.fields.values())

    def numbers(self) -> dict[str, int | None]:
        """任务数 by the code of the target; None where nothing was written."""
        return {code: self.cleaned_data[name] for name, code in self._codes.items()}


class AssignForm(HenjiForm):
    """责任分工表: who sees to an item, who stands in, and by which day."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("责任人"), queryset=User.objects.none(), empty_label=gettext_lazy("请选择")
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("协办人"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("不设"),
    )
    due_on = DayField(label=gettext_lazy("期限"), help_text=gettext_lazy("到这一天应当得满分"))

    def __init__(self, *args: Any, staff: "QuerySet[User]", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "assign-%s")
        super().__init__(*args, **kwargs)
        for name in ("person", "deputy"):
            self.fields[name].queryset = staff  # type: ignore[attr-defined]  # both are choices of a model


class SignForm(HenjiForm):
    """签字: what the leader saw and signs; nothing is typed."""

    year = forms.IntegerField(min_value=1900, max_value=2119, widget=forms.HiddenInput)
    as_of = DayField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class StandardFileField(forms.FileField):
    """考核标准文件: YAML or a workbook, as the text of a standard; each wrong cell is told by itself."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("标准文件"))
        options.setdefault("widget", forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> str:
        """The text of the standard; empty where no file was handed in."""
        file = super().clean(data, initial)
        try:
            return handed_in.text_of(file) if file else ""
        except WorkbookUnsound as refusal:
            raise ValidationError([str(fault) for fault in refusal.faults]) from refusal
        except Refusal as refusal:
            raise ValidationError(refusal.words) from refusal


class StandardForm(HenjiForm):
    """上传标准."""

    file = StandardFileField(
        help_text=gettext_lazy("Excel 工作簿或 YAML 文件，用模板填写，改好后换一个版本号")
    )


class DraftForm(HenjiForm):
    """标准草稿: its text; or a file, which then takes the text's place."""

    text = forms.CharField(
        label=gettext_lazy("标准原文"),
        max_length=LONGEST,
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 30, "wrap": "off", "spellcheck": "false", "autocomplete": "off", "class": "code"}
        ),
    )
    file = StandardFileField(
        label=gettext_lazy("或用文件替换"),
        required=False,
        help_text=gettext_lazy("可先下载工作簿，在 Excel 里改好再传回来"),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """With the line ends that we keep."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def said(self) -> str:
        """The text that is to be kept."""
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])


class SeenForm(HenjiForm):
    """看过的草稿: what a button acts on; nothing is typed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RearrangeForm(SeenForm):
    """增删移: what to do with which node of a draft; nothing is typed."""

    do = forms.ChoiceField(choices=[(do, do) for do in ("add", "remove", "up", "down")])
    node = forms.CharField(max_length=40)
    below = forms.ChoiceField(choices=[(name, name) for name in ("items", "parts", "vetoes")], required=False)
