"""Deeds: founding and closing unions; registering, correcting and organising employers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.rules import must_have_happened
from henji.evidence.traces import Trace
from henji.lib import bulk
from henji.lib.actors import Actor
from henji.unions import planting, rules
from henji.unions.deeds import Deed
from henji.unions.models import TOLD, Employer, Level, PastEmployer, Union, path_of
from henji.unions.planting import EmployerLine, Grove


@transaction.atomic
def found_county(*, code: str, name: str, by: Actor, at: datetime) -> Union:
    """县总工会建立: found the federation, with the city's and the province's above it where they lack.

    Raises NotACountyCode, NoName, AlreadyFounded.
    """
    rules.must_be_a_county_code(code)
    name = rules.must_have_a_name(name)
    rules.must_not_be_founded(code)
    trace = traces.new_id(at)
    province = _superior(None, Level.PROVINCE, code[:2] + "0000", trace)
    city = _superior(province, Level.CITY, code[:4] + "00", trace)
    county = _plant(city, Level.COUNTY, name, trace, code=code)
    Union.objects.filter(pk=county.pk).update(county=county)
    county.county = county
    traces.leave(
        Deed.COUNTY_FOUNDED,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"code": code},
    )
    return county


@transaction.atomic
def found_union(
    *,
    parent: Union,
    level: str,
    name: str,
    by: Actor,
    at: datetime,
    founded_on: date | None = None,
    credit_code: str = "",
) -> Union:
    """工会建立: found a union below another one of the county.

    Raises WrongLevel, UnionClosed, NoName, NameTaken, NotYetHappened and what codes raise.
    """
    county = rules.must_fit_below(level, parent)
    name = rules.must_have_a_name(name)
    rules.must_be_free(name, county=county)
    if founded_on:
        must_have_happened(founded_on, today=localdate(at))
    trace = traces.new_id(at)
    union = _plant(
        parent,
        level,
        name,
        trace,
        county=county,
        founded_on=founded_on,
        credit_code=rules.exact_credit_code(credit_code),
    )
    traces.leave(
        Deed.UNION_FOUNDED,
        id=trace,
        subject=union,
        county=county,
        by=by,
        at=at,
        on=founded_on or localdate(at),
    )
    return union


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
) -> Employer:
    """单位登记: register an employer of the county.

    Raises NoName, NameTaken, OfAnotherCounty, UnionClosed and what codes raise.
    """
    rules.must_be_of(county, township, union)
    rules.must_stand(township, union)
    name = rules.must_have_a_name(name)
    code = rules.exact_credit_code(credit_code)
    rules.must_be_free_employer(name, code, county=county)
    trace = traces.new_id(at)
    employer = Employer.objects.create(
        county=county,
        name=name,
        credit_code=code,
        township=township,
        union=union,
        industry=industry,
        workers=workers,
        made_by_id=trace,
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
def close_union(*, union: Union, closed_on: date, by: Actor, at: datetime) -> Union:
    """工会撤销: close a union from a day on; up to that day it stood. Raises what `rules.must_close` does."""
    rules.must_close(union, closed_on, today=localdate(at))
    Union.objects.filter(pk=union.pk).update(closed_on=closed_on)
    traces.leave(
        Deed.UNION_CLOSED,
        id=traces.new_id(at),
        subject=union,
        county=union.county,
        by=by,
        at=at,
        on=closed_on,
    )
    union.closed_on = closed_on
    return union


@transaction.atomic
def withdraw_closing(*, union: Union, by: Actor, at: datetime) -> Union:
    """工会撤销作废: a union was closed by mistake, or under a wrong day; it stands.

    Raises NotClosed, and UnionClosed where the union above it is closed.
    """
    rules.must_be_closed(union)
    Union.objects.filter(pk=union.pk).update(closed_on=None)
    closings = traces.all_traces().of(union).filter(deed=Deed.UNION_CLOSED).newest_first()
    traces.leave(
        Deed.CLOSING_WITHDRAWN,
        id=traces.new_id(at),
        subject=union,
        county=union.county,
        by=by,
        at=at,
        on=localdate(at),
        supersedes=closings.values_list("pk", flat=True).first(),
    )
    union.closed_on = None
    return union


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
    told = dict(zip(TOLD, (name, code, _id(township), _id(union), industry, workers, closed_on), strict=True))
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
    *, county: Union, lines: Sequence[EmployerLine], source: str, by: Actor, at: datetime
) -> Trace:
    """单位和工会导入: register many employers at once, founding the townships and unions that they name.

    `lines` are those found to be new; `source` is the digest of the workbook. All of them or none: raises
    RecordMoved where an employer or union has been registered since, and what `Grove.settled` raises.
    Returns the deed's trace.
    """
    trace = traces.new_id(at)
    grove = Grove(county)
    try:
        _register(grove, county, lines, trace)
    except IntegrityError as taken:
        raise rules.record_moved() from taken
    return traces.leave(
        Deed.EMPLOYERS_IMPORTED,
        id=trace,
        subject=county,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"employers": len(lines), "unions": grove.lacking, "file": source},
        rows=planting.rows_root(trace),
    )


def _register(grove: Grove, county: Union, lines: Sequence[EmployerLine], trace: UUID) -> None:
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
            industry=line.industry,
            workers=line.workers,
            made_by_id=trace,
        )
        for line in settled
    )
    bulk.insert(Employer, made)


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
    return _plant(parent, Level.PRIMARY, name, trace, county=employer.county, founded_on=founded_on)


def _id(union: Union | None) -> int | None:
    return union.pk if union else None


def _superior(parent: Union | None, level: str, code: str, trace: UUID) -> Union:
    held = Union.objects.filter(level=level, code=code).first()
    return held or _plant(parent, level, f"{Level(level).label}({code})", trace, code=code)


def _plant(
    parent: Union | None,
    level: str,
    name: str,
    trace: UUID,
    *,
    county: Union | None = None,
    code: str = "",
    credit_code: str = "",
    founded_on: date | None = None,
) -> Union:
    union = Union.objects.create(
        parent=parent,
        county=county,
        level=level,
        name=name,
        code=code,
        credit_code=credit_code,
        founded_on=founded_on,
        made_by_id=trace,
        path="",
    )
    union.path = path_of(parent, union.pk)
    union.save(update_fields=["path"])
    return union
