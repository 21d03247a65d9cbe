"""Deeds: registering, correcting and organising employers, one by one and by list."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.rules import must_have_happened
from henji.evidence.traces import Trace
from henji.lib import bulk
from henji.lib.actors import Actor
from henji.unions import filling, planting, recording, rules
from henji.unions.deeds import Deed
from henji.unions.models import PROFILE, TOLD, Employer, Level, PastEmployer, Union
from henji.unions.planting import EmployerLine, Grove, plant
from henji.unions.rules import told as telling


@transaction.atomic
def register_employer(
    *,
    county: Union,
    name: str,
    by: Actor,
    at: datetime,
    credit_code: str = "",
    township: Union | None = None,
    union: Union | None = None,
    industry: str = "",
    workers: int | None = None,
    profile: Mapping[str, Any] = MappingProxyType({}),
) -> Employer:
    """单位登记: register an employer of the county; `profile` is what else `PROFILE` has.

    Raises NoName, NameTaken, OfAnotherCounty, UnionClosed, PartsExceedWhole, CountedInFuture and what codes
    raise.
    """
    rules.must_be_of(county, township, union)
    rules.must_stand(township, union)
    name = rules.must_have_a_name(name)
    code = rules.exact_credit_code(credit_code)
    rules.must_be_free_employer(name, code, county=county)
    said = telling.exact_profile({**profile, "industry": industry, "workers": workers}, today=localdate(at))
    trace = traces.new_id(at)
    employer = Employer.objects.create(
        county=county,
        name=name,
        credit_code=code,
        township=township,
        union=union,
        made_by_id=trace,
        **said,
    )
    traces.leave(
        Deed.EMPLOYER_REGISTERED,
        id=trace,
        subject=employer,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
    )
    return employer


@transaction.atomic
def correct_employer(
    *,
    employer: Employer,
    seen: UUID,
    name: str,
    by: Actor,
    at: datetime,
    credit_code: str = "",
    township: Union | None = None,
    union: Union | None = None,
    industry: str = "",
    workers: int | None = None,
    closed_on: date | None = None,
    profile: Mapping[str, Any] = MappingProxyType({}),
) -> Employer:
    """单位信息更正: say otherwise what is said of an employer; what was said before is kept.

    `seen` is the deed (`made_by`) whose words were corrected: raises Outdated where there is a later one;
    also NothingChanged, NotYetHappened and what `register_employer` raises.
    """
    rules.must_be_of(employer.county, township, union)
    name = rules.must_have_a_name(name)
    code = rules.exact_credit_code(credit_code)
    rules.must_be_free_employer(name, code, county=employer.county, besides=employer)
    rules.must_stand(*(one for one in (township, union) if one not in (employer.township, employer.union)))
    if closed_on:
        must_have_happened(closed_on, today=localdate(at))
    said = telling.exact_profile({**profile, "industry": industry, "workers": workers}, today=localdate(at))
    told: dict[str, Any] = {
        "name": name,
        "credit_code": code,
        "township_id": _id(township),
        "union_id": _id(union),
    }
    told |= {**said, "closed_on": closed_on}
    trace = traces.new_id(at)
    changed = _retold(employer, told, seen=seen, trace=trace)
    traces.leave(
        Deed.EMPLOYER_CORRECTED,
        id=trace,
        subject=employer,
        county=employer.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"fields": [field.removesuffix("_id") for field in changed]},
    )
    return employer


@transaction.atomic
def organise(
    *,
    employer: Employer,
    organised_on: date,
    by: Actor,
    at: datetime,
    union: Union | None = None,
    name: str = "",
) -> Employer:
    """单位建会: an employer has a union from a day on: one that stands already, or its own, founded hereby.

    Its own is called by the `name`, or else by the employer's. Raises HasAUnion, NotYetHappened,
    OfAnotherCounty, UnionClosed, NoName, NameTaken.
    """
    rules.must_have_no_union(employer)
    rules.must_be_of(employer.county, union)
    rules.must_stand(union)
    must_have_happened(organised_on, today=localdate(at))
    trace = traces.new_id(at)
    union = union or _own_union(employer, name, organised_on, trace)
    _retold(employer, {"union_id": union.pk}, seen=employer.made_by_id, trace=trace)
    traces.leave(
        Deed.EMPLOYER_ORGANISED,
        id=trace,
        subject=employer,
        county=employer.county,
        by=by,
        at=at,
        on=organised_on,
        facts={"union": union.pk},
    )
    return employer


@transaction.atomic
def import_employers(
    *,
    county: Union,
    lines: Sequence[EmployerLine],
    source: str,
    by: Actor,
    at: datetime,
    filled: Sequence[EmployerLine] = (),
) -> Trace:
    """单位和工会导入: register many employers at once, founding the townships and unions that they name.

    `lines` are those found to be new, `filled` those of which the record says less; what both tell of unions
    is kept with these. `source` is the digest of the workbook. All of them or none: raises RecordMoved where
    an employer or union has been registered or corrected since, and what `Grove.settled` raises. Returns the
    deed's trace.
    """
    trace = traces.new_id(at)
    grove = Grove(county)
    try:
        unions = _register(grove, county, lines, trace)
    except IntegrityError as taken:
        raise rules.record_moved() from taken
    more = filling.fill(county, filled, trace=trace)
    told = filling.told_of_unions(unions, (*lines, *filled))
    kept = recording.write(told, trace=trace, at=at)
    return traces.leave(
        Deed.EMPLOYERS_IMPORTED,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "employers": len(lines),
            "unions": grove.lacking,
            "file": source,
            **{name: number for name, number in (("filled", more), ("records", len(kept))) if number},
        },
        rows=planting.rows_root(trace),
    )


def _register(grove: Grove, county: Union, lines: Sequence[EmployerLine], trace: UUID) -> Mapping[str, Union]:
    """Write the employers and what they lack; all unions of the county by name."""
    settled = []
    for line in lines:
        settled.append(grove.settled(line))
        grove.reserve(settled[-1])
    unions = grove.plant(trace)
    made = (
        Employer(
            county=county,
            name=line.name,
            credit_code=line.credit_code,
            township=unions.get(line.township),
            union=unions.get(line.union),
            made_by_id=trace,
            **{name: getattr(line, name) for name in PROFILE},
        )
        for line in settled
    )
    bulk.insert(Employer, made)
    return unions


def _retold(employer: Employer, told: Mapping[str, Any], *, seen: UUID, trace: UUID) -> list[str]:
    """Keep what was said of the employer and say it otherwise; return which fields."""
    held = Employer.objects.select_for_update().get(pk=employer.pk)
    rules.must_be_current(held.made_by_id == seen)
    changed = [field for field, value in told.items() if getattr(held, field) != value]
    rules.must_change_something(changed)
    past = {field: getattr(held, field) for field in TOLD}
    PastEmployer.objects.create(employer=held, made_by_id=seen, unmade_by_id=trace, **past)
    Employer.objects.filter(pk=held.pk).update(made_by_id=trace, **told)
    employer.refresh_from_db()
    return changed


def _own_union(employer: Employer, name: str, founded_on: date, trace: UUID) -> Union:
    name = rules.must_have_a_name(name or f"{employer.name}工会")
    rules.must_be_free(name, county=employer.county)
    township = employer.township
    parent = township if township and not township.closed_on else employer.county
    return plant(parent, Level.PRIMARY, name, trace, county=employer.county, founded_on=founded_on)


def _id(union: Union | None) -> int | None:
    return union.pk if union else None
