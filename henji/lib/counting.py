"""一并计数: how many rows each of many queries finds, in one statement."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

#: SQLite joins no more than 500 selections in a statement.
MOST = 400

K = TypeVar("K")
#: A query as the database is asked it: its words and its values.
Question = tuple[str, tuple[Any, ...]]

_remembered: ContextVar[dict[Question, int] | None] = ContextVar("_remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within, a query that was counted is not counted again: many figures ask for the same members.

    Nothing may be written meanwhile.
    """
    before = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(before)


def counted(asked: Mapping[K, QuerySet[Any, Any]]) -> dict[K, int]:
    """How many rows each of the queries finds, by its key; one statement (for every MOST of them).

    So every query is planned by its own values, reads its own part of an index, and leaves with one number;
    and PostgreSQL lets several processes take them in turns. One query that groups by the key does neither:
    to count distinctly it sorts all rows in one process.
    """
    questions = {key: question for key, rows in asked.items() if (question := _question(rows))}
    known = _remembered.get()
    answers = {} if known is None else known
    rest = iter([question for question in dict.fromkeys(questions.values()) if question not in answers])
    while some := list(islice(rest, MOST)):
        answers.update(zip(some, _together(some), strict=True))
    return {key: answers[questions[key]] if key in questions else 0 for key in asked}


def _question(rows: QuerySet[Any, Any]) -> Question | None:
    """The query in words and values; None where it can find nothing."""
    try:
        statement, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return statement, tuple(values)


def _together(questions: Sequence[Question]) -> list[int]:
    selections = [
        f"SELECT {place}, COUNT(*) FROM ({statement}) AS counted"  # noqa: S608 - of our own
        for place, (statement, _values) in enumerate(questions)
    ]
    values = [value for _statement, its_values in questions for value in its_values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selections), values)
        numbers = dict(cursor.fetchall())
    return [numbers[place] for place in range(len(questions))]
