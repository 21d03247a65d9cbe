"""What the pages of two jobs share that go alone in the installation: a backup, and a renewal of keys."""

from datetime import datetime
from typing import TypedDict, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from henji.accounts.models import User
from henji.lib import clock
from henji.lib.doors import Request
from henji.unions.models import Union
from henji.unions.queries import county_worked_in
from henji.work.models import Job


class Asked(TypedDict):
    """所请求: by whom, in which post, for which county, and when."""

    county: Union
    asker: User
    post: str
    at: datetime


def asked(request: Request) -> Asked:
    """Who asks, now, for the county worked in."""
    county = county_worked_in(request.reach)
    if county is None:
        raise PermissionDenied
    user = cast("User", request.user)
    return {"county": county, "asker": user, "post": request.reach.actor.post, "at": clock.now()}


def progress(request: Request, job: Job | None, said: dict[str, str]) -> HttpResponse:
    """How far the job is; the whole page anew once it is over. `said`: the fragment's title and address."""
    if job is None or job.has_ended:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "web/_alone.html", {"job": job, **said})
