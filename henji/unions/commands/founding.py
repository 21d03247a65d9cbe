"""Deeds: founding and closing unions."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.evidence.rules import must_have_happened
from henji.lib.actors import Actor
from henji.unions import rules
from henji.unions.deeds import Deed
from henji.unions.models import Level, Union
from henji.unions.planting import plant
from henji.unions.rules import told as telling


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
    county = plant(city, Level.COUNTY, name, trace, code=code)
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
    union = plant(
        parent,
        level,
        name,
        trace,
        county=county,
        founded_on=founded_on,
        credit_code=telling.exact_union_code(credit_code),
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


def _superior(parent: Union | None, level: str, code: str, trace: UUID) -> Union:
    held = Union.objects.filter(level=level, code=code).first()
    return held or plant(parent, level, f"{Level(level).label}({code})", trace, code=code)
