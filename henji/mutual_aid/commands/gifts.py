"""Deeds on gifts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from henji.evidence import traces, versions
from henji.evidence.traces import Trace
from henji.lib import ids
from henji.lib.actors import Actor
from henji.lib.text import tidy
from henji.members.models import Person
from henji.mutual_aid import books, promotion, rules
from henji.mutual_aid.commands import _steps
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import booking
from henji.mutual_aid.locks import have_to_oneself
from henji.mutual_aid.models import Donation, Drive, Giver
from henji.unions.models import Employer
from henji.work.models import Job


@transaction.atomic
def record_donation(
    *,
    drive: Drive,
    amount_yuan: Decimal,
    given_on: date,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    employer: Employer | None = None,
    receipt: str = "",
) -> Donation:
    """捐款登记: write down one gift, by a member or by an employer as a group.

    Raises BadAmount, NotYetHappened, GiverMissing, AlreadyGiven.
    """
    amount_yuan = rules.exact_amount(amount_yuan)
    rules.must_have_happened(given_on, today=localdate(at))
    if not (person or employer):
        raise rules.GiverMissing(_("请填写会员的身份证号，或选择缴款单位"))
    receipt = tidy(receipt)[:40]
    if person:
        key, gifts = rules.giver_key(drive, person=person.pk), Q(person=person)
    else:
        key = rules.giver_key(drive, unit=employer.name if employer else "")
        gifts = Q(giver=Giver.GROUP, employer=employer)
    have_to_oneself(drive)
    held = Donation.objects.known().filter(gifts, drive=drive)
    rules.must_be_one_gift(held, day=given_on, receipt=receipt)
    line = ids.new(at)
    donation = Donation.objects.create(
        line=line,
        county=drive.county,
        drive=drive,
        giver=Giver.MEMBER if person else Giver.GROUP,
        person=person,
        employer=employer,
        amount_yuan=amount_yuan,
        given_on=given_on,
        dated=True,
        receipt=receipt,
        giver_key=key,
        gift_key=rules.key_by_hand(line),
        made_by_id=traces.new_id(at),
        known_from=at,
    )
    return _steps.record(Deed.DONATION_RECORDED, donation, by=by, at=at, on=given_on)


@transaction.atomic
def correct_donation(
    *,
    donation: Donation,
    amount_yuan: Decimal,
    given_on: date,
    receipt: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Donation:
    """捐款更正: write what the gift really was; what was believed before stays to be seen.

    `donation` is the version that the corrector saw. Raises BadAmount, NotYetHappened, NoReason,
    NothingChanged, Outdated.
    """
    amount_yuan = rules.exact_amount(amount_yuan)
    rules.must_have_happened(given_on, today=localdate(at))
    reason = rules.must_say_why(reason)
    told: dict[str, Any] = {"amount_yuan": amount_yuan, "given_on": given_on, "receipt": tidy(receipt)[:40]}
    rules.must_change_something(donation, **told)
    told["dated"] = donation.dated or given_on != donation.given_on
    signed: dict[str, Any] = {"reason": reason, "by": by, "at": at, "on": given_on}
    return _steps.correct(Deed.DONATION_CORRECTED, donation, **signed, **told)


@transaction.atomic
def withdraw_donation(*, donation: Donation, reason: str, by: Actor, at: datetime) -> None:
    """捐款登记作废: the gift should not have been written down. Raises NoReason, Outdated."""
    _steps.withdraw(Deed.DONATION_WITHDRAWN, donation, reason=reason, by=by, at=at)


@transaction.atomic
def name_donor(*, donation: Donation, person: Person | None, by: Actor, at: datetime) -> Donation:
    """捐款人确认: say which member gave what a book gave under a name that fitted nobody, or several.

    None says that whoever gave is no member: the money counts, the person does not. The gift keeps the keys
    by which its book knows it, so the same book again changes nothing. Raises NotUnknown, Outdated.
    """
    rules.must_be_unknown(donation)
    trace = traces.new_id(at)
    giver = Giver.MEMBER if person else Giver.OTHER
    told: dict[str, Any] = {"giver": giver, "person": person}
    if person:
        told["named"] = ""
    named = versions.supersede(donation, trace=trace, at=at, **told)
    facts = {"giver": giver}
    _steps.leave(
        Deed.DONOR_NAMED,
        named,
        trace=trace,
        by=by,
        at=at,
        on=localdate(at),
        facts=facts,
        supersedes=donation.made_by_id,
    )
    return named


@transaction.atomic
def import_donations(*, job: Job, drive: Drive, result: Mapping[str, int], by: Actor, at: datetime) -> Trace:
    """捐款名册导入: make a checked book's lines part of the record, all of them or none.

    `result` are the counts of the check. Raises RecordMoved where the record has changed since.
    """
    have_to_oneself(drive)
    have_to_oneself(drive.county)
    trace = traces.new_id(at)
    by_unit = books.sums_by_unit(job)
    rows = promotion.promote(job, drive, trace=trace, at=at)
    left = traces.leave(
        Deed.DONATIONS_IMPORTED,
        id=trace,
        subject=drive,
        county=drive.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={**result, "job": job.pk, "file": job.blob and job.blob.digest},
        rows=rows,
    )
    booking.book_gifts(drive, by_unit, trace=trace, on=localdate(at), at=at)
    return left
