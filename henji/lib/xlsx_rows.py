"""逐行读: the rows of a sheet and the shared strings, as fast as they were written plainly.

Rows that `xlsx_plain` does not take go to the parser of `xlsx_strict`: alone where a row is XML by itself,
else with all that follows. Both give the same.

Why not a library: calamine lays out the whole rectangle before it gives the first cell, so that a file of
5 kB with one cell in the last row and column ends the process; it also gives a failed formula as empty.
openpyxl takes eight times as long. This reader keeps one row and the shared strings, however long the sheet.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, NamedTuple
from xml.parsers import expat

from henji.lib import xlsx_plain
from henji.lib.xlsx_cells import Surroundings, Values
from henji.lib.xlsx_package import CHUNK_BYTES, MIB, Limits, damage_refused, swells_said, too_many_rows
from henji.lib.xlsx_strict import Row, SheetReader, StringsReader, is_xml

#: A row or string that has no end within so many bytes is not looked at any further.
_LONGEST_PIECE = 4 * MIB
#: In UTF-8, or without a word about it.
_DECLARED = (
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?i:utf-8)[\"'])?[^>]*\?>\s*)?"
)


class _Kind(NamedTuple):
    """How parts of a kind begin where their tags have no prefix, and what a piece must stand between."""

    begins: re.Pattern[bytes]
    first: bytes
    last: bytes
    opening: bytes
    closing: bytes


_STRINGS = _Kind(re.compile(_DECLARED + rb"<sst[^<>]*>"), b"<si", b"</si>", b"<sst>", b"</sst>")
_SHEET = _Kind(
    re.compile(_DECLARED + rb"<worksheet[ >](?:(?!<c[\s/>]).)*<sheetData>", re.DOTALL),
    b"<row",
    b"</row>",
    b"<worksheet><sheetData>",
    b"</sheetData></worksheet>",
)


def shared_strings(stream: IO[bytes], limits: Limits) -> list[str]:
    """共享字符串: the texts that cells refer to by number, without phonetic guides.

    Raises CellTooLong, SwellsTooMuch.
    """
    part = _Part(stream, _STRINGS)
    with damage_refused():
        texts = chain(_strings(part), StringsReader().read(part.remaining()))
        found = list(islice(texts, limits.strings + 1))
    if len(found) > limits.strings:
        raise swells_said()
    return found


def _strings(part: "_Part") -> Iterator[str]:
    """The strings as far as they can be read by the piece; the rest is left in the part."""
    for piece in part.pieces():
        found = xlsx_plain.strings(piece.decode())
        if found is None:
            try:
                found = list(StringsReader().read(part.alone(piece)))
            except expat.ExpatError:
                part.put_back(piece)
                return
        yield from found


def rows(stream: IO[bytes], around: Surroundings, limits: Limits) -> Iterator[Row]:
    """行: number (as Excel shows it) and cells of each row with content, in the order of the file.

    A formula gives the value stored beside it, and UNCALCULATED where none is stored. Raises TooManyRows,
    TooManyColumns or CellTooLong when it comes to them.
    """
    with damage_refused():
        for count, row in enumerate(_Sheet(stream, around, limits).rows(), start=1):
            if count > limits.rows:
                raise too_many_rows(limits)
            yield row


class _Sheet:
    """The part of a sheet."""

    def __init__(self, stream: IO[bytes], around: Surroundings, limits: Limits) -> None:
        self._part = _Part(stream, _SHEET)
        self._values = Values(around)
        self._most = limits.columns
        self._number = 0

    def rows(self) -> Iterator[Row]:
        """Every row with content."""
        yield from self._single_rows()
        yield from self._parser().read(self._part.remaining())

    def _single_rows(self) -> Iterator[Row]:
        """The rows as far as they can be read one by one; the rest is left in the part."""
        plain = xlsx_plain.PlainRows(self._values, columns=self._most)
        for piece in self._part.pieces():
            texts = piece.decode().split("</row>")
            for place, text in enumerate(texts[:-1]):
                row = plain.read(text)
                if row is not None:
                    self._number, cells = row
                    if cells:
                        yield row
                    continue
                parser = self._parser()
                try:
                    yield from list(parser.read(self._part.alone(f"{text}</row>".encode())))
                except expat.ExpatError:
                    self._part.put_back("</row>".join(texts[place:]).encode())
                    return
                self._number = parser.number

    def _parser(self) -> SheetReader:
        return SheetReader(self._values, columns=self._most, after=self._number)


class _Part:
    """A part of the workbook, which is cut into pieces that end with a certain tag."""

    def __init__(self, stream: IO[bytes], kind: _Kind) -> None:
        self._stream = stream
        self._kind = kind
        self._before = self._rest = b""

    def pieces(self) -> Iterator[bytes]:
        """What is behind the head, by the chunk; nothing where the part does not begin as most do.

        What is left over is to be had from `remaining`.
        """
        head, begun, rest = self._stream.read(CHUNK_BYTES).partition(self._kind.first)
        self._rest = head + begun + rest
        if not self._kind.begins.fullmatch(head) or not is_xml(head + self._kind.closing):
            return
        self._before, self._rest = self._kind.opening, begun + rest
        while True:
            piece, tag, self._rest = self._rest.rpartition(self._kind.last)
            if tag:
                yield piece + tag
            chunk = self._stream.read(CHUNK_BYTES)
            self._rest += chunk
            if not chunk or len(self._rest) > _LONGEST_PIECE:
                return

    def alone(self, piece: bytes) -> tuple[bytes, ...]:
        """The piece as a part of its own."""
        return self._kind.opening, piece, self._kind.closing

    def put_back(self, piece: bytes) -> None:
        """Let the piece be the first of what remains."""
        self._rest = piece + self._rest

    def remaining(self) -> Iterator[bytes]:
        """All from here to the end, as a part of its own."""
        yield self._before + self._rest
        yield from iter(lambda: self._stream.read(CHUNK_BYTES), b"")
