"""触发器: tables to which rows can be added and from which nothing can be taken, held by the database itself.

    # henji/assessment/migrations/0002_append_only.py
    from henji.evidence.triggers import append_only

    class Migration(migrations.Migration):
        dependencies = [("assessment", "0001_initial")]
        operations = append_only("assessment_publishedstandard") + append_only("assessment_signedscore")

UPDATE, DELETE and, on PostgreSQL, TRUNCATE are refused with an IntegrityError whoever sends them. A later
migration that alters such a table must repeat `append_only` behind it: SQLite rebuilds an altered table and
drops its triggers. `tests/test_append_only.py` lists every closed table and finds where that was forgotten.
"""

from functools import partial

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_REFUSE_ON_SQLITE = """
    CREATE TRIGGER "{table}_{change}" BEFORE {change} ON "{table}"
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
#: SQLite's REPLACE deletes without a trigger unless the connection asks for it.
_REFUSE_REPLACE = """
    CREATE TRIGGER "{table}_replace" BEFORE INSERT ON "{table}"
    WHEN EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
#: What a trigger of PostgreSQL calls; one for all tables.
_FUNCTION = """
    CREATE OR REPLACE FUNCTION henji_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
_REFUSE_ON_POSTGRESQL = """
    CREATE TRIGGER "{table}_{change}" BEFORE {change} ON "{table}"
    FOR EACH {each} EXECUTE FUNCTION henji_append_only()
"""


def append_only(table: str) -> list[Operation]:
    """只增不改: the operations of a migration that close the table; undone, they open it again."""
    return [migrations.RunPython(partial(_close, table), partial(_open, table))]


def _close(table: str, apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _open(table, apps, editor)
    if editor.connection.vendor == "sqlite":
        for change in ("update", "delete"):
            editor.execute(_REFUSE_ON_SQLITE.format(table=table, change=change), params=None)
        editor.execute(_REFUSE_REPLACE.format(table=table), params=None)
    else:
        editor.execute(_FUNCTION, params=None)
        for change, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            editor.execute(_REFUSE_ON_POSTGRESQL.format(table=table, change=change, each=each), params=None)


def _open(table: str, _apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    where = "" if editor.connection.vendor == "sqlite" else f'ON "{table}"'
    for change in ("update", "delete", "truncate", "replace"):
        editor.execute(f'DROP TRIGGER IF EXISTS "{table}_{change}" {where}', params=None)
