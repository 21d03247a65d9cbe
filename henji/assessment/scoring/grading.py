"""定等: which grade the points reach, and what a veto leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from henji.assessment.scoring.facts import NOUGHT


@dataclass(frozen=True, slots=True)
class Placing:
    """定等: grades by their place, the highest 0. `earned` by points; `given` under the vetoes, or none.

    `distance` is the points lacking to the next grade; 0 in the highest, None where a veto bars it.
    """

    earned: int
    given: int | None
    distance: Decimal | None


def place(
    minima: Sequence[Decimal], measured: Decimal, *, ceiling: int = 0, is_barred: bool = False
) -> Placing:
    """定等: the grade whose minimum the points reach, not above the ceiling; none where grades are barred.

    `minima` go from the highest down to 0.
    """
    earned = next(number for number, minimum in enumerate(minima) if measured >= minimum)
    if is_barred:
        return Placing(earned, None, None)
    given = max(earned, ceiling)
    if given == 0:
        return Placing(earned, given, NOUGHT)
    return Placing(earned, given, minima[given - 1] - measured if given > ceiling else None)
