"""Pages that anybody may read: notices in force, and an application for whoever has its link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from henji.lib import clock, ids
from henji.lib.doors import Request, door
from henji.members.cards.passes import drawn
from henji.mutual_aid.cases import links, queries, stages
from henji.mutual_aid.cases.views.finding import case_at


@door("mutual_aid.see_cases")
@never_cache
def case_link(request: Request, key: UUID) -> HttpResponse:
    """查询链接: to be handed to the applicant, on paper or by a phone that scans it."""
    case = case_at(request, key)
    url = f"{reverse('mutual_aid:my_case')}?case={case.case.token}&mark={links.link_mark(case.case.token)}"
    link = request.build_absolute_uri(url)
    context = {"case": case, "name": queries.applicants([case])[case.line], "link": link}
    return render(request, "mutual_aid/cases/link.html", context | {"drawing": drawn(link)})


@require_safe
@never_cache
def my_case(request: HttpRequest) -> HttpResponse:
    """到哪一步了: what the applicant sees; nothing of the illness, and the name in part."""
    token, mark = request.GET.get("case", ""), request.GET.get("mark", "")
    if not token:
        return render(request, "mutual_aid/cases/mine.html", {"case": None})
    if not constant_time_compare(mark, links.link_mark(token)):
        raise Http404
    case = queries.case_with(token)
    if case is None:
        raise Http404
    name = queries.applicants([case])[case.line]
    context = {
        "case": case,
        "name": queries.masked_name(name),
        "stage": stages.stage_of(case),
        "stages": stages.steps_of(case),
        "returned": queries.opened(case).get("returned", "") if case.state == "returned" else "",
        "phone": case.notice.phone if case.notice else queries.last_phone(case.county_id),
    }
    return render(request, "mutual_aid/cases/mine.html", context)


@require_safe
def public_notices(request: HttpRequest) -> HttpResponse:
    """公示中: the notices in force, of every county here; what is over is not shown any more."""
    running = queries.notices_running(clock.today())
    asked = request.GET.get("notice", "")
    if asked:
        running = running.filter(pk=ids.named(asked) or 0)
        if not running.exists():
            raise Http404
    shown = [(notice, queries.lines_of(notice)) for notice in running]
    return render(request, "mutual_aid/cases/public.html", {"shown": shown})
