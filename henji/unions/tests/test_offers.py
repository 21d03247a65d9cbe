"""What the unions' room offers to others."""

from datetime import date, timedelta

import pytest

from henji.evidence import figures
from henji.lib.periods import Period
from henji.unions import commands
from henji.unions.models import Level


@pytest.fixture
def found(county, officer, actor, at):
    """工会建立 by 王干事."""

    def found(name, founded_on, level=Level.PRIMARY):
        return commands.found_union(
            parent=county, level=level, name=name, founded_on=founded_on, by=actor(officer), at=at
        )

    return found


def count_on(county, as_of, known_at=None):
    scope = figures.Scope((county.pk,), Period.year(2016), as_of, known_at)
    return figures.compute("unions.new_unions", scope)[county.pk]


def test_new_unions_are_primary_ones_founded_in_the_year_that_still_stand(
    county, found, client_of, officer, actor, at
):
    found("旧厂工会", date(2015, 12, 31))
    found("不知何时的工会", None)
    found("某镇总工会", date(2016, 2, 1), Level.TOWNSHIP)
    found("新厂工会", date(2016, 3, 1))
    gone = found("散了的工会", date(2016, 3, 1))
    commands.close_union(union=gone, closed_on=date(2016, 5, 1), by=actor(officer), at=at)
    for as_of, number in ((date(2016, 2, 29), 0), (date(2016, 4, 30), 2), (date(2016, 6, 1), 1)):
        figure = count_on(county, as_of)
        assert figure.number == number
        listing = client_of(officer).get(figure.ground.url).context["listing"]
        assert listing.total == number


def test_counties_cost_no_more_queries_than_one(county, neighbour, found, django_assert_num_queries):
    found("新厂工会", date(2016, 3, 1))
    scope = figures.Scope((county.pk, neighbour.pk), Period.year(2016), date(2016, 6, 1))
    with django_assert_num_queries(1):
        counted = figures.compute("unions.new_unions", scope)
    assert [counted[one.pk].number for one in (county, neighbour)] == [1, 0]


def test_what_was_not_yet_known_does_not_count(county, found, at):
    found("新厂工会", date(2016, 3, 1))
    day_before = at.replace(day=1, month=5)
    figure = count_on(county, date(2016, 6, 1), known_at=day_before)
    assert figure.number == 0


def test_a_closing_counts_from_when_it_was_recorded(county, found, client_of, officer, actor, at):
    """As known before, the union stood; as known between closing and withdrawal it did not."""
    union = found("新厂工会", date(2016, 3, 1))
    signed = {"by": actor(officer)}
    commands.close_union(union=union, closed_on=date(2016, 5, 1), **signed, at=at + timedelta(days=1))
    commands.withdraw_closing(union=union, **signed, at=at + timedelta(days=2))
    commands.close_union(union=union, closed_on=date(2016, 5, 15), **signed, at=at + timedelta(days=3))
    hour = timedelta(hours=1)
    for days, day, number in ((0, 31, 1), (1, 31, 0), (2, 31, 1), (3, 31, 0), (1, 10, 0), (3, 10, 1)):
        figure = count_on(county, date(2016, 5, day), known_at=at + timedelta(days=days) + hour)
        assert figure.number == number, (days, day)
        assert client_of(officer).get(figure.ground.url).context["listing"].total == number
