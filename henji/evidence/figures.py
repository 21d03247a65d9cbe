"""数字: the contract between rooms that can count and rooms that mark.

A room declares an indicator in its `offers.py`; assessment asks for it by its address and never sees a
domain table. Every side of a figure has a ground: the rows that were counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from henji.lib.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """口径: which unions, which period, as of the end of which day.

    As of a day means the world at the end of it as known now; where `known_at` is given, as known then.
    """

    unions: tuple[int, ...]
    period: Period
    as_of: date
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """依据: the rows that one side counted, as a page of the room that owns them."""

    url_name: str
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The page's address."""
        return f"{reverse(self.url_name)}?{urlencode(self.query)}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """比率: a part of a whole, both always shown. `unit` is "people", "yuan", "units" or "".

    `about` are the addresses of what it was counted from, such as `mutual_aid.drive:3`: papers about these
    prove the figure too, and need not be filed again.
    """

    part: Decimal | int
    whole: Decimal | int
    part_name: str
    whole_name: str
    part_ground: Ground | None = None
    whole_ground: Ground | None = None
    unit: str = ""
    note: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """数目: how many."""

    number: int
    name: str
    ground: Ground | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """分级数目: how many of each level."""

    levels: Mapping[str, int]
    name: str
    ground: Ground | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """等级: which of the levels of a rule (A, B, C) is reached; empty where none is."""

    level: str
    name: str
    ground: Ground | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """是否: whether something holds."""

    yes: bool
    name: str
    ground: Ground | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """缺少: the figure cannot be computed until what lacks is there."""

    what: str


@dataclass(frozen=True, slots=True)
class NotKept:
    """未记录: this installation keeps no rows from which the figure could be computed."""

    why: str = ""


Figure = Ratio | Count | Tally | Level | Flag | Missing | NotKept
Figures = Mapping[int, Figure]
Indicator = Callable[[Scope], Figures]


@dataclass(frozen=True, slots=True)
class _Declared:
    name: str | Promise
    compute: Indicator
    levels: tuple[str, ...]


_declared: dict[str, _Declared] = {}


def indicator(
    name: str | Promise, *, levels: tuple[str, ...] = ("county",)
) -> Callable[[Indicator], Indicator]:
    """指标: declare the function as an indicator under the address of its room and name.

    `name` is its Chinese name, to be translated when it is shown (`gettext_lazy`).
    `levels` are those of the unions that it can count.
    """

    def declare(compute: Indicator) -> Indicator:
        _declared[_address(compute)] = _Declared(name, compute, levels)
        return compute

    return declare


def _address(compute: Indicator) -> str:
    room = compute.__module__.split(".")[1]
    return f"{room}.{compute.__name__}"


def addresses() -> dict[str, str]:
    """Every declared address with its name, in the language that is spoken."""
    return {address: str(declared.name) for address, declared in sorted(_declared.items())}


def is_declared(address: str) -> bool:
    """有无指标: whether some room declares the address."""
    return address in _declared


def counts_for(address: str, level: str) -> bool:
    """可计算: whether some room counts this of unions of the level."""
    return address in _declared and level in _declared[address].levels


def compute(address: str, scope: Scope) -> Figures:
    """计算: the figure of each union in scope; NotKept for each where nobody declares the address."""
    if address not in _declared:
        return {union: NotKept(address) for union in scope.unions}
    return _declared[address].compute(scope)
