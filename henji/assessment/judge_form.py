"""评分的表单: what an inspector gives to each item, and the day of acceptance."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.assessment import rules
from henji.assessment.cards import ItemScore
from henji.assessment.schema import Veto
from henji.assessment.verdicts import Docket, Finding, Given
from henji.lib.forms import DayField, HenjiForm, name_what_lacks, refuse
from henji.lib.refusals import Refusal


class AcceptanceForm(HenjiForm):
    """验收日设定: the day on which the superior accepts the year."""

    accepts_on = DayField(
        label=gettext_lazy("验收日"), help_text=gettext_lazy("上级来验收的那一天；还没有定的，先按年底")
    )


class JudgeForm(HenjiForm):
    """上级评分表: points for each item, whether each veto holds, and why, where the county says otherwise."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, docket: Docket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._docket = docket
        for item in docket.card.items:
            self.fields[f"points_{item.code}"] = _points(item)
            self.fields[f"reason_{item.code}"] = _reason(item.name)
        for score in docket.card.vetoes:
            label = _("%(name)s已发生") % {"name": score.veto.name}
            self.fields[f"holds_{score.veto.code}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"reason_{score.veto.code}"] = _reason(score.veto.name)
        name_what_lacks(self.fields.values())

    @property
    def item_lines(self) -> list[tuple[ItemScore, Decimal, forms.BoundField, forms.BoundField]]:
        """Each item, the county's own points, the fields for what is given and why."""
        return [
            (item, self._docket.own.points[item.code], *self._fields_of("points", item.code))
            for item in self._docket.card.items
        ]

    @property
    def veto_lines(self) -> list[tuple[Veto, bool, forms.BoundField, forms.BoundField]]:
        """Each veto, whether the county says that it holds, the fields for what is found and why."""
        return [
            (
                score.veto,
                score.veto.code in self._docket.own.vetoes,
                *self._fields_of("holds", score.veto.code),
            )
            for score in self._docket.card.vetoes
        ]

    def _fields_of(self, what: str, code: str) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"{what}_{code}"], self[f"reason_{code}"]

    @property
    def given(self) -> dict[str, Given]:
        """给分 by the item's code, as far as it could be read."""
        said, codes = self.cleaned_data, [item.code for item in self._docket.card.items]
        return {
            code: Given(said[f"points_{code}"], said.get(f"reason_{code}", ""))
            for code in codes
            if f"points_{code}" in said
        }

    @property
    def found(self) -> dict[str, Finding]:
        """否决认定 by the veto's code."""
        said, codes = self.cleaned_data, [score.veto.code for score in self._docket.card.vetoes]
        return {code: Finding(said[f"holds_{code}"], said.get(f"reason_{code}", "")) for code in codes}

    def clean(self) -> None:
        """Judge each line by itself, so that all refusals are seen at once."""
        given, found = self.given, self.found
        for item, own, points, reason in self.item_lines:
            if item.code in given:
                with self._refusing(points.name, reason.name):
                    rules.must_give(given[item.code], of=item.of, own=own, name=item.name)
        for veto, holds, field, reason in self.veto_lines:
            with self._refusing(field.name, reason.name):
                rules.must_find(found[veto.code], own=holds, name=veto.name)

    @contextmanager
    def _refusing(self, field: str, reason: str) -> Iterator[None]:
        try:
            yield
        except rules.DifferenceUnexplained as refusal:
            refuse(self, refusal, reason)
        except Refusal as refusal:
            refuse(self, refusal, field)


def _points(item: ItemScore) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("%(name)s给分") % {"name": item.name},
        max_digits=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _reason(name: str) -> forms.CharField:
    return forms.CharField(
        label=_("%(name)s的理由") % {"name": name},
        max_length=rules.LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
