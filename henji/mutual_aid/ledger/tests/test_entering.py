"""手工记账、冲销、结账: what is booked by hand, how it is taken back, and what a closing does."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import commands as gifts
from henji.mutual_aid.ledger import chart, commands, queries, rules
from henji.mutual_aid.ledger.entries import ENTRIES
from henji.mutual_aid.ledger.models import Kind, Voucher
from henji.mutual_aid.ledger.posting import balance

NEXT_YEAR = datetime(2018, 3, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LAST = date(2018, 1, 1)


@pytest.fixture
def enter(county, signed):
    """记一张凭证: by default a unit's slip."""

    def enter(amount="500", entry="paid_in", on=date(2016, 12, 5), **more):
        told = {"county": county, "entry": entry, "amount_yuan": Decimal(amount), "on": on, "slip": "回单1"}
        return commands.enter_voucher(**told | more, **signed)

    return enter


@pytest.fixture
def close(county, leader, actor):
    """结账."""
    return lambda day, at=NEXT_YEAR: commands.close_books(
        county=county, closed_to=day, by=actor(leader), at=at
    )


def test_what_a_unit_pays_in_closes_its_open_list(give, enter, mill, county, agree):
    give(employer=mill, amount="500")
    enter("500", employer=mill)
    assert balance(county, chart.TO_PAY_IN, LAST, mill) == 0
    assert balance(county, chart.BANK, LAST) == 500
    agree()


def test_a_voucher_by_hand_leaves_its_trace(enter, mill):
    voucher = enter(employer=mill)
    trace = Trace.objects.get(pk=voucher.trace_id)
    assert trace.deed == "mutual_aid.voucher_entered"
    assert trace.facts == {"entry": "paid_in", "amount_yuan": "500.00", "voucher": "2016-0001"}


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_balances_and_moves_the_bank(entry, enter, give, signed, mill, county, agree):
    if entry == "return":
        enter("500", employer=mill)
    before = balance(county, chart.BANK, LAST)
    enter("70", entry, employer=mill)
    assert abs(balance(county, chart.BANK, LAST) - before) == 70
    agree()


def test_a_slip_without_a_unit_is_refused(enter):
    with pytest.raises(rules.UnitMissing):
        enter()


def test_a_unit_gets_back_no_more_than_it_paid_too_much(give, enter, mill):
    give(employer=mill, amount="500")
    enter("530", employer=mill)
    with pytest.raises(rules.NotOverpaid, match=r"多缴 ¥30\.00"):
        enter("30.01", "return", employer=mill)
    enter("30", "return", employer=mill)


def test_a_slip_entered_wrongly_is_taken_back(enter, mill, signed, county, agree):
    red = commands.reverse_voucher(voucher=enter(employer=mill), reason="记错单位", **signed)
    assert (red.kind, red.on) == (Kind.REVERSAL, date(2016, 12, 5))
    assert balance(county, chart.BANK, LAST) == 0
    agree()


def test_what_another_deed_booked_is_taken_back_where_it_was_done(give, mill, signed):
    give(employer=mill)
    with pytest.raises(rules.NotByHand, match="捐款登记"):
        commands.reverse_voucher(voucher=Voucher.objects.get(), reason="记错", **signed)


def test_a_month_that_is_not_over_stays_open(enter, mill, close, at):
    enter(employer=mill)
    for day in (date(2017, 1, 31), date(2016, 12, 30), date(2016, 11, 30)):
        with pytest.raises(rules.NotClosable):
            close(day, at=at)


def test_months_are_closed_year_by_year(enter, mill, close, county):
    enter(employer=mill)
    offered = rules.closable(county, today=NEXT_YEAR.date())
    assert offered.days == (date(2016, 12, 31),)
    close(date(2016, 12, 31))
    assert rules.closable(county, today=NEXT_YEAR.date()).days[-1] == date(2017, 12, 31)


def test_where_nothing_was_booked_there_is_nothing_to_close(county):
    assert rules.closable(county, today=LAST) is None


def test_into_a_closed_month_nothing_is_entered(enter, mill, close):
    enter(employer=mill)
    close(date(2016, 12, 31))
    with pytest.raises(rules.PeriodClosed):
        enter(employer=mill)


def test_what_is_taken_back_later_goes_into_the_open_month(enter, mill, close, county, signed):
    voucher = enter(employer=mill)
    close(date(2016, 12, 31))
    red = commands.reverse_voucher(voucher=voucher, reason="记错单位", **signed | {"at": NEXT_YEAR})
    assert red.on == NEXT_YEAR.date()
    assert balance(county, chart.BANK, date(2016, 12, 31)) == 500


def test_a_year_end_carries_the_surplus(give, grant, pay, enrol, enter, mill, close, county, agree):
    give(employer=mill, amount="500", on=date(2016, 12, 1))
    grant("300", on=date(2016, 12, 2))
    pay(enrol(), "120.50", on=date(2016, 12, 3))
    enter("50", "to_above")
    close(date(2016, 12, 31))
    new_year = date(2017, 1, 1)
    assert balance(county, chart.SURPLUS, new_year) == Decimal("629.50")
    assert queries.surplus(county, new_year) == Decimal("629.50")
    assert [balance(county, code, new_year) for code in (*queries.RECEIPTS, *queries.PAYMENTS)] == [0] * 7
    assert balance(county, chart.DONATIONS, new_year, mill) == 0
    assert balance(county, chart.TO_PAY_IN, new_year, mill) == 500
    assert all(row.agrees for row in queries.agreement(county))
    agree()


def test_a_gift_of_a_closed_year_that_is_corrected_moves_the_surplus_of_the_open_one(
    give, mill, close, county, signed, agree
):
    gift = give(employer=mill, amount="500", on=date(2016, 12, 1))
    close(date(2016, 12, 31))
    told = {"amount_yuan": Decimal(400), "given_on": gift.given_on, "receipt": "", "reason": "多记"}
    gifts.correct_donation(donation=gift, **told, **signed | {"at": NEXT_YEAR})
    assert queries.surplus(county, date(2016, 12, 31)) == 500
    assert queries.surplus(county, NEXT_YEAR.date()) == 400
    agree()


def test_a_year_without_money_is_closed_without_a_voucher(enter, mill, close, county):
    enter(employer=mill)
    close(date(2016, 12, 31))
    assert not Voucher.objects.filter(kind=Kind.CARRYING).exists()
