"""Forms of unions: founding and closing a union; registering, correcting and organising an employer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from henji.evidence.rules import NotYetHappened
from henji.lib.codelists import CodeList
from henji.lib.credit_code import NotACreditCode
from henji.lib.forms import DayField, HenjiForm, refuse
from henji.lib.reach import Reach
from henji.lib.rebasing import SharedForm
from henji.lib.refusals import Refusal
from henji.unions import codes, queries, recording, records, rules
from henji.unions.models import CLEARS, PROFILE, TOLD, Employer, Level, Office, Union
from henji.unions.records import Item
from henji.unions.rules import told as telling

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_DAY = {"inputmode": "numeric", "placeholder": _("如 2016-07-08")}
#: How a kind of item is typed.
_TYPED: dict[str, dict[str, Any]] = {
    "day": _DAY,
    "yuan": {"inputmode": "decimal"},
    "phone": {"inputmode": "tel"},
}
_CODE = {"autocomplete": "off", "spellcheck": "false", "placeholder": _("18 位，可不填")}
#: Where a refusal stands; the first kind that fits.
_PLACES: tuple[tuple[type[Refusal], str], ...] = (
    (NotACreditCode, "credit_code"),
    (rules.WrongLevel, "level"),
    (rules.ClosedBeforeFounded, "closed_on"),
    (rules.NoName, "name"),
    (telling.PartsExceedWhole, "workers"),
    (telling.CountedInFuture, "counted_on"),
    (telling.NotAUnionCode, "credit_code"),
    (telling.PlanBehind, "plan_on"),
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


def _people(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs=_NUMERIC),
    )


def offer(field: forms.Field, listed: CodeList, held: str) -> None:
    """Offer the codes; also what is held, where that is no code."""
    own = [] if not held or listed.knows(held) else [(held, held)]
    field.choices = [("", _("没有填")), *listed.choices(), *own]  # type: ignore[attr-defined]


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
    industry = forms.ChoiceField(label=_("行业"), required=False)
    unit_type = forms.ChoiceField(label=_("单位类别"), required=False)
    address = forms.CharField(label=_("单位地址"), max_length=100, required=False)
    workers = _people(_("职工数"))
    women = _people(_("女职工数"))
    migrants = _people(_("农民工数"))
    dispatched = _people(_("劳务派遣工数"))
    counted_on = DayField(label=_("人数截至日期"), required=False, help_text=_("上面的人数是哪一天的"))

    def __init__(self, *args: Any, county: Union, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (("industry", codes.INDUSTRY), ("unit_type", codes.UNIT_TYPE)):
            offer(self.fields[name], listed, self.initial.get(name) or "")
        self.fields["township"].queryset = queries.townships_of(county)  # type: ignore[attr-defined]
        self.fields["union"].queryset = queries.primaries_of(county)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What was filled in, as the commands take it."""
        profile = {name: self.cleaned_data[name] for name in PROFILE}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in PROFILE}
        return {**rest, "industry": profile["industry"], "workers": profile["workers"], "profile": profile}


class CorrectEmployerForm(EmployerForm, SharedForm):
    """单位信息更正: as it is said now, to be said otherwise. `seen` is the deed that said it."""

    day = "closed_on"

    closed_on = DayField(label=_("注销日期"), required=False, help_text=_("还在经营的空着"))
    seen = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        told = {field.removesuffix("_id"): getattr(employer, field) for field in TOLD}
        told |= telling.profile_of(employer)
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


