"""Workbooks as unions send them."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from henji.lib import spreadsheet
from henji.lib.columns import ColumnsMissing
from henji.lib.readers import ColumnsReader
from henji.lib.spreadsheet import SheetRow, is_sum_row, open_book
from henji.lib.tests.books import (
    DONATIONS,
    LI,
    ROSTER,
    WANG,
    book_of,
    cells_of,
    rewritten,
    saved,
    table_of,
    values_of,
    with_sheet,
)
from henji.lib.xlsx_cells import COVERED, UNCALCULATED, ErrorCell
from henji.lib.xlsx_merged import Merged, merged_cells
from henji.lib.xlsx_package import MIB

SHEET = "xl/worksheets/sheet1.xml"


def test_a_roster_with_titles_merged_heads_and_shuffled_columns():
    book = openpyxl.Workbook()
    page = book.active
    page["A1"] = "正定县某某有限公司工会会员花名册"
    page.merge_cells("A1:F1")
    page["A2"] = "填报单位：某某公司工会"
    page["E2"] = "2016年7月"
    page.append(["序号", "单位名称", "个人信息", None, None, "入会时间"])
    page.append([None, None, "联系电话", "公民身份\n号码*", "姓　名(必填)"])
    for merged in ("A3:A4", "B3:B4", "C3:E3", "F3:F4"):
        page.merge_cells(merged)
    page.append([1, "某某公司", 13800001234, WANG[1], "王 小明", date(2016, 7, 8)])
    table = table_of(saved(book))
    assert table.columns.places == {"employer": 1, "phone": 2, "number": 3, "name": 4, "joined_on": 5}
    assert [row.number for row in table.head.titles] == [1, 2]
    assert [row.number for row in table.head.rows] == [3, 4]
    assert [row.number for row in table.rows()] == [5]
    assert values_of(table) == [
        {
            "name": "王小明",
            "number": WANG[1],
            "phone": "13800001234",
            "employer": "某某公司",
            "joined_on": date(2016, 7, 8),
        }
    ]


def test_every_way_of_writing_a_number_and_a_day():
    head = ["姓名", "身份证号", "入会日期"]
    rows = [
        ["王小明", WANG[1], 42559],
        ["王小明", " 130123 19800101 0012\u200b", "2016.7.8"],
        ["王小明", "１３０１２３１９８００１０１００１２", "2016年7月8日"],
        ["王小明", WANG[2], datetime(2016, 7, 8, 9, 30)],  # noqa: DTZ001
        ["王小明", int(WANG[2]), "2016/7/8"],
        ["王小明", float(WANG[2]), 20160708],
    ]
    read = values_of(table_of(book_of(head, *rows)))
    assert {each["number"] for each in read} == {WANG[1]}
    assert {each["joined_on"] for each in read} == {date(2016, 7, 8)}


def test_lower_case_x_is_read():
    assert values_of(table_of(book_of(["姓名", "身份证"], ["李刚", LI[1].lower()])))[0]["number"] == LI[1]


@pytest.mark.parametrize("cell", [int(WANG[1]), float(WANG[1])])
def test_eighteen_digits_in_a_numeric_cell_come_as_a_number(cell):
    (row,) = table_of(book_of(["姓名", "身份证号"], ["王小明", cell])).rows()
    assert isinstance(row.cells[1], float)
    assert row.cells[1] >= 10**15


def test_hidden_sheets_and_sheets_without_a_head_are_passed_over():
    book = openpyxl.Workbook()
    book.active.title = "隐藏"
    book.active.append(["姓名", "身份证号"])
    book.active.append(["假人", WANG[1]])
    book.active.sheet_state = "hidden"
    very = book.create_sheet("深藏")
    very.append(["姓名", "身份证号"])
    very.sheet_state = "veryHidden"
    book.create_sheet("说明").append(["请按要求填写"])
    data = book.create_sheet("花名册")
    data.append(["姓名", "身份证号"])
    data.append(["李刚", LI[1]])
    book.active = 3
    with open_book(saved(book)) as opened:
        assert opened.sheets == ("说明", "花名册")
        table = opened.table(ROSTER)
        assert table.sheet == "花名册"
        assert [row.cells for row in table.rows()] == [["李刚", LI[1]]]


def test_further_sheets_with_people_are_named_as_unread():
    book = openpyxl.Workbook()
    for name, people in {"一车间": [["王小明", WANG[1]]], "二车间": [["李刚", LI[1]]], "空": []}.items():
        page = book.create_sheet(name)
        page.append(["姓名", "身份证号"])
        for person in people:
            page.append(person)
    table = table_of(saved(book))
    assert table.sheet == "一车间"
    assert table.unread == ("二车间",)


def test_formulas_give_their_stored_value_or_say_that_none_is_stored():
    stream = with_sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"王"&amp;"明"</f><v>王明</v></c>'
        '<c r="C1"><f>SUM(A1)</f></c><c r="D1" t="str"><f>A1</f><v></v></c><c r="E1" t="b"><v>1</v></c></row>'
    )
    assert cells_of(stream) == [[2, "王明", UNCALCULATED, None, True]]


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
@pytest.mark.parametrize("letters", ["B", "A"])
def test_whoever_wrote_a_formula_without_its_result_is_told_to_open_and_save_the_book(result, letters):
    """As programs write one that leave it to Excel to calculate."""
    cells = {"A": '<c r="A2" t="str"><v>王小明</v></c>', "B": f'<c r="B2" t="str"><v>{WANG[1]}</v></c>'}
    cells[letters] = f'<c r="{letters}2" s="0"><f>VLOOKUP(C2,名单!A:B,2)</f>{result}</c>'
    heads = '<c r="A1" t="str"><v>姓名</v></c><c r="B1" t="str"><v>身份证号</v></c>'
    stream = with_sheet(f'<row r="1">{heads}</row><row r="2">{"".join(cells.values())}</row>')
    table = table_of(stream)
    read = ColumnsReader(table.columns).read([row.cells for row in table.rows()])
    ((reason,),) = (told.values() for told in read.refused.values())
    assert reason == "公式没有算出的值，请用 Excel 或 WPS 打开这个文件，保存一次再传"


def test_failed_formulas_are_told_from_empty_cells():
    stream = with_sheet(
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><v>1E999</v></c></row>'
    )
    assert cells_of(stream) == [[ErrorCell("#DIV/0!"), ErrorCell("#NUM!")]]


def test_rich_text_is_joined_without_its_phonetic_guide():
    stream = with_sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>王</t></r><r><rPr/><t xml:space="preserve"> 明</t></r>'
        "<rPh><t>wang</t></rPh><phoneticPr/></is></c></row>"
    )
    assert cells_of(stream) == [["王 明"]]


def test_rows_and_cells_without_places_follow_one_another():
    stream = with_sheet(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/>"
        '<row r="9"><c r="C9"><v>4</v></c><c><v>5</v></c></row>'
    )
    with open_book(stream) as book:
        assert list(book.rows(book.sheets[0])) == [SheetRow(1, [1, None, 3]), SheetRow(9, [None, None, 4, 5])]


def test_another_prefix_for_the_tags_makes_no_difference():
    xml = b'<x:worksheet xmlns:x="s"><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:worksheet>'
    assert cells_of(rewritten(book_of(["x"]), {SHEET: xml})) == [[7]]


def test_days_are_told_by_their_format_in_both_systems():
    book = openpyxl.Workbook()
    page = book.active
    formats = [
        "yyyy-mm-dd",
        "yyyy/m/d h:mm",
        '[$-804]yyyy"年"m"月"d"日"',
        "mm-dd-yy",
        "General",
        "0.00",
        '[Red]0"d"',
        "h:mm",
    ]
    page.append([42559] * len(formats))
    for cell, format in zip(page[1], formats, strict=True):
        cell.number_format = format
    assert cells_of(saved(book)) == [[date(2016, 7, 8)] * 4 + [42559] * 4]
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page["A1"] = 41097
    assert cells_of(saved(book))[0][0] == date(2016, 7, 8)


def test_sum_rows_empty_rows_and_repeated_heads_are_not_people():
    title, head = ["某公司花名册"], ["序号", "姓 名", "身份证号", "单位"]
    rows = [
        title,
        head,
        [1, "王小明", WANG[1], "甲公司"],
        [],
        [None, " ", "\u200b", None],
        ["本页合计", None, 1],
        title,
        head,
        [2, "李刚", LI[1], "总计科"],
        ["合　计：2人"],
        [None, "总计", None, 2],
    ]
    table = table_of(book_of(*rows))
    assert [(row.number, row.cells[1]) for row in table.rows()] == [(3, "王小明"), (9, "李刚")]


def test_repeated_heads_of_two_rows_are_not_people():
    group, head = ["姓名", "个人信息", None], [None, "身份证号", "手机"]
    rows = [group, head, ["王小明", WANG[1], "1"], group, head, ["李刚", LI[1], "2"]]
    assert [row.number for row in table_of(book_of(*rows)).rows()] == [3, 6]


@pytest.mark.parametrize(
    "cells",
    [["合计"], [None, "总 计"], ["小计（元）", 50], ["共计:3人"], ["本页小计"], [1, 2, 3, "合计金额", 5]],
)
def test_sum_rows_are_recognised(cells):
    assert is_sum_row(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["合计", WANG[1]],
        ["合计", float(WANG[2])],
        ["总计科", 1],
        ["王小明", 50],
        [50],
        [1, 2, 3, 4, 5, 6, "合计"],
    ],
)
def test_people_are_not_taken_for_sum_rows(cells):
    assert not is_sum_row(cells)


def merged_roster(*merged):
    """Three persons below two heads; in the columns name, number, unit, day."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["花名册"],
        ["姓名", "身份证号", "单位", "入会日期"],
        ["王小明", WANG[1], "甲公司", "2016-07-08"],
        ["李刚", LI[1], None, "2016-07-09"],
        [None, None, None, None],
        ["赵一", None, "乙公司", None],
        ["孙二", None, None, None],
    ):
        page.append(row)
    for each in merged:
        page.merge_cells(each)
    columns = [replace(column, spreads=column.name == "employer") for column in ROSTER]
    return table_of(saved(book), columns)


