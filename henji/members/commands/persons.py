"""Deeds on one person: enrolling, correcting, revealing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.evidence.keys import vault
from henji.lib import ids
from henji.lib.actors import Actor
from henji.lib.identity import must_be_valid
from henji.members import queries, rules
from henji.members.deeds import Deed
from henji.members.derived import derived
from henji.members.details import MORE
from henji.members.models import Membership, Particulars, Person
from henji.unions.models import Employer, Union


@transaction.atomic
def enrol(
    *,
    county: Union,
    name: str,
    identity: str,
    by: Actor,
    at: datetime,
    phone: str = "",
    address: str = "",
    employer: Employer | None = None,
    start_on: date | None = None,
    details: Mapping[str, str] = MappingProxyType({}),
) -> Person:
    """会员登记: enrol one person by hand; `details` are those of `details.MORE` that are told.

    Raises NotAName, NotAnIdentityNumber, AlreadyHeld, HeldElsewhere, NotInCounty, TooLong.
    """
    number = must_be_valid(identity, today=localdate(at)).number
    rules.must_be_free(queries.holder_of(number), county=county.pk)
    rules.must_be_of(employer, county=county.pk)
    told = {"name": rules.exact_name(name), "identity": number, "phone": phone, "address": address}
    told |= _exact_details(details)
    term = rules.Term(rules.place_of(employer, county=county.pk), start_on)
    trace = traces.new_id(at)
    person = _enrolled(county, _exact(told), term, trace, at)
    traces.leave(
        Deed.ENROLLED,
        id=trace,
        subject=person,
        county=county,
        by=by,
        at=at,
        on=start_on or localdate(at),
    )
    return person


@transaction.atomic
def correct_person(
    *,
    person: Person,
    seen: queries.Seen,
    name: str,
    employer: Employer | None,
    start_on: date | None,
    end_on: date | None,
    by: Actor,
    at: datetime,
    identity: str = "",
    phone: str = "",
    address: str = "",
    details: Mapping[str, str] = MappingProxyType({}),
) -> Person:
    """会员信息更正: correct what is known of a person and of the latest membership.

    What is closed stays as it is where nothing is given. `seen` are the versions that were corrected:
    raises Outdated where they are no longer current; also NothingChanged and what `enrol` raises.
    """
    # A name is placed for all who wait under it: nobody may come to wait there at the same moment.
    Union.objects.select_for_update(no_key=True).get(pk=person.county_id)
    card = queries.card(person)
    rules.must_be_current(card.seen == seen)
    told = {"name": rules.exact_name(name), "identity": identity, "phone": phone, "address": address}
    told["identity"] = _exact_number(card, identity, today=localdate(at))
    told |= _exact_details(details)
    trace = traces.new_id(at)
    changed = _retold(card, _exact(told), trace, at)
    changed += _rejoined(card, _Told(employer, start_on, end_on), trace, at)
    rules.must_change_something(changed)
    traces.leave(
        Deed.CORRECTED,
        id=trace,
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"fields": changed},
    )
    return person


@transaction.atomic
def reveal(*, person: Person, field: str, reason: str, by: Actor, at: datetime) -> str:
    """查看完整号码: tell one masked particular of one person, and write down who asked and why.

    Raises NotMasked, NoReason, Erased. Empty where nothing is held.
    """
    rules.must_be_masked(field)
    words = rules.must_say_why(reason)
    rules.must_be_open(person)
    told = queries.card(person).opened.get(field, "")
    traces.leave(
        Deed.REVEALED,
        id=traces.new_id(at),
        subject=person,
        county=person.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"field": field},
        words=words,
    )
    return told


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a membership."""

    employer: Employer | None
    start_on: date | None
    end_on: date | None


def _exact(told: Mapping[str, str]) -> dict[str, str]:
    """What is told, tidied; what is blank is left out."""
    exact = {name: rules.exact_detail(value) for name, value in told.items()}
    return {name: value for name, value in exact.items() if value}


def _exact_details(details: Mapping[str, str]) -> dict[str, str]:
    """The details that are told, in codes and days where they are such."""
    return {one.name: rules.exact_told(one, details[one.name]) for one in MORE if details.get(one.name)}


def _exact_number(card: queries.Card, identity: str, *, today: date) -> str:
    """The number given, free or the person's own; empty where none is given."""
    if not identity.strip():
        return ""
    number = must_be_valid(identity, today=today).number
    holder = queries.holder_of(number)
    rules.must_be_free(None if holder == card.person else holder, county=card.person.county_id)
    return number


def _enrolled(county: Union, told: dict[str, str], term: rules.Term, trace: UUID, at: datetime) -> Person:
    sealed = vault().seal(told)
    person = Person.objects.create(id=ids.new(at), county=county, key=sealed.key, made_by_id=trace)
    common: dict[str, Any] = {"person": person, "county": county, "made_by_id": trace, "known_from": at}
    index = queries.blind_identity(told["identity"])
    with _nobody_was_quicker():
        Particulars.objects.create(
            **common,
            **derived(told)._asdict(),
            line=person.pk,
            name=told["name"],
            id_index=index,
            box=sealed.box,
        )
        Membership.objects.create(
            **common,
            line=ids.new(at),
            union_id=term.place.union,
            employer_id=term.place.employer,
            start_on=term.start_on,
        )
    return person


def _retold(card: queries.Card, told: dict[str, str], trace: UUID, at: datetime) -> list[str]:
    """Supersede the particulars where something is told otherwise; say what."""
    key = rules.must_be_open(card.person)
    values = rules.merged(card.opened, told)
    changed = [name for name in values if values[name] != card.opened.get(name)]
    if changed:
        with _nobody_was_quicker():
            versions.supersede(
                card.known,
                trace=trace,
                at=at,
                name=values["name"],
                id_index=queries.blind_identity(values["identity"]),
                box=vault().reseal(values, key),
                source_row=None,
                **derived(values)._asdict(),
            )
    return changed


def _rejoined(card: queries.Card, told: _Told, trace: UUID, at: datetime) -> list[str]:
    """Supersede the latest membership where it is told otherwise; say in what."""
    held = card.latest
    values: dict[str, Any] = {"employer": told.employer, "start_on": told.start_on, "end_on": told.end_on}
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    if changed:
        rules.must_run_forwards(told.start_on, told.end_on)
        rules.must_not_overlap(told.start_on, card.left_before_on)
        if "employer" in changed:
            rules.must_be_of(told.employer, county=held.county_id)
            place = rules.place_of(told.employer, county=held.county_id)
            values |= {"union_id": place.union, "unplaced": None}
        if told.end_on is None:
            values["ended_by"] = ""
        versions.supersede(held, trace=trace, at=at, source_row=None, **values)
    return list(changed)


@contextmanager
def _nobody_was_quicker() -> Iterator[None]:
    """Where somebody else took the identity number at the same moment, say so in words."""
    try:
        yield
    except IntegrityError as taken:
        raise rules.record_moved() from taken
