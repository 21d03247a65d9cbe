"""表单: how every form in the house is drawn, and the fields that several rooms share."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.utils.translation import gettext_lazy

from henji.lib import clock, dates, identity, money
from henji.lib.refusals import Refusal

_DAY = {"inputmode": "numeric", "autocomplete": "off", "placeholder": gettext_lazy("如 0708 或 2016-07-08")}


class HenjiBoundField(forms.BoundField):
    """A field in its form: its widget wears the class that our style knows."""

    @property
    def unit(self) -> str:
        """What stands behind the box, such as 元."""
        return getattr(self.field, "unit", "")

    @property
    def as_shown(self) -> str:
        """What it holds as the page is shown, hidden, where a template draws the choices by itself."""
        return self.as_hidden(only_initial=True) if self.field.show_hidden_initial else ""

    @property
    def theirs(self) -> Any:
        """What somebody else changed here meanwhile, if anything."""
        return getattr(self.form, "theirs", {}).get(self.name)

    @property
    def is_tick(self) -> bool:
        """Whether it is a single box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, and the class."""
        built = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        return {**built, "class": f"{_style(widget or self.field.widget)} {own}".strip()}


def _style(widget: forms.Widget) -> str:
    match widget:
        case forms.RadioSelect():  # and CheckboxSelectMultiple, which is one
            return "ticks"
        case forms.CheckboxInput():
            return "form-check-input"
        case forms.Select():
            return "form-select"
    return "form-control"


class Renderer(TemplatesSetting):
    """画法: forms are drawn by the components of the shell, their widgets by their makers' templates."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"
    bound_field_class = HenjiBoundField
    widgets = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        """Those of Django and django-filter lie outside ours: `django.forms` is no app of the house."""
        if template_name.startswith("django"):
            return self.widgets.get_template(template_name)
        return super().get_template(template_name)


class HenjiForm(forms.Form):
    """表单: the base of our forms. A field left empty is told by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        name_what_lacks(self.fields.values())


def name_what_lacks(fields: Iterable[forms.Field]) -> None:
    """Fields say what they lack by name; for forms that Django brings, such as those of passwords."""
    for field in fields:
        picks = isinstance(field.widget, forms.Select | forms.RadioSelect | forms.FileInput)
        words = gettext_lazy("请选择%(label)s") if picks else gettext_lazy("请填写%(label)s")
        field.error_messages["required"] = words % {"label": field.label or gettext_lazy("此项")}


def refuse(form: forms.BaseForm, refusal: Refusal, field: str | None = None) -> None:
    """拒绝: put the refusal's words beside the field, or above the form; what was typed stays."""
    form.add_error(field if field in form.fields else None, refusal.words)


class DayField(forms.DateField):
    """日期: takes 2016-07-08, 2016.7.8, 2016年7月8日, 20160708, and 0708 of this year."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs=_DAY))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day; a refusal in words where it is none."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return dates.parse_day(value, year=clock.today().year)
        except Refusal as refusal:
            raise ValidationError(refusal.words) from refusal


class IdentityField(forms.CharField):
    """身份证号: pasted whole, with spaces or a small x, and kept in one form."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("身份证号"))
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The number in its eighteen places."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        try:
            return identity.must_be_valid(text, today=clock.today()).number
        except Refusal as refusal:
            raise ValidationError(refusal.words) from refusal


class YuanFormField(forms.Field):
    """金额: a Decimal of yuan from "50", "1,234.5" or "50元"."""

    unit = gettext_lazy("元")

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; a refusal in words where it is none."""
        if value in self.empty_values:
            return None
        try:
            return money.parse(value)
        except Refusal as refusal:
            raise ValidationError(refusal.words) from refusal
