"""What the pages of the books look up before they do anything."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from henji.lib import clock, dates
from henji.lib.doors import Request
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.unions.queries import county_worked_in


def county_of(request: Request) -> Union:
    """所在县: the county whose books are looked at."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def day_asked(request: Request) -> date:
    """截至日期: the day in the address, or today where there is none that can be read."""
    today = clock.today()
    try:
        return dates.parse_day(request.GET.get("on", ""), year=today.year)
    except Refusal:
        return today


def sent(request: Request) -> QueryDict | None:
    """What was typed, if anything was sent."""
    return request.POST if request.method == "POST" else None
