"""Deeds of payment: a batch for the bank, its file, which is sent once, and what the bank answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import traces
from henji.lib.actors import Actor
from henji.mutual_aid import paying
from henji.mutual_aid.cases import banks, queries, rules
from henji.mutual_aid.cases.banks import BankFile
from henji.mutual_aid.cases.commands import _steps
from henji.mutual_aid.cases.models import (
    AidCaseVersion,
    OrderState,
    PaymentBatch,
    PaymentOrder,
    StagedPayment,
    State,
)
from henji.mutual_aid.deeds import Deed
from henji.mutual_aid.ledger import booking
from henji.mutual_aid.locks import have_to_oneself
from henji.unions.models import Union
from henji.work.intake import FRESH
from henji.work.models import Job


@transaction.atomic
def form_batch(
    *, county: Union, cases: Sequence[AidCaseVersion], template: str, by: Actor, at: datetime
) -> PaymentBatch:
    """救助金支付组批: the approved applications that one file will ask the bank to pay.

    Raises NobodyChosen, NotNow, OwnApproval, TemplateUnknown, Outdated.
    """
    rules.must_be_ready(Deed.PAYMENT_BATCH_FORMED, *cases)
    rules.must_not_have_approved(by.id, cases)
    bank = banks.must_be_a_template(template)
    have_to_oneself(county)
    today, trace = localdate(at), traces.new_id(at)
    batch = PaymentBatch.objects.create(
        county=county,
        number=queries.next_number(PaymentBatch, county.pk, f"支{today:%Y%m%d}", places=2),
        template=bank.code,
        formed_on=today,
        made_by_id=trace,
    )
    change = {"state": State.BATCHED, "batch": batch}
    changes = [change] * len(cases)
    moved = _steps.move(
        Deed.PAYMENT_BATCH_FORMED, cases, changes, county=county, on=today, at=at, trace=trace
    )
    PaymentOrder.objects.bulk_create(
        PaymentOrder(
            batch=batch,
            case=case.case,
            voucher=f"{batch.number}-{nth:03d}",
            amount_yuan=case.approved_yuan or Decimal(0),
        )
        for nth, case in enumerate(moved, start=1)
    )
    _leave(Deed.PAYMENT_BATCH_FORMED, batch, moved, trace=trace, by=by, at=at, on=today)
    return batch


@transaction.atomic
def send_batch(*, batch: PaymentBatch, by: Actor, at: datetime) -> BankFile:
    """救助金支付送银行: the batch's file for the bank, once: a second one would pay twice.

    Raises SentAlready, BatchCancelled, OwnApproval, ApplicationErased, Outdated.
    """
    county, held = _to_oneself(batch)
    rules.must_not_be_sent(held)
    cases = queries.cases_in_batch(held)
    rules.must_not_have_approved(by.id, cases)
    today, trace = localdate(at), traces.new_id(at)
    changes = [{"state": State.SENT}] * len(cases)
    moved = _steps.move(Deed.PAYMENT_BATCH_SENT, cases, changes, county=county, on=today, at=at, trace=trace)
    PaymentBatch.objects.filter(pk=held.pk).update(sent_on=today)
    file = banks.file_of(held, queries.told_to_the_bank(held), today=today)
    facts = {"file": sha256(file.content).hexdigest()}
    _leave(Deed.PAYMENT_BATCH_SENT, held, moved, trace=trace, by=by, at=at, on=today, facts=facts)
    return file


@transaction.atomic
def cancel_batch(*, batch: PaymentBatch, words: str, by: Actor, at: datetime) -> PaymentBatch:
    """救助金支付撤批: the bank has paid nothing of what still waits, and will not; it can be batched again.

    Raises BatchCancelled, NothingSaid, NobodyChosen, Outdated.
    """
    why = rules.must_say(words)
    county, held = _to_oneself(batch)
    rules.must_not_be_cancelled(held)
    cases = queries.waiting_in_batch(held)
    today, trace = localdate(at), traces.new_id(at)
    change = {"state": State.APPROVED, "batch": None}
    changes = [change] * len(cases)
    moved = _steps.move(
        Deed.PAYMENT_BATCH_CANCELLED, cases, changes, county=county, on=today, at=at, trace=trace
    )
    waiting = PaymentOrder.objects.filter(batch=held, state=OrderState.WAITING)
    waiting.update(state=OrderState.CANCELLED, answered_by=trace)
    PaymentBatch.objects.filter(pk=held.pk).update(cancelled_on=today)
    _leave(Deed.PAYMENT_BATCH_CANCELLED, held, moved, trace=trace, by=by, at=at, on=today, words=why)
    return held


@transaction.atomic
def import_returns(*, job: Job, result: Mapping[str, int], by: Actor, at: datetime) -> UUID:
    """救助金支付回盘导入: what the bank paid is booked; what it could not pay waits to be paid again.

    The trace's id. Raises ReturnsStale, OwnApproval, VoucherTaken.
    """
    trace = traces.new_id(at)
    county, batch = _to_oneself(queries.batch_of(job))
    on = date.fromisoformat(job.params["on"])
    staged = {
        row.order: row
        for row in StagedPayment.objects.filter(job=job, verdict__in=FRESH)
        if row.order is not None
    }
    orders = queries.orders_at(staged)
    rules.must_stand_still(len(orders) == len(staged))
    cases = queries.cases_of(orders)
    rules.must_not_have_approved(by.id, cases.values())
    moved = _answered(orders, cases, staged, county=county, on=on, at=at, trace=trace) if orders else []
    counted = ("read", "paid", "failed", "unchanged", "rejected")
    _leave(
        Deed.PAYMENT_RETURNS_IMPORTED,
        batch,
        moved,
        trace=trace,
        by=by,
        at=at,
        on=on,
        facts={name: result[name] for name in counted} | {"job": job.pk},
    )
    return trace


def _answered(
    orders: Sequence[PaymentOrder],
    cases: Mapping[UUID, AidCaseVersion],
    said: Mapping[int, StagedPayment],
    *,
    county: Union,
    on: date,
    at: datetime,
    trace: UUID,
) -> list[AidCaseVersion]:
    """What the bank said of each payment, done."""
    held = [cases[order.case_id] for order in orders]
    paid = [said[order.pk].outcome == OrderState.PAID for order in orders]
    for order, is_paid in zip(orders, paid, strict=True):
        told: dict[str, Any] = {"state": OrderState.FAILED, "reason": said[order.pk].words}
        if is_paid:
            payment = paying.write(
                county=county,
                person=order.case.person,
                category=cases[order.case_id].category_name,
                paid_yuan=order.amount_yuan,
                paid_on=on,
                voucher=order.voucher,
                trace=trace,
                at=at,
            )
            booking.book(payment, trace=trace, at=at)
            told = {"state": OrderState.PAID, "aid": payment.line}
        changed = PaymentOrder.objects.filter(pk=order.pk, state=OrderState.WAITING)
        rules.must_stand_still(changed.update(answered_by=trace, **told))
    return _steps.move(
        Deed.PAYMENT_RETURNS_IMPORTED,
        held,
        [{"state": State.PAID} if one else {"state": State.APPROVED, "batch": None} for one in paid],
        county=county,
        on=on,
        at=at,
        trace=trace,
    )


def _to_oneself(batch: PaymentBatch) -> tuple[Union, PaymentBatch]:
    """The county, to be changed by nobody else meanwhile, and the batch as it now is."""
    have_to_oneself(batch.county)
    held = PaymentBatch.objects.select_related("county").get(pk=batch.pk)
    return held.county, held


def _leave(
    deed: Deed,
    batch: PaymentBatch,
    moved: Iterable[AidCaseVersion],
    *,
    trace: UUID,
    by: Actor,
    at: datetime,
    on: date,
    facts: Mapping[str, object] | None = None,
    words: str = "",
) -> None:
    cases = list(moved)
    total = sum((case.approved_yuan or Decimal(0) for case in cases), Decimal(0))
    traces.leave(
        deed,
        id=trace,
        subject=batch,
        county=batch.county,
        by=by,
        at=at,
        on=on,
        facts={"cases": len(cases), "amount_yuan": total, **(facts or {})},
        words=words,
        rows=_steps.root(cases) if cases else None,
    )
