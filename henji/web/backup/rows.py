"""行: the rows of every table, read in one snapshot and written back, on either database.

A value is carried as SQLite would hold it: days and instants (UTC) as text, truth as 0 and 1, UUIDs as 32
hexadecimal digits, JSON as its text, bytes as `\\x…`. Tables and columns are read from the migrations that
the database has been through, so a backup is restored into the tables that it was taken from, and these are
then brought up to date. New rooms and new tables need nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

#: Not kept: who was logged in, and what the queue was told; jobs are announced again by themselves.
SKIPPED = frozenset({"sessions.session", "django_q.ormq", "django_q.task"})
#: Rows carried at a time.
PART = 5000

Row = Sequence[Any]
Step = tuple[str, str]

#: As Django writes instants into SQLite, which leaves a fraction of nothing away.
_INSTANT = "YYYY-MM-DD HH24:MI:SS.US"
#: How a column is read, by the kind of its field. Kinds that are not here are carried as they are.
_READ: dict[str, dict[str, str]] = {
    "sqlite": {
        "BinaryField": r"CASE WHEN {0} IS NULL THEN NULL ELSE '\x' || lower(hex({0})) END",
    },
    "postgresql": {
        "BinaryField": r"'\x' || encode({0}, 'hex')",
        "BooleanField": "{0}::int",
        "DateField": "{0}::text",
        "DateTimeField": "replace(to_char({0} AT TIME ZONE 'UTC', '" + _INSTANT + "'), '.000000', '')",
        "DecimalField": "{0}::text",
        "GenericIPAddressField": "host({0})",
        "JSONField": "{0}::text",
        "UUIDField": "replace({0}::text, '-', '')",
    },
}
#: The plus keeps SQLite's driver from making Python's days and truths of what it reads.
_AS_IT_IS = {"sqlite": "+{0}", "postgresql": "{0}"}
#: How a column is written by SQLite; PostgreSQL understands all of it by itself.
_WRITE = {"BinaryField": "unhex(substr(%s, 3))"}
_COUNT = "SELECT count(*) FROM {table}"
_SELECT = "SELECT {columns} FROM {table}"
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({marks})"
_DELETE = "DELETE FROM {table}"
_BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@dataclass(frozen=True, slots=True)
class Table:
    """表: its name, and its columns with the kinds of their fields."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> "Table":
        """The table of the model."""
        columns = ((str(field.column), _kind(field)) for field in model._meta.local_concrete_fields)
        return cls(model._meta.db_table, tuple(columns))


def _kind(field: Any) -> str:
    while field.remote_field:
        field = field.target_field
    return str(field.get_internal_type())


def steps_of(database: Any) -> list[Step]:
    """The migrations that the database has been through."""
    return sorted(MigrationRecorder(database).applied_migrations())


def models_after(steps: Iterable[Step]) -> list[type[models.Model]]:
    """The models as they were after these migrations, without those that are skipped."""
    state = MigrationLoader(None).project_state(list(steps)).apps
    return [
        model
        for model in state.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in SKIPPED
    ]


class Snapshot:
    """快照: everything as it stood at one instant; others go on writing, and are not seen."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.steps = steps_of(database)

    def count(self, table: Table) -> int:
        """How many rows the table has."""
        with self._database.cursor() as cursor:
            cursor.execute(_COUNT.format(table=self._quoted(table.name)))
            return int(cursor.fetchone()[0])

    def parts(self, table: Table) -> Iterator[list[Row]]:
        """The table's rows, part by part."""
        ways, plain = _READ[self._database.vendor], _AS_IT_IS[self._database.vendor]
        read = (ways.get(kind, plain).format(self._quoted(name)) for name, kind in table.columns)
        yield from self.ask(_SELECT.format(columns=", ".join(read), table=self._quoted(table.name)))

    def ask(self, query: str) -> Iterator[list[Row]]:
        """The rows that the query gives, part by part; memory is bounded by a part."""
        with self._database.cursor() as cursor:
            fetch = f"FETCH {PART} FROM held"
            streaming = self._database.vendor == "sqlite"
            cursor.execute(query if streaming else f"DECLARE held NO SCROLL CURSOR FOR {query}")
            while part := _more(cursor, "" if streaming else fetch):
                yield part
            if not streaming:
                cursor.execute("CLOSE held")

    def _quoted(self, name: str) -> str:
        return str(self._database.ops.quote_name(name))


def _more(cursor: Any, fetch: str) -> list[Row]:
    if fetch:
        cursor.execute(fetch)
    return list(cursor.fetchmany(PART))


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """快照: on a connection of its own, so that the caller's transactions go on meanwhile."""
    database = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with database.cursor() as cursor:
            cursor.execute(_BEGIN[database.vendor])
            cursor.execute("SELECT count(*) FROM django_migrations")  # the first look fixes what is seen
        yield Snapshot(database)
    finally:
        database.close()


def write(database: Any, table: Table, part: Sequence[Row]) -> None:
    """Write a part of the table's rows."""
    quote = database.ops.quote_name
    columns = ", ".join(quote(name) for name, _kind in table.columns)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            copying = cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN")
            with database.wrap_database_errors, copying as copy:
                for row in part:
                    copy.write_row(row)
        else:
            marks = ", ".join(_WRITE.get(kind, "%s") for _name, kind in table.columns)
            insert = _INSERT.format(table=quote(table.name), columns=columns, marks=marks)
            cursor.executemany(insert, part)


def empty(database: Any, tables: Iterable[Table]) -> None:
    """Take out what migrations have put into tables that are about to be filled."""
    with database.cursor() as cursor:
        for table in tables:
            cursor.execute(_DELETE.format(table=database.ops.quote_name(table.name)))


def settle(database: Any, held: Sequence[type[models.Model]]) -> None:
    """After the rows are in: numbers go on behind the highest, and the planner knows the tables."""
    with database.cursor() as cursor:
        for statement in database.ops.sequence_reset_sql(no_style(), held):
            cursor.execute(statement)
        if database.vendor == "postgresql":
            for model in held:
                cursor.execute(f"ANALYZE {database.ops.quote_name(model._meta.db_table)}")
