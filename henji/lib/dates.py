"""日期: days as people and spreadsheets write them."""

import math
import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal
from henji.lib.text import tidy

#: The last serial number taken for a day: 2119-01-11.
LAST_SERIAL = 80_000
EARLIEST, LATEST = 1900, 2119

_BEFORE_THE_LEAP_BUG = date(1899, 12, 31)
_AFTER_THE_LEAP_BUG = date(1899, 12, 30)
#: Excel counts a 29 February 1900 that never was.
_NO_SUCH_DAY = 60

_SEPARATORS = str.maketrans("—–−―。、", "----..")
_SPACED = re.compile(r"\s*([-./年月])\s*|\s+(?=[日号])")
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_WHOLE = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?" + _TIME)
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_WITHOUT_DAY = re.compile(r"[0-9]{4}(?:年?|[-./年][0-9]{1,2}月?|[0-9]{2})")
_WITHOUT_YEAR = re.compile(r"([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?|([0-9]{2})([0-9]{2})")


class NotADay(Refusal):
    """日期有误."""


class DayMissing(NotADay):
    """没有日期."""


class DayUnreadable(NotADay):
    """日期写法不认识."""


class DayImpossible(NotADay):
    """没有这一天: 30 February and the like."""


class DayIncomplete(NotADay):
    """日期不全: only a year, or a year and a month."""


class YearMissing(NotADay):
    """日期没有年份."""


class YearUnlikely(NotADay):
    """年份不对: long before anybody's birth, or a century ahead."""


def parse_day(value: object, *, year: int | None = None) -> date:
    """The day meant by a cell or by what was typed; raises NotADay and never guesses.

    Takes days, Excel's serial numbers (1 to LAST_SERIAL; four figures are refused, for they may be a year),
    20160708 as a number, and text such as 2016.7.8, 2016-07-08, 2016/7/8 and 2016年7月8日, with or without
    a time of day. Given a `year`, also 0708, 7-8 and 7月8日. The words never repeat the value.
    """
    if value is None or isinstance(value, str):
        return _from_text(value or "", year=year)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    raise _unreadable()


def from_serial(number: float) -> date | None:
    """The day of an Excel serial number (1900 system, its leap bug included), or None where there is none."""
    whole = math.floor(number)
    if whole == _NO_SUCH_DAY or not 1 <= whole <= _LAST_OF_ALL:
        return None
    return (_BEFORE_THE_LEAP_BUG if whole < _NO_SUCH_DAY else _AFTER_THE_LEAP_BUG) + timedelta(whole)


_LAST_OF_ALL = (date.max - _AFTER_THE_LEAP_BUG).days


def _from_number(number: float) -> date:
    if not math.isfinite(number):
        raise _unreadable()
    whole = math.floor(number)
    if 1000 <= whole <= 9999:
        raise _incomplete()
    if whole <= LAST_SERIAL:
        day = from_serial(whole)
        if day is None:
            raise _unreadable()
        return day
    return _from_text(str(whole), year=None)


def _from_text(text: str, *, year: int | None) -> date:
    whole = _WHOLE.fullmatch(text)
    if whole:
        return _day(*map(int, whole.groups()))
    bare = _SPACED.sub(r"\1", tidy(text).translate(_SEPARATORS))
    if not bare:
        raise DayMissing(_("没有填写日期"))
    whole = _WHOLE.fullmatch(bare) or _EIGHT.fullmatch(bare)
    if whole:
        return _day(*map(int, whole.groups()))
    short = _WITHOUT_YEAR.fullmatch(bare)
    if short and year is not None:
        return _day(year, *(int(part) for part in short.groups() if part))
    if _WITHOUT_DAY.fullmatch(bare):
        raise _incomplete()
    if short:
        raise YearMissing(_("日期没有写年份，请写成 2016-07-08 的样子"))
    raise _unreadable()


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise YearUnlikely(_("日期的年份不对，请核对"))
    try:
        return date(year, month, day)
    except ValueError:
        raise DayImpossible(_("没有这一天，请核对月份和日子")) from None


def _unreadable() -> DayUnreadable:
    return DayUnreadable(_("日期的写法不认识，请写成 2016-07-08 的样子"))


def _incomplete() -> DayIncomplete:
    return DayIncomplete(_("日期要写到日，请写成 2016-07-08 的样子"))
