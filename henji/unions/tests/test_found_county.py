"""Founding a county's federation."""

import pytest
from django.db import IntegrityError, transaction

from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.unions import queries, rules
from henji.unions.commands import found_county
from henji.unions.models import Level, Union, path_of


@pytest.fixture
def found(db, at):
    """Found a county."""
    return lambda code="130123", name="正定县总工会": found_county(code=code, name=name, by=INSTALLER, at=at)


def test_a_county_is_founded_below_its_city_and_its_province(found):
    county = found()
    assert [(union.level, union.code) for union in Union.objects.in_tree_order()] == [
        (Level.PROVINCE, "130000"),
        (Level.CITY, "130100"),
        (Level.COUNTY, "130123"),
    ]
    assert county.county == county == Union.objects.get(pk=county.pk).county
    assert county.parent.county is None


def test_paths_lead_from_the_province_down(found):
    county = found()
    city, province = county.parent, county.parent.parent
    assert county.path == path_of(None, province.pk) + path_of(None, city.pk) + path_of(None, county.pk)
    assert set(Union.objects.below(city.path)) == {city, county}


def test_the_second_county_of_a_city_finds_its_superiors_there(found):
    first, second = found(), found("130121", "井陉县总工会")
    assert first.parent == second.parent
    assert Union.objects.count() == 4


def test_a_county_of_another_city_of_the_province_shares_the_province(found):
    first, second = found(), found("130227", "迁西县总工会")
    assert first.parent != second.parent
    assert first.parent.parent == second.parent.parent


def test_the_first_deed_is_signed_by_the_installer(found, at):
    county = found()
    trace = Trace.objects.of(county).get()
    assert (trace.deed, trace.by_id, trace.by_name) == ("unions.county_founded", 0, "安装程序")
    assert (trace.county, trace.at, trace.facts) == (county.pk, at, {"code": "130123"})
    assert set(Union.objects.values_list("made_by", flat=True)) == {trace.pk}


def test_names_are_tidied(found):
    assert found(name=" 正定县　总工会\u200b ").name == "正定县总工会"


@pytest.mark.parametrize(
    "code", ["", "13012", "1301234", "130100", "130000", "030123", "13O123", " 130123", "130123\n"]
)
def test_what_is_no_countys_code_is_refused(found, code):
    with pytest.raises(rules.NotACountyCode):
        found(code)
    assert not Union.objects.exists()


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "|x", "长" * 101]
)
def test_what_is_no_name_is_refused(found, name):
    with pytest.raises(rules.NoName):
        found(name=name)
    assert not Union.objects.exists()


def test_a_county_is_founded_once(found):
    found()
    with pytest.raises(rules.AlreadyFounded, match="正定县总工会"):
        found(name="又一个总工会")
    assert Trace.objects.count() == 1


def test_the_database_itself_knows_a_county_only_once(found):
    county = found()
    copy = {"level": "county", "code": county.code, "name": "x", "path": "x", "made_by": county.made_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Union.objects.create(**copy)


def test_the_installation_knows_whether_it_was_founded(found):
    assert not queries.any_county()
    assert queries.county_of("130123") is None
    county = found()
    assert queries.any_county()
    assert queries.county_of("130123") == county
    assert queries.county_of("130100") is None
