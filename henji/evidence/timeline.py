"""时间线: which deeds touched a thing, told by every room that knows.

A person's page lies in one room, the person's donations in another; neither may import the other.
Each room says in its `offers.py` which traces concern a thing, and where the row lies.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from henji.evidence.models import Trace


@dataclass(frozen=True, slots=True)
class Mention:
    """提及: that a trace concerns the thing, through which row, shown where.

    `county_only`: for those who see the whole county, and not for a branch of it.
    """

    trace: UUID
    row: str = ""
    url: str = ""
    county_only: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """时间线条目: a trace with the rows through which it concerns the thing."""

    trace: Trace
    mentions: tuple[Mention, ...]


Teller = Callable[[str], Iterable[Mention]]
_tellers: dict[str, list[Teller]] = {}


def tells_of(kind: str) -> Callable[[Teller], Teller]:
    """Declare the function as one that knows deeds about things of the kind, given their key."""

    def declare(teller: Teller) -> Teller:
        _tellers.setdefault(kind, []).append(teller)
        return teller

    return declare


def of(kind: str, key: str) -> list[Entry]:
    """时间线: all traces that concern the thing, the latest first.

    Costs one query and those of the rooms that tell, whatever the number of traces.
    """
    mentions: dict[UUID, list[Mention]] = {}
    for teller in _tellers.get(kind, []):
        for mention in teller(key):
            mentions.setdefault(mention.trace, []).append(mention)
    direct = Trace.objects.about(kind, key)
    told = Trace.objects.filter(pk__in=list(mentions))
    traces = (direct | told).select_related("words").newest_first()
    return [Entry(trace, tuple(mentions.get(trace.pk, ()))) for trace in traces]
