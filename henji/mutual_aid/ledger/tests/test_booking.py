"""入账: every deed on money stands in the books, and what is corrected is taken back and booked anew."""

from datetime import date
from decimal import Decimal

import pytest

from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands
from henji.mutual_aid.ledger import booking, chart
from henji.mutual_aid.ledger.models import Kind, Voucher
from henji.mutual_aid.ledger.posting import balance
from henji.mutual_aid.models import Donation


@pytest.fixture
def correct(signed):
    """捐款更正."""

    def correct(gift, amount="50", **more):
        told = {"given_on": gift.given_on, "receipt": gift.receipt, "reason": "抄错"}
        return commands.correct_donation(donation=gift, amount_yuan=Decimal(amount), **told | more, **signed)

    return correct


def stands(county, account, day=date(2017, 1, 6), unit=None):
    return balance(county, account, day, unit)


def kinds():
    return list(Voucher.objects.order_by("id").values_list("kind", flat=True))


def test_a_gift_waits_to_be_paid_in_by_its_unit(give, mill, county, agree):
    give(employer=mill, amount="500")
    assert stands(county, chart.TO_PAY_IN, unit=mill) == 500
    assert stands(county, chart.DONATIONS, day=date(2016, 11, 19)) == 0
    assert stands(county, chart.DONATIONS, day=date(2016, 11, 20)) == 500
    agree()


def test_a_voucher_stands_under_the_trace_of_its_deed(give, mill):
    gift = give(employer=mill)
    assert Voucher.objects.get().trace_id == gift.made_by_id


def test_aid_leaves_the_bank_and_a_subsidy_comes_into_it(pay, enrol, grant, county, agree):
    grant("5000", on=date(2016, 12, 1))
    pay(enrol(), "3000")
    assert (stands(county, chart.BANK), stands(county, chart.AID)) == (2000, 3000)
    agree()


def test_a_corrected_amount_is_taken_back_and_booked_anew(give, mill, correct, county, agree):
    gift = correct(give(employer=mill, amount="50"), "80")
    assert kinds() == [Kind.DONATIONS, Kind.CORRECTION, Kind.DONATIONS]
    assert {v.trace_id for v in Voucher.objects.filter(pk__gt=Voucher.objects.order_by("id")[0].pk)} == {
        gift.made_by_id
    }
    assert stands(county, chart.TO_PAY_IN, day=date(2016, 11, 20), unit=mill) == 80
    agree()


def test_a_corrected_day_moves_the_gift_to_it(give, mill, correct, county, agree):
    correct(give(employer=mill), given_on=date(2016, 12, 2))
    assert stands(county, chart.DONATIONS, day=date(2016, 12, 1)) == 0
    assert stands(county, chart.DONATIONS, day=date(2016, 12, 2)) == 50
    agree()


def test_what_is_withdrawn_is_taken_back(give, mill, signed, county, agree):
    commands.withdraw_donation(donation=give(employer=mill), reason="重复", **signed)
    assert kinds() == [Kind.DONATIONS, Kind.CORRECTION]
    assert stands(county, chart.DONATIONS) == 0
    agree()


def test_a_book_is_one_voucher_with_a_pair_of_lines_for_each_unit(take, whole_book, county, mill, at, agree):
    take(*whole_book)
    (voucher,) = Voucher.objects.all()
    assert (voucher.on, voucher.postings.count()) == (at.date(), 4)
    assert stands(county, chart.TO_PAY_IN, unit=mill) == Decimal("190.50")
    assert stands(county, chart.TO_PAY_IN, unit=0) == 530
    agree()


@pytest.fixture
def whole_book(enrol):
    for name, serial in (("李会员", 1), ("王会员", 2), ("赵会员", 3), ("赵会员", 4)):
        enrol(name, serial)
    return [
        ("李会员", number_of(1), "常山纺织", 50, "2016-11-20", "A1"),
        ("王会员", "", "常山纺织", 100.5, "2016-11-21", ""),
        ("赵会员", "", "常山纺织", 20, "", ""),
        ("赵会员", "", "常山纺织", 20, "", ""),
        ("外来人", "", "", 30, "", ""),
        ("集体", "", "", 500, "", ""),
    ]


def test_the_same_book_again_posts_nothing(take, whole_book, agree):
    take(*whole_book)
    take(*whole_book)
    assert Voucher.objects.count() == 1
    agree()


def test_of_a_book_only_the_corrected_gift_is_taken_back(take, whole_book, correct, county, mill, at, agree):
    take(*whole_book)
    gift = Donation.objects.known().get(amount_yuan=Decimal("100.5"))
    correct(gift, "90", given_on=date(2016, 11, 22))
    first, red, anew = Voucher.objects.order_by("id")
    assert (red.kind, red.reverses, anew.on) == (Kind.CORRECTION, first, at.date())
    assert stands(county, chart.TO_PAY_IN, unit=mill) == 180
    agree()


def test_whoever_is_named_later_the_money_stands_where_it_stood(take, enrol, signed, county, correct, agree):
    li = enrol("李会员", 1)
    take(("无此人", "", "常山纺织", 50, "", ""))
    gift = commands.name_donor(donation=Donation.objects.known().get(), person=li, **signed)
    assert Voucher.objects.count() == 1
    assert booking.voucher_of(gift) == Voucher.objects.get()
    correct(gift, "60")
    agree()


def test_a_payment_whose_category_alone_was_wrong_moves_no_money(pay, enrol, signed, agree):
    payment = pay(enrol())
    told = {name: getattr(payment, name) for name in ("paid_yuan", "paid_on", "voucher")}
    commands.correct_aid(payment=payment, category="意外", reason="选错", **told, **signed)
    assert kinds() == [Kind.AID]
    agree()
