"""严读: the parts of a workbook read by an XML parser, which takes every way of writing them and no damage.

What programs write plainly is read three times as fast by `xlsx_rows`, which leaves to this reader whatever
is not plain; both give the same.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar
from xml.parsers import expat

from henji.lib.xlsx_cells import UNCALCULATED, Cell, Values, column_of, exact, must_be_a_row, put
from henji.lib.xlsx_package import strict_parser

#: The number of a row as Excel shows it, and its cells from column A on.
Row = tuple[int, list[Cell]]

T = TypeVar("T")

_FINAL = True


def is_xml(text: bytes) -> bool:
    """Whether a parser takes the whole for XML. Raises WithForeignMarkup."""
    try:
        strict_parser().Parse(text, _FINAL)
    except expat.ExpatError:
        return False
    return True


class _Reader(Generic[T]):
    """Walks the XML of a part; text of the part gathers in `_pieces`, what was found in `done`.

    The handlers are called some two million times for 20,000 rows: they stay flat for that reason.
    """

    def __init__(self) -> None:
        self._done: list[T] = []
        self._pieces: list[str] = []
        self._text = ""
        self._spoken = ""
        self._parser = strict_parser()
        self._parser.StartElementHandler = self._first
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._pieces.append

    def read(self, pieces: Iterable[bytes]) -> Iterator[T]:
        """What a whole part holds, in its order. Raises ExpatError, ValueError or LookupError on damage."""
        for piece in pieces:
            self._parser.Parse(piece)
            yield from self._done
            self._done.clear()
        self._parser.Parse(b"", _FINAL)
        yield from self._done

    def _first(self, tag: str, _attributes: dict[str, str]) -> None:
        """The root tells the prefix that this file's writer gives to every tag."""
        self._name_tags(tag[: tag.rfind(":") + 1])
        self._parser.StartElementHandler = self._start

    def _name_tags(self, prefix: str) -> None:
        self._t, self._phonetic = prefix + "t", prefix + "rPh"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, tag: str) -> None:
        raise NotImplementedError

    def _begin_text(self, tag: str) -> None:
        if tag == self._t:
            self._pieces.clear()
        elif tag == self._phonetic:
            self._spoken = self._text

    def _end_text(self, tag: str) -> None:
        """A text has several `t` where its letters differ in looks; phonetic guides do not belong to it."""
        if tag == self._t:
            self._text += "".join(self._pieces)
        elif tag == self._phonetic:
            self._text = self._spoken


class StringsReader(_Reader[str]):
    """共享字符串: the texts that cells refer to by number, without phonetic guides. Raises CellTooLong."""

    def _name_tags(self, prefix: str) -> None:
        super()._name_tags(prefix)
        self._si = prefix + "si"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._begin_text(tag)

    def _end(self, tag: str) -> None:
        if tag == self._si:
            self._done.append(exact(self._text))
            self._text = ""
        else:
            self._end_text(tag)


class SheetReader(_Reader[Row]):
    """行: the number and the cells of each row with content; a row without a number follows the one `after`.

    `columns` is the most that a row may have. Raises TooManyColumns, CellTooLong.
    """

    def __init__(self, values: Values, *, columns: int, after: int = 0) -> None:
        super().__init__()
        self.number = after
        self._reading = values.reading
        self._most_columns = columns
        self._row: list[Cell] = []
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._is_formula = False

    def _name_tags(self, prefix: str) -> None:
        super()._name_tags(prefix)
        self._c, self._v, self._r, self._f = prefix + "c", prefix + "v", prefix + "row", prefix + "f"

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._c:
            self._attributes = attributes
            self._text = ""
            self._is_formula = False
        elif tag == self._v:
            self._pieces.clear()
        elif tag == self._r:
            number = attributes.get("r")
            self.number = must_be_a_row(int(number) if number else self.number + 1)
            self._row = []
            self._column = -1
        elif tag == self._f:
            self._is_formula = True
        else:
            self._begin_text(tag)

    def _end(self, tag: str) -> None:
        if tag == self._v:
            self._text = "".join(self._pieces)
        elif tag == self._c:
            self._end_cell(self._attributes, self._text)
        elif tag == self._r:
            if self._row:
                self._done.append((self.number, self._row))
        else:
            self._end_text(tag)

    def _end_cell(self, attributes: dict[str, str], text: str) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else column_of(reference.rstrip("0123456789"))
        kind = attributes.get("t")
        if not text:
            # A formula whose result is an empty text says that it is one.
            if self._is_formula and kind != "str":
                put(self._row, self._column, UNCALCULATED, self._most_columns)
            return
        value = self._reading(kind, attributes.get("s"))(text)
        if value != "":
            put(self._row, self._column, value, self._most_columns)
