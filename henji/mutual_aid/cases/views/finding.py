"""What the pages of aid look up first, always within reach."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from henji.lib import clock
from henji.lib.doors import Request
from henji.mutual_aid.cases import queries
from henji.mutual_aid.cases.models import AidCaseVersion
from henji.unions.models import Union
from henji.unions.queries import county_worked_in

M = TypeVar("M", bound=Model)


def county_of(request: Request) -> Union:
    """The county worked in, or the one asked for; raises PermissionDenied where there is none."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def case_at(request: Request, key: UUID) -> AidCaseVersion:
    """The application as it stands, or 404."""
    held = queries.cases_in(request.reach).select_related("case__person", "meeting", "batch")
    return get_object_or_404(held, case=key)


def seen(request: Request, case: AidCaseVersion, form: Any) -> AidCaseVersion:
    """The version that the form was filled in against; the command says whether it still stands."""
    version = form.cleaned_data["version"]
    if version == case.pk:
        return case
    held = AidCaseVersion.objects.within(request.reach).select_related("case__person", "county", "notice")
    return get_object_or_404(held, pk=version, case=case.case_id)


def one_of(rows: QuerySet[M], pk: int) -> M:
    """The row, or 404."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sent(request: Request) -> QueryDict | None:
    """What was posted; None where the page is only read."""
    return request.POST if request.method == "POST" else None


def signed(request: Request) -> dict[str, Any]:
    """By whom, and when."""
    return {"by": request.reach.actor, "at": clock.now()}
