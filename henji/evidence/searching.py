"""查找: what a search over everything may find, told by the rooms that own it.

A room says in its `offers.py` how it looks for words. The reach is part of the question: a room looks only
among the rows that the request may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from henji.lib.reach import Reach

#: So many of each kind are shown; the list page has the rest.
MOST = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """结果: one thing found. `note` is a quiet word beside it; neither holds a clear identity number."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """一类结果: things of one kind; `more_url` leads to the list where there are more than are shown."""

    name: str
    hits: tuple[Hit, ...]
    more_url: str = ""


Searcher = Callable[[str, Reach, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class _Declared:
    name: str | Promise
    power: str
    more: str
    first: bool
    look: Searcher


_searchers: dict[str, _Declared] = {}


def searchable(
    name: str | Promise, *, power: str, more: str = "", first: bool = False
) -> Callable[[Searcher], Searcher]:
    """可查找: declare a function (words, reach, most) → hits, for those who hold the power.

    `name` is the Chinese heading; `more` the URL name of the list page, which takes the words as `q`. What is
    looked for most often stands `first`.
    """

    def declare(look: Searcher) -> Searcher:
        _searchers[f"{look.__module__}.{look.__name__}"] = _Declared(name, power, more, first, look)
        return look

    return declare


def search(words: str, reach: Reach, most: int = MOST) -> list[Found]:
    """查找: what all rooms find for the words within the reach, a room's kinds together, none empty."""
    if not words:
        return []
    in_order = sorted(_searchers.items(), key=lambda named: (not named[1].first, named[0]))
    allowed = (declared for _, declared in in_order if reach.may(declared.power))
    return [found for found in (_found(declared, words, reach, most) for declared in allowed) if found.hits]


def _found(declared: _Declared, words: str, reach: Reach, most: int) -> Found:
    hits = tuple(declared.look(words, reach, most + 1))
    has_more = len(hits) > most and declared.more
    more = f"{reverse(declared.more)}?{urlencode({'q': words})}" if has_more else ""
    return Found(str(declared.name), hits[:most], more)
