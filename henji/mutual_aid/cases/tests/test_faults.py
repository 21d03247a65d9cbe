"""Death at any statement of the payment run: afterwards the books balance, and nobody is paid twice."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from henji.mutual_aid.cases.models import AidCaseVersion, PaymentOrder, State
from henji.mutual_aid.models import AidPayment
from henji.work import jobs

pytestmark = pytest.mark.django_db(transaction=True)
_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


@contextmanager
def dying_at(nth):
    """The connection is lost at the nth statement that writes; what was not committed is gone."""
    left = [nth]

    def run(execute, sql, params, many, context):
        if sql.lstrip().startswith(_WRITES):
            left[0] -= 1
            if left[0] < 0:
                raise OperationalError("the process died")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield lambda: left[0] < 0


def books():
    """Who was paid, by the orders, by the payments, by the applications."""
    orders = PaymentOrder.objects.filter(state="paid")
    cases = AidCaseVersion.objects.known().filter(state=State.PAID)
    payments = AidPayment.objects.known()
    return [
        sorted(rows)
        for rows in (
            [order.voucher for order in orders],
            [payment.voucher for payment in payments],
            [
                order.voucher
                for order in PaymentOrder.objects.filter(case__in=cases.values("case"), state="paid")
            ],
        )
    ]


def run_through(do, *, most=40):
    """Do it with a death at the first statement, then at the second, and so on until it gets through."""
    for nth in range(most):
        with dying_at(nth) as has_died:
            try:
                done = do()
            except OperationalError:
                done = None
        ordered, paid, standing = books()
        assert ordered == paid == standing
        if not has_died():
            return done
    raise AssertionError("it never got through")


def test_a_death_at_any_statement_leaves_the_books_balanced(office, officer):
    case = office.approved(1)
    batch = run_through(lambda: office.batch(case))
    assert PaymentOrder.objects.count() == 1
    run_through(lambda: office.send(batch))
    for _again in range(60):
        with dying_at(_again) as has_died:
            try:
                job = office.take_in(batch)
            except OperationalError:
                job = None
        ordered, paid, standing = books()
        assert ordered == paid == standing
        if not has_died():
            break
    assert job.state == "done"
    assert books() == [["支20160601-01-001"]] * 3
    assert jobs.Job.objects.filter(state="done").count() >= 1
