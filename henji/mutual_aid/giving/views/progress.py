"""The page that says how a drive goes, and which employers would close the gap."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from henji.lib import clock, exports
from henji.lib.doors import Request, door
from henji.mutual_aid.giving import charts, closing, queries, rules, wording
from henji.mutual_aid.giving.forms import TargetForm
from henji.mutual_aid.giving.models import Roll
from henji.mutual_aid.giving.queries import Progress
from henji.mutual_aid.giving.views.rolls import drive_at


@door("mutual_aid.see")
def drive_progress(request: Request, pk: int) -> HttpResponse:
    """活动进度: people, money and open differences by township and employer; gap, pace, forecast."""
    drive = drive_at(request, pk)
    asked = TargetForm(request.GET)
    target = asked.cleaned_data["target"] if asked.is_valid() else queries.appeal_of(drive).target
    progress = queries.progress_of(drive, request.reach, clock.today(), target)
    if request.GET.get("export") == "xlsx":
        return _workbook(request, progress)
    rolls = dict(Roll.objects.within(request.reach).filter(drive=drive).values_list("employer", "pk"))
    named = {going.employer: going for going in progress.goings}
    steps = closing.least_work((going.chance for going in progress.goings), progress.pace.gap)
    places = queries.places_of(progress.goings)
    context = {
        "drive": drive,
        "progress": progress,
        "pace": progress.pace,
        "places": places,
        "bars": charts.by_township(places),
        "line": charts.by_day(progress),
        "goings": [(going, rolls.get(going.employer)) for going in progress.goings],
        "steps": [(step, named[step.employer], rolls.get(step.employer)) for step in steps],
        "form": TargetForm(initial={"target": target}),
        "a_day": f"{float(progress.pace.a_day):.1f}",
        "assumption": wording.assumption(progress.pace),
    }
    return render(request, "mutual_aid/rolls/progress.html", context)


def _workbook(request: Request, progress: Progress) -> HttpResponse:
    heads = [
        *(_("单位"), _("所属乡镇"), _("会员数"), _("已捐人数"), _("待受理")),
        *(_("名单金额"), _("已缴存"), _("差额"), _("对账")),
    ]
    rows = [
        (
            *(going.name or _("没有单位的会员"), going.township, going.members, going.donors),
            *(going.reported, going.given_yuan, going.paid_yuan, going.owing_yuan),
            rules.difference_in_words(going.owing_yuan),
        )
        for going in progress.goings
    ]
    name = _("%(drive)s进度 %(day)s") % {"drive": progress.drive.name, "day": progress.day.isoformat()}
    return exports.as_workbook(request, name=name, heads=heads, rows=rows)
