"""Workbooks that we write: nothing in them runs, and what was written is read back."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from henji.lib import workbook
from henji.lib.columns import propose
from henji.lib.identity import lost_digits
from henji.lib.tests.books import (
    DONATIONS,
    EMPLOYERS,
    LI,
    ROSTER,
    WANG,
    cells_of,
    read_alone,
    table_of,
    values_of,
)
from henji.lib.xlsx_cells import ErrorCell

FORMULAS = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "|x", "\t=1", "{=1}", "http://x", "'=1", "=1+1\n"]
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = (
    st.none()
    | words
    | st.integers(-(10**14), 10**14)
    | st.dates(date(1900, 3, 1), date(2119, 1, 1))
    | st.integers(-(10**12), 10**12).map(lambda fen: fen / 100)
)


def written(rows, *, heads=("甲",), **more):
    stream = io.BytesIO()
    workbook.write_table(stream, sheet="导出", heads=heads, rows=rows, **more)
    return stream


def sent_back(rejected, *, titles=(), heads=(("姓名", "身份证号", "入会日期"),)):
    stream = io.BytesIO()
    workbook.write_back(stream, title_rows=titles, head_rows=heads, rejected=rejected)
    return stream


def as_read(row):
    """What is empty is None, nothing stands to the right of the last value, and no NUL comes back."""
    fit = (value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row)
    cells = [None if value == "" else value for value in fit]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(values, max_size=5), max_size=5))
def test_what_is_written_is_read_back(rows):
    read = cells_of(written(rows))[1:]
    assert read == [cells for row in rows if (cells := as_read(row))]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_becomes_a_formula(formula):
    stream = written([[formula]], heads=[formula], footer=formula)
    for row in openpyxl.load_workbook(stream).active.iter_rows(values_only=False):
        for cell in row:
            assert cell.data_type != "f"
            assert cell.value is None or cell.quotePrefix
    with zipfile.ZipFile(stream) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet


def test_numbers_money_and_days_are_typed():
    moment = datetime(2016, 7, 8, 1, 30, tzinfo=UTC)
    stream = written([[7, 1.5, Decimal("1234.50"), date(2016, 7, 8), moment, True, None, ["x"]]])
    (_head, cells) = openpyxl.load_workbook(stream).active.iter_rows()
    assert [cell.value for cell in cells] == [
        7,
        1.5,
        1234.5,
        datetime(2016, 7, 8),  # noqa: DTZ001 -- a workbook knows no zones
        datetime(2016, 7, 8, 9, 30),  # noqa: DTZ001 -- shown in local time
        "是",
        None,
        "['x']",
    ]
    assert cells[2].number_format == "#,##0.00"
    assert cells[3].number_format == "yyyy-mm-dd"


def test_what_excel_cannot_hold_is_written_as_its_text():
    stream = written([[float("inf"), date(1850, 1, 1), "坏\ud800字"]])
    assert cells_of(stream)[1] == ["inf", "1850-01-01", "坏\ufffd字"]


def test_the_head_stays_in_sight_and_the_footer_stands_apart():
    page = openpyxl.load_workbook(written([["x"]], heads=["单位名称", "人数"], footer="王干事导出")).active
    assert page.freeze_panes == "A2"
    assert page["A4"].value == "王干事导出"
    assert page.column_dimensions["A"].width > page.column_dimensions["B"].width >= 6


def test_a_table_without_rows_is_a_head():
    assert cells_of(written([])) == [["甲"]]


@pytest.mark.parametrize("name", ["a/b:c*d?e[f]g\\h'", "很长" * 30, "会员"])
def test_any_name_will_do_for_a_sheet(name):
    stream = io.BytesIO()
    workbook.write_table(stream, sheet=name, heads=["甲"], rows=[])
    assert 0 < len(openpyxl.load_workbook(stream).sheetnames[0]) <= 31


def test_refused_rows_come_back_in_the_same_layout_with_their_reasons():
    stream = sent_back(
        [(5, ["王小明", "123", 42559], {1: "位数不对"}), (9, [None, WANG[1]], "与第 3 行重复")],
        titles=[["某公司花名册"], ["单位：甲", None, "2016年"]],
        heads=[["姓名", "个人信息", None], [None, "身份证号", "入会日期"]],
    )
    assert cells_of(stream) == [
        ["某公司花名册"],
        ["单位：甲", None, "2016年"],
        ["姓名", "个人信息"],
        [None, "身份证号", "入会日期", "原因", "原行号"],
        ["王小明", "123", 42559, "位数不对", 5],
        [None, WANG[1], None, "与第 3 行重复", 9],
    ]
    page = openpyxl.load_workbook(stream).active
    assert page["B5"].fill.fgColor.rgb == "FFFDE3E1"
    assert page["A5"].fill.fgColor.rgb != "FFFDE3E1"
    assert page["B5"].comment.text == "位数不对"
    assert page["B5"].number_format == "@"


def test_a_row_sent_back_is_mended_and_read_again():
    refused = ["李刚", "13012319850708019", date(2016, 7, 8)]
    stream = sent_back(
        [(7, refused, {1: "位数不对"}), (8, ["王小明"], {1: "没有填写身份证号"})], titles=[["花名册"]]
    )
    book = openpyxl.load_workbook(stream)
    book.active["B3"], book.active["B4"] = LI[1], WANG[1]
    book.save(stream)
    table = table_of(stream)
    read = values_of(table)
    assert [(each["name"], each["number"]) for each in read] == [
        ("李刚", LI[1]),
        ("王小明", WANG[1]),
    ]
    assert read[0]["joined_on"] == date(2016, 7, 8)


def test_sent_back_twice_the_added_columns_do_not_pile_up():
    table = table_of(sent_back([(7, ["王小明", "1"], {1: "位数不对"})], titles=[["花名册"]]))
    again = sent_back(
        [(row.number, row.cells, "又错了") for row in table.rows()],
        titles=table.title_rows,
        heads=table.head_rows,
    )
    assert cells_of(again)[:2] == [["花名册"], ["姓名", "身份证号", "入会日期", "原因", "原行号"]]


@pytest.mark.parametrize("cell", [1.3012319800101e17, ErrorCell("#N/A")])
def test_a_bad_value_is_refused_again_while_nobody_mends_it(cell):
    table = table_of(sent_back([(2, ["王小明", cell], {1: "请核对"})]))
    (row,) = table.rows()
    assert lost_digits(row.cells[1]) == isinstance(cell, float)
    assert 1 in read_alone(table.columns, row.cells)[1]


def test_two_thousand_comments_are_enough():
    stream = sent_back((number, ["x"], {0: "坏"}) for number in range(2500))
    assert len(cells_of(stream)) == 2501
    with zipfile.ZipFile(stream) as archive:
        assert archive.read("xl/comments1.xml").count(b"<comment ") == 2000


@pytest.mark.parametrize("columns", [ROSTER, DONATIONS, EMPLOYERS])
def test_a_template_is_recognised_and_holds_no_example_among_its_rows(columns):
    stream = io.BytesIO()
    example = ["示例"] * len(columns)
    workbook.write_template(stream, columns=columns, example_rows=[example, example], notes=["一人一行"])
    table = table_of(stream, columns)
    assert set(table.columns.places) == {column.name for column in columns}
    assert list(table.rows()) == []
    assert table.unread == ()
    first, notes = openpyxl.load_workbook(stream).worksheets
    assert first.column_dimensions["A"].number_format == "@"
    assert notes["A1"].value == "一人一行"
    assert notes["A3"].value == f"A {propose(table.columns.heads, columns).heads[0]}"
    assert notes["C3"].value == "示例"


def test_a_text_too_long_for_excel_is_cut():
    (_head, row) = cells_of(written([["长" * 40_000]]))
    assert row == ["长" * 32_767]
