"""填写: between the text of a data file and what stands in the boxes of a form.

`Filled` is what the boxes hold, shape by shape: words as they are shown, a group by the names of its fields,
a variant with its kind, either shape with the one that is chosen, rows and tables as lists. A table is a
list there, so that a name written twice is not lost before it is told.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from henji.lib.data import MANY, ONE, bare
from henji.lib.drafting.shapes import (
    Choice,
    Entry,
    Group,
    OneOrMany,
    Pair,
    Rows,
    Shape,
    Table,
    Text,
    Tick,
    Variant,
)

#: More rows than any list may have.
MOST_ROWS = 200

Filled = Any
#: Ends of lines of every kind; some of them the text of a file could not keep.
_BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True)
class Posted:
    """寄来的: what the browser sent, and which row it asks to add or to drop (`add:evidence`)."""

    boxes: Mapping[str, str]
    do: str = ""

    def rows(self, name: str) -> list[str]:
        """The names of the rows of a list, as they stand after what is asked."""
        told = self.boxes.get(f"{name}.n", "")
        number = min(int(told), MOST_ROWS) if told.isascii() and told.isdigit() and len(told) < 5 else 0
        rows = [f"{name}.{row}" for row in range(number)]
        rows = [row for row in rows if self.do != f"drop:{row}"]
        return [*rows, f"{name}.new"] if self.do == f"add:{name}" else rows


def shown(shape: Shape, data: Any) -> Filled:
    """显示: what stands in the boxes for the plain data (None: nothing)."""
    match shape:
        case Text() | Choice() | Tick():
            return _shown_leaf(shape, data if isinstance(data, str) else "")
        case Group():
            return {
                entry.name: shown(entry.shape, _under(data, entry.name, entry.default))
                for entry in shape.entries
            }
        case Variant():
            kind = kind_of(data)
            return (kind, shown(shape.kinds[kind], data)) if kind in shape.kinds else ("", {})
        case OneOrMany():
            is_many = isinstance(data, Mapping)
            many, one = (data, None) if is_many else (None, data)
            return MANY if is_many else ONE, shown(shape.one, one), shown(shape.many, many)
        case Rows() | Pair() | Table():
            return _shown_list(shape, data)


def _shown_leaf(shape: Text | Choice | Tick, words: str) -> str:
    if isinstance(shape, Tick):
        return words or "false"
    return _per_cent(words) if shape == Text("share") else words


def _shown_list(shape: Rows | Pair | Table, data: Any) -> Filled:
    match shape:
        case Rows():
            return [shown(shape.row, row) for row in data] if isinstance(data, list) else []
        case Pair():
            cells = data if fits(shape, data) else [None] * len(shape.cells)
            return [shown(cell, one) for cell, one in zip(shape.cells, cells, strict=True)]
        case Table():
            pairs = data.items() if isinstance(data, Mapping) else ()
            return [(shown(shape.key, key), shown(shape.value, value)) for key, value in pairs]


def posted(shape: Shape, told: Posted, name: str) -> Filled:
    """寄来: what the browser says stands in the boxes."""
    match shape:
        case Text() | Choice() | Tick():
            words = _BREAK.sub("\n", told.boxes.get(name, "")).strip()
            return words if not isinstance(shape, Tick) or words == "true" else "false"
        case Group():
            return {entry.name: _posted_entry(entry, told, f"{name}.{entry.name}") for entry in shape.entries}
        case Variant():
            kind = told.boxes.get(f"{name}.kind", "")
            return (kind, posted(shape.kinds[kind], told, name)) if kind in shape.kinds else ("", {})
        case OneOrMany():
            chosen = MANY if told.boxes.get(f"{name}.as") == MANY else ONE
            one, many = (f"{name}.{which}" for which in (ONE, MANY))
            return chosen, posted(shape.one, told, one), posted(shape.many, told, many)
        case Rows() | Pair() | Table():
            return _posted_list(shape, told, name)


def _posted_list(shape: Rows | Pair | Table, told: Posted, name: str) -> Filled:
    match shape:
        case Rows():
            return [posted(shape.row, told, row) for row in told.rows(name)]
        case Pair():
            return [posted(cell, told, f"{name}.{place}") for place, cell in enumerate(shape.cells)]
        case Table():
            return [
                (posted(shape.key, told, f"{row}.key"), posted(shape.value, told, f"{row}.value"))
                for row in told.rows(name)
            ]


def _posted_entry(entry: Entry, told: Posted, name: str) -> Filled:
    """A box that was not on the page, as that of a kind just chosen, holds what is meant anyway."""
    if isinstance(entry.shape, Text | Choice | Tick) and name not in told.boxes:
        return shown(entry.shape, entry.default)
    return posted(entry.shape, told, name)


def settled(shape: Shape, filled: Filled) -> Any:
    """落定: the plain data of what stands in the boxes; None for nothing.

    What is meant anyway is left out, and so are rows at the end in which nothing stands.
    """
    match shape:
        case Text() | Choice() | Tick():
            return (_share(filled) if shape == Text("share") else filled) or None
        case Group():
            return _settled_group(shape, filled)
        case Variant():
            kind, inside = filled
            return {"kind": kind, **_settled_group(shape.kinds[kind], inside)} if kind else None
        case OneOrMany():
            chosen, one, many = filled
            return settled(shape.many, many) or {} if chosen == MANY else settled(shape.one, one)
        case Rows() | Pair() | Table():
            return _settled_list(shape, filled)


def _settled_list(shape: Rows | Pair | Table, filled: Filled) -> Any:
    match shape:
        case Rows():
            return _settled_rows(shape, filled)
        case Pair():
            cells = [settled(cell, one) or "" for cell, one in zip(shape.cells, filled, strict=True)]
            return cells if any(cells) else None
        case Table():
            return {key: "" if value is None else value for key, value in _pairs(shape, filled)}


def _pairs(shape: Table, filled: Filled) -> list[tuple[str, Any]]:
    """The rows of a table in which something stands."""
    told = ((settled(shape.key, key) or "", settled(shape.value, value)) for key, value in filled)
    return [(key, value) for key, value in told if key or value]


def _settled_group(group: Group, filled: Filled) -> dict[str, Any]:
    told = {entry.name: (settled(entry.shape, filled[entry.name]), entry) for entry in group.entries}
    return {
        name: value
        for name, (value, entry) in told.items()
        if value is not None and value != entry.default and (value or entry.default or entry.needed)
    }


def _settled_rows(shape: Rows, filled: Filled) -> list[Any]:
    rows = [settled(shape.row, row) for row in filled]
    while rows and not rows[-1]:
        rows.pop()
    return ["" if row is None and isinstance(shape.row, Text | Choice) else row or {} for row in rows]


def fits(shape: Shape, data: Any) -> bool:
    """放得下: whether the boxes can show all that the plain data says."""
    match shape:
        case Text() | Choice() | Tick():
            return isinstance(data, str)
        case Group():
            return _fits_group(shape, data)
        case Variant():
            kind = kind_of(data)
            if kind not in shape.kinds:
                return bool(data == {})
            return _fits_group(shape.kinds[kind], {key: data[key] for key in data if key != "kind"})
        case OneOrMany():
            return fits(shape.many if isinstance(data, Mapping) else shape.one, data)
        case Rows() | Pair() | Table():
            return _fits_list(shape, data)


def _fits_list(shape: Rows | Pair | Table, data: Any) -> bool:
    match shape:
        case Rows():
            return isinstance(data, list) and all(fits(shape.row, row) for row in data)
        case Pair():
            return isinstance(data, list) and len(data) == len(shape.cells) and all(map(_is_text, data))
        case Table():
            return isinstance(data, Mapping) and all(fits(shape.value, value) for value in data.values())


def _fits_group(group: Group, data: Any) -> bool:
    shapes = {entry.name: entry.shape for entry in group.entries}
    return isinstance(data, Mapping) and all(
        key in shapes and fits(shapes[key], value) for key, value in data.items()
    )


def written_twice(shape: Shape, filled: Filled, name: str) -> Iterator[str]:
    """写了两次: the boxes with a name that another row of their table has already."""
    match shape:
        case Group():
            for entry in shape.entries:
                yield from written_twice(entry.shape, filled[entry.name], f"{name}.{entry.name}")
        case Variant():
            kind, inside = filled
            yield from written_twice(shape.kinds[kind], inside, name) if kind else ()
        case OneOrMany():
            chosen, _one, many = filled
            yield from written_twice(shape.many, many, f"{name}.{MANY}") if chosen == MANY else ()
        case Table():
            keys = [key for key, _value in _pairs(shape, filled)]
            yield from (f"{name}.{row}.key" for row, key in enumerate(keys) if key in keys[:row])


def kind_of(data: Any) -> str:
    """种类 that the data says it is of; empty where it says none."""
    kind = _under(data, "kind", "")
    return kind if isinstance(kind, str) else ""


def _under(data: Any, name: str, default: Any) -> Any:
    return data.get(name, default) if isinstance(data, Mapping) else default


def _is_text(data: Any) -> bool:
    return isinstance(data, str)


def _per_cent(words: str) -> str:
    """25 for 0.25; what is no number stands as it is."""
    return bare(Decimal(words).scaleb(2)) if _NUMBER.fullmatch(words) else words


def _share(words: str) -> str:
    """0.25 for 25 and 25%; what is no number is left to be judged as it stands."""
    number = words.rstrip("%％ ")
    return bare(Decimal(number).scaleb(-2)) if _NUMBER.fullmatch(number) else words
