"""验收日设定."""

from datetime import date, timedelta

import pytest

from henji.assessment import commands, queries
from henji.assessment.rules import AcceptanceAstray, AcceptanceUnchanged
from henji.lib.actors import INSTALLER


@pytest.fixture
def accept(county, at):
    def _accept(day, *, year=2016, **more):
        said = {
            "county": county,
            "year": year,
            "accepts_on": date.fromisoformat(day),
            "by": INSTALLER,
            "at": at,
        }
        return commands.set_acceptance(**{**said, **more})

    return _accept


def awaited(county, today):
    return queries.year_awaited(county, date.fromisoformat(today))


def test_until_it_is_set_a_year_is_accepted_on_its_last_day(county):
    assert awaited(county, "2016-12-31") == (2016, date(2016, 12, 31))
    assert awaited(county, "2017-01-01") == (2017, date(2017, 12, 31))


def test_last_years_acceptance_is_awaited_until_it_has_come(county, accept):
    accept("2017-01-10")
    assert awaited(county, "2016-11-01") == (2016, date(2017, 1, 10))
    assert awaited(county, "2017-01-10") == (2016, date(2017, 1, 10))
    assert awaited(county, "2017-01-11") == (2017, date(2017, 12, 31))


def test_setting_it_again_corrects_the_one_before_and_keeps_it(county, accept, at):
    first = accept("2016-12-20")
    second = accept("2016-12-28", at=at + timedelta(days=1))
    assert second.made_by.supersedes_id == first.made_by_id
    assert second.line == first.line
    assert queries.acceptance_of(county, 2016) == second
    assert list(queries.acceptances_ever(county, 2016)) == [second, first]


@pytest.mark.parametrize("day", ["2015-12-31", "2018-01-01"])
def test_a_year_is_accepted_while_it_runs_or_in_the_next(accept, day):
    with pytest.raises(AcceptanceAstray):
        accept(day)


def test_the_same_day_is_not_set_twice(accept):
    with pytest.raises(AcceptanceUnchanged):
        accept("2016-12-31")
    accept("2016-12-20")
    with pytest.raises(AcceptanceUnchanged):
        accept("2016-12-20")


def test_each_county_has_its_own(county, neighbour, accept):
    accept("2016-12-20")
    assert queries.acceptance_of(neighbour, 2016) is None


def test_the_page_sets_it_and_a_refused_day_stays(client_of, leader, county):
    client = client_of(leader)
    refused = client.post("/assessment/acceptance/?period=2016", {"accepts_on": "2015-12-01"})
    assert 'value="2015-12-01"' in refused.content.decode()
    assert "验收日应在 2016 年或 2017 年内" in refused.content.decode()
    assert client.post("/assessment/acceptance/?period=2016", {"accepts_on": "2016-12-20"}).status_code == 302
    assert queries.acceptance_of(county, 2016).accepts_on == date(2016, 12, 20)
