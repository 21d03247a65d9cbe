"""Enrolling one person by hand."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.lib.identity import IdentityCheckDigitWrong
from henji.lib.text import NameLikeFormula
from henji.members import queries, rules
from henji.members.deeds import Deed
from henji.members.models import Person
from henji.members.tests.rosters import number_of


def test_a_person_is_enrolled_and_found_by_the_identity_number(enrol, county):
    person = enrol(phone="13812345678")
    assert queries.find_by_identity(county.pk, [number_of(1), number_of(2)]) == {number_of(1): person.pk}
    card = queries.card(person)
    assert card.known.name == "李会员"
    assert card.opened == {"name": "李会员", "identity": number_of(1), "phone": "13812345678"}


def test_the_trace_names_nobody(enrol):
    person = enrol()
    trace = Trace.objects.of(person).get()
    assert (trace.deed, trace.on, trace.facts) == (Deed.ENROLLED, date(2015, 3, 1), {})


def test_who_has_no_employer_belongs_to_the_county(enrol, county):
    assert queries.card(enrol()).latest.union == county


def test_who_has_an_employer_belongs_to_its_nearest_union(enrol, employ, township):
    assert queries.card(enrol(employer=employ(township=township))).latest.union == township


def test_an_old_number_of_fifteen_places_is_the_same_person(enrol):
    enrol()
    old = number_of(1)[:6] + number_of(1)[8:17]
    with pytest.raises(rules.AlreadyHeld):
        enrol("李会员", identity=old)


def test_the_other_county_is_told_no_more_than_that_the_number_is_held(enrol, neighbour):
    enrol()
    with pytest.raises(rules.HeldElsewhere) as refused:
        enrol(county=neighbour)
    assert "正定" not in refused.value.words
    assert "李" not in refused.value.words


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (
            {"identity": number_of(1)[:17] + ("0" if number_of(1)[17] != "0" else "1")},
            IdentityCheckDigitWrong,
        ),
        ({"name": "=cmd|' /C calc'!A0"}, NameLikeFormula),
        ({"address": "路" * 201}, rules.TooLong),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(enrol, county, wrong, refusal):
    with pytest.raises(refusal):
        enrol(**wrong)
    assert not Person.objects.exists()


def test_another_countys_employer_is_refused(enrol, employ, neighbour):
    with pytest.raises(rules.NotInCounty):
        enrol(employer=employ(county=neighbour))


def test_details_are_kept_in_codes_and_days_and_shown_by_name(enrol):
    told = {
        "ethnicity": "满",
        "politics": "党员",
        "contract_on": "2015.3.1",
        "skill": "很熟练",
        "job": "电工",
    }
    held = queries.card(enrol(details=told))
    assert {name: held.opened[name] for name in told} == {
        "ethnicity": "11",
        "politics": "01",
        "contract_on": "2015-03-01",
        "skill": "很熟练",
        "job": "电工",
    }
    shown = {shown.detail.name: shown.words for shown in held.details}
    assert (shown["ethnicity"], shown["politics"], shown["skill"]) == ("满族", "中共党员", "很熟练")
