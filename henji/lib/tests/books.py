"""Workbooks as unions send them, and the columns that a room would look for."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

from henji.lib import dates, identity, money, text
from henji.lib.columns import Column, ColumnMap, as_text
from henji.lib.readers import ColumnsReader
from henji.lib.spreadsheet import Table, open_book
from henji.lib.xlsx_cells import Cell

TODAY = date(2016, 12, 31)
#: Invented people: (name, identity number of 18 places, the same in 15 places).
WANG = ("王小明", "130123198001010012", "130123800101001")
LI = ("李刚", "13012319850708019X", "130123850708019")


def _name(cell: Cell) -> str:
    return text.must_be_a_name(text.tidy_name(as_text(cell)))


def _number(cell: Cell) -> str:
    return identity.must_be_valid(as_text(cell), today=TODAY).number


ROSTER = (
    Column("name", "姓名", ("姓名", "职工姓名", "会员姓名", "名字"), mandatory=True, parse=_name),
    Column(
        "number",
        "身份证号",
        ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证", "证件号"),
        mandatory=True,
        parse=_number,
    ),
    Column("phone", "手机号", ("手机号", "手机号码", "手机", "联系电话", "电话")),
    Column("employer", "工作单位", ("工作单位", "单位名称", "所在单位", "单位", "企业名称")),
    Column("joined_on", "入会日期", ("入会日期", "入会时间"), parse=dates.parse_day, kind="day"),
)
DONATIONS = (
    Column("name", "姓名", ("姓名", "捐款人", "职工姓名"), mandatory=True, parse=_name),
    Column("number", "身份证号", ("身份证号", "身份证号码", "证件号码"), parse=_number),
    Column("employer", "工作单位", ("工作单位", "单位名称", "单位")),
    Column("given_yuan", "捐款金额", ("捐款金额", "捐款数", "捐款额", "金额"), True, money.parse, "yuan"),
    Column("given_on", "捐款日期", ("捐款日期", "日期"), parse=dates.parse_day, kind="day"),
)
EMPLOYERS = (
    Column("name", "单位名称", ("单位名称", "企业名称", "单位"), mandatory=True),
    Column("code", "统一社会信用代码", ("统一社会信用代码", "社会信用代码", "信用代码")),
)


def book_of(*rows: Any, sheet: str = "花名册") -> io.BytesIO:
    """A plain workbook with the rows from A1 on."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return saved(book)


def shared_book_of(*rows: Sequence[str]) -> io.BytesIO:
    """A workbook as Excel writes it: texts stand in a part of their own."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("花名册")
        for number, row in enumerate(rows):
            for place, words in enumerate(row):
                page.write_string(number, place, words)
    stream.seek(0)
    return stream


def as_csv(stream: io.BytesIO, encoding: str = "gb18030") -> io.BytesIO:
    """The first sheet of a workbook as a text file."""
    text = io.StringIO()
    csv.writer(text).writerows(_rows_of(stream))
    return io.BytesIO(text.getvalue().encode(encoding))


def as_xls(stream: io.BytesIO) -> io.BytesIO:
    """The first sheet of a workbook as one of the old kind."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("花名册")
    for number, row in enumerate(_rows_of(stream)):
        for place, value in enumerate(row):
            page.write(number, place, str(value) if isinstance(value, date) else value)
    old = io.BytesIO()
    book.save(old)
    return io.BytesIO(old.getvalue())


def _rows_of(stream: io.BytesIO) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(stream).active.iter_rows(values_only=True))


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def rewritten(stream: io.BytesIO, changes: dict[str, bytes]) -> io.BytesIO:
    """The same file with other parts in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {name: source.read(name) for name in source.namelist()} | changes
        for name, content in parts.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def with_sheet(rows_xml: str) -> io.BytesIO:
    """A workbook whose sheet data is the XML given."""
    xml = f'<worksheet xmlns="urn:s"><sheetData>{rows_xml}</sheetData></worksheet>'
    return rewritten(book_of(["x"]), {"xl/worksheets/sheet1.xml": xml.encode()})


def cells_of(stream: io.BytesIO | Path) -> list[list[Cell]]:
    """The cells of the first visible sheet."""
    with open_book(stream) as book:
        return [row.cells for row in book.rows(book.sheets[0])]


def table_of(stream: io.BytesIO | Path, columns: Sequence[Column] = ROSTER) -> Table:
    return open_book(stream).table(columns)


def values_of(table: Table) -> list[dict[str, object]]:
    return [read_alone(table.columns, row.cells)[0] for row in table.rows()]


def read_alone(columns: ColumnMap, cells: Sequence[Cell]) -> tuple[dict[str, Any], Mapping[int, str]]:
    """The values of a row that is read by itself, and why cells of it are refused."""
    read = ColumnsReader(columns).read([cells])
    return {name: values[0] for name, values in read.values.items()}, read.refused.get(0, {})
