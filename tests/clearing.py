"""清场: between two tests with real transactions every table is emptied.

From some tables nothing may be taken, and triggers refuse that. They are lifted for the length of the
emptying, and only then; what the tests themselves do always meets them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection


@pytest.fixture(autouse=True, scope="session")
def _triggers_let_the_stage_be_cleared() -> Iterator[None]:
    operations: Any = connection.ops
    empty = operations.execute_sql_flush

    def empty_unguarded(statements: Sequence[str]) -> None:
        with triggers_lifted():
            empty(statements)

    operations.execute_sql_flush = empty_unguarded
    yield
    operations.execute_sql_flush = empty


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Without our triggers inside, with all of them again behind."""
    lift, restore = _lift_and_restore_sqlite() if connection.vendor == "sqlite" else _lift_and_restore()
    _run(lift)
    try:
        yield
    finally:
        _run(restore)


def _lift_and_restore_sqlite() -> tuple[list[str], list[str]]:
    triggers = _rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return [f'DROP TRIGGER "{name}"' for name, _sql in triggers], [sql for _name, sql in triggers]


def _lift_and_restore() -> tuple[list[str], list[str]]:
    tables = _rows("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    change = "ALTER TABLE {} {} TRIGGER USER"
    return [change.format(t, "DISABLE") for (t,) in tables], [change.format(t, "ENABLE") for (t,) in tables]


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
