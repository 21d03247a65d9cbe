"""单位沿革: what was said of an employer, deed by deed, and what each one said otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from henji.evidence.traces import Trace
from henji.evidence.versions import Change
from henji.lib import tags
from henji.unions import codes, records
from henji.unions.deeds import FIELDS
from henji.unions.models import Employer, OfficeHolder, Told, Union, UnionRecord
from henji.unions.recording import Held

_LABELS = dict(FIELDS)


@dataclass(frozen=True, slots=True)
class Step:
    """一次更正: the deed, and what it said otherwise than the one before it."""

    trace: Trace
    changes: tuple[Change, ...]


def steps_of(employer: Employer) -> list[Step]:
    """单位沿革: every deed that said something otherwise, the latest first; one query."""
    past = employer.past.select_related("township", "union", "unmade_by").order_by("pk")
    said: list[Told] = [*past, employer]
    steps = [
        Step(before.unmade_by, tuple(_changes(before, after)))
        for before, after in zip(past, said[1:], strict=True)
    ]
    return steps[::-1]


def _changes(before: Told, after: Told) -> Iterator[Change]:
    for (name, old), (_name, new) in zip(_face(before), _face(after), strict=True):
        if old != new:
            yield Change(_LABELS[name], old or tags.NOTHING, new or tags.NOTHING)


def _face(said: Told) -> Iterator[tuple[str, str]]:
    """What is said, field by field, in words; empty where nothing is."""
    for name in _LABELS:
        yield name, shown(name, getattr(said, name))


#: What stands as a code.
_CODED = {"industry": codes.INDUSTRY, "unit_type": codes.UNIT_TYPE}


def shown(name: str, value: object) -> str:
    """What is said under the name, in words; empty where nothing is."""
    if value is None:
        return ""
    return _CODED[name].name_of(str(value)) if name in _CODED else str(value)


@dataclass(frozen=True, slots=True)
class RecordStep:
    """一次登记: who said it and when, and what otherwise than before."""

    trace: Trace
    changes: tuple[Change, ...]
    is_first: bool


def record_steps_of(union: Union) -> list[RecordStep]:
    """组织信息沿革: every deed that kept its record, the latest first; two queries."""
    rows = union.records.select_related("made_by", "unmade_by")
    holders = union.holders.select_related("made_by", "unmade_by")
    ended: dict[UUID, dict[str, str]] = {}
    begun: dict[UUID, dict[str, str]] = {}
    traces: dict[UUID, Trace] = {}
    told: list[UnionRecord | OfficeHolder] = [*rows, *holders]
    for row in told:
        face = _holder_face(row) if isinstance(row, OfficeHolder) else _record_face(row)
        begun.setdefault(row.made_by_id, {}).update(face)
        traces[row.made_by_id] = row.made_by
        if row.unmade_by:
            ended.setdefault(row.unmade_by.pk, {}).update(face)
    steps = [
        RecordStep(trace, tuple(_told_otherwise(ended.get(key, {}), begun[key])), key not in ended)
        for key, trace in traces.items()
    ]
    return sorted(steps, key=lambda step: step.trace.at, reverse=True)


def _told_otherwise(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for label in {**before, **after}:
        old, new = before.get(label, tags.NOTHING), after.get(label, tags.NOTHING)
        if old != new:
            yield Change(label, old, new)


def _record_face(row: UnionRecord) -> dict[str, str]:
    told = records.flat(row)
    return {str(item.label): item.shown(told[item.name]) for item in records.ITEMS if item.name in told}


def _holder_face(row: OfficeHolder) -> dict[str, str]:
    told = Held(holders={row.office: row}).holder(row.office)
    items = records.OFFICES[row.office]
    label = row.get_office_display()
    return {
        f"{label}{items[facet].label}": items[facet].shown(told[facet])
        for facet in records.FACETS
        if told.get(facet)
    }
