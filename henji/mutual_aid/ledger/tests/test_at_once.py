"""同时: several people post at once: numbers have no gap, nothing is doubled, nobody waits for ever."""

from datetime import date
from decimal import Decimal

import pytest

from henji.lib.refusals import Refusal
from henji.mutual_aid import commands
from henji.mutual_aid.ledger import rules
from henji.mutual_aid.ledger.models import Voucher
from henji.mutual_aid.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_vouchers_posted_at_once_are_numbered_one_after_the_other(post, agree):
    at_once(*[lambda n=n: post(str(n)) for n in range(1, 7)])
    assert sorted(Voucher.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    agree()


def test_a_voucher_taken_back_twice_at_once_is_taken_back_once(post, reverse, agree):
    voucher = post()
    outcomes = at_once(lambda: reverse(voucher), lambda: reverse(voucher))
    assert sorted(isinstance(one, rules.AlreadyReversed) for one in outcomes) == [False, True]
    agree()


def test_gifts_payments_and_a_book_at_once_are_all_in_the_books(
    give, pay, grant, check, confirm, enrol, mill, agree
):
    li, job = enrol(), check(("甲", "", "常山纺织", 50, "", ""))
    held = give(employer=mill, receipt="旧")
    signed = {"by": job.actor, "at": job.asked_at}
    outcomes = at_once(
        lambda: give(li),
        lambda: give(employer=mill, receipt="新"),
        lambda: pay(li),
        lambda: grant("10"),
        lambda: confirm(job),
        lambda: commands.withdraw_donation(donation=held, reason="重复", **signed),
    )
    assert not [one for one in outcomes if isinstance(one, Refusal)]
    assert Voucher.objects.count() == 7
    agree()


def test_a_gift_corrected_and_withdrawn_at_once_is_taken_back_once(give, mill, signed, agree):
    gift = give(employer=mill)
    told = {"amount_yuan": Decimal(80), "given_on": date(2016, 11, 20), "receipt": "", "reason": "抄错"}
    at_once(
        lambda: commands.correct_donation(donation=gift, **told, **signed),
        lambda: commands.withdraw_donation(donation=gift, reason="重复", **signed),
    )
    agree()
