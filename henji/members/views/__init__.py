"""Pages of members."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from henji.evidence import telling
from henji.evidence.exporting import personal_list
from henji.evidence.versions import Change, Outdated
from henji.lib import clock, tongues
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.members import commands, history, queries, rules
from henji.members.computed import computed
from henji.members.forms import AskedForm, CorrectForm, EnrolForm, PlaceForm, RevealForm, WhyForm
from henji.members.models import Person
from henji.members.queries.asking import asked_of
from henji.members.queries.mergers import current, folded_into, kept_for
from henji.members.queries.transfers import awaiting, former_member
from henji.members.tables import MemberFilter, MemberTable, UnplacedFilter, UnplacedTable
from henji.unions.models import Union
from henji.unions.queries import county_worked_in, names_of
from henji.work import handed_in


@forms_door("members.see")
def roster(request: Request) -> HttpResponseBase:
    """会员名册: the members of a day, today unless another one is asked for."""
    county = _county(request)
    words = request.GET.get("q", "")
    found = _named_by_number(request, words)
    if found is not None:
        url = reverse("members:person", args=[found.pk])
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    asked = AskedForm(request.GET).chosen
    day, known_at = asked.get("as_of") or clock.today(), asked.get("known_at")
    roll = queries.roll(request.reach, county.pk, day, known_at=known_at)
    context = {
        "awaiting": awaiting(request.reach),
        "asked": asked_of(request.reach),
        "roll": roll,
        "place": county.name if request.reach.whole_county else tongues.listed(names_of(request.reach.trees)),
        "past": day if day != clock.today() else None,
        "known_at": known_at,
        "kept": urlencode(
            {name: request.GET[name] for name in ("county", "as_of", "known_at") if name in request.GET}
        ),
    }
    response = personal_list(
        request,
        table=MemberTable,
        filterset=MemberFilter,
        queryset=queries.known_in(county.pk).counted_as(None if known_at else roll.members),
        template="members/roster.html",
        context=context,
        export_name=gettext_lazy("会员名册"),
    )
    if any(map(str.isdigit, words)):
        # Part of an identity number: it is not to stay in the browser's history.
        response["HX-Push-Url"] = "false"
    return response


@door("members.see")
@never_cache
def person(request: Request, key: UUID) -> HttpResponse:
    """会员页: what is known, where a member, what happened; of who went to another county, what was here."""
    former = former_member(request.reach, key)
    if former is not None:
        return render(request, "members/former.html", {"former": former})
    held = _any_record(request, key)
    kept = kept_for(held)
    if kept is not None:
        return redirect("members:person", kept.pk)
    folded = list(folded_into(held))
    card = queries.card(held)
    context = {
        "card": card,
        "computed": list(computed(card.opened, card.latest.employer, today=clock.today())),
        "moments": _moments(request, [key, *(merger.folded_id for merger in folded)]),
        "steps": history.steps_of(held),
        "folded": [(merger, history.steps_of(merger.folded)) for merger in folded],
        "why": WhyForm(),
    }
    return render(request, "members/person.html", context)


def _moments(request: Request, keys: list[UUID]) -> list[telling.Moment]:
    """What happened to the person, under whichever record; each deed once, the latest first."""
    told = [
        moment for key in keys for moment in telling.moments_of("members.person", str(key), request.reach)
    ]
    return sorted(dict.fromkeys(told), key=lambda moment: moment.at, reverse=True)


@door("members.see")
@never_cache
def row(request: Request, key: UUID, trace: UUID, number: int) -> HttpResponse:
    """原表的行: the row of the workbook, as it was handed in, that told something of the person."""
    held = _any_record(request, key)
    if not queries.came_from(held, trace, number):
        raise Http404
    context: dict[str, object] = {"card": queries.card(held), "number": number}
    try:
        context["handed_in"] = rules.must_be_open(held) and handed_in.row_of(trace, number)
    except Refusal as refusal:
        context["refused"] = refusal.words
    return render(request, "members/row.html", context)


@forms_door("members.enrolled")
def enrol(request: Request) -> HttpResponse:
    """会员登记: enrol one person by hand."""
    county = _county(request)
    form = EnrolForm(_sent(request), county=county)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.enrol(county=county, **form.told(), by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已登记"))
            return redirect("members:person", made.pk)
    return render(request, "members/enrol.html", {"form": form})


@forms_door("members.corrected")
@never_cache
def correct(request: Request, key: UUID) -> HttpResponse:
    """会员信息更正: correct one person by hand."""
    held = _person(request, key)
    card = queries.card(held)
    form = CorrectForm(_sent(request), card=card)
    theirs: tuple[Change, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            commands.correct_person(
                person=held, seen=form.seen, **form.told(), by=request.reach.actor, at=clock.now()
            )
        except Outdated as refusal:
            theirs = history.since(held, form.seen)
            form = form.rebased(CorrectForm(None, card=queries.card(_person(request, key))), refusal)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已更正"))
            return redirect("members:person", key)
    return render(request, "members/correct.html", {"form": form, "card": card, "theirs": theirs})


@door("members.revealed", "POST")
@never_cache
def reveal(request: Request, key: UUID, field: str) -> HttpResponse:
    """查看完整号码: the clear value as plain text, after the reason has been written down."""
    held = _person(request, key)
    form = RevealForm(request.POST)
    try:
        told = commands.reveal(
            person=held,
            field=field,
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return HttpResponse(refusal.words, status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@door("members.see")
def unplaced(request: Request) -> HttpResponse:
    """待归属单位: names that rosters gave and the records do not hold."""
    return render_list(
        request,
        table=UnplacedTable,
        filterset=UnplacedFilter,
        queryset=queries.named_by_rosters(request.reach),
        template="members/unplaced.html",
        export_name=_("待归属单位"),
    )


@forms_door("members.see")
def place(request: Request, pk: int) -> HttpResponse:
    """归属: a name that rosters gave, whom it means, or a form to say so."""
    asked = get_object_or_404(queries.unplaced_names(request.reach), pk=pk)
    if request.method == "POST" and not request.reach.may("members.placed"):
        raise PermissionDenied
    form = PlaceForm(_sent(request), unplaced=asked)
    if request.method == "POST" and form.is_valid():
        try:
            commands.place(unplaced=asked, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已归属到“%(name)s”") % {"name": form.cleaned_data["employer"].name})
            return redirect("members:unplaced")
    return render(request, "members/place.html", {"form": form, "asked": asked})


@door("members.placing_withdrawn", "POST")
def withdraw_placing(request: Request, pk: int) -> HttpResponse:
    """归属撤回: the name was placed with the wrong employer."""
    asked = get_object_or_404(queries.unplaced_names(request.reach), pk=pk)
    try:
        commands.withdraw_placing(unplaced=asked, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.info(request, refusal.words)
    else:
        messages.success(request, _("已撤回，请重新归属"))
    return redirect("members:place", pk)


def _named_by_number(request: Request, words: str) -> Person | None:
    """Who holds the identity number that was typed: nobody's number stays in an address."""
    number = queries.identity_in(words)
    held = queries.holder_of(number) if number else None
    return Person.objects.within(request.reach).filter(pk=held.pk).first() if held else None


def _county(request: Request) -> Union:
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def _any_record(request: Request, key: UUID) -> Person:
    return get_object_or_404(Person.objects.within(request.reach).select_related("county"), pk=key)


def _person(request: Request, key: UUID) -> Person:
    """The person, unless the record was folded into another."""
    persons = current(Person.objects.within(request.reach).select_related("county"))
    return get_object_or_404(persons, pk=key)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
