"""The deed by which a person's data are destroyed on request."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from henji.evidence import erasing, traces, versions
from henji.lib.actors import Actor
from henji.members import rules
from henji.members.deeds import Deed
from henji.members.derived import NOTHING
from henji.members.models import Doubt, Merger, Particulars, Person, StagedMember, Transfer
from henji.members.rules import moving
from henji.unions.models import Union
from henji.work.models import Conflict

#: What stands in the place of the name. On record, whatever language somebody reads it in.
ERASED_NAME = "已删除个人信息"


@transaction.atomic
def erase_person(*, person: Person, reason: str, by: Actor, at: datetime) -> Person:
    """个人信息删除: destroy the person's key, name, blind indexes, and what was said of the person in words.

    Memberships and money stay, of nobody in particular; so do the closed boxes, which no key opens any more
    and over which every seal still verifies. Records folded into the person's go the same way. The same
    number, enrolled or imported later, begins a record of its own: nothing is left to know it by. Source: the
    personal-information law (个人信息保护法), article 47. Raises Erased, InTransfer, ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=True)
    Union.objects.select_for_update(no_key=True).get(pk=person.county_id)
    rules.must_be_open(Person.objects.get(pk=person.pk))
    moving.must_be_in_no_transfer(Transfer.objects.known().open().filter(person=person).exists())
    mergers = Merger.objects.filter(Q(kept=person) | Q(folded=person))
    folded = mergers.known().filter(kept=person).values_list("folded", flat=True)
    keys = [person.pk, *folded]
    trace = traces.new_id(at)
    numbers = _numbers(keys)
    for told in Particulars.objects.known().filter(person__in=keys):
        # A version of its own: an import that was checked before does not bring the words back.
        versions.supersede(told, trace=trace, at=at, source_row=None)
    for key in keys:
        said = Particulars.objects.filter(person=key)
        said.update(name=ERASED_NAME, id_index=key.hex, **NOTHING._asdict())
    Person.objects.filter(pk__in=keys).update(key=None, likeness="")
    StagedMember.objects.filter(person__in=keys).delete()
    StagedMember.objects.filter(conflict=Conflict.ELSEWHERE, id_index__in=numbers).update(
        name="", id_index=""
    )
    Doubt.objects.filter(id_index__in=numbers).update(told_name="", id_index="")
    mergers.update(id_index="")
    erasing.erase("members.person", [str(key) for key in keys])
    traces.leave(
        Deed.ERASED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"records": len(keys)},
        words=words,
    )
    person.key = None
    return person


def _numbers(keys: Sequence[UUID]) -> list[str]:
    """The blind indexes of all numbers that the records ever had; other counties may ask about them."""
    told = Particulars.objects.filter(person__in=keys).values_list("id_index", flat=True)
    folded = Merger.objects.filter(folded__in=keys).values_list("id_index", flat=True)
    return [number for number in {*told, *folded} if number]
