"""`.csv` as programs and people write it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import xlsx_package
from henji.lib.csv_sheets import QuotesBroken
from henji.lib.spreadsheet import open_book
from henji.lib.tests.books import LI, WANG, cells_of, read_alone, table_of, values_of
from henji.lib.xlsx_package import Limits

HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期")


def csv_of(*lines, encoding="utf-8", delimiter=",", end="\r\n"):
    return io.BytesIO("".join(delimiter.join(line) + end for line in lines).encode(encoding))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_and_delimiter_is_told_by_the_content(encoding, delimiter, end):
    rows = [("王小明", WANG[1], "13800001234", "某某公司", "2016/7/8"), ("李刚", LI[1], "", "", "")]
    table = table_of(
        csv_of(("某某公司花名册",), HEADS, *rows, encoding=encoding, delimiter=delimiter, end=end)
    )
    assert [row.number for row in table.rows()] == [3, 4]
    assert [values["name"] for values in values_of(table)] == ["王小明", "李刚"]
    assert values_of(table)[0]["joined_on"].isoformat() == "2016-07-08"


def test_a_rare_character_of_gb18030_is_read():
    (_heads, row) = cells_of(csv_of(HEADS[:2], ("𠮷大\u3400", WANG[1]), encoding="gb18030"))
    assert row[0] == "𠮷大\u3400"


def test_a_cell_may_hold_commas_quotes_and_line_breaks():
    lines = ("姓名,身份证号,工作单位", f'王小明,{WANG[1]},"某""大""公司,\n一分厂"', "", f"李刚,{LI[1]},乙厂")
    rows = list(open_book(io.BytesIO("\r\n".join(lines).encode())).rows("CSV"))
    assert [row.number for row in rows] == [1, 2, 4]
    assert rows[1].cells[2] == '某"大"公司,\n一分厂'


@pytest.mark.parametrize("written", ['="{}"', "'{}", '"=""{}"""', "\t{}", " {} "])
def test_what_keeps_the_digits_of_a_number_is_taken_off(written):
    table = table_of(csv_of(HEADS[:2], ("王小明", written.format(WANG[1]))))
    assert [values["number"] for values in values_of(table)] == [WANG[1]]


@pytest.mark.parametrize("cut", ["1.30123E+17", "1.30123198001010E+17", "1e+17"])
def test_a_number_that_excel_has_cut_comes_back_in_words(cut):
    table = table_of(csv_of(HEADS[:2], ("王小明", cut)))
    (row,) = table.rows()
    _values, refused = read_alone(table.columns, row.cells)
    assert "已丢失末尾几位" in refused[1]


def test_the_line_that_says_what_parts_the_cells_is_no_row():
    rows = list(open_book(io.BytesIO("sep=;\r\n姓名;身份证号\r\n王,小明;1\r\n".encode())).rows("CSV"))
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "姓名"), (2, "王,小明")]


def test_a_quote_that_never_closes_swallows_no_rows():
    lines = f'姓名,身份证号\n王小明,{WANG[1]}\n"李刚,{LI[1]}\n' + f"王小明,{WANG[1]}\n" * 5
    with open_book(io.BytesIO(lines.encode())) as book, pytest.raises(QuotesBroken, match="第 3 行"):
        list(book.rows("CSV"))


def test_limits_hold():
    many = csv_of(HEADS[:2], *[("王", "1")] * 20)
    with pytest.raises(xlsx_package.TooManyRows, match="10 行"):
        list(open_book(many, limits=Limits(rows=10)).rows("CSV"))
    with pytest.raises(xlsx_package.TooManyColumns):
        list(open_book(csv_of(["列"] * 300)).rows("CSV"))
    with pytest.raises(xlsx_package.CellTooLong):
        list(open_book(csv_of(HEADS[:2], ("王" * 40_000, "1"))).rows("CSV"))


def test_two_may_read_one_file_at_once():
    book = open_book(csv_of(HEADS[:2], *[(str(n), "1") for n in range(5000)]))
    one, other = book.rows("CSV"), book.rows("CSV")
    assert [next(one).cells for _n in range(3000)][-1] == [next(other).cells for _n in range(3000)][-1]


@pytest.mark.parametrize(
    "content",
    [
        "只有一列\n的文字\n".encode(),
        "姓名,身份证号\n\0\n".encode(),
        b"\xff\xfe\x00\xd8,\x00",
        bytes(range(256)),
    ],
)
def test_other_texts_are_no_workbooks(content):
    with pytest.raises(xlsx_package.NotAWorkbook, match="这不是 Excel 表格"):
        open_book(io.BytesIO(content))


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1, max_size=20
).filter(lambda text: text[0].isalpha())


@given(st.lists(st.tuples(words, words), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "gb18030"]))
def test_what_was_written_is_read(rows, encoding):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells_of(io.BytesIO(text.getvalue().encode(encoding))) == [list(row) for row in rows]
