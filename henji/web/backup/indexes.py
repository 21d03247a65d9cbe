"""索引: taken down while tables fill, and built again in one go, which is faster and checks every row.

Foreign keys are treated alike: rows come table by table, in any order.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
)
_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (
        SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x')
    )
"""


class RowsDoNotFit(Exception):
    """A row points at one that is not there."""


@contextmanager
def taken_down(database: Any, tables: Sequence[str]) -> Iterator[None]:
    """Without indexes and foreign keys inside, with all of them, and every row checked, behind.

    Raises RowsDoNotFit, or what the database raises.
    """
    if database.vendor == "sqlite":
        yield from _sqlite(database)
    else:
        yield from _postgresql(database, tables)


def _sqlite(database: Any) -> Iterator[None]:
    found = _rows(database, _SQLITE_INDEXES)
    _run(database, ["PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF"])
    _run(database, [f'DROP INDEX "{name}"' for name, _sql in found])
    yield
    _run(database, [sql for _name, sql in found])
    if _rows(database, "PRAGMA foreign_key_check"):
        raise RowsDoNotFit
    _run(database, ["PRAGMA foreign_keys = ON", "PRAGMA synchronous = NORMAL"])


def _postgresql(database: Any, tables: Sequence[str]) -> Iterator[None]:
    named = [[database.ops.quote_name(table) for table in tables]]
    keys, indexes = _rows(database, _FOREIGN_KEYS, named), _rows(database, _INDEXES, named)
    _run(database, [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _sql in keys])
    _run(database, [f"DROP INDEX {name}" for name, _sql in indexes])
    yield
    _run(database, [sql for _name, sql in indexes])
    _run(database, [f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql}" for table, name, sql in keys])


def _rows(database: Any, query: str, params: Sequence[Any] | None = None) -> list[Any]:
    with database.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())


def _run(database: Any, statements: Sequence[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, None)
