"""Forms of this room."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment.models import ValueKind
from henji.assessment.reading import LONGEST
from henji.assessment.rules import Blank, Said
from henji.assessment.schema import bare
from henji.lib.forms import DayField, HenjiForm, name_what_lacks

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
        self.fields = {**_value_fields(place), **self.fields}
        name_what_lacks(self.fields.values())
        if not has_values:
            del self.fields["replacing"]

    def said(self) -> Said:
        """取值, from what was filled in."""
        return Said(Decimal(self.cleaned_data["value"]), self.cleaned_data.get("whole"))


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


def _number(label: str, help_text: str = "") -> forms.DecimalField:
    widget = forms.TextInput(attrs=_DECIMAL)
    return forms.DecimalField(label=label, help_text=help_text, max_digits=14, widget=widget)


class SignForm(HenjiForm):
    """签字: what the leader saw and signs; nothing is typed."""

    year = forms.IntegerField(min_value=1900, max_value=2119, widget=forms.HiddenInput)
    as_of = DayField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class StandardForm(HenjiForm):
    """考核标准文件."""

    file = forms.FileField(
        label=gettext_lazy("标准文件"),
        help_text=gettext_lazy("YAML 文件。可下载参考模板，改好并换一个版本号后上传"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> str:
        """The text in the file."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LONGEST * 4:
            raise ValidationError(_("文件过大，考核标准一般不超过几十 KB"))
        try:
            return str(file.read(), "utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(_("文件不是 UTF-8 文本，请另存为 UTF-8 后再上传")) from None
