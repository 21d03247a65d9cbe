"""原表: the row of the book from which a gift came, as it was handed in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_list_or_404, render
from django.views.decorators.cache import never_cache

from henji.lib.doors import Request, door
from henji.lib.refusals import Refusal
from henji.members import rules as members
from henji.mutual_aid.models import Donation
from henji.work import handed_in


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
