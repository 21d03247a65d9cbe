"""规整行: rows and strings as nearly every program writes them, read without an XML parser.

What is taken here has one meaning in XML, which is the one it is given: tags without a prefix, attributes in
their usual order, texts that stand for themselves. Whatever else comes is left to the parser.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, cast

from henji.lib.xlsx_cells import Cell, Values, all_exact, column_of, must_be_a_row
from henji.lib.xlsx_strict import Row, is_xml

#: Characters that stand for themselves. `>` is left out for the sake of `]]>`, which XML forbids.
_CHARS = "[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*"
#: What follows the attributes of a cell: its text, which stands in a value or in the cell itself, or nothing.
#: The parser tells whether a formula without a result has an empty one or none.
_CONTENT = (
    rf"(?:/>|>(?:<f>{_CHARS}</f>(?!<v></v>))?"
    rf'(?:<v>({_CHARS})</v>|<is><t(?: xml:space="preserve")?>({_CHARS})</t></is>)</c>)'
)
#: Letters of the column, style and kind, and the text.
_CELL = re.compile(r'<c r="([A-Z]{1,3})[0-9]{1,7}"((?: s="[0-9]{1,9}")?(?: t="[a-zA-Z]{1,9}")?)' + _CONTENT)
_LOOK = re.compile(r'(?: s="(?P<style>[0-9]+)")?(?: t="(?P<kind>[a-zA-Z]+)")?')
_ROW_TAG = rf'<row r="([0-9]{{1,7}})"({_CHARS})>'
_ROW = re.compile(_ROW_TAG)
#: To make a pattern of a layout takes as long as to read so many rows without.
_WORTH_A_PATTERN = 800
#: So many layouts are tried before the cells are taken one by one.
_TURNS = 3
_STRING = re.compile(rf'<si><t(?: xml:space="preserve")?>({_CHARS})</t></si>')


def strings(piece: str) -> list[str] | None:
    """共享字符串 of some part, or None where they are not all written plainly. Raises CellTooLong."""
    found = _STRING.split(piece)
    return None if any(found[::2]) else all_exact(found[1::2])


class PlainRows:
    """规整行: reads rows of one sheet; `columns` is the most that a row may have."""

    def __init__(self, values: Values, *, columns: int) -> None:
        self._values = values
        self._most = columns
        self._layout = lru_cache(maxsize=256)(self._layout_of)
        self._recent: list[_Layout] = []

    def read(self, text: str) -> Row | None:
        """The number and the cells of a row, its end tag cut off; None where it is not written plainly."""
        found = self._found_as_above(text) or self._found(text)
        if found is None or not _is_attributes(found.attributes):
            return None
        self._prefer(found.layout)
        return must_be_a_row(int(found.number)), found.layout.cells(found.stored, found.typed)

    def _found_as_above(self, text: str) -> "_Found | None":
        """What a row holds that is laid out as one of the rows above, as most are."""
        for layout in self._recent:
            whole = layout.pattern.fullmatch(text) if layout.pattern else None
            if whole:
                number, attributes, *texts = whole.groups()
                return _Found(layout, number, attributes, texts[::2], texts[1::2])
        return None

    def _prefer(self, layout: "_Layout") -> None:
        """Let the layout be tried first; where some cell is empty in every other row, two take turns."""
        if self._recent and self._recent[0] is layout:
            return
        self._recent = [layout, *(each for each in self._recent if each is not layout)][:_TURNS]

    def _found(self, text: str) -> "_Found | None":
        """What any row holds that is written plainly."""
        parts = _CELL.split(text)
        tag = _ROW.fullmatch(parts[0])
        if tag is None or any(parts[5::5]):
            return None
        layout = self._layout(tuple(parts[1::5]), tuple(parts[2::5]))
        return None if layout is None else _Found(layout, tag[1], tag[2], parts[3::5], parts[4::5])

    def _layout_of(self, letters: tuple[str, ...], looks: tuple[str, ...]) -> "_Layout | None":
        columns = [column_of(each) for each in letters]
        in_order = all(left < right for left, right in pairwise(columns))
        if not in_order or (columns and columns[-1] >= self._most):
            return None
        tags = [f'<c r="{letter}[0-9]{{1,7}}"{look}' for letter, look in zip(letters, looks, strict=True)]
        readings = [self._reading(look) for look in looks]
        return _Layout(tags, columns, readings, self._values.all_shared(readings))

    def _reading(self, look: str) -> Callable[[str], Cell]:
        found = _LOOK.fullmatch(look)
        return self._values.reading(found and found["kind"], found and found["style"])


class _Layout:
    """布局: which columns the cells of a row are in, and how the text of each is read; a sheet has few.

    `pattern` matches a whole row, three times as fast as its cells one by one, once enough rows were so.
    """

    def __init__(
        self,
        tags: list[str],
        columns: list[int],
        readings: list[Callable[[str], Cell]],
        strings: Sequence[str] | None,
    ) -> None:
        self.pattern: re.Pattern[str] | None = None
        self._tags = tags
        self._columns = columns
        self._readings = readings
        self._strings = strings
        self._width = columns[-1] + 1 if columns else 0
        self._rows = 0

    def cells(self, stored: list[str | None], typed: list[str | None]) -> list[Cell]:
        """The cells of such a row, from column A to the last that is not empty."""
        self._rows += 1
        if self._rows == _WORTH_A_PATTERN:
            self.pattern = re.compile(_ROW_TAG + "".join(tag + _CONTENT for tag in self._tags))
        found = self._read(stored, typed)
        if "" in found:
            found = [None if cell == "" else cell for cell in found]
        if len(found) < self._width:
            cells: list[Cell] = [None] * self._width
            for column, cell in zip(self._columns, found, strict=True):
                cells[column] = cell
            found = cells
        while found and found[-1] is None:
            found.pop()
        return found

    def _read(self, stored: list[str | None], typed: list[str | None]) -> list[Cell]:
        """What the texts stand for; those of a row that only refers to strings are looked up together."""
        if self._strings is not None and all(stored):
            return list(map(self._strings.__getitem__, map(int, cast("list[str]", stored))))
        texts = [one or other for one, other in zip(stored, typed, strict=True)] if any(typed) else stored
        return [reading(text) if text else None for reading, text in zip(self._readings, texts, strict=True)]


class _Found(NamedTuple):
    """What stands in a row; the texts of its cells are stored in values, or typed into the cells."""

    layout: _Layout
    number: str
    attributes: str
    stored: list[str | None]
    typed: list[str | None]


@lru_cache(maxsize=1024)
def _is_attributes(text: str) -> bool:
    """Whether the text can stand in the tag of a row that has a number already."""
    return is_xml(f'<row r="1"{text}></row>'.encode())
