"""What the pages of this room look up before they do anything."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from henji.evidence.versions import Version, VersionQuerySet
from henji.lib.doors import Request
from henji.members.models import Person
from henji.mutual_aid import queries, rules
from henji.unions.models import Union
from henji.unions.queries import county_worked_in

V = TypeVar("V", bound=Version)


def county_of(request: Request) -> Union:
    """所在县: the county that the deed belongs to."""
    county = county_worked_in(request.reach, request.GET.get("county", ""))
    if county is None:
        raise PermissionDenied
    return county


def sent(request: Request) -> QueryDict | None:
    """What was typed, if anything was sent."""
    return request.POST if request.method == "POST" else None


def person_given(county: int, number: str) -> Person:
    """会员 with the identity number typed; raises NoSuchMember."""
    return rules.must_be_a_member(queries.member_numbered(county, number))


def seen(line: VersionQuerySet[V], form: Any) -> V:
    """所见版本: the version that the form was filled in against.

    Whether it is still current is for the command to say: it refuses where somebody was quicker.
    """
    return get_object_or_404(line, pk=form.cleaned_data["version"])


def told(form: Any) -> dict[str, Any]:
    """What the form says of the record itself."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def latest(line: VersionQuerySet[V]) -> V:
    """The latest version, whether it still stands or was withdrawn."""
    found = line.first()
    if found is None:
        raise Http404
    return found


def current(line: VersionQuerySet[V]) -> V:
    """The version that stands; what was withdrawn can no more be changed."""
    found = latest(line)
    if found.known_to is not None:
        raise Http404
    return found
