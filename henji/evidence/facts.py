"""事实名称: how rooms call the facts of their traces."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """事实名称: how a fact is called, in a room's `deeds.py`: `FACTS = {"rows": Fact(_("行数"))}`.

    `words` are the (code, words) of its values; `kind` says of what kind of thing it is the id.
    """

    label: Any
    words: Iterable[tuple[str, Any]] = ()
    kind: str = ""
