"""成批写入: many rows into one table, as fast as each database takes them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Func, Value

#: Fields whose values every database takes as Python has them.
_PLAIN = (
    *(models.CharField, models.TextField, models.BinaryField),
    *(models.SmallIntegerField, models.IntegerField, models.BigIntegerField),
)
#: Fields of which a table repeats the values.
_REPEATED = (models.ForeignKey, models.DateField)

#: Fewer rows fit into the cache, where one place is as near as another.
_WORTH_SORTING = 100_000

M = TypeVar("M", bound=models.Model)


def maker(model: type[M]) -> Callable[[Mapping[str, Any]], M]:
    """A quick maker of rows for `insert`: values by column, such as `job_id`; defaults for all others.

    Django's constructor takes fifteen times as long. What is made here can be written, and nothing else.
    """
    blank = {field.attname: field.get_default() for field in model._meta.concrete_fields}

    def make(values: Mapping[str, Any]) -> M:
        row = model.__new__(model)
        row.__dict__ = {**blank, **values}
        return row

    return make


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> int:
    """Write many rows that are given column by column, by the columns' names; the rest takes its default.

    A sequence of a single value stands for the same in every row. The quickest way there is.
    """
    count = max(map(len, columns.values()), default=0)
    if not count:
        return 0
    database: Any = connections[DEFAULT_DB_ALIAS]
    fields = _written(model)
    values = [columns.get(field.attname) or [field.get_default()] for field in fields]
    prepared = [
        _prepared_column(field, column, database) for field, column in zip(fields, values, strict=True)
    ]
    _write(model, fields, zip(*(_spread(column, count) for column in prepared), strict=True), database)
    return count


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Write the rows in the caller's transaction and say how many; their automatic ids are not read back.

    SQLite takes them by one prepared statement, PostgreSQL by COPY; Django's own way splits them into
    statements of at most 999 values.
    """
    written = list(rows)
    if not written:
        return 0
    # The connection itself: asking the proxy for it takes longer than preparing a value.
    database: Any = connections[DEFAULT_DB_ALIAS]
    fields = _written(model)
    columns = [
        _prepared_column(field, list(map(attrgetter(field.attname), written)), database) for field in fields
    ]
    _write(model, fields, zip(*columns, strict=True), database)
    return len(written)


def _written(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _spread(column: Sequence[Any], count: int) -> Iterable[Any]:
    return repeat(column[0], count) if len(column) == 1 else column


def _write(model: type[models.Model], fields: Sequence[Any], rows: Iterable[Any], database: Any) -> None:
    table = database.ops.quote_name(model._meta.db_table)
    columns = ", ".join(database.ops.quote_name(str(field.column)) for field in fields)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            copying = cursor.copy(f"COPY {table} ({columns}) FROM STDIN")
            # Django translates the driver's errors everywhere but here.
            with database.wrap_database_errors, copying as copy:
                for values in rows:
                    copy.write_row(values)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names of our own


class Among(Func):
    """其中之一: the right side of `__in` for thousands of texts, handed over as one value.

    To read a statement with a mark for each takes a database three times as long.
    """

    template = "(SELECT value FROM json_each(%(expressions)s))"
    output_field = models.TextField()

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(Value(json.dumps(list(texts))))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same for PostgreSQL."""
        template = "(SELECT json_array_elements_text(%(expressions)s::json))"
        return self.as_sql(compiler, connection, template=template, **context)


def execute(statement: str, values: Mapping[str, Any]) -> None:
    """Run a statement with the named values, such as `%(trace)s`, as the database at hand takes them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _prepared(value) for name, value in values.items()})


@contextmanager
def indexes_built_after(model: type[models.Model], *, rows: int) -> Iterator[None]:
    """索引后建: inside, the rows are written without the model's own indexes, which are then built at once.

    A million entries that are sorted first take half the time of a million put in their places one by one.
    Where the table holds more than is added it is the other way round, and PostgreSQL would keep readers
    waiting; there nothing is done otherwise. To be used in a transaction, which also undoes it.
    """
    few = rows < _WORTH_SORTING or connection.vendor != "sqlite"
    if few or model._default_manager.count() > rows:
        yield
        return
    named = {one.name for one in (*model._meta.indexes, *model._meta.constraints)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s", [model._meta.db_table])
        made = {name: sql for name, sql in cursor.fetchall() if name in named and sql}
        for name in made:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        for sql in made.values():
            cursor.execute(sql)


def _prepared(value: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def analyse(model: type[models.Model]) -> None:
    """Let the planner know a table that was just filled; PostgreSQL would notice within a minute or so.

    Until then it takes the table for as small as it was, and compares every row with every other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _prepared_column(field: Any, values: Sequence[Any], database: Any) -> Sequence[Any]:
    """The values of one field, as the database takes them."""
    return values if type(field) in _PLAIN else list(map(_preparing(field, database), values))


def _preparing(field: Any, database: Any) -> Callable[[Any], Any]:
    """How the database takes a value of the field; one that a table repeats is asked for once."""
    if type(field) is models.UUIDField and not database.features.has_native_uuid_field:
        return lambda value: value.hex if isinstance(value, UUID) else value

    def prepare(value: Any) -> Any:
        return None if value is None else field.get_db_prep_save(value, database)

    return lru_cache(maxsize=4096)(prepare) if isinstance(field, _REPEATED) else prepare
