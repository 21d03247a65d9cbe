"""Registering an employer."""

import pytest
from django.db import IntegrityError, transaction

from henji.evidence.models import Trace
from henji.lib.credit_code import NotACreditCode
from henji.unions import rules
from henji.unions.commands import found_union, register_employer
from henji.unions.models import Employer, Level

CODE = "91130123700000003Y"


@pytest.fixture
def register(county, officer, actor, at):
    """王干事 registers an employer."""

    def register(name="常山纺织", **more):
        return register_employer(by=actor(officer), at=at, **{"county": county, "name": name} | more)

    return register


@pytest.fixture
def primary(township, officer, actor, at):
    """A primary union of the township."""
    return found_union(parent=township, level=Level.PRIMARY, name="常山纺织工会", by=actor(officer), at=at)


def test_an_employer_is_registered_with_its_union_and_township(register, county, township, primary):
    made = register(credit_code=CODE, township=township, union=primary, industry="纺织", workers=120)
    held = Employer.objects.get(pk=made.pk)
    assert (held.county, held.township, held.union) == (county, township, primary)
    assert (held.credit_code, held.industry, held.workers) == (CODE, "03", 120)
    assert held.made_by == Trace.objects.of(held).get()


def test_the_home_of_an_employer_is_the_nearest_union(register, county, township, primary):
    assert register("甲", township=township, union=primary).home == primary
    assert register("乙", township=township).home == township
    assert register("丙").home == county


def test_employers_with_a_union_are_the_organised_ones(register, primary):
    organised, _open = register("甲", union=primary), register("乙")
    assert list(Employer.objects.organised()) == [organised]


def test_a_name_is_taken_once_in_a_county(register, neighbour):
    register()
    with pytest.raises(rules.NameTaken, match="常山纺织"):
        register("常山纺织 ")
    assert register(county=neighbour).county == neighbour


def test_a_credit_code_is_taken_once_in_a_county(register, neighbour):
    register(credit_code=CODE)
    with pytest.raises(rules.NameTaken, match="常山纺织"):
        register("另一家", credit_code=CODE.lower())
    assert register("同一家", county=neighbour, credit_code=CODE).credit_code == CODE


def test_several_employers_may_lack_a_code(register):
    assert {register("甲").credit_code, register("乙").credit_code} == {""}


def test_a_wrong_code_is_refused(register):
    with pytest.raises(NotACreditCode):
        register(credit_code="91130123700000003X")
    assert not Employer.objects.exists()


def test_a_union_of_another_county_is_refused(register, neighbour, county):
    for where in ("township", "union"):
        with pytest.raises(rules.OfAnotherCounty, match=neighbour.name):
            register(**{where: neighbour})
    with pytest.raises(rules.OfAnotherCounty, match=county.name):
        register(county=neighbour, union=county)
    assert not Employer.objects.exists()


@pytest.mark.parametrize("name", ["", "=1+1", "长" * 101])
def test_what_is_no_name_is_refused(register, name):
    with pytest.raises(rules.NoName):
        register(name)


def test_the_database_itself_keeps_names_and_codes_apart(register):
    held = register(credit_code=CODE)
    for more in ({"name": held.name}, {"name": "另一家", "credit_code": CODE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Employer.objects.create(county=held.county, made_by=held.made_by, **more)
