"""Deeds on two records of one person: putting them together, and taking them apart again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.evidence.versions import Version
from henji.lib import ids
from henji.lib.actors import Actor
from henji.members import queries, rules
from henji.members.cards import following
from henji.members.deeds import Deed
from henji.members.models import Membership, Merger, Particulars, Person, Transfer
from henji.members.rules import merging, moving
from henji.unions.models import Union

V = TypeVar("V", bound=Version)


@transaction.atomic
def merge(
    *,
    kept: Person,
    folded: Person,
    seen: tuple[queries.Seen, queries.Seen],
    reason: str,
    by: Actor,
    at: datetime,
) -> Merger:
    """合并: two records are of one person; `kept` remains, and what is held of `folded` leads to it.

    Memberships of the folded record that share no day with one of the kept go along; the others end as
    mistakes do, and stay to be read. Of two live cards one remains: see `following`. `seen` are the versions
    of both that were looked at, the kept first.
    Raises SameRecord, InTwoCounties, MergedAlready, Erased, InTransfer, ReasonMissing, Outdated.
    """
    words = moving.exact_reason(reason, needed=True)
    merging.must_be_two_of_one_county(kept, folded)
    Union.objects.select_for_update(no_key=True).get(pk=kept.county_id)
    merging.must_stand_alone(_merged(kept, folded))
    for person in (kept, folded):
        rules.must_be_open(person)
    moving.must_be_in_no_transfer(Transfer.objects.known().open().filter(person__in=(kept, folded)).exists())
    ours, theirs = queries.card(kept), queries.card(folded)
    rules.must_be_current((ours.seen, theirs.seen) == seen)
    trace = traces.new_id(at)
    versions.end(theirs.known, trace=trace, at=at)
    for row in theirs.memberships:
        versions.end(row, trace=trace, at=at)
    brought = merging.beside(ours.memberships, theirs.memberships)
    for row in brought:
        _again(row, trace=trace, at=at, line=ids.new(at), person_id=kept.pk)
    merger = Merger.objects.create(
        line=ids.new(at),
        county_id=kept.county_id,
        kept=kept,
        folded=folded,
        id_index=theirs.known.id_index,
        made_by_id=trace,
        known_from=at,
    )
    cards = following.put_together(kept=kept, folded=folded, on=localdate(at), trace=trace, at=at)
    traces.leave(
        Deed.MERGED,
        id=trace,
        subject=kept,
        county=kept.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"folded": folded.pk, "brought": len(brought)} | _of_cards(cards),
        words=words,
    )
    return merger


@transaction.atomic
def unmerge(*, merger: Merger, reason: str, by: Actor, at: datetime) -> Person:
    """拆分恢复: the two records are of two persons after all; each is again what it was.

    Raises NotMerged, MovedSinceMerging, NumberTakenSince, ReasonMissing.
    """
    words = moving.exact_reason(reason, needed=True)
    Union.objects.select_for_update(no_key=True).get(pk=merger.county_id)
    held = Merger.objects.known().filter(pk=merger.pk).select_related("kept", "folded", "county").first()
    merging.must_be_merged(held)
    assert held is not None  # noqa: S101 - else nothing would be merged
    told = Particulars.objects.get(person=held.folded, unmade_by=held.made_by_id)
    taken = Particulars.objects.known().filter(id_index=told.id_index)
    merging.must_be_free_again(not taken.exists())
    brought = list(Membership.objects.filter(made_by=held.made_by_id))
    merging.must_be_untouched(all(row.known_to is None for row in brought))
    trace = traces.new_id(at)
    for row in (held, *brought):
        versions.end(row, trace=trace, at=at)
    _again(told, trace=trace, at=at)
    _all_again(Membership.objects.filter(person=held.folded, unmade_by=held.made_by_id), trace, at)
    persons = (held.kept_id, held.folded_id)
    cards = following.taken_apart(held.made_by_id, persons=persons, trace=trace, at=at)
    traces.leave(
        Deed.MERGER_WITHDRAWN,
        id=trace,
        subject=held.kept,
        county=held.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"folded": held.folded_id, "brought": len(brought)} | _of_cards(cards),
        words=words,
        supersedes=held.made_by_id,
    )
    return held.folded


def _of_cards(number: int) -> dict[str, int]:
    return {"cards": number} if number else {}


def _merged(kept: Person, folded: Person) -> bool:
    either = Q(folded__in=(kept, folded)) | Q(kept=folded)
    return Merger.objects.known().filter(either).exists()


def _all_again(rows: Iterable[Membership], trace: UUID, at: datetime) -> None:
    for row in rows:
        _again(row, trace=trace, at=at)


def _again(row: V, *, trace: UUID, at: datetime, **changes: Any) -> V:
    """The same fact, believed again, or of another person."""
    fields = [field for field in type(row)._meta.concrete_fields if not field.primary_key]
    told = {field.attname: getattr(row, field.attname) for field in fields}
    told |= {
        "made_by_id": trace,
        "known_from": at,
        "unmade_by_id": None,
        "known_to": None,
        "source_row": None,
    }
    return type(row)._default_manager.create(**told | changes)
