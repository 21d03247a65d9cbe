"""表单形状: what a form needs to know of a data file, read from its models.

So a new kind of rule, or a new field of one, has its form as soon as the model has it.
"""

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints, Tag
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from henji.lib.data import MANY, ONE, Data, Sort

#: A longer text than this has more than one line to be written on.
LINE = 100


@dataclass(frozen=True, slots=True)
class Text:
    """一段文字; `sort` says what it is: words, long, whole, number, day, or what its mark says."""

    sort: str = "words"


@dataclass(frozen=True, slots=True)
class Choice:
    """选一个 of the values."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """是或否."""


@dataclass(frozen=True, slots=True)
class Entry:
    """一栏 of a group: its shape, whether it must be filled in, and what is meant where it is not."""

    name: str
    shape: "Shape"
    needed: bool
    default: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """一组: the fields of one model."""

    model: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """几种之一: the fields of the kind that is chosen."""

    kinds: Mapping[str, Group]


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """一个值，或几个: either shape."""

    one: "Shape"
    many: "Shape"


@dataclass(frozen=True, slots=True)
class Rows:
    """几行: as many of the shape as are wanted."""

    row: "Shape"


@dataclass(frozen=True, slots=True)
class Pair:
    """一行几格: one value of each shape."""

    cells: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """对照表: a value under each name."""

    key: "Shape"
    value: "Shape"


Shape = Text | Choice | Tick | Group | Variant | OneOrMany | Rows | Pair | Table


@functools.cache
def group_of(model: type[Data], *apart: str) -> Group:
    """一组 of the model's fields, without those that are written elsewhere."""
    entries = [_entry(name, field) for name, field in model.model_fields.items() if name not in apart]
    return Group(model.__name__, tuple(entries))


def _entry(name: str, field: FieldInfo) -> Entry:
    shape = shape_of(field.annotation, *field.metadata)
    default = None if field.default in (PydanticUndefined, None) else plain(field.default)
    return Entry(name, shape, field.is_required(), default)


def plain(value: Any) -> Any:
    """The value as the text of a file has it: texts, lists and mappings."""
    match value:
        case Data():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case tuple() | list():
            return [plain(one) for one in value]
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
    return str(value)


def shape_of(annotation: Any, *marks: Any) -> Shape:
    """形状 of what is annotated so; raises TypeError where no form could be drawn."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(inside[0], *inside[1:], *marks)
    if origin in (Union, types.UnionType):
        return _one_of([one for one in inside if one is not type(None)], marks)
    if origin is Literal:
        return Choice(tuple(map(str, inside)))
    if origin is tuple:
        return _row(inside)
    if origin is not None and issubclass(origin, Mapping):
        return Table(shape_of(inside[0]), shape_of(inside[1]))
    return _leaf(annotation, marks)


def _row(inside: tuple[Any, ...]) -> Shape:
    if inside[-1] is Ellipsis:
        return Rows(shape_of(inside[0]))
    return Pair(tuple(shape_of(one) for one in inside))


def _one_of(options: list[Any], marks: tuple[Any, ...]) -> Shape:
    if len(options) == 1:
        return shape_of(options[0], *marks)
    tagged = {
        mark.tag: one for one in options for mark in getattr(one, "__metadata__", ()) if isinstance(mark, Tag)
    }
    if tagged.keys() == {ONE, MANY}:
        return OneOrMany(shape_of(tagged[ONE]), shape_of(tagged[MANY]))
    models = [one for one in options if isinstance(one, type) and issubclass(one, Data)]
    return Variant({kind: group_of(model, "kind") for model in models for kind in kinds_of(model)})


def kinds_of(model: type[Data]) -> tuple[str, ...]:
    """By which names the text of a file calls the kind."""
    return tuple(map(str, get_args(model.model_fields["kind"].annotation)))


def _leaf(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    if not isinstance(annotation, type):
        raise TypeError(annotation)
    if issubclass(annotation, Data):
        return group_of(annotation)
    if issubclass(annotation, Enum):
        return Choice(tuple(str(one.value) for one in annotation))
    if annotation is bool:
        return Tick()
    if annotation is int:
        return Text("whole")
    if annotation is date:
        return Text("day")
    return _text(marks, "number" if annotation is Decimal else "")


def _text(marks: tuple[Any, ...], plain: str) -> Text:
    marked = [mark.name for mark in marks if isinstance(mark, Sort)]
    if marked or plain:
        return Text(marked[0] if marked else plain)
    longest = max((mark.max_length or 0 for mark in marks if isinstance(mark, StringConstraints)), default=0)
    return Text("long" if longest > LINE else "words")
