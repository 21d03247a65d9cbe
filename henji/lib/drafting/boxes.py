"""一栏一栏: a form as the page draws it: boxes with their words, choices and what is wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from henji.lib.data import MANY, ONE
from henji.lib.drafting.filling import Filled, kind_of
from henji.lib.drafting.labels import Labels
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

Option = tuple[str, str]
#: Choices under headings.
Groups = tuple[tuple[str, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """一栏. `sort` says how it is drawn; `groups` are its choices under headings (one without, mostly)."""

    sort: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    needed: bool = True
    unit: str = ""
    groups: Groups = ()
    inside: tuple["Box", ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.name.replace(".", "-")

    @property
    def all(self) -> Iterable["Box"]:
        """It and all boxes within."""
        yield self
        for box in self.inside:
            yield from box.all


@dataclass(frozen=True, slots=True)
class Drawing:
    """画法: what is drawn alike in the whole form: the words, the faults by box, what is offered by sort."""

    labels: Labels
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    offered: Mapping[str, Callable[[str], Groups]] = field(default_factory=dict)

    def group(self, group: Group, filled: Filled, name: str) -> tuple[Box, ...]:
        """各栏 of a group."""
        return tuple(self._entry(group, entry, filled, f"{name}.{entry.name}") for entry in group.entries)

    def _entry(self, group: Group, entry: Entry, filled: Filled, name: str) -> Box:
        hint = self.labels.hint(group.model, entry.name)
        words = Words(self.labels, group.model, entry.name, entry.needed, hint)
        return self.box(entry.shape, filled[entry.name], name, words)

    def box(self, shape: Shape, filled: Filled, name: str, words: "Words") -> Box:
        """一栏 with all that lies in it."""
        inside: tuple[Box, ...] = ()
        groups: Groups = ()
        value = ""
        match shape:
            case Text() | Choice() | Tick():
                value, groups = filled, self._choices(shape, filled, words)
            case Group():
                inside = self.group(shape, filled, name)
            case Variant():
                value, held = filled
                groups = plain([(kind, self.labels.kind(kind)) for kind in shape.kinds])
                inside = self.group(shape.kinds[value], held, name) if value else ()
            case OneOrMany():
                value, one, many = filled
                groups = plain(list(zip((ONE, MANY), self.labels.one_or_many(words.name), strict=True)))
                chosen = (shape.many, many) if value == MANY else (shape.one, one)
                inside = (self.box(*chosen, f"{name}.{value}", words.bare()),)
            case Rows():
                inside = tuple(
                    self._row(shape, one, f"{name}.{row}", words) for row, one in enumerate(filled)
                )
            case Pair():
                cells = enumerate(zip(shape.cells, filled, strict=True))
                inside = tuple(
                    self.box(cell, one, f"{name}.{place}", words.of(str(place)))
                    for place, (cell, one) in cells
                )
            case Table():
                inside = tuple(
                    self._pair(shape, pair, f"{name}.{row}", words) for row, pair in enumerate(filled)
                )
        return self._drawn(shape, name, words, value=value, groups=groups, inside=inside)

    def _row(self, shape: Rows, filled: Filled, name: str, words: "Words") -> Box:
        return self.box(shape.row, filled, name, words.bare())

    def _pair(self, shape: Table, pair: Filled, name: str, words: "Words") -> Box:
        key, value = pair
        inside = (
            self.box(shape.key, key, f"{name}.key", words.of("key")),
            self.box(shape.value, value, f"{name}.value", words.of("value")),
        )
        return self._drawn(Pair(()), name, words.bare(), inside=inside)

    def _drawn(self, shape: Shape, name: str, words: "Words", **more: Any) -> Box:
        return Box(
            sort=self._sort(shape),
            name=name,
            label=words.label,
            hint=words.hint,
            needed=words.needed,
            unit="%" if shape == Text("share") else "",
            errors=tuple(self.errors.get(name, ())),
            **more,
        )

    def _choices(self, shape: Text | Choice | Tick, value: str, words: "Words") -> Groups:
        match shape:
            case Choice(values):
                named = [(one, self.labels.choice(words.model, words.name, one)) for one in values]
                return plain(named, value)
            case Text(sort) if sort in self.offered:
                return self.offered[sort](value)
        return ()

    def _sort(self, shape: Shape) -> str:
        match shape:
            case Choice():
                return "choice"
            case Text(sort):
                return "choice" if sort in self.offered else sort
        return type(shape).__name__.lower()


@dataclass(frozen=True, slots=True)
class Words:
    """Of which field a box is, and what it is called."""

    labels: Labels
    model: str
    name: str
    needed: bool = True
    hint: str = ""

    @property
    def label(self) -> str:
        return self.labels.name(self.model, self.name)

    def bare(self) -> "Words":
        """The same without what was said once."""
        return Words(self.labels, self.model, self.name)

    def of(self, place: str) -> "Words":
        """A cell or side of it."""
        return Words(self.labels, self.model, f"{self.name}.{place}")


def plain(options: list[Option], value: str = "") -> Groups:
    """The choices without a heading; what the text says and nobody offers stays among them."""
    if value and value not in {one for one, _name in options}:
        options = [(value, value), *options]
    return (("", tuple(options)),)


def place_of(shape: Shape, loc: Sequence[int | str], data: Any, name: str) -> str:
    """栏名: the box that pydantic's place of an error leads to, or what comes nearest."""
    match shape:
        case Group() if loc:
            return _place_in(shape, loc, data, name)
        case Variant() if loc:
            kind = kind_of(data)
            rest = loc[1:] if loc[0] == kind else loc
            return _place_in(shape.kinds[kind], rest, data, name) if kind in shape.kinds and rest else name
        case OneOrMany():
            chosen, which = (shape.many, MANY) if isinstance(data, Mapping) else (shape.one, ONE)
            rest = loc[1:] if loc and loc[0] in (ONE, MANY) else loc
            return place_of(chosen, rest, data, f"{name}.{which}")
        case Rows() | Pair() | Table() if loc:
            return _place_in_list(shape, loc, data, name)
    return name


def _place_in_list(shape: Rows | Pair | Table, loc: Sequence[int | str], data: Any, name: str) -> str:
    step, rest = loc[0], loc[1:]
    match shape:
        case Rows() if isinstance(step, int) and isinstance(data, list) and step < len(data):
            return place_of(shape.row, rest, data[step], f"{name}.{step}")
        case Pair() if isinstance(step, int) and step < len(shape.cells):
            return f"{name}.{step}"
        case Table() if isinstance(data, Mapping) and step in data:
            row = f"{name}.{list(data).index(str(step))}"
            is_key = bool(rest) and rest[0] == "[key]"
            return f"{row}.key" if is_key else place_of(shape.value, rest, data[step], f"{row}.value")
    return name


def _place_in(group: Group, loc: Sequence[int | str], data: Any, name: str) -> str:
    shapes = {entry.name: entry.shape for entry in group.entries}
    step = str(loc[0])
    if step not in shapes:
        return name
    inside = data.get(step) if isinstance(data, Mapping) else None
    return place_of(shapes[step], loc[1:], inside, f"{name}.{step}")
