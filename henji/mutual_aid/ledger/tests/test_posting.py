"""记账: what a voucher is, and what the books refuse."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from henji.evidence import traces
from henji.evidence.traces import OutsideTransaction
from henji.mutual_aid.ledger import chart, posting, rules
from henji.mutual_aid.ledger.models import Closing, Kind, Posting, Voucher
from henji.mutual_aid.ledger.posting import Line, balance
from henji.mutual_aid.rules import NotYetHappened


@pytest.fixture
def close(county):
    """结账 by itself, under the county's own trace."""
    return lambda last: Closing.objects.create(county=county, closed_to=last, trace_id=county.made_by_id)


def test_a_voucher_is_numbered_within_its_county_and_year(post, neighbour, at):
    labels = [post(on=day).label for day in (date(2016, 5, 1), date(2017, 1, 5), date(2016, 3, 1))]
    assert labels == ["2016-0001", "2017-0001", "2016-0002"]
    assert post(where=neighbour).number == 1


def test_what_stands_on_a_day_is_what_was_posted_up_to_it(post, county):
    post("10", on=date(2016, 5, 1))
    post("20.01", on=date(2016, 5, 3))
    days = [date(2016, 4, 30), date(2016, 5, 1), date(2016, 5, 2), date(2016, 5, 3), date(2026, 1, 1)]
    stood = [balance(county, chart.BANK, day) for day in days]
    assert stood == [0, 10, 10, Decimal("30.01"), Decimal("30.01")]
    assert balance(county, chart.INTEREST, days[-1]) == Decimal("30.01")


def test_a_unit_has_a_balance_of_its_own(post, county, mill, employ, at):
    other = employ("恒山机械")
    for unit, amount in ((mill, "50"), (other, "70"), (None, "3")):
        post(kind=Kind.DONATIONS, lines=posting.pair(chart.TO_PAY_IN, chart.DONATIONS, Decimal(amount), unit))
    today = at.date()
    assert [balance(county, chart.TO_PAY_IN, today, unit) for unit in (mill, other, 0)] == [50, 70, 3]
    assert balance(county, chart.TO_PAY_IN, today) == 123


def test_two_counties_never_mix(post, county, neighbour, at, agree):
    post("10")
    post("99", where=neighbour)
    assert balance(county, chart.BANK, at.date()) == 10
    assert balance(neighbour, chart.BANK, at.date()) == 99
    agree()


LINES = {
    "only one side": [Line(chart.BANK, debit_yuan=Decimal(5))],
    "sides that differ": [Line(chart.BANK, debit_yuan=Decimal(5)), Line(chart.AID, credit_yuan=Decimal(4))],
    "nothing": [],
    "a line of nothing": [Line(chart.BANK), Line(chart.AID)],
    "parts of a fen": posting.pair(chart.BANK, chart.AID, Decimal("0.005")),
    "both sides of one line": [Line(chart.BANK, Decimal(5), Decimal(5))],
    "a unit where none is kept": [
        Line(chart.BANK, debit_yuan=Decimal(5), employer=1),
        Line(chart.AID, credit_yuan=Decimal(5)),
    ],
}


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_an_entry_that_does_not_balance_is_refused(county, at, lines):
    deed = {"trace": traces.new_id(at), "at": at, "on": at.date()}
    with pytest.raises(rules.Unbalanced), transaction.atomic():
        posting.post(county=county, kind=Kind.INTEREST, lines=lines, **deed)
    assert not Voucher.objects.exists()


def test_nothing_is_posted_into_the_future(post, at):
    with pytest.raises(NotYetHappened):
        post(on=at.date() + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_posted_outside_a_transaction(county, at):
    lines = posting.pair(chart.BANK, chart.INTEREST, Decimal(5))
    deed = {"trace": traces.new_id(at), "at": at, "on": at.date()}
    with pytest.raises(OutsideTransaction):
        posting.post(county=county, kind=Kind.INTEREST, lines=lines, **deed)


def test_a_closed_month_takes_nothing_more_and_says_so(post, close):
    close(date(2016, 11, 30))
    post(on=date(2016, 12, 1))
    with pytest.raises(rules.PeriodClosed) as refused:
        post(on=date(2016, 11, 30))
    assert (
        str(refused.value) == "2016-11-30 所在的月份已结账（结至 2016-11-30），不能再记账；请记在之后的日期"
    )


def test_what_is_taken_back_stands_no_more_and_both_vouchers_stay(post, reverse, county, at, agree):
    voucher = post("10")
    red = reverse(voucher)
    assert (red.kind, red.reverses, red.number) == (Kind.REVERSAL, voucher, 2)
    assert balance(county, chart.BANK, at.date()) == 0
    assert sorted(red.postings.values_list("debit_yuan", "credit_yuan")) == [(-10, 0), (0, -10)]
    agree()


def test_nothing_is_taken_back_twice(post, reverse):
    voucher = post()
    reverse(voucher)
    with pytest.raises(rules.AlreadyReversed, match="2017-0001 已经冲销"):
        reverse(voucher)


def test_a_red_voucher_can_be_taken_back_itself(post, reverse, county, at, agree):
    voucher = post("10")
    again = reverse(reverse(voucher))
    assert balance(county, chart.BANK, at.date()) == 10
    assert reverse(again).number == 4
    assert balance(county, chart.BANK, at.date()) == 0
    agree()


def test_what_is_taken_back_after_its_month_was_closed_goes_into_the_open_one(post, reverse, close, at):
    voucher = post(on=date(2016, 11, 5))
    close(date(2016, 11, 30))
    assert reverse(voucher).on == at.date()


def test_a_gift_found_late_goes_into_the_open_month(give, enrol, close, at, agree):
    close(date(2016, 11, 30))
    give(enrol(), on=date(2016, 11, 20))
    assert Voucher.objects.get().on == at.date()
    agree()


CHANGES = {
    "voucher": ('UPDATE mutual_aid_voucher SET "on" = "on"', "DELETE FROM mutual_aid_voucher"),
    "posting": ("UPDATE mutual_aid_posting SET debit_yuan = 1", "DELETE FROM mutual_aid_posting"),
    "closing": ("UPDATE mutual_aid_closing SET trace_id = trace_id", "DELETE FROM mutual_aid_closing"),
}


@pytest.mark.parametrize("table", CHANGES)
def test_whoever_sends_it_no_change_to_the_books_is_taken(post, close, table):
    post()
    close(date(2016, 11, 30))
    for statement in CHANGES[table]:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_only_the_words_of_a_voucher_can_be_erased(post):
    voucher = post()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mutual_aid_voucher SET words = NULL")
    voucher.refresh_from_db()
    assert voucher.words == "（已删除）"


@pytest.mark.parametrize("sides", [(0, 0), (5, 5), (-1, 2)])
def test_the_database_itself_holds_each_line_to_one_side(post, sides):
    voucher = post()
    told = {"county": voucher.county, "on": voucher.on, "account": chart.BANK}
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(voucher=voucher, debit_yuan=sides[0], credit_yuan=sides[1], **told)
