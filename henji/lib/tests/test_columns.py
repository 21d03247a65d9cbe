"""Which column holds what."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import columns
from henji.lib.columns import Column, propose
from henji.lib.readers import ColumnsReader
from henji.lib.tests.books import DONATIONS, EMPLOYERS, LI, ROSTER, WANG, read_alone
from henji.lib.xlsx_cells import COVERED, ErrorCell


@pytest.mark.parametrize(
    "head",
    [
        "姓名",
        " 姓 名 ",
        "姓\n名",
        "*姓名",
        "姓名（必填）",
        "姓名(必填)",
        "【必填】姓名",
        "姓名：",
        "“姓名”",
        "姓名\u200b",
    ],
)
def test_ornament_makes_no_difference(head):
    assert columns.heading(head) == "姓名"


def test_columns_are_found_in_any_order_under_other_names():
    found = propose(["序号", "联系电话", "证件号码", "所在单位", "入会时间", "职工姓名"], ROSTER)
    assert found.places == {"name": 5, "number": 2, "phone": 1, "employer": 3, "joined_on": 4}
    assert not found.missing


@pytest.mark.parametrize("head", ["捐款数(元)", "捐款数（元）", "捐款金额", "金额/元".removesuffix("/元")])
def test_the_unit_of_an_amount_may_stand_in_brackets(head):
    assert propose(["捐款人", head], DONATIONS).places == {"name": 0, "given_yuan": 1}


def test_of_two_matches_the_first_alias_wins():
    assert propose(["单位", "工作单位", "姓名"], ROSTER).places["employer"] == 1
    assert propose(["姓名", "姓名"], ROSTER).places["name"] == 0


def test_a_head_serves_one_column():
    twins = (Column("a", "甲", ("单位",)), Column("b", "乙", ("单位",)))
    assert propose(["单位"], twins).places == {"a": 0}
    assert propose(["单位", "单位"], twins).places == {"a": 0, "b": 1}


def test_a_missing_column_is_named_beside_the_heads_that_were_seen():
    found = propose(["姓名", "电话"], ROSTER)
    with pytest.raises(columns.ColumnsMissing, match=r"缺少必需的列：身份证号。看到的表头是：姓名、电话。"):
        columns.must_be_complete(found)
    columns.must_be_complete(replace(found, places={**found.places, "number": 1}))


def test_a_row_is_read_by_column():
    found = propose(["单位名称", "信用代码"], EMPLOYERS)
    assert read_alone(found, [" 甲公司 ", None])[0] == {"name": "甲公司", "code": None}

    found = propose(["姓名", "身份证号", "金额", "日期"], DONATIONS)
    values, refused = read_alone(found, ["王 小明", WANG[1], 50, date(2016, 7, 8)])
    assert not refused
    assert values["given_yuan"] == Decimal("50.00")
    assert values["given_on"] == date(2016, 7, 8)


def test_each_bad_cell_has_its_reason():
    found = propose(["电话", "姓名", "身份证号", "入会日期"], ROSTER)
    _values, refused = read_alone(found, [ErrorCell("#N/A"), " ", 130123198001010012, "2016年7月"])
    assert refused[0] == "单元格是错误值 #N/A，请改成实际内容"
    assert refused[1] == "没有填写姓名"
    assert "设为文本" in refused[2]
    assert "写到日" in refused[3]


def test_a_column_that_says_few_things_tells_equal_cells_of_other_kinds_apart():
    found = propose(["代码"], [Column("code", "代码", ("代码",), few=True)])
    reader = ColumnsReader(found)
    cells = ["1", 1, True, 1.0, "1", " 1 "]
    told = ["1", "1", "True", "1", "1", "1"]
    assert reader.read([[cell] for cell in cells]).values["code"] == told
    assert [reader.read([[cell]]).values["code"][0] for cell in cells] == told


@given(
    st.lists(st.lists(st.sampled_from("12X 张\n#\u3000"), min_size=1, max_size=3).map("".join), min_size=1)
)
def test_a_column_read_at_once_says_what_its_cells_say_alone(cells):
    plain = re.compile("[12X]{1,2}")
    reader = ColumnsReader(propose(["代码"], [Column("code", "代码", ("代码",), plain=plain)]))
    alone = [reader.read([[cell]]) for cell in cells]
    together = reader.read([[cell] for cell in cells])
    assert list(together.values["code"]) == [each.values["code"][0] for each in alone]
    assert list(together.refused) == [number for number, each in enumerate(alone) if each.refused]


def test_a_mandatory_cell_covered_by_a_merged_one_is_refused():
    found = propose(["姓名", "身份证号", "单位"], ROSTER)
    assert read_alone(found, ["李刚", COVERED, None])[1] == {
        1: "合并单元格只有第一行有内容，请取消合并并填满"
    }
    assert str(COVERED) == ""


def test_an_error_copied_as_text_is_still_an_error():
    found = propose(["姓名", "身份证号", "单位"], ROSTER)
    assert list(read_alone(found, ["李刚", LI[1], "#REF!"])[1]) == [2]


def test_a_short_row_lacks_what_it_must_have():
    found = propose(["姓名", "身份证号"], ROSTER)
    assert read_alone(found, ["李刚"])[1] == {1: "没有填写身份证号"}


def test_numbers_become_their_digits():
    assert columns.as_text(13800001234) == "13800001234"
    assert columns.as_text(13800001234.0) == "13800001234"
    assert columns.as_text(date(2016, 7, 8)) == "2016-07-08"
    assert columns.as_text(None) == ""
