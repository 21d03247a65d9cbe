"""Deeds: founding unions, registering employers."""

from collections.abc import Sequence
from datetime import date, datetime
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
from henji.unions.models import Employer, Level, Union, path_of
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

    Raises WrongLevel, NoName, NameTaken, NotYetHappened and what codes raise.
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

    Raises NoName, NameTaken, OfAnotherCounty and what codes raise.
    """
    rules.must_be_of(county, township, union)
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
