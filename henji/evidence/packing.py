"""装箱: figures as text and back, exactly: grounds, whole numbers and decimals as they were."""

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, cast, get_args

from henji.evidence.figures import Figure, Ground

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Figure)}


class Unpackable(ValueError):
    """装不了: something in the figure, or in the text, is none of what figures are made of."""


def packed(figure: Figure) -> str:
    """The figure as text; raises Unpackable."""
    held = {field.name: _plain(getattr(figure, field.name)) for field in fields(figure)}
    return json.dumps({"kind": type(figure).__name__, **held}, ensure_ascii=False)


def unpacked(text: str) -> Figure:
    """The figure again; raises Unpackable where the text is not that of a figure."""
    try:
        held = json.loads(text)
        kind = _KINDS[held.pop("kind")]
        return cast("Figure", kind(**{name: _exact(value) for name, value in held.items()}))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise Unpackable(text[:60]) from error


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case Ground():
            return {"page": value.url_name, "query": dict(value.query)}
        case tuple():
            return [_plain(held) for held in value]
        case Mapping():
            return {"each": {str(name): _plain(held) for name, held in value.items()}}
    raise Unpackable(type(value).__name__)


def _exact(value: Any) -> Any:
    match value:
        case {"decimal": number}:
            return Decimal(number)
        case {"page": page, "query": query}:
            return Ground(page, query)
        case {"each": held}:
            return {name: _exact(inner) for name, inner in held.items()}
        case list():
            return tuple(_exact(inner) for inner in value)
    return value
