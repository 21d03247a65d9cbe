"""旧版工作簿的读取进程: reads one `.xls` from its input and writes what it holds, as lines of JSON.

A program of its own: it knows nothing of Henji, opens no file, and is held within limits that it cannot
lift, so that a file made to hurt ends this process and nothing else. Its arguments are what is wanted
(`sheets` or `rows`) and the limits: seconds, bytes of memory, bytes of output.
"""

import json
import resource
import sys
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

import xlrd

_FILES = 32
#: The type of a cell that is empty, or only has a look.
_EMPTY = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})


class Ended(IntEnum):
    """How the process ended."""

    WELL = 0
    BROKEN = 1
    LOCKED = 3
    OTHER_KIND = 4
    TOO_MUCH = 5


class _Nowhere:
    """Where xlrd's remarks go."""

    def write(self, _words: str) -> None:
        """Forget the words."""


def main() -> None:
    """Read, write, and tell by the exit code how it ended."""
    wanted, seconds, memory, output = sys.argv[1], *map(int, sys.argv[2:])
    _limit(seconds, memory)
    try:
        ended = _write(_found(sys.stdin.buffer.read(), wanted), output)
    except xlrd.XLRDError as refused:
        ended = _refused(str(refused))
    except (MemoryError, RecursionError):
        ended = Ended.TOO_MUCH
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the library raise
        ended = Ended.BROKEN
    sys.exit(ended)


def _limit(seconds: int, memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        resource.setrlimit(what, (most, most))


def _refused(words: str) -> Ended:
    if "encrypted" in words.lower():
        return Ended.LOCKED
    return Ended.OTHER_KIND if "find workbook" in words.lower() else Ended.BROKEN


def _write(lines: Iterator[object], most: int) -> Ended:
    written = 0
    for line in lines:
        piece = json.dumps(line).encode() + b"\n"
        written += len(piece)
        if written > most:
            return Ended.TOO_MUCH
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    return Ended.WELL


def _found(content: bytes, wanted: str) -> Iterator[object]:
    """The name of each visible sheet with its merged cells, and its rows behind it where they are wanted."""
    book = _opened(content)
    for place in range(book.nsheets):
        if book._sheet_visibility[place]:  # noqa: SLF001 - else the sheet would have to be read for it
            continue
        if wanted == "sheets":
            yield {"sheet": book.sheet_names()[place]}
            continue
        sheet = book.sheet_by_index(place)
        yield {"sheet": sheet.name, "merged": [list(each) for each in sheet.merged_cells]}
        for row in range(sheet.nrows):
            cells = [_cell(cell, book.datemode) for cell in sheet.row(row)]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield [row + 1, cells]
        book.unload_sheet(place)


def _opened(content: bytes) -> Any:
    """Only with its looks does the library tell which cells are merged; damaged looks are done without."""
    quiet: Any = {"file_contents": content, "logfile": _Nowhere(), "on_demand": True, "ragged_rows": True}
    try:
        return xlrd.open_workbook(**quiet, formatting_info=True)
    except (xlrd.XLRDError, MemoryError):
        raise
    except Exception:  # noqa: BLE001
        return xlrd.open_workbook(**quiet)


def _cell(cell: Any, datemode: int) -> object:
    """None, a text, a number or a truth; a day as ["day", serial, datemode], an error as ["error", code]."""
    kind, value = cell.ctype, cell.value
    if kind in _EMPTY or value == "":
        return None
    if kind == xlrd.XL_CELL_DATE:
        return ["day", value, datemode]
    if kind == xlrd.XL_CELL_ERROR:
        return ["error", xlrd.error_text_from_code.get(value, "#N/A")]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return value


if __name__ == "__main__":
    main()
