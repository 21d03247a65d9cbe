"""账表: what superiors ask for says what the books say, on screen, in Excel and as a PDF."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from henji.mutual_aid import queries
from henji.mutual_aid.ledger import chart, commands, reports
from henji.mutual_aid.ledger.chart import ACCOUNTS

FIRST, LAST = date(2016, 12, 1), date(2016, 12, 31)


@pytest.fixture
def enter(county, signed):
    """记一张凭证."""

    def enter(amount, entry, on=date(2016, 12, 5), slip="回1", **more):
        told = {"county": county, "entry": entry, "amount_yuan": Decimal(amount), "on": on, "slip": slip}
        return commands.enter_voucher(**told | more, **signed)

    return enter


@pytest.fixture
def december(give, pay, grant, enrol, enter, mill):
    """Money of each kind in December, and a gift and a subsidy before it."""
    give(employer=mill, amount="100", on=date(2016, 11, 20), receipt="收1")
    grant("1000", on=date(2016, 11, 25))
    give(employer=mill, amount="400", on=date(2016, 12, 2), receipt="收2")
    pay(enrol(), "300", on=date(2016, 12, 6))
    enter("450", "paid_in", employer=mill)
    enter("20", "to_above", slip="回2")
    enter("5.5", "interest", on=date(2016, 12, 21))
    enter("7000", "opening", on=FIRST)


def rows_of(report):
    return {str(row[0]).strip(): row[1] for row in report.rows}


def test_a_period_begins_with_what_was_held_and_ends_with_what_is_held(december, county):
    said = rows_of(reports.fund(county, FIRST, LAST))
    assert said["一、上期结余"] == 1100
    assert said["期初余额转入"] == 7000
    assert said["二、本期收入"] == Decimal("405.50")
    assert (said["捐款"], said["利息"], said["工会补贴"]) == (400, Decimal("5.50"), 0)
    assert said["三、本期支出"] == 320
    assert said["四、期末结余"] == Decimal("8185.50")
    assert said["银行存款"] + said["待缴存捐款"] - said["待查款项"] == said["四、期末结余"]


def test_a_closed_year_is_reported_as_it_was(december, county, leader, actor):
    before = reports.fund(county, FIRST, LAST).rows
    at = datetime(2017, 2, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    commands.close_books(county=county, closed_to=LAST, by=actor(leader), at=at)
    assert reports.fund(county, FIRST, LAST).rows == before
    assert rows_of(reports.fund(county, date(2017, 1, 1), date(2017, 1, 31)))["一、上期结余"] == Decimal(
        "8185.50"
    )


def test_the_account_book_runs_from_what_stood_to_what_stands(december, county):
    rows = reports.account_book(county, ACCOUNTS[chart.BANK], FIRST, LAST).rows
    assert [row[6] for row in rows] == [1000, 8000, 8450, 8430, 8130, Decimal("8135.50"), Decimal("8135.50")]
    assert rows[-1][4:6] == [Decimal("7455.50"), 320]
    assert rows[2][7] == "回1"


def test_the_account_book_of_a_unit_is_its_own(december, county, mill):
    rows = reports.account_book(county, ACCOUNTS[chart.TO_PAY_IN], FIRST, LAST, mill).rows
    assert [row[6] for row in rows] == [100, 500, 50, 50]


def test_the_table_of_a_drive_adds_up(december, drive, county):
    version = queries.version_of(drive)
    report = reports.handed_up(county, version, LAST)
    *parts, whole = report.rows
    assert whole[5:7] == [500, 450]
    for column in (1, 2, 3, 5, 6):
        assert sum(row[column] for row in parts) == whole[column]
    assert parts[-1][7:] == [date(2016, 12, 5), "回1"]
    assert report.notes == ["上解：2016-12-05，20.00 元，银行回单号 回2"]


@pytest.mark.parametrize("kind", ["fund", "book", "handed_up", "bank"])
def test_each_paper_is_a_page_a_workbook_and_a_pdf(kind, december, client_of, officer, county):
    client = client_of(officer)
    query = {"report": kind, "start": "2016-11-01", "last": "2016-12-31"}
    page = client.get("/mutual-aid/books/reports/", query)
    report = page.context["report"]
    sheet = load_workbook(BytesIO(whole(client, query | {"as": "xlsx"}))).active
    assert sheet.cell(1, 1).value == report.title
    assert [cell.value for cell in sheet[3]] == list(report.heads)
    said = "".join(p.extract_text() for p in PdfReader(BytesIO(whole(client, query | {"as": "pdf"}))).pages)
    assert report.title in said.replace("\n", "")


def whole(client, query):
    return b"".join(client.get("/mutual-aid/books/reports/", query).streaming_content)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"start": "2016-12-31", "last": "2016-12-01"}, "截止日期早于开始日期"),
        ({"start": "1950-01-01"}, "日期太早，请核对"),
        ({"report": "handed_up"}, "还没有一日捐活动"),
        ({"report": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_reported_is_said_beside_the_field(told, words, client_of, officer):
    page = client_of(officer).get("/mutual-aid/books/reports/", told)
    assert words in page.content.decode()
    assert page.context.get("report") is None
