"""Questions about transfers that were asked for: by one county, of whichever holds the member."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Exists, Expression, Field, OuterRef, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from henji.lib.reach import Reach
from henji.members.models import Doubt, DoubtQuerySet, Kind, Merger, Particulars, Transfer
from henji.unions.models import Union


class Asked(NamedTuple):
    """他县请求转入: for whom of ours, which county, since when; `line` is the doubt's."""

    line: UUID
    person: UUID
    name: str
    county: Union
    on: date


def asked_of(reach: Reach) -> list[Asked]:
    """他县请求转入: members within reach whom another county asks to be released to it, the latest first.

    The asking county learns nothing by asking; whoever holds the member learns which county asks. Whom it
    has released already is left out. Two queries.
    """
    held = Particulars.objects.known().filter(county__in=reach.counties)
    own = held.filter(id_index=OuterRef("id_index"))
    folded = Merger.objects.known().filter(id_index=OuterRef(OuterRef("id_index"))).values("kept")
    kept = held.filter(person__in=folded)
    asked = Doubt.objects.known().asked().exclude(county__in=reach.counties)
    if not reach.whole_county:
        asked = asked.none()

    def its(name: str, field: "Field[Any, Any]") -> Expression:
        ours, put_together = Subquery(own.values(name)[:1]), Subquery(kept.values(name)[:1])
        return Coalesce(ours, put_together, output_field=field)

    found = asked.annotate(person_asked=its("person", UUIDField()), name_asked=its("name", CharField()))
    waits = Transfer.objects.known().open().filter(person=OuterRef("person_asked"))
    rows = found.filter(~Exists(waits), person_asked__isnull=False).order_by("-pk")
    told = list(rows.values_list("line", "person_asked", "name_asked", "county", "known_from"))
    counties = Union.objects.in_bulk({county for *_rest, county, _at in told})
    return [Asked(line, who, name, counties[county], localdate(at)) for line, who, name, county, at in told]


def asked_about(reach: Reach, line: UUID) -> Asked | None:
    """One of those asked for; None where it is not, or no longer."""
    return next((one for one in asked_of(reach) if one.line == line), None)


def noted(county: Union, index: str) -> Doubt | None:
    """已在队列: what the county asks already about the number."""
    return elsewhere().filter(county=county, id_index=index).first()


def elsewhere() -> DoubtQuerySet:
    """他县已登记: all that is believed of those held elsewhere, answered or not."""
    return Doubt.objects.known().filter(kind=Kind.ELSEWHERE)
