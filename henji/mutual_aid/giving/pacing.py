"""进度预测: how many more people are needed, how many come a day, and where that leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

#: The pace is that of so many days.
DAYS = 7


@dataclass(frozen=True, slots=True)
class Pace:
    """进度: `donors` of `members` on the day `as_of`; the drive collects from `begins_on` to `ends_on`.

    `recent` is how many gave for the first time in the `days` up to the day.
    """

    members: int
    donors: int
    target: int
    begins_on: date
    ends_on: date
    as_of: date
    recent: int
    days: int

    @property
    def needed(self) -> int:
        """So many donors reach the target: ceil(target % × members)."""
        return ceil(Fraction(self.target * self.members, 100))

    @property
    def gap(self) -> int:
        """还差 people; none where the target is reached."""
        return max(self.needed - self.donors, 0)

    @property
    def left(self) -> int:
        """Days that the drive still collects, after the day asked about."""
        return max((self.ends_on - max(self.as_of, self.begins_on - timedelta(days=1))).days, 0)

    @property
    def a_day(self) -> Fraction:
        """日均 people."""
        return Fraction(self.recent, self.days) if self.days else Fraction(0)

    @property
    def required(self) -> int | None:
        """So many a day must come from now on; None where there are no days left."""
        return ceil(Fraction(self.gap, self.left)) if self.left else None

    @property
    def forecast(self) -> int:
        """预计 donors on the last day if the pace stays; never more than there are members."""
        return min(self.donors + int(self.a_day * self.left), self.members)

    @property
    def will_reach(self) -> bool:
        """Whether the forecast is at the target."""
        return self.forecast >= self.needed


def pace(
    firsts: Mapping[date, int],
    *,
    members: int,
    donors: int,
    target: int,
    collects: tuple[date, date],
    as_of: date,
) -> Pace:
    """进度 from how many gave for the first time on each day: the pace is that of the last DAYS days.

    Where the drive has not collected for so long, of the days that it has.
    """
    begins_on, ends_on = collects
    day = min(as_of, ends_on)
    first = max(day - timedelta(days=DAYS - 1), begins_on)
    recent = sum(number for on, number in firsts.items() if first <= on <= day)
    days = max((day - first).days + 1, 0)
    return Pace(members, donors, target, begins_on, ends_on, as_of, recent, days)
