"""代码表: lists of codes as data with editions, such as the twenty branches of industry.

A room ships each list as a YAML file. An edition says whence it comes and from when to when it holds (`to` is
the first day on which it no longer does); a code has a name, and other names by which people know it:

    name: 国民经济行业
    editions:
      - version: "2002"
        source: …
        from: 2002-10-01
        to:
        codes:
          "03": [制造业, 制造, 工业]

What is kept is the code, or else the words as they were told: an unknown word is a doubt, and keeps nothing
out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from henji.lib.text import tidy

#: What makes no difference between two ways of writing a name.
_ORNAMENT = re.compile(r"[\s、，,。.;；:：()（）/·-]")


class ListUnsound(Exception):
    """代码表有误: the file gives a code, a name or a day that cannot stand; it is our own file."""


@dataclass(frozen=True, slots=True)
class Code:
    """代码: its name, and what else it is called."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """版次: the codes that hold from a day up to and without another."""

    version: str
    source: str
    start_on: date
    end_on: date | None
    codes: Mapping[str, Code]

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)


@dataclass(frozen=True)
class CodeList:
    """代码表: its editions, the earliest first."""

    name: str
    editions: tuple[Edition, ...]
    _found: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, on: date | None = None) -> Edition:
        """版次: the one that holds on the day, now where none is given; the nearest where none held yet."""
        if on is None:
            return self.editions[-1]
        held = [edition for edition in self.editions if edition.start_on <= on]
        return held[-1] if held else self.editions[0]

    def name_of(self, value: str, on: date | None = None) -> str:
        """名称: what the code is called on the day; a code of another edition by the name that it bore there.

        Words that are no code stand for themselves.
        """
        for edition in (self.edition(on), *reversed(self.editions)):
            if value in edition.codes:
                return edition.codes[value].name
        return value

    def code_of(self, words: str) -> str:
        """代码: by the code itself, its name or another name in any edition; empty where nobody knows it."""
        bare = _bare(words)
        return self._known.get(bare) or self._known.get(bare.zfill(self._width), "") if bare else ""

    def exact(self, words: str) -> str:
        """The code; the tidied words where there is none."""
        return self.code_of(words) or tidy(words)

    def knows(self, value: str) -> bool:
        """Whether the value is one of the codes, of whatever edition."""
        return any(value in edition.codes for edition in self.editions)

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """The codes that may be chosen on the day, with their names."""
        return [(code.code, code.name) for code in self.edition(on).codes.values()]

    @cached_property
    def _width(self) -> int:
        return max(len(code) for edition in self.editions for code in edition.codes)

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """Every way of writing a code; where two editions differ, the later one has the word."""
        return {_bare(words): code for edition in self.editions for words, code in _words(edition)}


def _bare(words: str) -> str:
    return _ORNAMENT.sub("", tidy(words)).lower()


def _words(edition: Edition) -> Iterator[tuple[str, str]]:
    for code in edition.codes.values():
        for words in (*code.aliases, code.name, code.code):
            yield words, code.code


@cache
def read(path: Path) -> CodeList:
    """读入: the list kept in the file; raises ListUnsound."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    editions = tuple(sorted(map(_edition, told["editions"]), key=lambda edition: edition.start_on))
    for before, after in pairwise(editions):
        if before.end_on != after.start_on:
            raise ListUnsound(f"{path.name}: {before.version} does not end when {after.version} begins")
    return CodeList(told["name"], editions)


def _edition(told: Mapping[str, Any]) -> Edition:
    codes = {code: _code(code, names) for code, names in told["codes"].items()}
    borne: dict[str, str] = {}
    for code in codes.values():
        for words in {_bare(words) for words in (code.code, code.name, *code.aliases)}:
            if borne.setdefault(words, code.code) != code.code:
                raise ListUnsound(f"{told['version']}: {words} means {borne[words]} and {code.code}")
    return Edition(told["version"], told["source"], told["from"], told["to"], codes)


def _code(code: object, names: object) -> Code:
    """A code as YAML gives it: its name, or its name and others."""
    told = names if isinstance(names, list) else [names]
    texts = [words for words in told if isinstance(words, str) and words]
    if not isinstance(code, str) or not texts or len(texts) < len(told):
        raise ListUnsound(f"{code}: codes and names are texts")
    return Code(code, texts[0], tuple(texts[1:]))
