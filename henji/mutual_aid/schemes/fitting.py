"""条款相合: what must hold between the parts of a scheme. Raises what pydantic gathers, told by its type."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from henji.lib.data import refuse


def must_run_forwards(first: date, last: date) -> None:
    """先后: the last day is not before the first."""
    if last < first:
        refuse("backwards", "the last day is not before the first")


def must_not_fall(least: Decimal, most: Decimal) -> None:
    """上下限: the most is not below the least."""
    if most < least:
        refuse("falls", "the most is not below the least")


def must_differ(names: Iterable[str]) -> None:
    """不重复: no name stands twice."""
    for name, times in Counter(names).items():
        if times > 1:
            refuse("twice", name)


def must_be_among(named: Iterable[str], known: Iterable[str]) -> None:
    """有此项: each that is named is known."""
    for name in named:
        if name not in set(known):
            refuse("unknown", name)
