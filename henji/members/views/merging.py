"""Pages on which two records of one person are put together, and taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from henji.evidence.versions import Outdated
from henji.lib import clock
from henji.lib.doors import Request, door, forms_door
from henji.lib.refusals import Refusal
from henji.members import commands, queries
from henji.members.forms import MergeForm, OtherRecordForm, WhyForm
from henji.members.models import Merger, Person
from henji.members.queries import mergers
from henji.members.views.again import asked_again


@forms_door("members.merged")
@never_cache
def merge_with(request: Request, key: UUID) -> HttpResponse:
    """合并记录: which other record is of the same person."""
    card = _card(request, key)
    form = OtherRecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        held = queries.holder_of(form.cleaned_data["identity"])
        other = Person.objects.within(request.reach).filter(pk=held.pk).first() if held else None
        if other is not None and other.pk != key:
            return redirect("members:merge", key, other.pk)
        form.add_error("identity", _("本县没有另一条这个身份证号的记录"))
    alike = mergers.called_alike(card.person, card.known.name)
    return render(request, "members/merge_with.html", {"form": form, "card": card, "alike": alike})


@forms_door("members.merged")
@never_cache
def merge(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """合并: the two records side by side, and which of them remains."""
    cards = _card(request, key), _card(request, other)
    form = MergeForm(request.POST if request.method == "POST" else None, cards=cards)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        try:
            commands.merge(**told, by=request.reach.actor, at=clock.now())
        except Outdated as refusal:
            cards = _card(request, key), _card(request, other)
            form = form.rebased(MergeForm(None, cards=cards), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已合并"))
            return redirect("members:person", told["kept"].pk)
    return render(request, "members/merge.html", {"form": form, "cards": cards, "card": cards[0]})


@door("members.merger_withdrawn", "POST")
def unmerge(request: Request, line: UUID) -> HttpResponse:
    """拆分恢复."""
    merger = get_object_or_404(Merger.objects.known().within(request.reach), line=line)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            apart = commands.unmerge(
                merger=merger, **form.cleaned_data, by=request.reach.actor, at=clock.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已拆分，这是恢复出来的那一条"))
            return redirect("members:person", apart.pk)
    return asked_again(request, form, _("拆分恢复"), reverse("members:person", args=[merger.kept_id]))


def _card(request: Request, key: UUID) -> queries.Card:
    persons = mergers.current(Person.objects.within(request.reach).select_related("county"))
    return queries.card(get_object_or_404(persons, pk=key))
