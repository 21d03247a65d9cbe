"""Pages of lists: all of a drive, one, and the links by which they are handed out."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from henji.evidence import telling
from henji.evidence.exporting import Offer, hand_out, personal_list
from henji.lib import clock, tags
from henji.lib.doors import Request, door, forms_door
from henji.lib.listing import render_list
from henji.lib.refusals import Refusal
from henji.members.cards.passes import drawn
from henji.mutual_aid import queries as room
from henji.mutual_aid.giving import books, commands, links, queries
from henji.mutual_aid.giving.forms import HandOutForm
from henji.mutual_aid.giving.models import Roll, RollLink, Slip
from henji.mutual_aid.giving.offers import ROLL
from henji.mutual_aid.giving.tables import LineFilter, LineTable, RollFilter, RollTable
from henji.mutual_aid.models import Drive


@door("mutual_aid.see")
def roll_list(request: Request, pk: int) -> HttpResponse:
    """名单: of a drive, employer by employer, each with its money and what is still open."""
    drive = drive_at(request, pk)
    rolls = queries.balances_of(queries.rolls_in(request.reach).filter(drive=drive))
    context = {"drive": drive, "form": HandOutForm()}
    if request.reach.whole_county:
        context |= {"placeless": queries.placeless(drive.county_id, clock.today())}
    return render_list(
        request,
        table=RollTable,
        filterset=RollFilter,
        queryset=rolls,
        template="mutual_aid/rolls/list.html",
        context=context,
        export_name=_("捐款名单汇总"),
    )


@door("mutual_aid.rolls_made", "POST")
def make_rolls(request: Request, pk: int) -> HttpResponse:
    """生成名单, or bring them up to today."""
    drive = drive_at(request, pk)
    made = commands.make_rolls(drive=drive, by=request.reach.actor, at=clock.now())
    told = {"rolls": made.rolls, "fresh": tags.number(made.fresh), "ended": tags.number(made.ended)}
    words = _("新建 %(rolls)s 份名单，列入 %(fresh)s 人，移出 %(ended)s 人") % told
    messages.success(request, words if any((made.rolls, made.fresh, made.ended)) else _("名单没有变化"))
    return redirect("mutual_aid:rolls", pk=drive.pk)


@door("mutual_aid.rolls_linked", "POST")
def hand_out_rolls(request: Request, pk: int) -> HttpResponse:
    """发链接: for every list with somebody on it that has no good link."""
    drive = drive_at(request, pk)
    rolls = list(queries.unlinked(request.reach, drive, clock.now()))
    if _handed_out(request, drive, rolls, HandOutForm(request.POST)):
        return redirect("mutual_aid:roll_links", pk=drive.pk)
    return redirect("mutual_aid:rolls", pk=drive.pk)


@door("mutual_aid.rolls_linked", "POST")
def hand_out_roll(request: Request, pk: int) -> HttpResponse:
    """发链接 for one list; an earlier link ends by it."""
    roll = roll_at(request, pk)
    _handed_out(request, roll.drive, [roll], HandOutForm(request.POST))
    return redirect("mutual_aid:roll", pk=roll.pk)


def _handed_out(request: Request, drive: Drive, rolls: list[Roll], form: HandOutForm) -> bool:
    """Whether the links were made; if not, the page says why."""
    if not form.is_valid():
        messages.error(request, "".join(map(str, form.errors["days"])))
        return False
    days = form.cleaned_data["days"]
    try:
        made = commands.hand_out(drive=drive, rolls=rolls, days=days, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return False
    messages.success(request, _("发出 %(n)s 个链接，%(days)s 天内有效") % {"n": len(made), "days": days})
    return True


@door("mutual_aid.link_revoked", "POST")
def revoke_link(request: Request, key: UUID) -> HttpResponse:
    """收回链接."""
    link = get_object_or_404(
        RollLink.objects.filter(roll__in=Roll.objects.within(request.reach).values("pk")), pk=key
    )
    try:
        commands.revoke_link(link=link, by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("链接已收回"))
    return redirect("mutual_aid:roll", pk=link.roll_id)


@dataclass(frozen=True, slots=True)
class Shown:
    """链接, as it is handed over: its address, and a drawing of it to be scanned."""

    link: RollLink
    url: str

    @property
    def drawing(self) -> str:
        """二维码."""
        return drawn(self.url)


@door("mutual_aid.rolls_linked")
@never_cache
def roll_links(request: Request, pk: int) -> HttpResponse:
    """链接条: the links of a drive that are good, to be printed, cut and handed over."""
    drive = drive_at(request, pk)
    rolls = Roll.objects.within(request.reach).filter(drive=drive)
    held = RollLink.objects.filter(roll__in=rolls.values("pk"), revoked_by__isnull=True)
    good = (
        held.filter(ends_at__gt=clock.now()).select_related("roll__employer").order_by("roll__employer__name")
    )
    shown = [Shown(link, request.build_absolute_uri(links.path_of(link))) for link in good]
    return render(request, "mutual_aid/rolls/links.html", {"drive": drive, "links": shown})


@forms_door("mutual_aid.see")
@never_cache
def roll_page(request: Request, pk: int) -> HttpResponseBase:
    """一份名单: who stands on it, how its money stands, how it was handed out, what came back."""
    roll = roll_at(request, pk)
    held = list(queries.links_of(roll)[:5])
    good = next((link for link in held if link.is_good(clock.now())), None)
    may_link = request.reach.may("mutual_aid.rolls_linked")
    shown = Shown(good, request.build_absolute_uri(links.path_of(good))) if good and may_link else None
    slips = Slip.objects.known().filter(roll=roll).order_by("paid_on", "pk")
    receipts = queries.receipts_in(request.reach).good().filter(slip__roll=roll)
    of_slip = {receipt.slip_id: receipt for receipt in receipts}
    return personal_list(
        request,
        table=LineTable,
        filterset=LineFilter,
        queryset=queries.lines_of(roll),
        template="mutual_aid/rolls/roll.html",
        context={
            "roll": roll,
            "balance": queries.balance_of(roll),
            "booked_yuan": queries.booked_for(roll, clock.today()) if request.reach.whole_county else None,
            "shown": shown,
            "form": HandOutForm(),
            "report": queries.open_report(roll),
            "slips": [(slip, of_slip.get(slip.pk)) for slip in slips],
            "moments": telling.moments_of(ROLL, str(roll.pk), request.reach),
        },
        export_name=gettext_lazy("捐款名单"),
    )


@forms_door("mutual_aid.see")
@never_cache
def roll_workbook(request: Request, pk: int) -> HttpResponseBase:
    """名单工作簿: to be filled in by the employer, and to come back by the import of donations."""
    roll = roll_at(request, pk)
    lines = queries.lines_of(roll).filter(gave_yuan__isnull=True)
    offer = Offer(
        gettext_lazy("捐款名单"),
        lines.count(),
        lambda stream, mark: books.write(stream, roll, lines, mark=mark),
        file_name=_("捐款名单 %(employer)s") % {"employer": roll.employer.name},
        back=reverse("mutual_aid:roll", args=[roll.pk]),
        reason=_("交单位填报"),
    )
    return hand_out(request, offer)


def drive_at(request: Request, pk: int) -> Drive:
    """The drive within reach, else 404."""
    return get_object_or_404(room.drives_of(request.reach.counties).select_related("county"), pk=pk)


def roll_at(request: Request, pk: int) -> Roll:
    """The list within reach, else 404."""
    return get_object_or_404(queries.rolls_in(request.reach), pk=pk)
