"""Founding a union below another one."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.evidence.rules import NotYetHappened
from henji.lib.credit_code import NotACreditCode
from henji.unions import rules
from henji.unions.commands import found_union
from henji.unions.models import Level, Union

CODE = "81130123MC0000001H"


@pytest.fixture
def found(county, officer, actor, at):
    """王干事 founds a union."""

    def found(**more):
        given = {"parent": county, "level": Level.TOWNSHIP, "name": "新安镇总工会"}
        return found_union(by=actor(officer), at=at, **given | more)

    return found


def test_a_union_lies_below_its_parent_in_the_county(found, county):
    township = found()
    primary = found(parent=township, level=Level.PRIMARY, name="常山纺织工会")
    assert (primary.parent, primary.county, primary.level) == (township, county, Level.PRIMARY)
    assert primary.path.startswith(township.path)
    assert list(Union.objects.below(township.path).in_tree_order()) == [township, primary]


def test_the_trace_tells_the_day_of_founding(found, at):
    told, untold = found(founded_on=date(1998, 5, 1)), found(name="正定镇总工会")
    assert Trace.objects.of(told).get().on == date(1998, 5, 1)
    assert Trace.objects.of(untold).get().on == at.date()
    assert (told.founded_on, untold.founded_on) == (date(1998, 5, 1), None)


@pytest.mark.parametrize(
    ("parent", "level"),
    [
        (Level.PROVINCE, Level.CITY),
        (Level.CITY, Level.COUNTY),
        (Level.COUNTY, Level.COUNTY),
        (Level.COUNTY, Level.CITY),
        (Level.TOWNSHIP, Level.TOWNSHIP),
        (Level.TOWNSHIP, Level.SECTOR),
        (Level.PRIMARY, Level.PRIMARY),
    ],
)
def test_a_union_stands_only_below_what_may_bear_it(found, parent, level):
    township = found()
    found(parent=township, level=Level.PRIMARY, name="常山纺织工会")
    before = Union.objects.count()
    with pytest.raises(rules.WrongLevel):
        found(parent=Union.objects.get(level=parent), level=level, name="某工会")
    assert Union.objects.count() == before


@pytest.mark.parametrize("level", [Level.TOWNSHIP, Level.SECTOR, Level.PRIMARY])
def test_a_county_bears_townships_sectors_and_primary_unions(found, county, level):
    assert found(level=level).parent == county


def test_two_unions_of_a_county_do_not_share_a_name(found, neighbour):
    found()
    with pytest.raises(rules.NameTaken, match="新安镇总工会"):
        found(level=Level.PRIMARY, name=" 新安镇总工会 ")
    assert found(parent=neighbour).county == neighbour


def test_a_credit_code_is_normalised_or_refused(found):
    assert found(credit_code=f" {CODE.lower()} ").credit_code == CODE
    with pytest.raises(NotACreditCode):
        found(name="正定镇总工会", credit_code=CODE[:-1] + "0")


def test_no_union_was_founded_tomorrow(found):
    with pytest.raises(NotYetHappened):
        found(founded_on=date(2016, 6, 2))
