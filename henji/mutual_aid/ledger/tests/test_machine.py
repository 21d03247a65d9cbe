"""Whatever is done, in whatever order, and wherever it breaks off: no fen is lost and none is doubled."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.lib.refusals import Refusal
from henji.mutual_aid import commands
from henji.mutual_aid.ledger import chart
from henji.mutual_aid.ledger.models import Posting, Voucher
from henji.mutual_aid.ledger.posting import balance
from henji.mutual_aid.models import AidPayment, Donation, Subsidy
from henji.mutual_aid.tests.books import undone

SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
YUAN = st.sampled_from([Decimal("0.01"), Decimal(50), Decimal("99.99"), Decimal(100_000)])
DAYS = st.sampled_from([date(2016, 11, 20), date(2016, 12, 31), date(2017, 1, 5)])
ROWS = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), YUAN, DAYS),
        st.tuples(st.just("book"), st.lists(YUAN, min_size=1, max_size=3), DAYS),
        st.tuples(st.just("grant"), YUAN, DAYS),
        st.tuples(st.just("pay"), YUAN, DAYS),
        st.tuples(st.just("correct"), ROWS, YUAN, DAYS),
        st.tuples(st.just("withdraw"), ROWS),
        st.tuples(st.just("reverse last twice")),
    ),
    max_size=8,
)


class Hands:
    """What the steps do."""

    def __init__(self, request):
        self.ask, self.count = request.getfixturevalue, 0
        self.signed, self.mill = self.ask("signed"), self.ask("mill")
        self.member = self.ask("enrol")()

    def do(self, step, *told):
        self.count += 1
        with suppress(Refusal):
            getattr(self, step.replace(" ", "_"))(*told)

    def give(self, amount, day):
        self.ask("give")(employer=self.mill, amount=amount, on=day, receipt=f"收{self.count}")

    def book(self, amounts, day):
        lines = [
            ("集体", "", "常山纺织", float(yuan), day.isoformat(), f"册{self.count}-{n}")
            for n, yuan in enumerate(amounts)
        ]
        self.ask("take")(*lines)

    def grant(self, amount, day):
        self.ask("grant")(amount, on=day, voucher=f"补{self.count}")

    def pay(self, amount, day):
        self.ask("pay")(self.member, amount, on=day, voucher=f"救{self.count}")

    def correct(self, place, amount, day):
        reason = {"reason": "抄错", **self.signed}
        match self._row(place):
            case Donation() as gift:
                told = {"amount_yuan": amount, "given_on": day, "receipt": gift.receipt}
                commands.correct_donation(donation=gift, **told, **reason)
            case AidPayment() as paid:
                told = {"category": "大病", "paid_yuan": amount, "paid_on": day, "voucher": paid.voucher}
                commands.correct_aid(payment=paid, **told, **reason)
            case Subsidy() as subsidy:
                told = {"granted_yuan": amount, "granted_on": day, "voucher": subsidy.voucher}
                commands.correct_subsidy(subsidy=subsidy, **told, **reason)

    def withdraw(self, place):
        reason = {"reason": "重复", **self.signed}
        match self._row(place):
            case Donation() as gift:
                commands.withdraw_donation(donation=gift, **reason)
            case AidPayment() as paid:
                commands.withdraw_aid(payment=paid, **reason)
            case Subsidy() as subsidy:
                commands.withdraw_subsidy(subsidy=subsidy, **reason)

    def reverse_last_twice(self):
        """Taken back, and the taking back taken back: nothing has changed."""
        if last := Voucher.objects.order_by("-id").first():
            self.ask("reverse")(self.ask("reverse")(last))

    def _row(self, place):
        rows = [
            row for kind in (Donation, AidPayment, Subsidy) for row in kind.objects.known().order_by("id")
        ]
        return rows[place % len(rows)] if rows else None


@pytest.fixture
def hands(request, drive):
    return Hands(request)


@SLOW
@given(steps=STEPS)
def test_whatever_is_done_the_books_agree_with_themselves_and_the_record(hands, county, agree, steps):
    with undone():
        for step in steps:
            hands.do(*step)
        agree()
        last = date(2017, 1, 6)
        held = {account: balance(county, account, last) for account in chart.ACCOUNTS}
        assert held[chart.BANK] == held[chart.SUBSIDY] - held[chart.AID]
        assert held[chart.TO_PAY_IN] == held[chart.DONATIONS]


class PulledOut(Exception):
    """The plug was pulled out between two statements."""


class Plug:
    """Lets so many statements through, and then none."""

    def __init__(self, through):
        self.left = through

    def __call__(self, execute, sql, params, many, context):
        if not self.left:
            raise PulledOut
        self.left -= 1
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_wherever_it_breaks_off_nothing_is_left_and_no_number_is_lost(give, mill, signed, agree):
    """The process dies before each statement of a correction in turn; in the end it comes through."""
    gift, through, died = give(employer=mill), 0, True
    while died:
        try:
            with connection.execute_wrapper(Plug(through)):
                told = {
                    "amount_yuan": Decimal(80),
                    "given_on": gift.given_on,
                    "receipt": "",
                    "reason": "抄错",
                }
                commands.correct_donation(donation=gift, **told, **signed)
            died = False
        except PulledOut:
            through += 1
            assert Voucher.objects.count() == 1
            assert Posting.objects.count() == 2
    assert through > 10
    assert list(Voucher.objects.order_by("id").values_list("number", flat=True)) == [1, 2, 3]
    agree()
