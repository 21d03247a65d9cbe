"""工作日: which days offices are open, from the calendars that the State Council announced; no Django.

A year without a calendar has its weekends, and the holidays that the law fixes to a day of the month; the
lunar ones are then not known, and `unknown_years` says so.
"""

import functools
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from henji.lib.data import Data, Day, Name

SHELF = Path(__file__).resolve().parent / "shelf" / "calendar.yaml"
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Holiday(Data):
    """假日: the days on which offices are closed, and the weekend days worked for them."""

    name: Name
    rests: Annotated[tuple[Day, ...], Field(min_length=1, max_length=20)]
    works: Annotated[tuple[Day, ...], Field(max_length=10)] = ()


class Year(Data):
    """一年的安排, as announced; weekends that nothing is said of are free."""

    year: Annotated[int, Field(ge=2000, le=2199)]
    source: Name
    holidays: Annotated[tuple[Holiday, ...], Field(min_length=1, max_length=20)]


class FixedDay(Data):
    """The same day of every year."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    name: Name


class Calendar(Data):
    """节假日历 of a region."""

    region: Name
    label: Name
    fixed_source: Name
    fixed: Annotated[tuple[FixedDay, ...], Field(max_length=20)]
    years: Annotated[tuple[Year, ...], Field(max_length=50)]

    def __hash__(self) -> int:
        return hash((self.region, *(year.year for year in self.years)))

    @property
    def known(self) -> frozenset[int]:
        """The years of which an arrangement was announced."""
        return frozenset(year.year for year in self.years)


@functools.cache
def calendar() -> Calendar:
    """节假日历 that comes with the system."""
    return Calendar.model_validate(yaml.load(SHELF.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506


@functools.cache
def _announced(held: Calendar) -> Mapping[date, bool]:
    """Of each day that is named: whether it is worked."""
    holidays = [holiday for year in held.years for holiday in year.holidays]
    rests = {day: False for holiday in holidays for day in holiday.rests}
    return rests | {day: True for holiday in holidays for day in holiday.works}


def is_working(day: date, held: Calendar | None = None) -> bool:
    """工作日: whether offices are open on the day."""
    held = held or calendar()
    told = _announced(held).get(day)
    if told is not None:
        return told
    is_fixed = day.year not in held.known and (day.month, day.day) in {
        (one.month, one.day) for one in held.fixed
    }
    return day.weekday() < SATURDAY and not is_fixed


def working_days_after(start: date, n: int, held: Calendar | None = None) -> date:
    """第 n 个工作日 after the day, which itself does not count; the day itself for 0."""
    day = start
    while n > 0:
        day += ONE_DAY
        n -= is_working(day, held)
    return day


def days_after(start: date, n: int, counted: Literal["working", "calendar"]) -> date:
    """第 n 天 after the day, in working or calendar days."""
    return working_days_after(start, n) if counted == "working" else start + timedelta(days=n)


def working_days_between(start: date, end: date, held: Calendar | None = None) -> int:
    """工作日数 after the first day, up to and with the last."""
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(is_working(day, held) for day in days)


def unknown_years(start: date, end: date, held: Calendar | None = None) -> tuple[int, ...]:
    """没有日历的年份 that the days from one to the other touch."""
    held = held or calendar()
    return tuple(year for year in range(start.year, end.year + 1) if year not in held.known)
