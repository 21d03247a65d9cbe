"""进演示县: the log-in page of the demonstration lets one in as anybody."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from henji.accounts import queries
from henji.web.demo.cast import CAST

#: Named, because the first backend only locks out; it knows nobody.
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest) -> HttpResponse:
    """进入: log in as one of the cast, without a password. Only the demonstration has such a page."""
    if not settings.DEMO or request.method != "POST":
        raise Http404
    asked = request.POST.get("username", "")
    user = queries.user_named(asked) if asked in {player.username for player in CAST} else None
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    return redirect("web:workbench")
