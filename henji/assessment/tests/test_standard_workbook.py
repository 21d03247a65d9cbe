"""标准工作簿: a standard goes into a workbook and comes back equal; what is wrong is told by its cell."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from henji.assessment import dumping, schema
from henji.assessment.scoring import kinds
from henji.assessment.sheets import layout, reading, writing
from henji.assessment.sheets.rows import WorkbookUnsound
from henji.assessment.tests.rules_drawn import plain_rules, points_of
from henji.assessment.tests.standards import shelved
from henji.lib.spreadsheet import HeadMissing
from henji.lib.xlsx_package import WorkbookRefused

SHIPPED = ["reference", "earlier/reference@2016", "rizhao_2010", "wuhu", "meilong", "township"]


def book_of(standard):
    stream = io.BytesIO()
    writing.write(standard, stream)
    return stream


def edited(name="reference", **cells):
    """The workbook of a shipped standard with other words in some cells: `edited(B2="x")` of the parts."""
    book = openpyxl.load_workbook(book_of(shelved(name)))
    for cell, value in cells.items():
        book[layout.PARTS][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream


def column(head):
    heads = [each.heads[0] for each in layout.PART_COLUMNS]
    return openpyxl.utils.get_column_letter(heads.index(head) + 1)


def faults(stream):
    with pytest.raises(WorkbookUnsound) as refused:
        reading.read(stream)
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_standard_comes_back_from_its_workbook(name):
    assert reading.read(book_of(shelved(name))) == shelved(name)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_standard_comes_back_from_its_text(name):
    assert schema.load(dumping.dump(shelved(name))) == shelved(name)


@st.composite
def parts(draw):
    """An item of one part, under any rule."""
    of = draw(points_of)
    rule = draw(plain_rules(of))
    part = shelved("township").items[0].parts[0]
    points = kinds.most(rule) or of
    told = {**part.model_dump(), "points": points, "rule": rule.model_dump()}
    return {**shelved("township").items[0].model_dump(), "points": points, "parts": [told]}


@settings(deadline=None, max_examples=60)
@given(parts())
def test_any_rule_comes_back(item):
    data = {**shelved("township").model_dump(), "base_total": item["points"], "items": [item]}
    standard = schema.Standard.model_validate(data)
    assert reading.read(book_of(standard)) == standard
    assert schema.load(dumping.dump(standard)) == standard


def test_numbers_typed_in_excel_are_read_as_they_look():
    minima = column("门槛")
    sheet = openpyxl.load_workbook(book_of(shelved("reference")))[layout.PARTS]
    row = next(row for row in range(2, 60) if sheet[f"{minima}{row}"].value == "≥25%")
    stream = edited(**{f"{minima}{row}": 0.25, f"{column('分值')}2": 2.0})
    assert reading.read(stream) == shelved("reference")


def test_each_wrong_cell_is_told_by_sheet_row_and_column():
    wrong = {f"{column('分值')}2": "两分", f"{column('计分办法')}3": "随便", f"{column('佐证')}4": "奖杯 ×1"}
    assert faults(edited(**wrong)) == [
        "“项目与评分点”第 2 行“分值”：须为数字",
        f"“项目与评分点”第 3 行“计分办法”：只能是 {'、'.join(layout.RULE_KINDS.values())}",
        "“项目与评分点”第 4 行“佐证”：没有“奖杯”这种文件，请照模板的叫法写",
    ]


def test_points_that_do_not_add_up_are_told_at_the_item():
    assert faults(edited(**{f"{column('分值')}2": 3})) == [
        "“项目与评分点”第 2 行“项目分值”：各评分点合计 7 分，应为 6 分"
    ]


def test_a_parameter_of_another_rule_is_refused():
    (fault,) = faults(edited(**{f"{column('各档得分')}4": "80%：1"}))
    assert fault == "“项目与评分点”第 4 行“各档得分”：“有或无”不用这一栏，请清空，或改计分办法"


def test_rows_of_one_item_may_not_contradict_each_other():
    (fault,) = faults(edited(**{f"{column('项目名称')}3": "别的名称"}))
    assert "第 3 行“项目名称”：同一项目的第 2 行写的是" in fault


def test_an_item_may_be_named_on_its_first_row_only():
    blank = {f"{column(head)}3": None for head in ("项目代码", "项目名称", "类别", "项目分值")}
    assert reading.read(edited(**blank)) == shelved("reference")


def test_a_missing_sheet_is_named():
    book = openpyxl.load_workbook(book_of(shelved("reference")))
    del book[layout.PARTS]
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(HeadMissing, match="项目与评分点"):
        reading.read(stream)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"<html>"])
def test_a_file_that_is_no_workbook_is_refused(content):
    with pytest.raises(WorkbookRefused):
        reading.read(io.BytesIO(content))


def test_text_that_looks_like_a_formula_stays_text():
    text = dumping.dump(shelved("meilong")).replace("name: 法人资格登记\n", "name: =1+1\n")
    standard = schema.load(text)
    assert standard.items[1].name == "=1+1"
    assert reading.read(book_of(standard)) == standard
