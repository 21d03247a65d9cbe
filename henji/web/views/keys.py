"""换钥: let the office's key be renewed, and see how far that is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.lib.doors import Request, forms_door
from henji.lib.refusals import Refusal
from henji.web import rekeying
from henji.web.views.alone import asked, progress


@never_cache
@forms_door("web.keys_renewed")
def keys(request: Request) -> HttpResponse:
    """换钥: the button, the renewal that is going on, and when the last one was."""
    if request.method == "POST":
        try:
            rekeying.ask(**asked(request))
        except Refusal as refusal:
            messages.info(request, refusal.words)
        return redirect("web:keys")
    job = rekeying.latest_in(request.reach)
    said = {"title": _("正在换钥"), "url": reverse("web:keys")}
    if request.htmx:
        return progress(request, job, said)
    going = job is not None and not job.has_ended
    last = rekeying.last_done_in(request.reach)
    return render(request, "web/keys.html", {"job": job, "going": going, "last": last, **said})
