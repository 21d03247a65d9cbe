"""Forms: what people type is understood, and what is refused is said beside its field."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from henji.lib.forms import DayField, HenjiForm, IdentityField, YuanFormField, refuse
from henji.lib.refusals import Refusal


class VisitForm(HenjiForm):
    employer = forms.CharField(label="走访企业")
    kind = forms.ChoiceField(label="事由", choices=[("", "请选择"), ("a", "建会")])
    on = DayField(label="走访日期", help_text="可只写月日。")
    number = IdentityField(required=False)
    amount = YuanFormField(label="金额", required=False)
    group = forms.ChoiceField(
        label="工作组", required=False, widget=forms.RadioSelect, choices=[("1", "第一组")]
    )
    agree = forms.BooleanField(label="写入日志", required=False)


GOOD = {"employer": "恒安纺织", "kind": "a", "on": "2016.7.8"}


@pytest.mark.parametrize("typed", ["2016-07-08", "2016.7.8", "2016年7月8日", "20160708", " 2016-7-8 "])
def test_a_day_is_understood_as_people_type_it(typed):
    form = VisitForm(GOOD | {"on": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2016, 7, 8)


def test_a_day_without_a_year_is_of_this_year():
    form = VisitForm(GOOD | {"on": "0708"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(timezone.localdate().year, 7, 8)


def test_a_day_that_is_none_is_refused_in_words_and_stays_typed():
    form = VisitForm(GOOD | {"on": "2016-02-30"})
    assert form.errors["on"] == ["没有这一天，请核对月份和日子"]
    assert 'value="2016-02-30"' in str(form["on"])


def test_an_identity_number_is_pasted_with_spaces_and_kept_without():
    form = VisitForm(GOOD | {"number": " 110101 19900307 109x "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == "11010119900307109X"


def test_an_identity_number_with_a_slip_is_refused():
    assert "身份证号校验位不符" in VisitForm(GOOD | {"number": "130123198001010011"}).errors["number"][0]


@pytest.mark.parametrize("typed", ["1234.5", "1,234.50", "¥1234.50", "1234.5元"])
def test_an_amount_is_understood_as_people_type_it(typed):
    form = VisitForm(GOOD | {"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal("1234.50")


def test_an_amount_that_is_none_is_refused_in_words():
    assert "amount" in VisitForm(GOOD | {"amount": "五十"}).errors


def test_what_lacks_is_told_by_its_name():
    errors = VisitForm({}).errors
    assert errors["employer"] == ["请填写走访企业"]
    assert errors["kind"] == ["请选择事由"]
    assert "number" not in errors


class AlreadyVisited(Refusal):
    pass


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost():
    form = VisitForm(GOOD)
    assert form.is_valid()
    refuse(form, AlreadyVisited("这家企业昨天走访过"), "employer")
    html = form.render()
    assert 'value="恒安纺织"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_employer_error"' in html
    assert 'id="id_employer_error"' in html


def test_a_refusal_of_no_field_of_the_form_stands_above_it():
    form = VisitForm(GOOD)
    form.is_valid()
    refuse(form, AlreadyVisited("这家企业昨天走访过"), "elsewhere")
    assert form.non_field_errors() == ["这家企业昨天走访过"]
    assert 'role="alert"' in form.render()


def test_every_field_has_a_label_and_its_help_is_tied_to_it():
    html = VisitForm().render()
    for name in ("employer", "kind", "on", "number", "amount", "agree"):
        assert f'<label for="id_{name}">' in html
    assert "<legend>工作组</legend>" in html
    assert 'aria-describedby="id_on_helptext"' in html
    assert 'id="id_on_helptext"' in html


def test_widgets_wear_the_classes_of_the_style():
    form = VisitForm()
    assert 'class="form-control"' in str(form["employer"])
    assert 'class="form-select"' in str(form["kind"])
    assert 'class="form-check-input"' in str(form["agree"])
    assert 'inputmode="decimal"' in str(form["amount"])
