"""Working days, as the State Council's notices have them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.mutual_aid.schemes import days, wording


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2016, 9, 30), 5, date(2016, 10, 12)),  # over National Day, with the Saturday and Sunday worked
        (date(2016, 9, 30), 0, date(2016, 9, 30)),
        (date(2016, 9, 30), 1, date(2016, 10, 8)),
        (date(2016, 2, 5), 1, date(2016, 2, 6)),  # a Saturday worked for the Spring Festival
        (date(2016, 2, 5), 2, date(2016, 2, 14)),
        (date(2016, 2, 26), 2, date(2016, 3, 1)),  # leap day is a Monday
        (date(2016, 12, 30), 5, date(2017, 1, 9)),  # over the New Year, into another year's calendar
        (date(2015, 9, 2), 1, date(2015, 9, 6)),  # the one holiday of its kind
        (date(2017, 9, 29), 2, date(2017, 10, 9)),
        (date(2016, 6, 8), 5, date(2016, 6, 16)),
    ],
)
def test_working_days_after(start, n, end):
    assert days.working_days_after(start, n) == end


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_a_day_worked_is_a_weekend_and_no_day_both_rests_and_works(year):
    held = next(one for one in days.calendar().years if one.year == year)
    rests = [day for holiday in held.holidays for day in holiday.rests]
    works = [day for holiday in held.holidays for day in holiday.works]

    assert all(day.year == year for day in (*rests, *works))
    assert all(day.weekday() >= days.SATURDAY for day in works)
    assert not set(rests) & set(works)
    # Whoever rests on more working days than the law gives works at weekends for it.
    taken = sum(day.weekday() < days.SATURDAY for day in rests)
    assert taken - len(works) == {2015: 12, 2016: 11, 2017: 11}[year]


def test_without_a_years_calendar_weekends_and_fixed_days_are_free_and_it_is_said():
    assert days.working_days_after(date(2019, 9, 30), 1) == date(2019, 10, 4)
    assert days.working_days_after(date(2019, 2, 1), 1) == date(2019, 2, 4)
    assert "2019" in wording.calendar_remark(date(2019, 9, 30), date(2019, 10, 4))
    assert wording.calendar_remark(date(2016, 9, 30), date(2017, 10, 4)) == ""


@given(start=st.dates(date(2014, 12, 1), date(2018, 2, 1)), n=st.integers(0, 30))
def test_between_the_days_lie_as_many_working_days_as_were_asked(start, n):
    end = days.working_days_after(start, n)

    assert days.working_days_between(start, end) == n
    assert n == 0 or days.is_working(end)
