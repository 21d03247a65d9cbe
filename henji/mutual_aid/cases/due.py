"""期限: by which working day each step is to be done, as data of this part's shelf."""

import functools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from henji.mutual_aid.schemes.days import working_days_after

_SHELF = Path(__file__).resolve().parent / "shelf"


@functools.cache
def _data(name: str) -> Mapping[str, Any]:
    held: Mapping[str, Any] = yaml.safe_load((_SHELF / name).read_text(encoding="utf-8"))
    return held


def due_on(deed: str, after: date) -> date:
    """最迟日期: the last working day on which the deed is in time."""
    return working_days_after(after, _data("deadlines.yaml")["working_days"][str(deed)])


def notice_days() -> int:
    """公示天数: at least so many working days, where the scheme says nothing else."""
    days: int = _data("deadlines.yaml")["notice_days"]
    return days


def least_wage(day: date) -> Decimal | None:
    """月最低工资 on the day, in yuan; None before any is known."""
    known = [month for month in _data("wages.yaml")["months"] if month["from"] <= day]
    return Decimal(known[-1]["yuan"]) if known else None
