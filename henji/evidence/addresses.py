"""地址: where things are shown, and what papers may be filed about, told by the rooms that own them.

An address is a kind and a key: `assessment.item:B10`, `mutual_aid.drive:3`. Evidence cannot know other
rooms; each says in its `offers.py` what it has to offer and on which page a thing is found.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise

from henji.lib.doors import opens
from henji.lib.reach import Reach

Lister = Callable[[int], Iterable[tuple[str, str]]]
Page = Callable[[str], str]
L = TypeVar("L", bound=Lister)
P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class _Offered:
    name: str | Promise
    of_county: Lister


_listers: dict[str, _Offered] = {}
_pages: dict[str, Page] = {}


def provable(kind: str, name: str | Promise) -> Callable[[L], L]:
    """可佐证: declare the function that lists, for a county's id, (address, label) of what papers prove.

    `name` is the Chinese heading under which the form shows them.
    """

    def declare(lister: L) -> L:
        _listers[kind] = _Offered(name, lister)
        return lister

    return declare


def shown_at(kind: str) -> Callable[[P], P]:
    """所在页面: declare the function that tells, for a thing's key, the address of its page."""

    def declare(page: P) -> P:
        _pages[kind] = page
        return page

    return declare


def choices(county: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """可选地址: what a county's papers may be filed about, under headings."""
    groups = ((str(offered.name), list(offered.of_county(county))) for offered in _listers.values())
    return [(name, listed) for name, listed in groups if listed]


def labels(county: int) -> dict[str, str]:
    """The words for every address that a county's papers may be filed about."""
    return {address: label for _name, listed in choices(county) for address, label in listed}


def page_of(kind: str, key: str) -> str:
    """The URL of the thing's page; empty where no room shows such things."""
    page = _pages.get(kind)
    return page(key) if page else ""


def page_at(address: str) -> str:
    """The URL of what the address names; empty where no room shows it."""
    kind, _colon, key = address.partition(":")
    return page_of(kind, key)


def page_for(reach: Reach, kind: str, key: str) -> str:
    """去处: the URL of the thing's page; empty where no room shows it, or not to the reach.

    Whatever names a thing with the way there asks this.
    """
    return within(reach, page_of(kind, key))


def within(reach: Reach, url: str) -> str:
    """The URL, where its door opens to the reach; empty otherwise."""
    return url if url and opens(url, reach) else ""
