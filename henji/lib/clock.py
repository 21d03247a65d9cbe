"""时钟: the one place where pages and jobs read the clock; the floors below are told the time.

The demonstration lives on a day of its own, so that its drive is always just about to be accepted.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """此刻: in the demonstration, the same time of its day."""
    real = timezone.now()
    if settings.DEMO_DAY is None:
        return real
    day: date = settings.DEMO_DAY
    return timezone.localtime(real).replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """今天, by the local calendar."""
    return timezone.localdate(now())
