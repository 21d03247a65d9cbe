"""二分: which of many events moved which points. Pure: no clock, no database."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

Points = Mapping[str, Decimal]
#: The points of some items, by code, after the first so many events.
PointsAfter = Callable[[int, Collection[str]], Points]


@dataclass(frozen=True, slots=True)
class Move:
    """变动: that an item's points went from one number to another, through an event from `first` to `last`.

    Events are counted from 1. Where both are the same it is known which event it was.
    """

    code: str
    before: Decimal
    after: Decimal
    first: int
    last: int


def moves(
    count: int, codes: Collection[str], points_after: PointsAfter, may_go_on: Callable[[], bool]
) -> Iterator[Move]:
    """变动: of the items, through `count` events, in the order of the events.

    The moves of an item add up to the whole difference; what moved and moved back between two looks is not
    told. Each move takes about as many looks as the logarithm of the count; when time is up, the moves that
    are left are told less exactly.
    """
    search = _Search(points_after, may_go_on)
    yield from search.between(0, points_after(0, codes), count, points_after(count, codes))


@dataclass(frozen=True, slots=True)
class _Search:
    points_after: PointsAfter
    may_go_on: Callable[[], bool]

    def between(self, first: int, before: Points, last: int, after: Points) -> Iterator[Move]:
        moved = [code for code in before if before[code] != after[code]]
        if not moved:
            return
        if last - first <= 1 or not self.may_go_on():
            for code in moved:
                yield Move(code, before[code], after[code], first + 1, last)
            return
        middle = (first + last) // 2
        halfway = self.points_after(middle, moved)
        yield from self.between(first, {code: before[code] for code in moved}, middle, halfway)
        yield from self.between(middle, halfway, last, after)
