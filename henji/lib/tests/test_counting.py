"""Counting for many at once."""

import pytest

from henji.lib.counting import MOST, counted, remembering
from henji.unions.models import Union

pytestmark = pytest.mark.django_db


def named(*names):
    return Union.objects.filter(name__in=names)


def test_each_query_is_counted_by_itself(county, neighbour):
    asked = {"one": named(county.name), "both": named(county.name, neighbour.name), "none": named("没有这个")}
    assert counted(asked) == {"one": 1, "both": 2, "none": 0}


def test_a_query_that_can_find_nothing_is_not_asked(county, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counted({1: named(), 2: Union.objects.none()}) == {1: 0, 2: 0}
    assert counted({1: named(), 2: named(county.name)}) == {1: 0, 2: 1}
    assert counted({}) == {}


def test_values_asked_for_distinctly_count_once(county, neighbour):
    levels = Union.objects.filter(pk__in=[county.pk, neighbour.pk]).values("level").distinct()
    assert counted({"levels": levels, "unions": levels.values("pk")}) == {"levels": 1, "unions": 2}


def test_what_was_counted_is_remembered_where_it_is_asked_for_again(
    county, neighbour, django_assert_num_queries
):
    with django_assert_num_queries(2), remembering():
        assert counted({1: named(county.name)}) == {1: 1}
        assert counted({"same": named(county.name), "other": named(neighbour.name, "没有这个")}) == {
            "same": 1,
            "other": 1,
        }
        assert counted({2: named(county.name)}) == {2: 1}
    with django_assert_num_queries(1):
        assert counted({1: named(county.name)}) == {1: 1}


def test_more_queries_than_a_statement_takes_are_split(county, django_assert_num_queries):
    asked = {number: named(county.name, str(number)) for number in range(MOST + 1)}
    with django_assert_num_queries(2):
        assert counted(asked) == dict.fromkeys(range(MOST + 1), 1)
