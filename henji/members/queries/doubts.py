"""Questions about what should be looked at: who is on record twice, who may have retired."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from henji.lib.reach import Reach
from henji.members.models import Doubt, DoubtQuerySet, Membership, Particulars, Standing
from henji.members.queries import mergers, opened
from henji.members.retirement import Retirement, retirements, retires_on
from henji.unions.models import Union

_YEAR = 12


def doubts_in(reach: Reach) -> DoubtQuerySet:
    """冲突待核: those that the request may see, with both names (`name`, `other_name`)."""
    # Of somebody who went to another county since, that county asks.
    ours = Q(person__county=F("county")) | Q(person__isnull=True)
    rows = Doubt.objects.known().within(reach).filter(ours).select_related("person", "other", "county")
    name = Coalesce(mergers.name_of(), F("told_name"))
    return rows.annotate(name=name, other_name=mergers.name_of("other"))


def alike(county: Union) -> Iterator[tuple[UUID, UUID]]:
    """疑似同一人: pairs on the county's record with one name and one phone, and two numbers.

    By the last places of the phone first, which stand as blind indexes; then by the whole phone, from the
    boxes of those few. Pairs that were asked about are left out.
    """
    known = Particulars.objects.known().filter(county=county).exclude(phone_tail="")
    groups = known.order_by().values("name", "phone_tail").annotate(n=Count("pk")).filter(n__gt=1)
    asked = set(Doubt.objects.known().filter(county=county, kind="alike").values_list("person", "other"))
    for group in groups:
        rows = known.filter(name=group["name"], phone_tail=group["phone_tail"]).select_related("person")
        held = sorted((row.person_id, opened(row).get("phone", "")) for row in rows)
        for (one, phone), (other, its_phone) in combinations(held, 2):
            if phone and phone == its_phone and (one, other) not in asked:
                yield one, other


def retired(county: Union, today: date) -> Iterator[tuple[UUID, str]]:
    """疑似退休: members of the county who reached an age of retirement and work on; with the age's code."""
    works = Membership.objects.known().filter(
        person=OuterRef("person"), end_on__isnull=True, standing=Standing.WORKING
    )
    asked = Doubt.objects.known().filter(person=OuterRef("person"))
    for law in retirements().values():
        oldest = today.year - law.months // _YEAR
        known = Particulars.objects.known().filter(county=county, sex=law.sex, birth_year__lte=oldest)
        rows = known.filter(Exists(works), ~Exists(asked.filter(retirement=law.code)))
        yield from ((row.person_id, law.code) for row in _reached(rows, law, today))


def _birth(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _reached(rows: "QuerySet[Particulars]", law: Retirement, today: date) -> Iterator[Particulars]:
    for row in rows.select_related("person").iterator(chunk_size=2000):
        number = opened(row).get("identity", "")
        day = retires_on(_birth(number), law) if number else None
        if day is not None and day <= today:
            yield row
