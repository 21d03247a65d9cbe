"""进度预测: gap, pace and forecast, at the edges too."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.mutual_aid.giving.capitals import capitals
from henji.mutual_aid.giving.pacing import pace

BEGINS, ENDS = date(2016, 11, 15), date(2016, 12, 31)


def reckoned(firsts, as_of, members=1000, donors=100, target=25):
    return pace(firsts, members=members, donors=donors, target=target, collects=(BEGINS, ENDS), as_of=as_of)


def test_the_gap_is_counted_in_whole_people():
    assert reckoned({}, ENDS, members=10, donors=2).gap == 1
    assert reckoned({}, ENDS, members=8, donors=2).gap == 0
    assert reckoned({}, ENDS, members=0, donors=0).gap == 0


def test_the_pace_is_that_of_the_last_seven_days():
    day = date(2016, 12, 21)
    firsts = {day - timedelta(days=n): 7 for n in range(10)}
    found = reckoned(firsts, day)
    assert (found.recent, found.days, found.left, found.required) == (49, 7, 10, 15)
    assert found.forecast == 170
    assert not found.will_reach


def test_on_the_first_day_the_pace_is_that_of_one_day():
    found = reckoned({BEGINS: 30}, BEGINS, donors=30)
    assert (found.days, found.recent, found.left) == (1, 30, 46)
    assert found.will_reach


@pytest.mark.parametrize("day", [BEGINS - timedelta(days=9), ENDS + timedelta(days=9)])
def test_outside_the_days_of_collection_nothing_is_made_up(day):
    found = reckoned({}, day, donors=5)
    assert found.forecast == 5
    assert found.left == (47 if day < BEGINS else 0)


@given(st.integers(0, 50), st.integers(0, 50), st.dates(date(2016, 11, 1), date(2017, 1, 15)))
def test_a_forecast_is_never_below_what_came_nor_above_the_members(donors, more, day):
    found = reckoned({BEGINS: donors}, day, members=donors + more, donors=donors)
    assert donors <= found.forecast <= donors + more


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("50", "伍拾元整"),
        ("10", "壹拾元整"),
        ("1234.50", "壹仟贰佰叁拾肆元伍角整"),
        ("1004.05", "壹仟零肆元零伍分"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("100000", "壹拾万元整"),
        ("100050", "壹拾万零伍拾元整"),
        ("10020003.21", "壹仟零贰万零叁元贰角壹分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
    ],
)
def test_an_amount_is_spelt_as_receipts_spell_it(yuan, words):

    assert capitals(Decimal(yuan)) == words
