"""补差: which employers close the gap to the target with the least work."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chance:
    """一个单位还能添的人: `reported` wait for the county's word, `missing` have not been reported either."""

    employer: int
    reported: int
    missing: int


@dataclass(frozen=True, slots=True)
class Step:
    """一步: at which employer, how many people it brings, and how many are still lacking afterwards.

    `accepting`: by accepting a report that lies there, without anybody going anywhere.
    """

    employer: int
    people: int
    still: int
    accepting: bool


def least_work(chances: Iterable[Chance], gap: int) -> list[Step]:
    """最省力的补差: first the reports that only wait, then the fewest employers to go to.

    Reports come before visits, the larger before the smaller; so no fewer visits would do. The gap is closed
    whenever all together can close it; else all steps are there, and the last one says what still lacks.
    """
    found = list(chances)
    waiting = [(one.reported, one.employer, True) for one in found if one.reported > 0]
    lacking = [(one.missing, one.employer, False) for one in found if one.missing > 0]
    steps: list[Step] = []
    for people, employer, accepting in [*_largest_first(waiting), *_largest_first(lacking)]:
        if gap <= 0:
            break
        gap -= people
        steps.append(Step(employer, people, max(gap, 0), accepting))
    return steps


def _largest_first(chances: Iterable[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    return sorted(chances, key=lambda one: (-one[0], one[1]))
