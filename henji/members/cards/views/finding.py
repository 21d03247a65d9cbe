"""What the pages of cards look up first, always within reach."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from henji.lib.doors import Request
from henji.members.cards import queries
from henji.members.cards.models import Card, CardBatch
from henji.unions.models import Union
from henji.unions.queries import county_worked_in


def county_of(request: Request) -> Union:
    """The county worked in, or the one asked for; raises PermissionDenied where there is none."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def card_at(request: Request, line: UUID) -> Card:
    """The card as it is now, or 404."""
    return get_object_or_404(queries.cards_in(request.reach).select_related("county"), line=line)


def batch_at(request: Request, pk: int) -> CardBatch:
    """The batch, or 404."""
    return get_object_or_404(queries.batches_in(request.reach), pk=pk)


def sent(request: Request) -> QueryDict | None:
    """What was posted; None where the page is only read."""
    return request.POST if request.method == "POST" else None
