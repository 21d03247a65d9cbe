"""一并计数: how many rows each of many queries finds, in one statement."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

#: SQLite joins no more than 500 selections in a statement.
MOST = 400

K = TypeVar("K")


def counted(asked: Mapping[K, QuerySet[Any, Any]]) -> dict[K, int]:
    """How many rows each of the queries finds, by its key; one statement (for every MOST of them).

    So every query is planned by its own values, reads its own part of an index, and leaves with one number;
    and PostgreSQL lets several processes take them in turns. One query that groups by the key does neither:
    to count distinctly it sorts all rows in one process.
    """
    found: dict[K, int] = {}
    rest = iter(asked.items())
    while some := dict(islice(rest, MOST)):
        found |= _together(some)
    return found


def _together(asked: Mapping[K, QuerySet[Any, Any]]) -> dict[K, int]:
    keys = list(asked)
    statements: list[str] = []
    values: list[Any] = []
    for place, rows in enumerate(asked.values()):
        try:
            statement, its_values = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"SELECT {place}, COUNT(*) FROM ({statement}) AS counted")  # noqa: S608 - of our own
        values += its_values
    if not statements:
        return dict.fromkeys(keys, 0)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        numbers = dict(cursor.fetchall())
    return {key: numbers.get(place, 0) for place, key in enumerate(keys)}
