"""账的各页: what a person sees of the books, and that nothing typed is lost."""

import re
from datetime import date
from decimal import Decimal

import pytest

from henji.mutual_aid.ledger import chart, commands
from henji.mutual_aid.ledger.models import BankLine, Closing, Tick, Voucher

BOOKS = "/mutual-aid/books/"


@pytest.fixture
def enter(county, signed):
    """记一张凭证."""

    def enter(amount="500", on=date(2016, 12, 5), **more):
        told = {"county": county, "entry": "paid_in", "amount_yuan": Decimal(amount), "on": on, "slip": ""}
        return commands.enter_voucher(**told | more, **signed)

    return enter


@pytest.fixture
def page(client_of, officer):
    """What 王干事 sees."""
    client = client_of(officer)
    return lambda url, **query: client.get(BOOKS + url, query)


def cells(response, head):
    return re.findall(rf'data-label="{head}"[^>]*>(?:<a[^>]*>)?([^<]*)', response.content.decode())


def test_an_account_is_told_by_day_with_what_stood_and_whose_money_it_was(enter, page, mill):
    enter("500", on=date(2016, 12, 5), employer=mill)
    enter("30", on=date(2016, 11, 2), employer=mill)
    told = page(f"{chart.BANK}/")
    assert cells(told, "日期") == ["2016-11-02", "2016-12-05"]
    assert cells(told, "余额") == ["¥30.00", "¥530.00"]
    assert cells(told, "缴款（收款）单位") == ["常山纺织", "常山纺织"]


def test_what_stood_goes_on_from_page_to_page(enter, page, mill):
    for n in range(52):
        enter("1", on=date(2016, 12, 1 + n % 3), employer=mill, slip=str(n))
    assert cells(page(f"{chart.BANK}/", page=2), "余额") == ["¥51.00", "¥52.00"]
    later = page(f"{chart.BANK}/", start="2016-12-03")
    assert cells(later, "余额")[0] == "¥36.00"


def test_where_postings_are_left_out_no_balance_is_told(enter, page, mill):
    enter("500", employer=mill, slip="甲")
    enter("30", employer=mill, slip="乙")
    found = page(f"{chart.BANK}/", q="乙")
    assert cells(found, "借方") == ["¥30.00"]
    assert cells(found, "余额") == ["—"]
    assert cells(page(f"{chart.BANK}/", q="2016-0001"), "附件号") == ["甲"]


def test_a_unit_sees_its_own_balance(give, enter, page, mill, employ):
    give(employer=mill, amount="500")
    give(employer=employ("恒山机械"), amount="70")
    enter("450", employer=mill)
    assert cells(page(f"{chart.TO_PAY_IN}/", unit=mill.pk), "余额") == ["¥500.00", "¥50.00"]
    assert cells(page(f"{chart.TO_PAY_IN}/units/"), "余额") == ["¥70.00", "¥50.00"]


def test_the_books_of_a_day_that_cannot_be_read_are_those_of_today(enter, page, mill):
    enter(employer=mill)
    for day in ("2016-13-45", "昨天", "9" * 40, "0001-01-01"):
        assert page("", on=day).status_code == 200
        assert page("reconcile/", on=day).status_code == 200


@pytest.mark.parametrize("code", ["1", "9999", "x" * 50, "230101 "])
def test_an_account_that_is_not_on_the_chart_is_not_there(page, code):
    assert page(f"{code}/").status_code == 404
    assert page(f"{code}/units/").status_code == 404


def test_what_was_typed_stays_when_a_voucher_is_refused(client_of, officer, mill):
    typed = {
        "entry": "paid_in",
        "amount_yuan": "1,234.50",
        "on": "2016-12-05",
        "slip": "回单8",
        "words": "十月",
    }
    answer = client_of(officer).post(f"{BOOKS}enter/", typed)
    said = answer.content.decode()
    assert "请选择缴款单位" in said
    assert all(f'value="{value}"' in said for value in ("1,234.50", "2016-12-05", "回单8", "十月"))
    assert not Voucher.objects.exists()


def test_a_closed_month_is_told_beside_the_day(client_of, officer, county, mill):
    Closing.objects.create(county=county, closed_to=date(2016, 12, 31), trace_id=county.made_by_id)
    typed = {"entry": "interest", "amount_yuan": "5", "on": "2016-12-21"}
    answer = client_of(officer).post(f"{BOOKS}enter/", typed)
    assert "已结账" in str(answer.context["form"].errors["on"])


@pytest.fixture
def match(enter, mill, county):
    """A line and a posting that are the same money, as the page sends them."""
    posting = enter(employer=mill).postings.get(account=chart.BANK)
    told = {"on": date(2016, 12, 6), "amount_yuan": 500, "source_row": 2, "key": "0" * 32}
    line = BankLine.objects.create(county=county, trace_id=county.made_by_id, **told)
    return f"{line.pk}:{posting.pk}"


def test_whoever_booked_it_is_told_that_another_ticks_it(match, client_of, officer, leader):
    own = client_of(officer).post(f"{BOOKS}reconcile/confirm/", {"way": "each", "match": match})
    assert "请由别人对账" in own.content.decode()
    assert not Tick.objects.exists()
    done = client_of(leader).post(f"{BOOKS}reconcile/confirm/", {"way": "each", "match": match})
    assert (done.status_code, Tick.objects.known().count()) == (302, 2)


@pytest.mark.parametrize("sent", [{}, {"match": "x"}, {"match": "1:2:3"}, {"way": "together", "line": "x"}])
def test_what_is_no_match_ticks_nothing(sent, client_of, leader, county):
    answer = client_of(leader).post(f"{BOOKS}reconcile/confirm/", sent)
    assert "请先选择要勾对的项目" in answer.content.decode()


def test_the_auditor_reads_all_and_writes_nothing(match, client_of, auditor):
    client = client_of(auditor)
    voucher = Voucher.objects.get().pk
    for url in ("", f"{chart.BANK}/", "vouchers/", f"vouchers/{voucher}/", "bank/", "reconcile/", "reports/"):
        assert client.get(BOOKS + url).status_code == 200
    for url in ("enter/", "close/", f"vouchers/{voucher}/reverse/", "reconcile/confirm/"):
        assert client.post(BOOKS + url, {"match": match}).status_code == 403