def test_a_merged_cell_means_every_row_it_covers_in_columns_where_it_can():
    rows = list(merged_roster("A1:D1", "C3:C5", "D3:D4", "C6:C7", "B6:B7").rows())
    assert [row.number for row in rows] == [3, 4, 6, 7]
    assert [row.cells[2] for row in rows] == ["甲公司", "甲公司", "乙公司", "乙公司"]
    assert [row.filled for row in rows] == [(), (2,), (), (2,)]
    assert rows[1].cells[3] is None
    assert rows[3].cells[1] is None


def test_a_merged_cell_in_another_mandatory_column_is_marked_below():
    rows = list(merged_roster("A3:A4", "B3:C4").rows())
    assert rows[1].cells == [COVERED, COVERED, None, "2016-07-09"]
    assert rows[1].filled == ()


def test_merged_cells_come_behind_the_rows_however_long_these_are():
    row = '<row r="{}"><c r="A{}"><v>1</v></c></row>'
    rows = "".join(row.format(number, number) for number in range(1, 60_000))
    behind = '<mergeCells count="2"><mergeCell ref="A2:B9"/><mergeCell ref="C1:D1"/></mergeCells>'
    xml = f"<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>".encode()
    assert len(xml) > 2 * MIB
    assert merged_cells(io.BytesIO(xml)) == [Merged(0, 2, 9)]
    assert merged_cells(io.BytesIO(xml.replace(b"</sheetData>", b""))) == []


