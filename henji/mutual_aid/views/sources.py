"""来源: the row of the book from which a gift came, as it was handed in; and of what a fund consists."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_list_or_404, render
from django.views.decorators.cache import never_cache

from henji.evidence.figures import Scope
from henji.lib import clock
from henji.lib.doors import Request, door
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.members import rules as members
from henji.mutual_aid import grounds, queries
from henji.mutual_aid.funds import funds_by_county
from henji.mutual_aid.models import Donation
from henji.mutual_aid.schemes.telling import COLLECTED
from henji.unions.models import Union
from henji.work import handed_in


@door("mutual_aid.see")
def fund(request: Request) -> HttpResponse:
    """互助资金: of what the denominator of the rate of payout consists, part by part."""
    ask = grounds.asked(request.GET, request.reach, today=clock.today())
    latest = queries.drives_of(ask.counties).first()
    period = ask.period or Period.year((latest.aid_from if latest else ask.as_of).year)
    scope = Scope(ask.counties if request.reach.whole_county else (), period, ask.as_of, ask.known_at)
    drives = list(queries.drives_serving(scope.unions, period, ask.known_at))
    held = funds_by_county(scope, drives)
    names = Union.objects.in_bulk(held)
    asked_for = urlencode({"from": period.start, "to": period.last_day, "as_of": ask.as_of})
    context = {
        "period": period,
        "ask": ask,
        "funds": [(names[county], one, COLLECTED[one.defined]) for county, one in held.items()],
        "query": asked_for,
    }
    return render(request, "mutual_aid/fund.html", context)


@door("mutual_aid.see")
@never_cache
def donation_row(request: Request, line: UUID) -> HttpResponse:
    """名册的行: of the gift's first version, which alone came from a book."""
    get_list_or_404(Donation.objects.within(request.reach), line=line)
    first, *later = Donation.objects.filter(line=line).select_related("person", "drive").order_by("pk")
    if first.source_row is None:
        raise Http404
    giver = (later or [first])[-1].person
    context: dict[str, object] = {"gift": first}
    try:
        if giver:
            members.must_be_open(giver)
        context["handed_in"] = handed_in.row_of(first.made_by_id, first.source_row)
    except Refusal as refusal:
        context["refused"] = refusal.words
    return render(request, "mutual_aid/row.html", context)
