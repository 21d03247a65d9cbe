"""退休年龄: by what age people retire; data, in `retirement.yaml` beside this file, for the law changes."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Retirement:
    """退休年龄 of a sex (1 men, 2 women) and kind of work, for whoever reaches it in its days.

    Where `delay_every` is given, each so many months since `since_on` add one month, up to `delay_most`.
    """

    code: str
    sex: int
    kind: str
    months: int
    source: str
    since_on: date | None = None
    until_on: date | None = None
    delay_every: int = 0
    delay_most: int = 0


@cache
def retirements() -> dict[str, Retirement]:
    """退休年龄, old and new, by their codes."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return {row["code"]: Retirement(**row) for row in yaml.safe_load(text)}


def retires_on(birth_on: date, law: Retirement) -> date | None:
    """退休月份: the first day of the month in which who was born then retires; None under another law."""
    reached = birth_on.year * _YEAR + birth_on.month - 1 + law.months
    day = _first_of(reached)
    if (law.since_on and day < law.since_on) or (law.until_on and day >= law.until_on):
        return None
    if law.since_on and law.delay_every:
        since = law.since_on.year * _YEAR + law.since_on.month - 1
        reached += min((reached - since) // law.delay_every + 1, law.delay_most)
    return _first_of(reached)


def _first_of(month: int) -> date:
    return date(month // _YEAR, month % _YEAR + 1, 1)