class _ItemField(forms.CharField):
    """One item of a record: what was typed as the item reads it; None where nothing was."""

    def __init__(self, item: Item, **options: Any) -> None:
        self._item = item
        widget = forms.TextInput(attrs={"autocomplete": "off", **_TYPED.get(item.kind, {})})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Read, or a refusal in words."""
        text = super().clean(value)
        try:
            return self._item.parse(text) if text else None
        except Refusal as refusal:
            raise forms.ValidationError(refusal.words) from refusal


class _CodeField(forms.ChoiceField):
    """One item of a record that is a code."""

    def __init__(self, item: Item, held: str) -> None:
        super().__init__(required=False)
        if item.codes:
            offer(self, item.codes, held)


class RecordForm(_UnionsForm, SharedForm):
    """组织信息登记: everything that is kept of a union, section by section; `seen` is the record shown.

    A phone is not shown again: left empty, it stays as it is while the same person holds the office.
    """

    day = "approved_on"

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, union: Union, **kwargs: Any) -> None:
        self._held = recording.held_of([union.pk])[union.pk]
        self._holders = {office: self._held.holder(office) for office in Office.values}
        facts = {"union_code": union.credit_code, **self._held.facts}
        super().__init__(*args, initial={**self._shown(facts), "seen": self._seen}, **kwargs)
        for item in records.ITEMS:
            self.fields[item.name] = _field_of(item, facts.get(item.name) or "")
        for office, items in records.OFFICES.items():
            for facet, item in items.items():
                held = self._holders[office].get(facet, "")
                self.fields[item.name] = _field_of(item, held)
                if facet == "phone" and held:
                    self.fields[item.name].help_text = _("现为 %(masked)s，空着就不改") % {
                        "masked": item.shown(held)
                    }

    @property
    def _seen(self) -> int | None:
        return self._held.record.pk if self._held.record else None

    def _shown(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What is held, as it is typed."""
        told: dict[str, Any] = dict(records.written(facts))
        for office, items in records.OFFICES.items():
            held = self._holders[office]
            told |= {items[facet].name: held.get(facet) for facet in records.FACETS if facet != "phone"}
        return told

    @property
    def sections(self) -> list[tuple[Any, Any, list[forms.BoundField]]]:
        """The fields under their headings, and what is said above them."""
        since = _("有就写建立或签订的日期，不知道日期写“是”，没有的空着。")
        facts = [
            (title, since if items == records.INSTITUTIONS else "", [self[item.name] for item in items])
            for title, items in records.SECTIONS
        ]
        offices = [
            (Office(office).label, "", [self[item.name] for item in items.values()])
            for office, items in records.OFFICES.items()
        ]
        return facts + offices

    def told(self) -> dict[str, Any]:
        """What was filled in, as the command takes it."""
        said = self.cleaned_data
        facts = {item.name: said[item.name] for item in records.ITEMS if said[item.name] not in (None, "")}
        facts |= {item.name: "" for item in records.INSTITUTIONS if said[item.name] == ""}
        return {"seen": said["seen"], "facts": facts, "holders": dict(map(self._holder, Office.values))}

    def _holder(self, office: str) -> tuple[str, dict[str, str]]:
        told = {
            facet: self.cleaned_data[item.name]
            for facet, item in records.OFFICES[office].items()
            if self.cleaned_data[item.name]
        }
        was = self._holders[office]
        if told.get("name") and told["name"] == was.get("name"):
            told.setdefault("phone", was.get("phone", ""))
        return office, {facet: words for facet, words in told.items() if words}

    def clean(self) -> dict[str, Any]:
        """An office without a name is held by nobody."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for items in records.OFFICES.values():
            more = any(said.get(items[facet].name) for facet in ("phone", "time", "rank"))
            if more and not said.get(items["name"].name) and items["name"].name not in self.errors:
                self.add_error(items["name"].name, _("请填写姓名"))
        return said


def _field_of(item: Item, held: Any) -> forms.Field:
    field = _CodeField(item, held) if item.codes else _ItemField(item)
    field.label = item.label  # type: ignore[assignment]  # lazy words, as Django takes them
    return field


class ClearsForm(_UnionsForm, SharedForm):
    """四清情况登记: what is asked of an employer with a union, or without; `seen` was shown."""

    day = "plan_on"

    reason = forms.ChoiceField(label=_("未建会原因"), required=False)
    plan = forms.CharField(
        label=_("建会计划"), max_length=200, required=False, help_text=_("谁去做、怎么做，一句话")
    )
    plan_on = DayField(label=_("计划建会日期"), required=False)
    gap_reason = forms.CharField(
        label=_("未入会原因"), max_length=200, required=False, help_text=_("职工都入会了就空着")
    )
    role = forms.ChoiceField(label=_("作用发挥"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        self._held = queries.clears_of(employer)
        told = {name: getattr(self._held, name) for name in CLEARS} if self._held else {}
        super().__init__(*args, initial={**told, "seen": self._held and self._held.pk}, **kwargs)
        offer(self.fields["reason"], codes.NO_UNION_REASON, told.get("reason") or "")
        offer(self.fields["role"], codes.ROLE_PLAYED, told.get("role") or "")
        for name in telling.clears_not_asked(employer):
            del self.fields[name]

    def told(self) -> dict[str, Any]:
        """What was filled in; what was not asked stays as it is."""
        held = {name: getattr(self._held, name) for name in CLEARS} if self._held else {}
        said = {**held, **self.cleaned_data}
        return {"seen": said.pop("seen"), "told": said}


class RevealForm(HenjiForm):
    """查看任职人电话: why."""

    reason = forms.CharField(label=_("用途"), max_length=100)
