"""旧版工作簿: `.xls` (BIFF, Excel 97 to 2003 and older), read by another process within limits.

The library that knows the old format was never made for files that want to hurt. It runs in `xls_child.py`,
which may neither last nor grow, and knows no secrets; whatever becomes of it, one sentence is said here.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from henji.lib.dates import from_serial
from henji.lib.sheets import fit
from henji.lib.xls_child import Ended
from henji.lib.xlsx_cells import DAYS_TO_1904, Cell, ErrorCell, exact_digits
from henji.lib.xlsx_merged import Merged
from henji.lib.xlsx_package import (
    Encrypted,
    Limits,
    NotAWorkbook,
    WithMacros,
    WorkbookBroken,
    WorkbookRefused,
    swells_said,
    too_many_columns,
    too_many_rows,
)

_CHILD = Path(__file__).with_name("xls_child.py")
#: Names in the directory of the container: of a locked `.xlsx`, and of macros.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
#: The process has a life before its limits, and waits for a core.
_GRACE_SECONDS = 30
#: Of its surroundings, what a Python may need to start at all.
_NEEDED = ("LD_LIBRARY_PATH",)


class _Sheet(NamedTuple):
    merged: list[Merged]
    rows: list[bytes]


class XlsSheets:
    """旧版工作簿: the names of its sheets at once, their rows when they are first asked for."""

    def __init__(self, file: IO[bytes], *, limits: Limits) -> None:
        """Raises Encrypted, NotAWorkbook, WithMacros, WorkbookBroken, SwellsTooMuch."""
        self._limits = limits
        file.seek(0)
        self._content = file.read()
        if _LOCKED in self._content:
            raise _locked()
        if _MACROS in self._content:
            raise WithMacros(_("文件里有宏，请另存为不含宏的 .xlsx 后再传"))
        self.names = tuple(name for line in self._lines("sheets") if (name := _named(json.loads(line))))

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with content."""
        for count, line in enumerate(self._sheets[sheet].rows, start=1):
            if count > self._limits.rows:
                raise too_many_rows(self._limits)
            number, found = json.loads(line)
            if len(found) > self._limits.columns:
                raise too_many_columns(self._limits.columns)
            yield number, [_cell(each) for each in found]

    def last_row(self, sheet: str) -> int:
        """The number of the last row."""
        rows = self._sheets[sheet].rows
        return int(json.loads(rows[-1])[0]) if rows else 0

    def merged_cells(self, sheet: str) -> list[Merged]:
        """合并区域 that go over several rows."""
        return self._sheets[sheet].merged

    @cached_property
    def _sheets(self) -> dict[str, _Sheet]:
        """The sheets as the child tells of them: each named, its rows behind."""
        sheets: dict[str, _Sheet] = {}
        rows: list[bytes] = []
        for line in self._lines("rows"):
            if line.startswith(b"["):
                rows.append(line)
                continue
            told = json.loads(line)
            rows = []
            sheets[_named(told)] = _Sheet(_merged(told["merged"]), rows)
        return {name: sheets.get(name, _Sheet([], [])) for name in self.names}

    def _lines(self, wanted: str) -> list[bytes]:
        limits = self._limits
        most = (limits.xls_seconds, limits.xls_memory_bytes, limits.xls_rows_bytes)
        try:
            child = subprocess.run(
                [sys.executable, "-I", "-B", str(_CHILD), wanted, *map(str, most)],
                input=self._content,
                capture_output=True,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
                timeout=limits.xls_seconds + _GRACE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise swells_said() from late
        if child.returncode != Ended.WELL:
            raise _refusal(child.returncode)
        return child.stdout.splitlines()


def _refusal(ended: int) -> WorkbookRefused:
    """Whoever was stopped by a signal was stopped by its limits."""
    if ended < 0 or ended == Ended.TOO_MUCH:
        return swells_said()
    if ended == Ended.LOCKED:
        return _locked()
    if ended == Ended.OTHER_KIND:
        return NotAWorkbook(_("这不是 Excel 表格，看内容是其他文档，请另存为 .xlsx 后再传"))
    return WorkbookBroken(_("文件已损坏，读不出来，请用 Excel 或 WPS 打开另存后再传"))


def _locked() -> Encrypted:
    return Encrypted(_("文件加了密码，请另存为不加密的 .xlsx"))


def _named(told: dict[str, Any]) -> str:
    return fit(told["sheet"])


def _merged(told: list[list[int]]) -> list[Merged]:
    ranges = (Merged(left, top + 1, below) for top, below, left, _right in told)
    return sorted((each for each in ranges if each.first < each.last), key=lambda each: each.first)


def _cell(told: Any) -> Cell:
    if isinstance(told, str):
        return fit(told)
    if isinstance(told, list):
        kind, value, *more = told
        return _day(value, *more) if kind == "day" else ErrorCell(value)
    if isinstance(told, float):
        return _number(told)
    return told  # type: ignore[no-any-return]  # None or a truth, as JSON has them


def _number(told: float) -> Cell:
    return exact_digits(told) if math.isfinite(told) else ErrorCell("#NUM!")


def _day(serial: float, datemode: int) -> Cell:
    if not math.isfinite(serial):
        return ErrorCell("#NUM!")
    return from_serial(serial + DAYS_TO_1904 * datemode) or exact_digits(serial)
