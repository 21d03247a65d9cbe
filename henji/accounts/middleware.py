"""What happens to each request before any page sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from henji.accounts import queries
from henji.accounts.models import User
from henji.lib import clock
from henji.lib.reach import NOWHERE

#: Pages open to somebody whose one-time password is not yet changed.
_DOORS = ("accounts:password", "accounts:logout")


def reach_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Decide the request's reach once, and send the holder of a one-time password to change it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        known = isinstance(user, User) and user.is_active
        request.reach = queries.reach_of(user, today=clock.today()) if known else NOWHERE  # type: ignore[attr-defined,arg-type]
        if known and user.must_change_password and request.path not in map(reverse, _DOORS):  # type: ignore[union-attr]
            return redirect("accounts:password")
        response = get_response(request)
        if known and not response.has_header("Cache-Control"):
            # What shows persons stays in no cache, on no shared computer.
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
