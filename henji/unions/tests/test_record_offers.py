"""Rates of primary unions that have something: each side is a count over its own ground."""

from datetime import date, timedelta

import pytest

from henji.evidence import figures
from henji.lib.periods import Period
from henji.unions import commands, kept
from henji.unions.models import Level

JUNE = date(2016, 6, 1)


@pytest.fixture
def union(township, officer, actor, at):
    """工会 of the township, with what is told of it."""

    def union(name, parent=township, **facts):
        by = {"by": actor(officer), "at": at}
        made = commands.found_union(parent=parent, level=Level.PRIMARY, name=name, **by)
        if facts:
            later = {"by": actor(officer), "at": at + timedelta(hours=1)}
            commands.keep_record(union=made, seen=None, facts=facts, holders={}, **later)
        return made

    return union


def figure_of(address, union, as_of=JUNE, known_at=None):
    scope = figures.Scope((union.pk,), Period.year(2016), as_of, known_at)
    return figures.compute(address, scope)[union.pk]


def sides(address, union, client, **more):
    figure = figure_of(address, union, **more)
    for number, ground in ((figure.part, figure.part_ground), (figure.whole, figure.whole_ground)):
        assert client.get(ground.url).context["listing"].total == number
    return figure.part, figure.whole


def test_a_legal_person_is_one_as_long_as_its_certificate_is_valid(union, county, client_of, officer):
    union("甲厂工会", legal_number="A1", legal_to=date(2016, 12, 31))
    union("乙厂工会", legal_number="B1")
    union("丙厂工会", registrar="县总工会")
    union("丁厂工会")
    client = client_of(officer)
    assert sides("unions.legal_person_rate", county, client) == (2, 4)
    assert sides("unions.legal_person_rate", county, client, as_of=date(2017, 1, 1)) == (1, 4)
    assert sides("members.unions_entered_rate", county, client) == (3, 4)


def test_a_home_counts_at_whatever_level(union, county, client_of, officer):
    union("甲厂工会", home_level="10")
    union("乙厂工会", home_level="51")
    union("丙厂工会", approved_by="县总工会")
    assert sides("unions.workers_home_rate", county, client_of(officer)) == (2, 3)


def test_an_institution_counts_from_its_day_on_or_always_where_it_has_none(union, county, client_of, officer):
    union("甲厂工会", has_contract="2016-05-01", has_congress="")
    union("乙厂工会", has_contract="")
    union("丙厂工会", has_wage="2016-05-01")
    client = client_of(officer)
    assert sides("unions.contract_rate", county, client) == (2, 3)
    assert sides("unions.contract_rate", county, client, as_of=date(2016, 4, 30)) == (1, 3)
    rates = ("wage_contract_rate", "women_contract_rate", "congress_rate")
    assert [figure_of(f"unions.{rate}", county).part for rate in rates] == [1, 0, 1]


def test_a_township_counts_the_unions_below_it(union, county, township, client_of, officer):
    union("甲厂工会", legal_number="A1")
    union("县直机关工会", parent=county, legal_number="B1")
    client = client_of(officer)
    assert sides("unions.legal_person_rate", township, client) == (1, 1)
    assert sides("unions.legal_person_rate", county, client) == (2, 2)
    assert figures.counts_for("unions.legal_person_rate", "township")


def test_what_was_told_later_was_not_known_then(union, county, client_of, officer, at):
    union("甲厂工会", legal_number="A1")
    client = client_of(officer)
    assert sides("unions.legal_person_rate", county, client, known_at=at + timedelta(minutes=1)) == (0, 1)
    assert sides("unions.legal_person_rate", county, client, known_at=at + timedelta(hours=2)) == (1, 1)


def test_where_there_are_no_unions_there_is_no_rate(county):
    assert isinstance(figure_of("unions.legal_person_rate", county), figures.Missing)


def test_counties_cost_no_more_queries_than_one(union, county, neighbour, django_assert_num_queries):
    union("甲厂工会", legal_number="A1")
    scope = figures.Scope((county.pk, neighbour.pk), Period.year(2016), JUNE)
    with django_assert_num_queries(2):
        figures.compute("unions.legal_person_rate", scope)


def test_every_code_of_what_may_be_had_is_asked_of_records(union, county):
    one = union("甲厂工会", legal_number="A1", home_level="10", has_contract="", has_wage="", has_women="")
    for what in kept.HELD:
        found = kept.holding(type(one).objects.filter(county=county), what, JUNE)
        assert (one in found) == (what != "congress")
