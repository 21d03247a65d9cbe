"""Days as people and spreadsheets write them."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import dates

DAY = date(2016, 7, 8)
days = st.dates(date(1900, 1, 1), date(2119, 1, 11))


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        datetime(2016, 7, 8, 23, 59, tzinfo=UTC),
        42559,
        42559.0,
        42559.75,
        20160708,
        20160708.0,
        "2016.7.8",
        "2016-7-8",
        "2016/7/8",
        "2016/07/08",
        "2016年7月8日",
        " 2016 年 07 月 08 日 ",
        "2016年7月8号",
        "20160708",
        "２０１６．７．８",
        "２０１６年７月８日",
        "2016—7—8",
        "2016。7。8",
        "2016-07-08 00:00:00",
        "2016-07-08T12:30",
        "2016/7/8 8:00",
        "\u200b2016-07-08",
    ],
)
def test_the_ways_of_writing_one_day(written):
    assert dates.parse_day(written) == DAY


@given(
    days,
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}"]
    ),
)
def test_a_day_written_out_is_read_back(day, form):
    assert dates.parse_day(form.format(day)) == day


@given(days)
def test_a_serial_number_is_the_day_that_excel_shows(day):
    """Excel's day 1 is 1 January 1900; from March 1900 on its numbers are one ahead."""
    serial = (day - date(1899, 12, 31)).days + (day >= date(1900, 3, 1))
    assert dates.from_serial(serial) == day
    if not 1000 <= serial <= 9999:
        assert dates.parse_day(serial) == day


@given(days)
def test_reading_a_day_twice_changes_nothing_more(day):
    assert dates.parse_day(dates.parse_day(day.isoformat())) == day


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (None, dates.DayMissing),
        ("  ", dates.DayMissing),
        ("2016年7月", dates.DayIncomplete),
        ("2016.7", dates.DayIncomplete),
        ("2016-07", dates.DayIncomplete),
        ("201607", dates.DayIncomplete),
        ("2016年", dates.DayIncomplete),
        ("2016", dates.DayIncomplete),
        (2016, dates.DayIncomplete),
        (2016.7, dates.DayIncomplete),
        (201607, dates.DayIncomplete),
        ("2016-02-30", dates.DayImpossible),
        ("1985/13/05", dates.DayImpossible),
        (20160230, dates.DayImpossible),
        ("7月8日", dates.YearMissing),
        ("7-8", dates.YearMissing),
        ("0216-07-08", dates.YearUnlikely),
        ("2999-01-01", dates.YearUnlikely),
        ("二〇〇一年", dates.DayUnreadable),
        ("19999-1-1", dates.DayUnreadable),
        ("16.7.8", dates.DayUnreadable),
        ("7/8/2016", dates.DayUnreadable),
        ("不详", dates.DayUnreadable),
        ("130123198001010012", dates.DayUnreadable),
        (60, dates.DayUnreadable),
        (0, dates.DayUnreadable),
        (-5, dates.DayUnreadable),
        (80_001, dates.DayUnreadable),
        (float("nan"), dates.DayUnreadable),
        (float("inf"), dates.DayUnreadable),
        (True, dates.DayUnreadable),
        ([], dates.DayUnreadable),
    ],
)
def test_what_leaves_room_for_a_guess_is_refused(written, refusal):
    with pytest.raises(refusal):
        dates.parse_day(written)


@pytest.mark.parametrize("typed", ["0708", "7-8", "7.8", "07/08", "7月8日", "０７０８"])
def test_month_and_day_are_enough_where_the_year_is_known(typed):
    assert dates.parse_day(typed, year=2016) == DAY


def test_a_typed_day_that_the_year_has_not_is_refused():
    with pytest.raises(dates.DayImpossible):
        dates.parse_day("0229", year=2015)
    assert dates.parse_day("2017-01-02", year=2016) == date(2017, 1, 2)


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_anything_else_is_refused_and_never_fails(written):
    with suppress(dates.NotADay):
        assert date(1900, 1, 1) <= dates.parse_day(written) <= date(2119, 12, 31)
