"""Forms of unions: founding a union, registering an employer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.evidence.rules import NotYetHappened
from henji.lib.credit_code import NotACreditCode
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.reach import Reach
from henji.lib.refusals import Refusal
from henji.unions import queries, rules
from henji.unions.models import Level, Union

_CODE = {"autocomplete": "off", "spellcheck": "false", "placeholder": _("18 位，可不填")}
#: Where a refusal stands; the first kind that fits.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (NotACreditCode, "credit_code"),
    (rules.WrongLevel, "level"),
    (NotYetHappened, "founded_on"),
    (rules.NoName, "name"),
    (rules.NameTaken, "name"),
)


class _UnionsForm(HenjiForm):
    def refuse(self, refusal: Refusal) -> None:
        """Put the refusal where it belongs."""
        refuse(self, refusal, next((place for kind, place in _PLACES if isinstance(refusal, kind)), None))


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
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = queries.townships_of(county)  # type: ignore[attr-defined]
        self.fields["union"].queryset = queries.primaries_of(county)  # type: ignore[attr-defined]
