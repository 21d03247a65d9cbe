"""Old `.xls` workbooks, which are read by another process within limits."""

import io
import random
import struct
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
import xlwt

from henji.lib import xlsx_package
from henji.lib.refusals import Refusal
from henji.lib.spreadsheet import open_book
from henji.lib.tests.books import LI, ROSTER, WANG, cells_of, table_of, values_of
from henji.lib.xlsx_cells import ErrorCell
from henji.lib.xlsx_merged import Merged
from henji.lib.xlsx_package import MIB, Limits

HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期")
DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return io.BytesIO(stream.getvalue())


def xls_of(*rows, book=None, sheet="花名册"):
    book = book or xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            page.write(number, place, value, DAY if isinstance(value, date) else xlwt.Style.default_style)
    return saved(book)


def test_a_roster_of_the_old_kind_is_read_like_any_other():
    table = table_of(
        xls_of(("某某公司花名册",), HEADS, ("王小明", WANG[1], 13800001234, "某某公司", date(2016, 7, 8)))
    )
    assert [row.number for row in table.rows()] == [3]
    assert values_of(table) == [
        {
            "name": "王小明",
            "number": WANG[1],
            "phone": "13800001234",
            "employer": "某某公司",
            "joined_on": date(2016, 7, 8),
        }
    ]


def test_cells_keep_their_kinds():
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    page = book.add_sheet("表")
    for place, value in enumerate(("字", 1.5, 130123198001010012, True)):
        page.write(0, place, value)
    page.write(0, 4, 41097, DAY)
    page.row(0).set_cell_error(5, 0x2A)
    page.write(0, 7, 8.0)
    (cells,) = cells_of(saved(book))
    assert cells == ["字", 1.5, 1.3012319800101002e17, True, date(2016, 7, 8), ErrorCell("#N/A"), None, 8]
    assert isinstance(cells[7], int)


def test_merged_cells_and_hidden_sheets_mean_the_same_as_in_new_workbooks():
    book = xlwt.Workbook(encoding="utf-8")
    hidden = book.add_sheet("藏着")
    hidden.visibility = 1
    hidden.write(0, 0, "姓名")
    page = book.add_sheet("花名册")
    for place, head in enumerate(HEADS):
        page.write(0, place, head)
    for row, (name, number, _old) in enumerate((WANG, LI), start=1):
        page.write(row, 0, name)
        page.write(row, 1, number)
    page.write_merge(1, 2, 3, 3, "某某公司")
    book.set_active_sheet(1)
    with open_book(saved(book)) as opened:
        assert opened.sheets == ("花名册",)
        assert opened.merged_cells("花名册") == [Merged(3, 2, 3)]
        spreading = [replace(column, spreads=column.name == "employer") for column in ROSTER]
        rows = list(opened.table(spreading).rows())
    assert [(row.cells[3], row.filled) for row in rows] == [("某某公司", ()), ("某某公司", (3,))]


def test_65000_rows_are_read_in_seconds():
    rows = [HEADS, *([(WANG[0], WANG[1], "13800001234", "某某公司", "2016-07-08")] * 65_000)]
    begun = time.monotonic()
    assert len(list(table_of(xls_of(*rows)).rows())) == 65_000
    assert time.monotonic() - begun < 60


def test_a_locked_workbook_and_one_with_macros_are_refused():
    content = xls_of(HEADS).getvalue()
    with pytest.raises(xlsx_package.Encrypted, match="密码"):
        open_book(io.BytesIO(content + "EncryptedPackage".encode("utf-16-le")))
    with pytest.raises(xlsx_package.WithMacros, match="宏"):
        open_book(io.BytesIO(content + "_VBA_PROJECT_CUR".encode("utf-16-le")))
    interface = struct.pack("<HH", 0xE1, 2)
    locked = struct.pack("<HHH", 0x2F, 2, 0)  # FILEPASS in the place of INTERFACEHDR
    assert interface in content
    with pytest.raises(xlsx_package.Encrypted, match="密码"):
        open_book(
            io.BytesIO(content.replace(interface + content[content.index(interface) + 4 :][:2], locked))
        )


def test_other_documents_of_the_old_kind_are_no_workbooks():
    content = xls_of(HEADS).getvalue().replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    with pytest.raises(xlsx_package.NotAWorkbook, match="其他文档"):
        open_book(io.BytesIO(content))


@pytest.mark.parametrize(
    "limits", [Limits(xls_rows_bytes=1000), Limits(xls_memory_bytes=24 * MIB), Limits(xls_seconds=0)]
)
def test_the_process_is_held_within_its_limits(limits):
    rows = [HEADS, *([(f"{WANG[0]}{n}", WANG[1], str(n), "某某公司", "2016-07-08") for n in range(20_000)])]
    with pytest.raises(xlsx_package.SwellsTooMuch), open_book(xls_of(*rows), limits=limits) as opened:
        list(opened.rows("花名册"))


def test_too_many_rows_and_columns_are_refused():
    with pytest.raises(xlsx_package.TooManyRows):
        list(open_book(xls_of(*[HEADS] * 20), limits=Limits(rows=10)).rows("花名册"))
    with pytest.raises(xlsx_package.TooManyColumns):
        list(open_book(xls_of(["列"] * 250)).rows("花名册"))


def test_damaged_files_end_in_words():
    whole = xls_of(HEADS, *[(WANG[0], WANG[1], n, "某某公司", date(2016, 7, 8)) for n in range(9)]).getvalue()
    chance = random.Random(11)
    for _n in range(12):
        damaged = bytearray(whole)
        for _m in range(chance.randint(1, 40)):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        with suppress(Refusal), open_book(io.BytesIO(damaged)) as book:
            for sheet in book.sheets:
                list(book.rows(sheet))
