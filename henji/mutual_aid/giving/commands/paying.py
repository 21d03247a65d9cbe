"""Deeds on money that employers pay in, and on the receipts that they get for it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from henji.evidence import traces, versions
from henji.lib import ids
from henji.lib.actors import Actor
from henji.mutual_aid import rules as room
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.giving import rules
from henji.mutual_aid.giving.models import Cancellation, Receipt, Roll, Slip
from henji.mutual_aid.ledger import chart, posting
from henji.mutual_aid.ledger.models import Kind, Voucher
from henji.mutual_aid.locks import have_to_oneself


@transaction.atomic
def record_slip(
    *, roll: Roll, paid_yuan: Decimal, paid_on: date, number: str, by: Actor, at: datetime
) -> Slip:
    """缴款登记: the money of a list has come into the account; the bank's slip says so.

    Raises BadAmount, NotYetHappened, NoNumber, SlipTaken.
    """
    paid_yuan = room.exact_amount(paid_yuan)
    room.must_have_happened(paid_on, today=localdate(at))
    number = rules.exact_number(number)
    have_to_oneself(roll.county)
    rules.must_be_a_new_number(number, county=roll.county_id)
    slip = Slip.objects.create(
        line=ids.new(at),
        county=roll.county,
        roll=roll,
        paid_yuan=paid_yuan,
        paid_on=paid_on,
        number=number,
        made_by_id=traces.new_id(at),
        known_from=at,
    )
    traces.leave(
        Deed.SLIP_RECORDED,
        id=slip.made_by_id,
        subject=slip,
        county=slip.county,
        by=by,
        at=at,
        on=paid_on,
        facts={"paid_yuan": paid_yuan},
    )
    posting.post(
        county=slip.county,
        kind=Kind.PAID_IN,
        on=posting.open_day(slip.county, paid_on, today=localdate(at)),
        lines=posting.pair(chart.BANK, chart.TO_PAY_IN, paid_yuan, roll.employer_id),
        trace=slip.made_by_id,
        at=at,
        slip=number,
    )
    return slip


@transaction.atomic
def withdraw_slip(*, slip: Slip, reason: str, by: Actor, at: datetime) -> None:
    """缴款登记作废: it should not have been written down. Raises NoReason, ReceiptStands, Outdated."""
    words = room.must_say_why(reason)
    have_to_oneself(slip.county)
    rules.must_have_no_receipt(slip.line)
    trace = traces.new_id(at)
    versions.end(slip, trace=trace, at=at)
    traces.leave(
        Deed.SLIP_WITHDRAWN,
        id=trace,
        subject=slip,
        county=slip.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"before_yuan": slip.paid_yuan},
        words=words,
        supersedes=slip.made_by_id,
    )
    voucher = Voucher.objects.get(county=slip.county_id, trace=slip.made_by_id, reverses__isnull=True)
    posting.reverse(voucher, trace=trace, on=slip.paid_on, at=at)


@transaction.atomic
def issue_receipt(*, slip: Slip, by: Actor, at: datetime) -> Receipt:
    """收据开具: the next number of the county and year, for what a slip says. Raises ReceiptStands, Outdated.

    Whoever issues has the county to oneself until it is done, and what is undone takes its number back with
    it: so there are neither gaps nor two of one number.
    """
    have_to_oneself(slip.county)
    rules.must_stand(slip)
    rules.must_have_no_receipt(slip.line)
    day = localdate(at)
    held = Receipt.objects.filter(county=slip.county_id, year=day.year)
    receipt = Receipt.objects.create(
        county=slip.county,
        year=day.year,
        number=rules.next_number(held.aggregate(last=Max("number"))["last"]),
        slip=slip,
        payer=slip.roll.employer.name,
        amount_yuan=slip.paid_yuan,
        issued_on=day,
        made_by_id=traces.new_id(at),
    )
    traces.leave(
        Deed.RECEIPT_ISSUED,
        id=receipt.made_by_id,
        subject=receipt,
        county=slip.county,
        by=by,
        at=at,
        on=day,
        facts={"number": receipt.name, "amount_yuan": receipt.amount_yuan},
    )
    return receipt


@transaction.atomic
def cancel_receipt(*, receipt: Receipt, reason: str, by: Actor, at: datetime) -> None:
    """收据作废: it is good for nothing any more, and keeps its number. Raises NoReason, ReceiptGone."""
    words = room.must_say_why(reason)
    have_to_oneself(receipt.county)
    rules.must_be_valid(receipt)
    trace = traces.new_id(at)
    Cancellation.objects.create(receipt=receipt, made_by_id=trace)
    traces.leave(
        Deed.RECEIPT_CANCELLED,
        id=trace,
        subject=receipt,
        county=receipt.county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"number": receipt.name, "amount_yuan": receipt.amount_yuan},
        words=words,
        supersedes=receipt.made_by_id,
    )
