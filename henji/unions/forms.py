"""Forms of unions: founding and closing a union; registering, correcting and organising an employer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.evidence.rules import NotYetHappened
from henji.lib.credit_code import NotACreditCode
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.unions import queries, rules
from henji.unions.models import TOLD, Employer, Level, Union

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_CODE = {"autocomplete": "off", "spellcheck": "false", "placeholder": _("18 位，可不填")}
#: Where a refusal stands; the first kind that fits.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (NotACreditCode, "credit_code"),
    (rules.WrongLevel, "level"),
    (rules.ClosedBeforeFounded, "closed_on"),
    (rules.NoName, "name"),
    (rules.NameTaken, "name"),
)


class _UnionsForm(HenjiForm):
    #: The day that is asked for.
    day = "founded_on"

    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        day = self.day if isinstance(refusal, NotYetHappened) else None
        refuse(self, refusal, next((place for kind, place in _PLACES if isinstance(refusal, kind)), day))


class UnionForm(_UnionsForm):
    """工会建立."""

    parent = forms.ModelChoiceField(
        label=_("上级工会"), queryset=Union.objects.none(), empty_label=_("请选择")
    )
    level = forms.ChoiceField(
        label=_("层级"),
        choices=[(level.value, level.label) for level in (Level.PRIMARY, Level.TOWNSHIP, Level.SECTOR)],
    )
    name = forms.CharField(label=_("名称"), max_length=100)
    founded_on = DayField(label=_("成立日期"), required=False)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, widget=forms.TextInput(attrs=_CODE)
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.parents_in(reach)  # type: ignore[attr-defined]


class EmployerForm(_UnionsForm):
    """单位登记."""

    name = forms.CharField(label=_("单位名称"), max_length=100)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, widget=forms.TextInput(attrs=_CODE)
    )
    township = forms.ModelChoiceField(
        label=_("所属乡镇"), queryset=Union.objects.none(), required=False, empty_label=_("县直属")
    )
    union = forms.ModelChoiceField(
        label=_("所属工会"), queryset=Union.objects.none(), required=False, empty_label=_("还没有建会")
    )
    industry = forms.CharField(label=_("行业"), max_length=40, required=False)
    workers = forms.IntegerField(
        label=_("职工数"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs=_NUMERIC),
    )

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = queries.townships_of(county)  # type: ignore[attr-defined]
        self.fields["union"].queryset = queries.primaries_of(county)  # type: ignore[attr-defined]


class CorrectEmployerForm(EmployerForm):
    """单位信息更正: as it is said now, to be said otherwise. `seen` is the deed that said it."""

    day = "closed_on"

    closed_on = DayField(label=_("注销日期"), required=False, help_text=_("还在经营的空着"))
    seen = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        told = {field.removesuffix("_id"): getattr(employer, field) for field in TOLD}
        initial = {**told, "seen": employer.made_by_id}
        super().__init__(*args, county=employer.county, initial=initial, **kwargs)
        for name in ("township", "union"):
            # What it has is offered also where it has been closed since.
            offered = self.fields[name].queryset  # type: ignore[attr-defined]
            self.fields[name].queryset = offered | Union.objects.filter(pk=told[name])  # type: ignore[attr-defined]


class OrganiseForm(_UnionsForm):
    """单位建会: it joins a union that stands, or founds its own."""

    day = "organised_on"

    organised_on = DayField(label=_("建会日期"))
    union = forms.ModelChoiceField(
        label=_("加入的工会"),
        queryset=Union.objects.none(),
        required=False,
        empty_label=_("新建本单位工会"),
        help_text=_("加入联合工会的，选联合工会"),
    )
    name = forms.CharField(
        label=_("新建工会的名称"), max_length=100, required=False, help_text=_("空着就用单位名称加“工会”")
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].queryset = queries.primaries_of(employer.county)  # type: ignore[attr-defined]


class CloseForm(_UnionsForm):
    """工会撤销."""

    day = "closed_on"

    closed_on = DayField(label=_("撤销日期"), help_text=_("这一天起不再有这个工会，以前的日子照旧"))


class DayForm(HenjiForm):
    """截至日期: of which day the tree is shown."""

    as_of = DayField(label=_("截至日期"), required=False)
