"""门: what a page asks before it opens."""

import functools
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
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


def _to_log_in(request: Request) -> HttpResponseBase:
    """To the log-in page and back; where htmx asks for a part of a page, the whole page goes there."""
    if request.htmx:
        # Without the query: it may hold what was searched for, and log-ins that fail are kept.
        there = redirect_to_login((request.htmx.current_url_abs_path or "/").partition("?")[0])
        return HttpResponseClientRedirect(there.url)
    return redirect_to_login(request.path if "q" in request.GET else request.get_full_path())
