"""换钥: let the office's key be renewed, and see how far that is."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from henji.accounts.models import User
from henji.lib import clock
from henji.lib.doors import Request, forms_door
from henji.lib.refusals import Refusal
from henji.unions.queries import county_worked_in
from henji.web import rekeying


@never_cache
@forms_door("web.keys_renewed")
def keys(request: Request) -> HttpResponse:
    """换钥: the button, the renewal that is going on, and when the last one was."""
    if request.method == "POST":
        _ask(request)
        return redirect("web:keys")
    job = rekeying.latest_in(request.reach)
    going = job is not None and not job.has_ended
    if request.htmx:
        if not going:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "web/_keys_progress.html", {"job": job})
    last = rekeying.last_done_in(request.reach)
    return render(request, "web/keys.html", {"job": job, "going": going, "last": last})


def _ask(request: Request) -> None:
    county = county_worked_in(request.reach)
    if county is None:
        raise PermissionDenied
    try:
        rekeying.ask(
            county=county,
            asker=cast("User", request.user),
            post=request.reach.actor.post,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.info(request, refusal.words)
