"""触发器: tables to which rows can be added and from which nothing can be taken, held by the database itself.

    # henji/assessment/migrations/0002_append_only.py
    from henji.evidence.triggers import append_only

    class Migration(migrations.Migration):
        dependencies = [("assessment", "0001_initial")]
        operations = append_only("assessment_publishedstandard") + append_only("assessment_signedscore")

UPDATE, DELETE and, on PostgreSQL, TRUNCATE are refused with an IntegrityError whoever sends them. One column
may be named `erasable`: it may be set to NULL, once, while everything else in its row stays. Or
`exchangeable`, as a key that is wrapped anew: it may also take another value, until it is NULL. A later
migration that alters such a table must repeat `append_only` behind it: SQLite rebuilds an altered table and
drops its triggers. `tests/test_append_only.py` lists every
closed table and finds where that was forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_REFUSE_ON_SQLITE = """
    CREATE TRIGGER "{table}_{change}" BEFORE {change} ON "{table}" {when}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
#: SQLite's REPLACE deletes without a trigger unless the connection asks for it: whatever row is in the way of
#: the new one, by its id or by another value that no two rows share.
_REFUSE_REPLACE = """
    CREATE TRIGGER "{table}_replace" BEFORE INSERT ON "{table}"
    WHEN EXISTS (SELECT 1 FROM "{table}" held WHERE {in_the_way})
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
#: What a trigger of PostgreSQL calls; one for all tables.
_FUNCTION = """
    CREATE OR REPLACE FUNCTION henji_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
_REFUSE_ON_POSTGRESQL = """
    CREATE TRIGGER "{table}_{change}" BEFORE {change} ON "{table}"
    FOR EACH {each} {when} EXECUTE FUNCTION henji_append_only()
"""
_UNLESS_ALLOWED = 'WHEN (NOT (OLD."{column}" IS NOT NULL AND {kept}))'
_EQUAL = 'held."{0}" = NEW."{0}"'
_ERASED = 'NEW."{0}" IS NULL'
_EXCHANGED = 'NEW."{0}" IS DISTINCT FROM OLD."{0}"'
_SAME = 'NEW."{0}" IS NOT DISTINCT FROM OLD."{0}"'


def append_only(table: str, *, erasable: str = "", exchangeable: str = "") -> list[Operation]:
    """只增不改: the operations of a migration that close the table; undone, they open it again."""
    changes = {"erasable": erasable, "exchangeable": exchangeable}
    return [migrations.RunPython(partial(_close, table, changes), partial(_open, table))]


def opened(table: str) -> Operation:
    """打开: the operation that opens a closed table, so that a migration can fill a new column of old rows.

    The same migration closes it again by `append_only`; undone, it is closed as it was.
    """
    return migrations.RunPython(partial(_open, table), partial(_close, table, {}))


def _close(table: str, allowed: Mapping[str, str], apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _open(table, apps, editor)
    changes = {"update": _unless_allowed(table, allowed, apps), "delete": ""}
    if editor.connection.vendor == "sqlite":
        for change, when in changes.items():
            editor.execute(_REFUSE_ON_SQLITE.format(table=table, change=change, when=when), params=None)
        in_the_way = " OR ".join(map(_all_equal, _shared_by_no_two(table, apps)))
        editor.execute(_REFUSE_REPLACE.format(table=table, in_the_way=in_the_way), params=None)
        return
    editor.execute(_FUNCTION, params=None)
    for change, when in {**changes, "truncate": ""}.items():
        each = "STATEMENT" if change == "truncate" else "ROW"
        refuse = _REFUSE_ON_POSTGRESQL.format(table=table, change=change, each=each, when=when)
        editor.execute(refuse, params=None)


def _unless_allowed(table: str, allowed: Mapping[str, str], apps: Apps) -> str:
    """When an update is refused, told to the trigger; empty where every one is."""
    column = next(filter(None, allowed.values()), "")
    if not column:
        return ""
    (model,) = _models(table, apps)
    fields = model._meta.local_concrete_fields
    others = (field.column for field in fields if field.column != column)
    change = _EXCHANGED if allowed["exchangeable"] else _ERASED
    kept = [change.format(column), *map(_SAME.format, others)]
    return _UNLESS_ALLOWED.format(column=column, kept=" AND ".join(kept))


def _shared_by_no_two(table: str, apps: Apps) -> Iterator[Sequence[str]]:
    """The columns whose values no two rows share. Of what is unique under a condition nothing is said."""
    yield ["id"]
    for model in _models(table, apps):
        fields = model._meta.local_concrete_fields
        yield from ([field.column] for field in fields if field.unique and not field.primary_key)
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
                yield [model._meta.get_field(name).column for name in constraint.fields]


def _all_equal(columns: Iterable[str]) -> str:
    return f"({' AND '.join(map(_EQUAL.format, columns))})"


def _models(table: str, apps: Apps) -> list[Any]:
    return [model for model in apps.get_models() if model._meta.db_table == table]


def _open(table: str, _apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    where = "" if editor.connection.vendor == "sqlite" else f'ON "{table}"'
    for change in ("update", "delete", "truncate", "replace"):
        editor.execute(f'DROP TRIGGER IF EXISTS "{table}_{change}" {where}', params=None)
