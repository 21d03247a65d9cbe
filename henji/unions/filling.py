"""补全: what a list tells of employers that are registered, and of unions, beyond what the record says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from henji.lib import bulk
from henji.unions import recording, rules
from henji.unions.models import PROFILE, TOLD, Employer, PastEmployer, Union
from henji.unions.planting import EmployerLine
from henji.unions.recording import Telling
from henji.unions.rules import told as telling

_OPEN = ("", None)


def fill(county: Union, lines: Sequence[EmployerLine], *, trace: UUID) -> int:
    """补全单位: fill what is open in the profiles of registered employers; how many changed.

    Raises RecordMoved where something else is said there by now.
    """
    named = {line.name: line for line in lines}
    held = list(Employer.objects.select_for_update().filter(county=county, name__in=named))
    rules.must_stand_still(len(held) == len(named))
    past, now = [], []
    for employer in held:
        told = _lacking(employer, named[employer.name])
        if told:
            said = {field: getattr(employer, field) for field in TOLD}
            past.append(
                PastEmployer(employer=employer, made_by_id=employer.made_by_id, unmade_by_id=trace, **said)
            )
            for field, value in {**told, "made_by_id": trace}.items():
                setattr(employer, field, value)
            telling.must_add_up({field: getattr(employer, field) for field in PROFILE})
            now.append(employer)
    bulk.insert(PastEmployer, past)
    Employer.objects.bulk_update(now, [*PROFILE, "made_by"], batch_size=200)
    return len(now)


def _lacking(employer: Employer, line: EmployerLine) -> dict[str, Any]:
    told = {field: getattr(line, field) for field in PROFILE if getattr(line, field) not in _OPEN}
    held = telling.profile_of(employer)
    fresh = {field: value for field, value in told.items() if held[field] != value}
    moving = telling.counted_later(line.counted_on, employer.counted_on)
    rules.must_stand_still(all(held[field] in _OPEN or field in moving for field in fresh))
    return fresh


def told_of_unions(unions: Mapping[str, Union], lines: Iterable[EmployerLine]) -> list[Telling]:
    """补全工会: what the lines tell of each union, over what is held. Raises RecordMoved as `fill` does."""
    facts: dict[int, dict[str, Any]] = {}
    holders: dict[int, dict[str, dict[str, str]]] = {}
    for line in lines:
        if line.union and (line.facts or line.holders):
            union = unions[line.union].pk
            facts.setdefault(union, {}).update(line.facts)
            own = holders.setdefault(union, {})
            for office, told in line.holders.items():
                own[office] = {**own.get(office, {}), **told}
    held = recording.held_of(facts)
    county = {union.pk: union.county_id or 0 for union in unions.values()}
    return [
        Telling(
            union,
            county[union],
            _over(held[union].facts, told),
            {office: _over(held[union].holder(office), words) for office, words in holders[union].items()},
        )
        for union, told in facts.items()
    ]


def _over(held: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    rules.must_stand_still(all(held.get(name, value) == value for name, value in told.items()))
    return {**held, **told}
