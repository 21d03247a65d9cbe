"""组织信息登记: the records of unions and of their officers, written by a few statements for any number."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from henji.evidence.keys import vault
from henji.lib import bulk, ids
from henji.unions import records, rules
from henji.unions.models import OfficeHolder, Union, UnionRecord

#: What is told of the holder of an office: name, phone and so on; empty where nobody holds it.
Holder = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """所述: what is now said of a union, all of it; `holders` by office, those not named stay."""

    union: int
    county: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, Holder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """已有: what is said of a union now, and by whom its offices are held."""

    record: UnionRecord | None = None
    holders: Mapping[str, OfficeHolder] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Any]:
        """What is told, item by item."""
        return records.flat(self.record) if self.record else {}

    def holder(self, office: str) -> dict[str, str]:
        """Who holds the office; nothing where nobody does or the key was destroyed."""
        held = self.holders.get(office)
        return vault().open(held.sealed) if held and held.sealed else {}


def held_of(unions: Collection[int]) -> dict[int, Held]:
    """已有 of each union; two queries."""
    known = {row.union_id: row for row in UnionRecord.objects.known().filter(union__in=unions)}
    holders: dict[int, dict[str, OfficeHolder]] = {}
    for row in OfficeHolder.objects.known().filter(union__in=unions):
        holders.setdefault(row.union_id, {})[row.office] = row
    return {union: Held(known.get(union), holders.get(union, {})) for union in unions}


def write(tellings: Sequence[Telling], *, trace: UUID, at: datetime) -> dict[int, list[str]]:
    """登记: say it, ending what was said before; which items changed, by union. What is the same stays.

    Raises Outdated where somebody else was quicker.
    """
    held = held_of([telling.union for telling in tellings])
    changed = {one.union: changes(held[one.union], one) for one in tellings}
    fresh = [one for one in tellings if changed[one.union]]
    facts = [_record(one, held[one.union].record, trace, at) for one in fresh]
    holders = [
        OfficeHolder(
            **_signed(one, trace, at), office=office, **_closed(told, held[one.union], office, at=at)
        )
        for one in fresh
        for office, told in one.holders.items()
        if told and told != held[one.union].holder(office)
    ]
    _end(UnionRecord, [held[one.union].record for one in fresh], trace, at)
    _end(OfficeHolder, _replaced(fresh, held), trace, at)
    try:
        bulk.insert(UnionRecord, facts)
        bulk.insert(OfficeHolder, holders)
    except IntegrityError as taken:
        raise rules.outdated() from taken
    coded = [one for one in fresh if "union_code" in changed[one.union]]
    Union.objects.bulk_update(
        [Union(pk=one.union, credit_code=one.facts.get("union_code") or "") for one in coded],
        ["credit_code"],
    )
    return {union: fields for union, fields in changed.items() if fields}


def changes(held: Held, telling: Telling) -> list[str]:
    """改动: the names of the items and of the offices that are told otherwise."""
    now = records.flat(UnionRecord(**records.columns(telling.facts)))
    facts = [item.name for item in records.ITEMS if now.get(item.name) != held.facts.get(item.name)]
    return facts + [office for office, told in telling.holders.items() if dict(told) != held.holder(office)]


def leaves(trace: UUID) -> list[bytes]:
    """行摘要: of the records and holders that the trace made, in the order of their unions."""
    facts = UnionRecord.objects.filter(made_by=trace).order_by("union")
    holders = OfficeHolder.objects.filter(made_by=trace).order_by("union", "office")
    return [
        *(_leaf(row.union_id, sorted(records.flat(row).items())) for row in facts),
        *(_leaf(row.union_id, row.office, bytes(row.box).hex()) for row in holders),
    ]


def _leaf(*told: object) -> bytes:
    return sha256("|".join(map(str, told)).encode()).digest()


def _signed(one: Telling, trace: UUID, at: datetime) -> dict[str, Any]:
    return {"made_by_id": trace, "known_from": at, "union_id": one.union, "county_id": one.county}


def _record(one: Telling, held: UnionRecord | None, trace: UUID, at: datetime) -> UnionRecord:
    line = held.line if held else ids.new(at)
    due_on = records.due_on(one.facts)
    return UnionRecord(**_signed(one, trace, at), line=line, due_on=due_on, **records.columns(one.facts))


def _closed(told: Holder, held: Held, office: str, *, at: datetime) -> dict[str, Any]:
    """The box; the same person keeps the key, another one has a key of the own."""
    was = held.holders.get(office)
    line = was.line if was else ids.new(at)
    if was and was.sealed and held.holder(office).get("name") == told.get("name"):
        return {"line": line, "key": was.sealed.key, "box": vault().reseal(told, was.sealed.key)}
    sealed = vault().seal(told)
    return {"line": line, "key": sealed.key, "box": sealed.box}


def _replaced(fresh: Iterable[Telling], held: Mapping[int, Held]) -> list[OfficeHolder]:
    return [
        held[one.union].holders[office]
        for one in fresh
        for office, told in one.holders.items()
        if office in held[one.union].holders and dict(told) != held[one.union].holder(office)
    ]


def _end(
    model: type[UnionRecord] | type[OfficeHolder],
    rows: Sequence[UnionRecord | OfficeHolder | None],
    trace: UUID,
    at: datetime,
) -> None:
    keys = [row.pk for row in rows if row]
    ended = model.objects.known().filter(pk__in=keys).update(known_to=at, unmade_by_id=trace)
    rules.must_be_current(ended == len(keys))
