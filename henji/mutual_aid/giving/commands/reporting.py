"""Deeds by which gifts come in: a link is used, an officer reports, the county accepts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from henji.evidence import traces
from henji.lib import bulk, ids
from henji.lib.actors import Actor
from henji.members.queries import mergers
from henji.mutual_aid import promotion
from henji.mutual_aid import rules as room
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.giving import queries, rules
from henji.mutual_aid.giving.models import (
    Origin,
    Outcome,
    Report,
    ReportedGift,
    Roll,
    RollLine,
    RollLink,
)
from henji.mutual_aid.ledger import booking
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import Donation, Drive, Giver

#: Who signs what is done by a link: nobody who is known here.
BY_LINK = Actor(0, gettext_noop("名单链接"), gettext_noop("单位经办人"))
_make = bulk.maker(Donation)


@dataclass(frozen=True, slots=True)
class Accepted:
    """受理结果: how many gifts became part of the record, how much, and who was left out, having given."""

    gifts: int
    amount_yuan: Decimal
    left_out: int


@transaction.atomic
def open_link(*, link: RollLink, by: Actor, at: datetime) -> RollLink:
    """名单链接打开: somebody looks at a list by its link; its trace names it. Raises LinkEnded, TooOften."""
    held = _used(link, at)
    traces.leave(
        Deed.ROLL_OPENED,
        id=traces.new_id(at),
        subject=held,
        county=held.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"link": held.pk},
    )
    return held


@transaction.atomic
def report_gifts(
    *,
    roll: Roll,
    gifts: Mapping[UUID, Decimal],
    given_on: date,
    seen: int | None,
    by: Actor,
    at: datetime,
    link: RollLink | None = None,
) -> Report:
    """捐款填报: who of an employer's people gave how much, to be accepted by the county.

    `seen` is the id of the open report that the reporter saw; it is replaced. Raises NobodyTicked,
    NotOnTheRoll, BadAmount, NotYetHappened, ReportMoved; by a link LinkEnded, TooOften.
    """
    day = localdate(at)
    room.must_have_happened(given_on, today=day)
    Roll.objects.select_for_update(no_key=True).get(pk=roll.pk)
    used = _used(link, at) if link else None
    sheet = queries.sheet_of(roll, day)
    rules.must_be_as_seen(sheet.report, seen)
    exact = rules.exact_gifts(gifts, sheet.open_to)
    trace = traces.new_id(at)
    if sheet.report:
        open_still = Report.objects.open().filter(pk=sheet.report.pk)
        rules.must_be_open(open_still.update(outcome=Outcome.REPLACED, settled_by=trace), 1)
    report = Report.objects.create(
        county=roll.county,
        roll=roll,
        link=used,
        given_on=given_on,
        people=len(exact),
        amount_yuan=sum(exact.values(), Decimal(0)),
        reported_at=at,
        made_by_id=trace,
    )
    ReportedGift.objects.bulk_create(
        ReportedGift(report=report, person_id=person, amount_yuan=amount)
        for person, amount in sorted(exact.items())
    )
    subject: Model = used or report
    traces.leave(
        Deed.GIFTS_REPORTED,
        id=trace,
        subject=subject,
        county=roll.county,
        by=by,
        at=at,
        on=given_on,
        facts={"people": report.people, "amount_yuan": report.amount_yuan, **_named(used)},
    )
    return report


@transaction.atomic
def accept_reports(*, drive: Drive, reports: Sequence[int], by: Actor, at: datetime) -> Accepted:
    """填报受理: what the reports say becomes part of the record, all of it by one deed.

    Who has given meanwhile is left out, so that nobody's gift counts twice; how many were is told.
    Raises ReportMoved.
    """
    have_to_oneself(drive)
    have_to_oneself(drive.county)
    waiting = Report.objects.select_for_update(no_key=True, of=("self",)).open()
    waiting = waiting.filter(roll__drive=drive, pk__in=reports)
    held = {report.pk: report for report in waiting.select_related("roll").order_by("pk")}
    rules.must_be_open(len(held), len(set(reports)))
    trace = traces.new_id(at)
    fresh, left_out = _told_apart(drive, held)
    bulk.insert(Donation, [_gift(drive, held[one.report_id], one, trace, at) for one in fresh])
    _list_the_unlisted(drive, held, fresh, trace, at)
    Report.objects.filter(pk__in=held).update(outcome=Outcome.ACCEPTED, settled_by=trace)
    accepted = Accepted(len(fresh), sum((one.amount_yuan for one in fresh), Decimal(0)), left_out)
    traces.leave(
        Deed.REPORTS_ACCEPTED,
        id=trace,
        subject=drive,
        county=drive.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={
            "reports": len(held),
            "new": accepted.gifts,
            "amount_yuan": accepted.amount_yuan,
            "left_out": left_out,
        },
        rows=promotion.rows_root(trace),
    )
    booking.book_gifts(drive, _by_unit(held, fresh), trace=trace, on=localdate(at), at=at)
    return accepted


@transaction.atomic
def return_report(*, report: Report, reason: str, by: Actor, at: datetime) -> None:
    """填报退回: the report is not accepted, and why. Raises NoReason, ReportMoved."""
    words = room.must_say_why(reason)
    held = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    rules.must_wait(held)
    trace = traces.new_id(at)
    Report.objects.filter(pk=held.pk).update(outcome=Outcome.RETURNED, settled_by=trace)
    traces.leave(
        Deed.REPORT_RETURNED,
        id=trace,
        subject=held,
        county=report.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"people": held.people, "amount_yuan": held.amount_yuan},
        words=words,
    )


def _used(link: RollLink, at: datetime) -> RollLink:
    """The link, had to oneself, and good for another use."""
    locked = RollLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    rules.must_be_good(locked, at)
    rules.must_be_seldom(queries.uses_of(locked, at - rules.AN_HOUR))
    return locked


def _named(link: RollLink | None) -> dict[str, Any]:
    return {"link": link.pk} if link else {}


def _told_apart(drive: Drive, reports: Iterable[int]) -> tuple[list[ReportedGift], int]:
    """The gifts of whom nothing is on record yet, one for each person; and how many others there are."""
    told = list(ReportedGift.objects.filter(report__in=reports).order_by("report", "person"))
    people = [one.person_id for one in told]
    kept, folded = mergers.kept_of(people), mergers.folded_of(people)
    known = {*people, *kept.values(), *folded}
    gave = Donation.objects.known().filter(drive=drive, person__in=known).values_list("person", flat=True)
    seen = {folded.get(person, kept.get(person, person)) for person in gave}
    fresh: list[ReportedGift] = []
    for one in told:
        who = kept.get(one.person_id, one.person_id)
        if who not in seen:
            seen.add(who)
            fresh.append(one)
    return fresh, len(told) - len(fresh)


def _by_unit(reports: Mapping[int, Report], gifts: Iterable[ReportedGift]) -> dict[int | None, Decimal]:
    """What came from each employer."""
    sums: dict[int | None, Decimal] = {}
    for one in gifts:
        unit = reports[one.report_id].roll.employer_id
        sums[unit] = sums.get(unit, Decimal(0)) + one.amount_yuan
    return sums


def _gift(drive: Drive, report: Report, one: ReportedGift, trace: UUID, at: datetime) -> Donation:
    line = ids.new(at)
    return _make(
        {
            "line": line,
            "county_id": drive.county_id,
            "drive_id": drive.pk,
            "giver": Giver.MEMBER,
            "person_id": one.person_id,
            "employer_id": report.roll.employer_id,
            "amount_yuan": one.amount_yuan,
            "given_on": report.given_on,
            "dated": True,
            "giver_key": room.giver_key(drive, person=one.person_id),
            "gift_key": room.key_by_hand(line),
            "made_by_id": trace,
            "known_from": at,
        }
    )


def _list_the_unlisted(
    drive: Drive, reports: Mapping[int, Report], gifts: Sequence[ReportedGift], trace: UUID, at: datetime
) -> None:
    """补入: who gave without standing on any list is put on that of the employer that said so."""
    people = [one.person_id for one in gifts]
    listed = RollLine.objects.known().filter(drive=drive, person__in=people)
    held = set(listed.values_list("person", flat=True))
    RollLine.objects.bulk_create(
        RollLine(
            line=one.person_id,
            county=drive.county,
            drive=drive,
            roll=reports[one.report_id].roll,
            person_id=one.person_id,
            origin=Origin.ADDED,
            made_by_id=trace,
            known_from=at,
        )
        for one in gifts
        if one.person_id not in held
    )
