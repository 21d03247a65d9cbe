"""单位沿革: what was said of an employer, deed by deed, and what each one said otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from henji.evidence.traces import Trace
from henji.evidence.versions import Change
from henji.lib import tags
from henji.unions.deeds import FIELDS
from henji.unions.models import Employer, Told

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
        value = getattr(said, name)
        yield name, "" if value is None else str(value)
