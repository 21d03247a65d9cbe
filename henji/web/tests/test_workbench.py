"""工作台: each post sees first what it comes for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from henji.assessment import commands as assessment
from henji.assessment import library
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.unions import commands as unions
from henji.web.outlook import NEAREST, outlook

#: As many queries as a workbench may cost.
MOST = 30


def text_of(response):
    return response.content.decode()


@pytest.fixture
def now(at):
    """Now, as the pages see it: posts are held, standards published on days that have come."""
    return at + (localdate() - localdate(at))


@pytest.fixture
def standard(county, at):
    text = library.shipped(library.REFERENCE)
    assert text is not None
    return assessment.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)


@pytest.fixture
def accept(county, now):
    def _accept(day, year):
        return assessment.set_acceptance(county=county, year=year, accepts_on=day, by=INSTALLER, at=now)

    return _accept


# The first sentence


def test_the_days_count_down_to_the_acceptance_that_was_set(client_of, leader, standard, accept):
    today = localdate()
    accept(today + timedelta(days=3), today.year)
    assert "距验收还有 3 天" in text_of(client_of(leader).get("/"))


def test_on_the_day_and_after_it_the_sentence_says_so(county, standard, accept):
    accept(date(2016, 12, 20), 2016)
    assert [outlook(county, date(2016, 12, day)).days_left for day in (19, 20, 21)] == [1, 0, -1]


def test_last_years_score_stays_in_sight_until_it_has_been_accepted(county, standard, accept):
    accept(date(2017, 1, 10), 2016)
    seen = outlook(county, date(2017, 1, 5))
    assert (seen.year, seen.days_left, seen.card.as_of) == (2016, 5, date(2016, 12, 31))
    assert seen.query == "?period=2016"
    assert outlook(county, date(2017, 1, 11)).year == 2017


def test_no_more_items_are_named_than_the_sentence_holds_or_than_it_takes(county, standard):
    seen = outlook(county, date(2016, 6, 1))
    assert len(seen.nearest) == NEAREST
    assert seen.nearest_points == sum(item.lacking for item in seen.nearest)
    nearly = replace(seen, card=replace(seen.card, grading=replace(seen.card.grading, total=Decimal("94.5"))))
    assert len(nearly.nearest) == 1
    done = replace(seen.card.items[0], mark=replace(seen.card.items[0].mark, points=seen.card.items[0].of))
    assert done.code not in {item.code for item in replace(seen, card=_with(seen.card, done)).nearest}


def _with(card, item):
    return replace(card, items=tuple(item if item.code == one.code else one for one in card.items))


def test_a_standard_without_grades_names_none(client_of, leader, county, standard, at):
    text = library.shipped("rizhao_2010")
    assert text is not None
    assessment.publish_standard(publisher=county, text=text, by=INSTALLER, at=at + timedelta(hours=1))
    seen = outlook(county, date(2016, 6, 1))
    assert (seen.best, seen.is_best) == ("", False)
    assert client_of(leader).get("/").status_code == 200
    assert client_of(leader).get("/assessment/chart/").context["chart"].target is None


# My items


def test_who_answers_for_an_item_finds_it_on_the_workbench(client_of, officer, leader, county, standard, now):
    year = localdate().year
    assessment.assign_item(
        subject=county,
        standard=standard,
        year=year,
        item="B10",
        person=officer,
        due_on=Period.year(year).last_day,
        by=INSTALLER,
        at=now,
    )
    (mine,) = client_of(officer).get("/").context["mine"]
    assert mine.row.score.code == "B10"
    assert client_of(leader).get("/").context["mine"] == []


# Other posts


def test_an_inspector_sees_the_counties_and_which_are_still_to_be_scored(
    client_of, inspector, county, neighbour, standard, at
):
    text = library.shipped(library.REFERENCE)
    assessment.publish_standard(publisher=neighbour, text=text, by=INSTALLER, at=at)
    response = client_of(inspector).get("/")
    seen = response.context["counties"]
    assert (seen.number, seen.waiting) == (2, 2)
    assert {row.standing.county for row in seen.rows} == {county.name, neighbour.name}
    assert response.context["outlook"] is None
    assert f"/assessment/inspect/?subject={county.pk}" in text_of(response)


def test_an_officer_of_a_branch_sees_the_branch(client_of, branch_officer, county, township, at):
    unions.register_employer(county=county, name="常山纺织", township=township, by=INSTALLER, at=at)
    unions.register_employer(county=county, name="别处的厂", by=INSTALLER, at=at)
    branch = client_of(branch_officer).get("/").context["branch"]
    assert (branch.names, branch.employers, branch.organised, branch.members) == ([township.name], 1, 0, 0)


def test_an_officer_of_a_branch_never_sees_the_countys_score(client_of, branch_officer, standard):
    assert client_of(branch_officer).get("/").context["outlook"] is None


def test_an_administrator_sees_the_accounts_and_that_a_backup_is_due(client_of, administrator, officer):
    response = client_of(administrator).get("/")
    accounts = response.context["accounts"]
    assert (accounts.in_use, accounts.waiting, accounts.suspended) == (2, 0, 0)
    assert response.context["backup_due"]
    assert response.context["outlook"] is None


def test_the_first_day_of_a_county_has_no_score_but_things_to_do(client_of, leader):
    response = client_of(leader).get("/")
    assert response.context["outlook"] is None
    assert response.context["steps"]


@pytest.mark.parametrize("who", ["administrator", "leader", "officer", "inspector", "branch_officer"])
def test_no_workbench_costs_more_than_thirty_queries(request, client_of, standard, who):
    client = client_of(request.getfixturevalue(who))
    client.get("/")  # figures are counted once for a day, whoever looks first
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    assert len(asked) <= MOST, [query["sql"][:100] for query in asked]


def test_an_inspectors_workbench_costs_the_same_for_many_counties(client_of, inspector, standard, at):
    client, text = client_of(inspector), library.shipped(library.REFERENCE)

    def cost():
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    before = cost()
    for n in range(5):
        far = unions.found_county(code=f"1301{40 + n}", name=f"第{n}县总工会", by=INSTALLER, at=at)
        assessment.publish_standard(publisher=far, text=text, by=INSTALLER, at=at)
    assert cost() == before