def test_a_donation_book_by_name_only():
    rows = [
        ["一日捐登记表"],
        ["捐款人", "金额（元）", "时间", "日期"],
        ["王小明", "¥50.00", 1, "2016.7.8"],
        ["合计", 50],
    ]
    (read,) = values_of(table_of(book_of(*rows), DONATIONS))
    assert (read["name"], str(read["given_yuan"]), read["given_on"]) == ("王小明", "50.00", date(2016, 7, 8))


def test_the_first_person_is_not_taken_for_a_second_head_row():
    rows = [["姓名", "身份证号", "电话"], ["王小明", WANG[1], None], ["李刚", LI[1], "1"]]
    assert [row.number for row in table_of(book_of(*rows)).rows()] == [2, 3]


def test_rows_are_as_wide_as_the_head():
    rows = [["姓名", "身份证号", "单位"], ["王小明", WANG[1]], ["李刚", LI[1], "甲", "页边批注"]]
    assert [len(row.cells) for row in table_of(book_of(*rows)).rows()] == [3, 3]


def test_the_columns_that_come_back_are_passed_over():
    rows = [["姓名", "身份证号", "原因", "原行号"], ["王小明", WANG[1], "校验位不符", 7]]
    (row,) = table_of(book_of(*rows)).rows()
    assert row.cells == ["王小明", WANG[1]]


def test_a_book_without_its_mandatory_columns_is_refused_with_what_was_seen():
    with pytest.raises(ColumnsMissing, match="身份证号。看到的表头是：序号、姓名"):
        table_of(book_of(["花名册"], ["序号", "姓名"], [1, "王小明"]))


def test_a_book_without_any_head_is_refused_with_what_is_looked_for():
    with pytest.raises(spreadsheet.HeadMissing, match="姓名、身份证号"):
        table_of(book_of(["年度总结"], ["一"]))


def test_a_book_of_hidden_sheets_is_refused(tmp_path):
    stream = book_of(["姓名"])
    with zipfile.ZipFile(stream) as archive:
        xml = archive.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    with pytest.raises(spreadsheet.NoVisibleSheet):
        open_book(rewritten(stream, {"xl/workbook.xml": xml}))


def test_a_book_is_read_from_a_path_and_closed(tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(book_of(["姓名", "身份证号"], ["王小明", WANG[1]]).getvalue())
    with open_book(path) as book:
        table = book.table(ROSTER)
        assert next(table.rows()).number == 2
        assert list(table.rows()) == list(table.rows())


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="_"), max_size=8)
            | st.integers(-(10**14), 10**14)
            | st.booleans()
            | st.dates(date(1900, 3, 1), date(2100, 1, 1)),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_what_openpyxl_writes_is_read_as_openpyxl_reads_it(rows):
    """A second opinion on every kind of cell, from a reader that many use."""
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = book.active.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    stream = saved(book)
    theirs = openpyxl.load_workbook(stream).active
    with open_book(stream) as ours:
        for row in ours.rows(ours.sheets[0]):
            for place, value in enumerate(row.cells, start=1):
                their = theirs.cell(row.number, place).value
                assert value == (their.date() if isinstance(their, datetime) else their)
        assert sum(1 for _row in ours.rows(ours.sheets[0])) == sum(
            any(value not in (None, "") for value in row) for row in rows
        )
