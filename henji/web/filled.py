"""补全对照: what a list would fill in the records of employers and unions, before and after."""

from collections.abc import Iterator, Sequence

from henji.evidence.versions import Change
from henji.lib import tags
from henji.unions import queries, recording, records
from henji.unions.history import shown
from henji.unions.models import PROFILE, PROFILE_LABELS, Employer, Union
from henji.unions.planting import EmployerLine
from henji.unions.recording import Held

_OPEN = ("", None)


def filled_in(county: Union, lines: Sequence[EmployerLine]) -> list[tuple[Change, ...]]:
    """补全对照 of each line; three queries."""
    named = {employer.name: employer for employer in queries.employers_of(county)}
    unions = {employer.union_id for employer in named.values() if employer.union_id}
    held = recording.held_of(unions)
    return [tuple(_changes(named[line.name], line, held)) for line in lines if line.name in named]


def _changes(employer: Employer, line: EmployerLine, held: dict[int, Held]) -> Iterator[Change]:
    for name in PROFILE:
        value, was = getattr(line, name), getattr(employer, name)
        if value not in (*_OPEN, was):
            yield Change(PROFILE_LABELS[name], shown(name, was) or tags.NOTHING, shown(name, value))
    known = held.get(employer.union_id or 0, Held())
    for item in records.ITEMS:
        if item.name in line.facts and item.name not in known.facts:
            yield Change(item.label, tags.NOTHING, item.shown(line.facts[item.name]))
    yield from _officers(line, known)


def _officers(line: EmployerLine, known: Held) -> Iterator[Change]:
    for office, told in line.holders.items():
        items, was = records.OFFICES[office], known.holder(office)
        yield from (
            Change(items[facet].heads[-1], tags.NOTHING, items[facet].shown(words))
            for facet, words in told.items()
            if facet not in was
        )
