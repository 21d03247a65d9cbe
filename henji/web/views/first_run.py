"""首次启用: the pages that a new installation opens on. Once a county is founded they are gone."""

import functools
import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from henji.accounts import slips
from henji.lib import clock
from henji.lib.refusals import Refusal
from henji.unions import queries
from henji.web import demo_request, founding
from henji.web.forms import FoundingForm

Page = Callable[[HttpRequest], HttpResponse]
#: A proxy in front adds headers of these kinds; then the address of the browser is not known for certain.
_FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_", "HTTP_CF_", "HTTP_TRUE_CLIENT")
#: Browsers send these of themselves, and htmx.
_OWN = ("HTTP_X_REQUESTED_WITH", "HTTP_X_CSRFTOKEN")


def _first_run(page: Page) -> Page:
    """Only before the first county is founded, and only for a browser on this very machine."""

    @functools.wraps(page)
    def guarded(request: HttpRequest) -> HttpResponse:
        if queries.any_county():
            if request.method == "POST":
                messages.error(request, _("这里已经建立了县总工会，请直接登录"))
            return redirect("web:workbench")
        if not _is_here(request):
            return render(request, "web/elsewhere.html", status=403)
        return page(request)

    return guarded


def _is_here(request: HttpRequest) -> bool:
    """Whether the browser runs on the machine that the server runs on."""
    if settings.TLS or any(name.startswith(_FORWARDED) and name not in _OWN for name in request.META):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_GET
@_first_run
def start(request: HttpRequest) -> HttpResponse:
    """首次启用: two ways."""
    return render(request, "web/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
@_first_run
def found(request: HttpRequest) -> HttpResponse:
    """建立我县: the county federation and the first account."""
    form = FoundingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = founding.found(**form.cleaned_data, at=clock.now(), first=True)
        except founding.AlreadyStarted as refusal:
            messages.error(request, refusal.words)
            return redirect("accounts:login")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            slips.put(request.session, opened)
            return redirect("web:founded")
    return render(request, "web/found.html", {"form": form})


@never_cache
@require_GET
def founded(request: HttpRequest) -> HttpResponse:
    """已建立: the one-time password, once, in the browser that founded the county."""
    slip = slips.take(request.session)
    return render(request, "web/founded.html", {"slip": slip}) if slip else redirect("web:workbench")


@require_POST
@_first_run
def demo(request: HttpRequest) -> HttpResponse:
    """看演示县: ask for the demonstration beside this installation."""
    demo_request.ask()
    return redirect("web:demo_progress")


@never_cache
@require_GET
@_first_run
def demo_progress(request: HttpRequest) -> HttpResponse:
    """演示准备中: asked after again and again until the demonstration answers."""
    address = demo_request.address()
    asking = "HX-Request" in request.headers
    if address:
        return HttpResponseClientRedirect(address) if asking else redirect(address)
    context = {
        "asked": demo_request.is_asked(),
        "late": demo_request.is_late(clock.now()),
        "progress": demo_request.progress(),
    }
    return render(request, "web/_demo_progress.html" if asking else "web/demo.html", context)
