"""Judgments on years and days: what they say, and whether anybody can sign for them."""

from datetime import date

from django.utils.translation import gettext as _

from henji.lib import dates
from henji.lib.periods import Period
from henji.lib.refusals import Refusal


class DayAhead(Refusal):
    """日期未到: nobody can sign for a day that is still to come."""


class DayBeforeYear(Refusal):
    """日期在年度之前."""


class MovedMeanwhile(Refusal):
    """分数有变: the score is no longer the one that was shown."""


def year_in(text: str) -> int | None:
    """年度: the year that four digits say; None where they say none that anybody would score."""
    is_year = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if is_year and dates.EARLIEST <= int(text) <= dates.LATEST else None


def must_be_signable(as_of: date, year: int, *, today: date) -> None:
    """Raise DayAhead or DayBeforeYear where nobody could sign the year's score as of the day."""
    if as_of > today:
        raise DayAhead(_("截至日 %(day)s 还没有到，不能签字") % {"day": as_of.isoformat()})
    if as_of < Period.year(year).start:
        raise DayBeforeYear(
            _("截至日 %(day)s 在 %(year)s 年度之前") % {"day": as_of.isoformat(), "year": year}
        )


def must_have_come(received_on: date, *, today: date) -> None:
    """Raise DayAhead for a notice received on a day still to come."""
    if received_on > today:
        raise DayAhead(_("收到日期 %(day)s 还没有到") % {"day": received_on.isoformat()})


def must_be_as_seen(digest: str, *, seen: str) -> None:
    """Raise MovedMeanwhile where another score was shown than would be signed."""
    if seen and seen != digest:
        raise MovedMeanwhile(_("分数刚有变化，还没有签字。请看过新的分数再签"))
