"""Deeds: taking in rosters, enrolling and correcting one person, finding employers, revealing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.evidence.keys import vault
from henji.lib import ids
from henji.lib.actors import Actor
from henji.lib.identity import must_be_valid
from henji.members import placing, promotion, queries, rules
from henji.members.deeds import Deed
from henji.members.models import Membership, Particulars, Person, Unplaced
from henji.unions.models import Employer, Union
from henji.work import duties
from henji.work.models import Job

#: Within so long an employer is to be found for a name that the records do not hold.
TO_BE_PLACED_WITHIN = timedelta(days=15)


@transaction.atomic
def import_roster(*, job: Job, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
    """花名册导入: make the job's staged rows part of the record, all of them or none.

    `result` are the counts of the check. An import that changes nothing leaves a trace that says so.
    Raises RecordMoved. Returns the trace's id.
    """
    trace = traces.new_id(at)
    done = promotion.promote(job, trace=trace, at=at)
    duties.owe(
        Deed.PLACED,
        subjects=done.unplaced,
        county=job.county,
        by_on=localdate(at) + TO_BE_PLACED_WITHIN,
        trace=trace,
        at=at,
    )
    counted = ("read", "new", "changed", "unchanged", "rejected", "questions")
    traces.leave(
        Deed.ROSTER_IMPORTED,
        id=trace,
        subject=job.county,
        county=job.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={name: result[name] for name in counted}
        | {"job": job.pk, "file": job.blob and job.blob.digest},
        rows=done.rows,
    )
    return trace


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
) -> Person:
    """会员登记: enrol one person by hand.

    Raises NotAName, NotAnIdentityNumber, AlreadyHeld, HeldElsewhere, NotInCounty, TooLong.
    """
    number = must_be_valid(identity, today=localdate(at)).number
    rules.must_be_free(queries.holder_of(number), county=county.pk)
    rules.must_be_of(employer, county=county.pk)
    told = {"name": rules.exact_name(name), "identity": number, "phone": phone, "address": address}
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
def place(*, unplaced: Unplaced, employer: Employer, by: Actor, at: datetime) -> Unplaced:
    """待归属会员归属: say which employer a roster's name meant; all who wait under it follow.

    Raises PlacedAlready, NotInCounty.
    """
    rules.must_be_of(employer, county=unplaced.county_id)
    # Not while a roster of the county is being taken in: its members who wait would be left behind.
    Union.objects.select_for_update(no_key=True).get(pk=unplaced.county_id)
    named = Unplaced.objects.filter(pk=unplaced.pk, employer__isnull=True)
    rules.must_not_be_placed(unplaced, taken=not named.update(employer=employer))
    trace = traces.new_id(at)
    rows = placing.place(unplaced, rules.place_of(employer, county=unplaced.county_id), trace=trace, at=at)
    traces.leave(
        Deed.PLACED,
        id=trace,
        subject=unplaced,
        county=unplaced.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"employer": employer.pk, "members": rows.count},
        rows=rows,
    )
    unplaced.employer = employer
    return unplaced


@transaction.atomic
def withdraw_placing(*, unplaced: Unplaced, by: Actor, at: datetime) -> Unplaced:
    """归属撤回: the name was placed with the wrong employer; whoever followed it there waits again.

    Raises NotPlaced.
    """
    employer = rules.must_be_placed(unplaced)
    Union.objects.select_for_update(no_key=True).get(pk=unplaced.county_id)
    named = Unplaced.objects.filter(pk=unplaced.pk, employer=employer)
    rules.must_be_placed(unplaced, taken=not named.update(employer=None))
    trace = traces.new_id(at)
    rows = placing.take_back(unplaced, employer, trace=trace, at=at)
    by_on = localdate(at) + TO_BE_PLACED_WITHIN
    duties.owe(Deed.PLACED, subjects=[unplaced], county=unplaced.county, by_on=by_on, trace=trace, at=at)
    placed = traces.all_traces().of(unplaced).filter(deed=Deed.PLACED).newest_first()
    traces.leave(
        Deed.PLACING_WITHDRAWN,
        id=trace,
        subject=unplaced,
        county=unplaced.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"employer": employer.pk, "members": rows.count},
        supersedes=placed.values_list("pk", flat=True).first(),
        rows=rows,
    )
    unplaced.employer = None
    return unplaced


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
            **common, line=person.pk, name=told["name"], id_index=index, box=sealed.box
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
        versions.supersede(held, trace=trace, at=at, source_row=None, **values)
    return list(changed)


@contextmanager
def _nobody_was_quicker() -> Iterator[None]:
    """Where somebody else took the identity number at the same moment, say so in words."""
    try:
        yield
    except IntegrityError as taken:
        raise rules.record_moved() from taken
