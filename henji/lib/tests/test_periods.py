"""A period holds its first day and not its end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib.periods import Period

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def test_a_year_has_its_first_and_its_last_day_and_no_other_years():
    year = Period.year(2016)
    assert date(2016, 1, 1) in year
    assert date(2016, 12, 31) in year
    assert date(2015, 12, 31) not in year
    assert date(2017, 1, 1) not in year
    assert year.last_day == date(2016, 12, 31)


def in_order(count):
    """So many days, the earliest first."""
    return st.lists(DAYS, min_size=count, max_size=count).map(sorted)


@given(in_order(2))
def test_a_period_said_by_its_two_days_holds_both(days):
    first, last = days
    period = Period.through(first, last)
    assert first in period
    assert last in period
    assert period.last_day == last
    assert last + timedelta(days=1) not in period
    assert first - timedelta(days=1) not in period


@given(in_order(3), DAYS)
def test_neighbouring_periods_share_no_day_and_leave_none_out(days, day):
    start, middle, end = days
    halves = (Period(start, middle), Period(middle, end))
    assert sum(day in half for half in halves) == (day in Period(start, end))


@given(DAYS)
def test_an_empty_period_holds_nothing(day):
    assert day not in Period(day, day)


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2016, 1, 2), date(2016, 1, 1))


def test_only_days_lie_in_a_period():
    assert "2016-06-01" not in Period.year(2016)
