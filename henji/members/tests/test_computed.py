"""What can be computed of a person is not asked."""

from datetime import date

import pytest

from henji.lib import divisions
from henji.members.computed import age_of, computed, is_migrant
from henji.members.tests.rosters import number_of
from henji.unions.models import Employer


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("130123", "河北省正定县"),
        ("110105", "北京市朝阳区"),
        ("130199", "河北省"),
        ("", ""),
        ("99", ""),
        ("abcdef", ""),
    ],
)
def test_a_division_code_names_a_place(code, place):
    assert divisions.place_of(code) == place


@pytest.mark.parametrize(
    ("birth_on", "today", "age"),
    [
        (date(1985, 3, 1), date(2016, 2, 29), 30),
        (date(1985, 3, 1), date(2016, 3, 1), 31),
        (date(1984, 2, 29), date(2016, 2, 28), 31),
    ],
)
def test_an_age_is_of_full_years(birth_on, today, age):
    assert age_of(birth_on, today) == age


def test_a_migrant_worker_is_rural_and_not_on_a_farm():
    factory, farm = Employer(industry="03"), Employer(industry="01")
    assert is_migrant({"hukou": "1"}, factory)
    assert not is_migrant({"hukou": "1"}, farm)
    assert not is_migrant({"hukou": "2"}, factory)
    assert not is_migrant({"hukou": "1"}, None)


def test_the_day_of_birth_is_not_told():
    told = dict(computed({"identity": number_of(1)}, None, today=date(2016, 6, 1)))
    assert "男" in told.values()
    assert not any(number_of(1)[6:14] in words for words in told.values())
    assert list(computed({}, None, today=date(2016, 6, 1))) == []


def test_the_page_shows_what_is_computed(enrol, client_of, officer):
    page = client_of(officer).get(f"/members/{enrol().pk}/").content.decode()
    assert "年龄" in page
