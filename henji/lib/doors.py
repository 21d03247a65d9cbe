"""门: what a page asks before it opens."""

import functools
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.urls import resolve
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from henji.lib.reach import Reach


class Request(HttpRequest):
    """A request as the pages of this house get it."""

    reach: Reach
    htmx: HtmxDetails


Page = Callable[..., HttpResponseBase]
#: The ways in which nothing changes.
READ = ("GET", "HEAD")


def door(power: str, *methods: str) -> Callable[[Page], Callable[..., HttpResponseBase]]:
    """门: open the page to requests whose reach holds the power, by the methods given (READ, if none).

    Who is not logged in is sent to log in; who lacks the power gets 403. What lies outside the reach is
    the page's to refuse, with 404, by looking for it only within the reach.
    """
    allowed = methods or READ

    def hang(page: Page) -> Callable[..., HttpResponseBase]:
        @functools.wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            asked = cast("Request", request)
            if not request.user.is_authenticated:
                return _to_log_in(asked)
            if not asked.reach.may(power):
                raise PermissionDenied
            return page(asked, *args, **kwargs)

        guarded.power = power  # type: ignore[attr-defined]
        return guarded

    return hang


def forms_door(power: str) -> Callable[[Page], Callable[..., HttpResponseBase]]:
    """门: as `door`, for pages with a form: they are read and posted to."""
    return door(power, "GET", "HEAD", "POST")


def opens(url: str, reach: Reach) -> bool:
    """通行: whether the door of the page at one of our addresses opens to the reach.

    What is drawn as a link by this never leads to a 403.
    """
    power = getattr(resolve(urlsplit(url).path).func, "power", None)
    return power is None or reach.may(power)


def address_of(request: HttpRequest) -> str | None:
    """来源地址: whence a request comes; None where that is not known.

    Behind a proxy every request comes from the proxy. Where the installation names the header in which its
    proxy tells the address (`TRUSTED_PROXY`), the last address in it counts: those before it are whatever
    the visitor made them.
    """
    told = request.headers.get(settings.TRUSTED_PROXY, "") if settings.TRUSTED_PROXY else ""
    for text in (told.rpartition(",")[2], request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(text.strip()))
        except ValueError:
            continue
    return None


def _to_log_in(request: Request) -> HttpResponseBase:
    """To the log-in page and back; where htmx asks for a part of a page, the whole page goes there."""
    if request.htmx:
        # Without the query: it may hold what was searched for, and log-ins that fail are kept.
        there = redirect_to_login((request.htmx.current_url_abs_path or "/").partition("?")[0])
        return HttpResponseClientRedirect(there.url)
    return redirect_to_login(request.path if "q" in request.GET else request.get_full_path())
