"""The page on which a person's data are destroyed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence.forms import EndForm
from henji.lib import clock
from henji.lib.doors import Request, forms_door
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.models import Person
from henji.members.queries.files import rosters_telling_of
from henji.members.queries.mergers import current


@forms_door("members.erased")
@never_cache
def erase(request: Request, key: UUID) -> HttpResponse:
    """个人信息删除: on the person's request; it cannot be undone."""
    persons = current(Person.objects.within(request.reach).select_related("county"))
    held = get_object_or_404(persons, pk=key)
    form = EndForm(request.POST if request.method == "POST" else None, word=_("删除"))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.erase_person(person=held, reason=reason, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("个人信息已删除"))
            return redirect("members:person", key)
    context = {"form": form, "card": queries.card(held), "files": rosters_telling_of(held)}
    return render(request, "members/erase.html", context)
