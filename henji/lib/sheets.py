"""各种表格文件: what a file of tables gives, whatever its format, and by which sign each format is known."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import IO, Literal, Protocol

from django.utils.translation import gettext as _

from henji.lib.xlsx_cells import Cell
from henji.lib.xlsx_merged import Merged
from henji.lib.xlsx_package import MIB, FileEmpty, FileTooLarge, Limits, NotAWorkbook

Format = Literal["xlsx", "xls", "text"]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF-", "PDF"),
    (b"\xff\xd8\xff", "JPG"),
    (b"\x89PNG", "PNG"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"<", "HTML/XML"),
)
#: What no database can hold, however it came into a file.
_UNFIT = re.compile("[\0\ud800-\udfff]")


class Sheets(Protocol):
    """表格文件: its visible sheets by name, in their order. To be closed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the visible sheets."""

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """The number (as Excel shows it) and the cells of each row with content.

        Raises TooManyRows, TooManyColumns or CellTooLong when it comes to them.
        """

    def last_row(self, sheet: str) -> int:
        """The number of the last row, as far as it can be told without reading them; 0 where it cannot."""

    def merged_cells(self, sheet: str) -> list[Merged]:
        """合并区域 that go over several rows, from top to bottom."""


def opened(source: str | PathLike[str] | IO[bytes], own: ExitStack) -> IO[bytes]:
    """The file; one that is opened here closes with `own`."""
    if isinstance(source, str | PathLike):
        return own.enter_context(Path(source).open("rb"))
    return source


def format_of(file: IO[bytes], limits: Limits) -> Format:
    """格式: known by the content, not by the name. Raises FileEmpty, FileTooLarge, NotAWorkbook."""
    size = file.seek(0, 2)
    if not size:
        raise FileEmpty(_("文件是空的，请重新选择文件"))
    if size > limits.file_bytes:
        raise FileTooLarge(
            _("文件超过 %(most)s MB，请删去图片和多余的表，或分成几个文件再传")
            % {"most": limits.file_bytes // MIB}
        )
    file.seek(0)
    start = file.read(64).removeprefix(BOM_UTF8)
    if start.startswith(_ZIP):
        return "xlsx"
    if start.startswith(_OLE2):
        return "xls"
    kind = next((kind for mark, kind in _OTHER_KINDS if start.lstrip().startswith(mark)), None)
    if kind:
        words = _("这不是 Excel 表格，看内容是 %(kind)s 文件，请另存为 .xlsx 后再传")
        raise NotAWorkbook(words % {"kind": kind})
    return "text"


def media_type_of(file: IO[bytes]) -> str:
    """媒体类型 of a file that `format_of` lets pass."""
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(_OLE2):
        return "application/vnd.ms-excel"
    return XLSX_TYPE if start.startswith(_ZIP) else "text/csv"


def no_workbook() -> NotAWorkbook:
    """不是表格: and nobody can tell what it is."""
    return NotAWorkbook(_("这不是 Excel 表格，请另存为 .xlsx 后再传"))


def fit(text: str) -> str:
    """The text; what no database can hold becomes the sign for an unreadable character."""
    return _UNFIT.sub("\ufffd", text)
