"""What the bank is asked to pay, and of which payments it answers."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from henji.mutual_aid.cases.models import (
    AidCaseVersion,
    OrderState,
    PaymentBatch,
    PaymentOrder,
    State,
)
from henji.mutual_aid.cases.queries.one import claim_of, key_of
from henji.work.models import Job


def _standing() -> QuerySet[AidCaseVersion]:
    return AidCaseVersion.objects.known().select_related("case", "county", "notice")


def cases_in_batch(batch: PaymentBatch) -> list[AidCaseVersion]:
    """批内申请 that are still to be sent."""
    return list(_standing().filter(batch=batch, state=State.BATCHED).order_by("line"))


def waiting_in_batch(batch: PaymentBatch) -> list[AidCaseVersion]:
    """批内申请 of which the bank has not said what became of them."""
    waiting = (State.BATCHED, State.SENT)
    return list(_standing().filter(batch=batch, state__in=waiting).order_by("line"))


def orders_in(batch: PaymentBatch) -> list[PaymentOrder]:
    """批内支付, in the order of the file."""
    return list(batch.orders.select_related("case").order_by("voucher"))


def told_to_the_bank(batch: PaymentBatch) -> list[Mapping[str, str]]:
    """付款文件的行: to whom, on which account, how much. Raises ApplicationErased."""
    orders = orders_in(batch)
    held = {case.case_id: case for case in _standing().filter(case__in=[one.case_id for one in orders])}
    return [
        _row(nth, order, held[order.case_id])
        for nth, order in enumerate(orders, start=1)
        if order.state == OrderState.WAITING
    ]


def _row(nth: int, order: PaymentOrder, version: AidCaseVersion) -> Mapping[str, str]:
    key_of(version.case)
    claim = claim_of(version)
    return {
        "ordinal": str(nth),
        "voucher": order.voucher,
        "holder": claim.holder,
        "card": claim.card,
        "bank": claim.bank,
        "amount": f"{order.amount_yuan:.2f}",
    }


def batch_of(job: Job) -> PaymentBatch:
    """The batch that a file of the bank answers."""
    return PaymentBatch.objects.select_related("county").get(pk=job.params["batch"], county=job.county)


def orders_at(keys: Collection[int]) -> list[PaymentOrder]:
    """The payments of the ids that still wait for the bank's answer."""
    held = PaymentOrder.objects.filter(pk__in=list(keys), state=OrderState.WAITING)
    return list(held.select_related("case__person").order_by("voucher"))


def cases_of(orders: Iterable[PaymentOrder]) -> dict[UUID, AidCaseVersion]:
    """The applications of the payments, as they stand now."""
    held = _standing().filter(case__in=[order.case_id for order in orders])
    return {case.case_id: case for case in held}
