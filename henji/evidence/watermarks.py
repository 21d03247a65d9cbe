"""水位: how far the record has come, so that what was computed from it can be kept until it moves on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

_STATEMENT = """
WITH asked (county) AS (VALUES {asked})
SELECT asked.county, {own} FROM asked
UNION ALL
SELECT 0, {nowhere}
"""
_NEWEST = "(SELECT MAX(trace.at) FROM evidence_trace trace WHERE {which})"
#: An import that was begun earlier may be recorded later, and is then not the newest. So all about as new are
#: counted: those of two days, which no transaction outlasts.
_COUNT = "(SELECT COUNT(*) FROM evidence_trace trace WHERE {which} AND trace.at >= {since})"
_TWO_DAYS_BEFORE = {
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', {newest}, '-2 days')",
    "postgresql": "{newest} - interval '2 days'",
}
#: What was recorded under a clock that ran back, or after one that had run ahead, lies before these days.
_STRAGGLERS = """
(SELECT COUNT(*) FROM evidence_straggler late JOIN evidence_trace trace ON trace.id = late.trace_id
WHERE {which})
"""
#: So often the statement names the rooms that stand apart: for the newest, twice for the count, and once for
#: the stragglers, of the counties and of no county.
_TIMES_NAMED = 8


@dataclass(frozen=True, slots=True)
class Watermark:
    """水位 of a county: `whole` moves with every deed, `records` with those of all rooms but some."""

    whole: str
    records: str


def watermarks(counties: Collection[int], *, apart: Collection[str]) -> dict[int, Watermark]:
    """水位: of each county. It moves whenever a deed is recorded there, or in no county in particular.

    It never comes back to where it was: nothing that it counts is ever taken away.

    `apart` names the rooms whose deeds do not move `records`. Costs one query for any number of counties, and
    reads no more of each than its last days.
    """
    if not counties:
        return {}
    others = " AND trace.deed NOT LIKE %s" * len(apart)
    statement = _STATEMENT.format(
        asked=", ".join(["(%s)"] * len(counties)),
        own=_mark("{row}.county = asked.county", others),
        nowhere=_mark("{row}.county IS NULL", others),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*counties, *_TIMES_NAMED * [f"{room}.%" for room in apart]])
        marks = {county: mark for county, *mark in cursor.fetchall()}
    nowhere = marks.pop(0)
    return {county: _watermark(own, nowhere) for county, own in marks.items()}


def _mark(which: str, others: str) -> str:
    return ", ".join([*_counted(which, ""), *_counted(which, others)])


def _counted(which: str, others: str) -> tuple[str, str, str]:
    traces = which.format(row="trace") + others
    newest = _NEWEST.format(which=traces)
    since = _TWO_DAYS_BEFORE[connection.vendor].format(newest=newest)
    stragglers = _STRAGGLERS.format(which=which.format(row="late") + others)
    return newest, _COUNT.format(which=traces, since=since), stragglers


def _watermark(own: Sequence[Any], nowhere: Sequence[Any]) -> Watermark:
    told = [f"{here}/{there}" for here, there in zip(own, nowhere, strict=True)]
    return Watermark(whole=" ".join(told[:3]), records=" ".join(told[3:]))
