"""备份: make one, see how far it is, take it away."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.lib import exports
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.web.backup import asking, shelf
from henji.web.forms import BackupForm
from henji.web.rules import AlreadyBackingUp
from henji.web.views.alone import asked, progress


@never_cache
@forms_door("web.backed_up")
def backups(request: Request) -> HttpResponse:
    """备份: the passphrase for a new one, the one being made, the earlier ones."""
    form = BackupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(passphrase=form.cleaned_data["passphrase"], **asked(request))
        except AlreadyBackingUp as refusal:
            messages.info(request, refusal.words)
            return redirect("web:backups")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("web:backups")
    if request.GET.get("export") == "xlsx":
        return _as_workbook(request)
    job = asking.latest_in(request.reach)
    said = {"title": _("正在备份"), "url": reverse("web:backups")}
    if request.htmx:
        return progress(request, job, said)
    going = job is not None and not job.has_ended
    context = {"form": form, "job": job, "going": going, "kept": shelf.KEPT, **said}
    return render(request, "web/backups.html", context | {"made": shelf.listed_in(request.reach)})


@door("web.backed_up")
def download(request: Request, key: UUID) -> FileResponse:
    """取走: the closed file."""
    trace = get_object_or_404(shelf.made_in(request.reach), pk=key)
    place = shelf.place_of(trace.pk)
    if not place.exists():
        raise Http404
    name = _("痕迹备份-%(day)s.henji") % {"day": f"{localtime(trace.at):%Y%m%d-%H%M}"}
    return FileResponse(place.open("rb"), as_attachment=True, filename=name)


def _as_workbook(request: Request) -> HttpResponse:
    """The list of backups; the files themselves are taken away one by one."""
    return exports.as_workbook(
        request,
        name=_("备份"),
        heads=[_("时间"), _("大小（KB）"), _("经办人"), _("SHA-256 摘要")],
        rows=[(one.at, one.size_kib, one.who, one.digest) for one in shelf.listed_in(request.reach)],
    )
