"""Rosters for the tests: invented identity numbers, and workbooks as unions send them."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook

from henji.lib.identity import check_digit

#: The columns of the plain roster.
HEADS = ("姓名", "身份证号", "手机号", "工作单位", "入会日期", "会籍状态", "变化日期")


def number_of(serial: int, born: str = "19850312", region: str = "130123") -> str:
    """A valid identity number of nobody; odd serials are men's."""
    seventeen = f"{region}{born}{serial:03d}"
    return seventeen + check_digit(seventeen)


def workbook_of(
    rows: Iterable[Sequence[object]], heads: Sequence[object] = HEADS, merged: Iterable[str] = ()
) -> BytesIO:
    """A workbook with the heads in its first row; row n of `rows` (from 0) is the sheet's row n + 2."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f":  # openpyxl takes every text with an equals sign for a formula
                cell.data_type = "s"
    for cells_merged in merged:
        sheet.merge_cells(cells_merged)
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream
