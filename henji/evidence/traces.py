"""痕迹: the one door to the record of what was done.

A deed and its trace stand or fall together, so a trace can only be left inside a transaction.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models

from henji.evidence.models import Paper, Straggler, Trace, TraceQuerySet, Words
from henji.lib import ids, merkle
from henji.lib.actors import Actor

__all__ = ["NamesInFacts", "OutsideTransaction", "RowsRoot", "Trace", "all_traces", "leave", "new_id"]

#: A deed recorded so much behind another one was not begun before it: a clock was wrong, ahead or behind.
IN_ORDER = timedelta(days=1)


class Named(Protocol):
    """Something with an id and a name: a county federation."""

    @property
    def pk(self) -> Any: ...

    name: Any


class OutsideTransaction(RuntimeError):
    """A trace may only be left where its deed can still be undone with it."""


class NamesInFacts(ValueError):
    """Facts hold ids, counts and amounts; names are read from the living record when shown."""


@dataclass(frozen=True, slots=True)
class RowsRoot:
    """行摘要根: how many rows a bulk deed wrote and the Merkle root over their digests."""

    count: int
    root: str

    @classmethod
    def over(cls, leaves: Sequence[bytes]) -> "RowsRoot":
        """The root over the rows' digests, in order."""
        return cls(len(leaves), merkle.root(leaves).hex())


def new_id(at: datetime) -> UUID:
    """编号: the id of a trace about to be left, for the rows that the deed writes."""
    return ids.new(at)


def leave(
    deed: str,
    *,
    id: UUID,
    subject: models.Model,
    county: Named | None,
    by: Actor,
    at: datetime,
    on: date,
    papers: Iterable[Paper] = (),
    facts: Mapping[str, Any] | None = None,
    words: str = "",
    supersedes: UUID | None = None,
    rows: RowsRoot | None = None,
) -> Trace:
    """留痕: record that the deed was done.

    `on` is the day when it happened in the world, `at` the instant when it was recorded. `facts` hold
    ids, counts, amounts, days and codes. `words` can later be erased; the trace cannot.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(deed)
    exact: dict[str, Any] = _plain(facts or {})
    committed = [_commitment(paper) for paper in papers]
    trace = Trace.objects.create(
        id=id,
        deed=str(deed),
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        county=county.pk if county else None,
        county_name=county.name if county else "",
        by_id=by.id,
        by_name=by.name,
        by_post=by.post,
        on=on,
        at=at,
        facts=exact | ({"papers": committed} if committed else {}),
        supersedes_id=supersedes,
        rows_count=rows.count if rows else None,
        rows_root=rows.root if rows else "",
    )
    if words:
        Words.objects.create(trace=trace, text=words)
    if Trace.objects.filter(county=trace.county, at__gt=at + IN_ORDER).exists():
        Straggler.objects.create(trace=trace, county=trace.county)
    return trace


def all_traces() -> TraceQuerySet:
    """Every trace, to be narrowed."""
    return Trace.objects.all()


def _commitment(paper: Paper) -> dict[str, Any]:
    digests = paper.files.order_by("position").values_list("blob__digest", flat=True)
    return {"id": paper.pk, "files": list(digests)}


#: What a string in a fact may look like: a code, a digest, a file number; never a name or an identity.
_CODE = re.compile(r"[\x20-\x7e]{0,200}")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{11,18}[Xx]?(?![0-9A-Za-z])")
#: A whole number of eleven places or more may be a telephone, a card or an identity.
_LARGEST_COUNT = 10**10


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, int) and abs(value) < _LARGEST_COUNT):
        return value
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str) and _CODE.fullmatch(value) and not _IDENTITY.search(value):
        return str(value)
    raise NamesInFacts(type(value).__name__)
