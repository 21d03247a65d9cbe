"""恢复: put a backup into an empty installation, wholly or not at all.

On SQLite everything is built in files beside the installation's, which take its place when all is there,
the database last. On PostgreSQL everything happens in one transaction. Whoever is killed in between begins
again: until then a mark tells that the files that lie there are of a restore without its database.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from henji.evidence import traces
from henji.evidence.keys import kept_at
from henji.lib import lockbox
from henji.lib.actors import Actor
from henji.lib.refusals import Refusal
from henji.web import commands, rules
from henji.web.backup import archive, indexes, rows
from henji.web.backup.archive import Contents, Manifest, Unpacker
from henji.web.backup.hashing import Hashing
from henji.web.backup.rows import Step, Table
from henji.web.backup.shelf import owner


class StillRunning(Refusal):
    """痕迹还在运行."""


@dataclass(frozen=True, slots=True)
class Restored:
    """恢复成: of which backup, and what it held."""

    manifest: Manifest
    contents: Contents


def restore(source: BinaryIO, passphrase: str, *, by: Actor, at: datetime) -> Restored:
    """恢复: read the backup and make it this installation.

    Raises StillRunning, NotEmpty, and what `lockbox` raises for a file or a passphrase that is not right;
    then nothing has changed.
    """
    with _alone():
        _must_be_empty()
        hashing: Any = Hashing(source)
        entries = iter(Unpacker(hashing, lockbox.Lock.of(hashing, passphrase)))
        manifest = _manifest(entries)
        staging = _Staging.make()
        try:
            with _fresh_database(staging.settle):
                contents = _fill(manifest, entries, staging)
                _bring_up_to_date(staging.ring)
                commands.restore(
                    union=owner(), made_at=manifest.made_at, digest=hashing.sha256.hexdigest(), by=by, at=at
                )
        finally:
            staging.clear()
        _unfinished().unlink(missing_ok=True)
    return Restored(manifest, contents)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the folder that a running server holds."""
    with (settings.DATA / "serve.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise StillRunning(_("痕迹还在运行，什么都没有改动。请先停下，再恢复")) from held
        yield


def _must_be_empty() -> None:
    there = traces.Trace._meta.db_table in connection.introspection.table_names()
    rules.must_be_empty(
        traces=there and traces.all_traces().exists(),
        files=not _unfinished().exists() and any(path.is_file() for path in Path(settings.BLOBS).rglob("*")),
    )


def _unfinished() -> Path:
    """The mark of a restore whose files took their place, and whose database did not yet."""
    return Path(settings.DATA) / "restore-unfinished"


def _manifest(entries: Iterator[tuple[str, BinaryIO]]) -> Manifest:
    name, content = next(entries)
    if name != archive.MANIFEST:
        raise lockbox.damaged()
    manifest = Manifest.load(content.read())
    if not set(manifest.steps) <= MigrationLoader(None).graph.nodes.keys():
        raise lockbox.newer()
    return manifest


# Where it is built


@dataclass(frozen=True, slots=True)
class _Staging:
    """Keys and files on their way in."""

    folder: Path

    @classmethod
    def make(cls) -> "_Staging":
        """An empty place; what a killed restore left there goes."""
        staging = cls(settings.DATA / "restoring")
        staging.clear()
        for name in ("keys", "blobs"):
            (staging.folder / name).mkdir(mode=0o700, parents=True)
        return staging

    @property
    def ring(self) -> Path:
        """The keys that open what lies in the boxes."""
        return self.folder / "keys" / settings.KEYRING.name

    def put(self, name: str, content: BinaryIO) -> None:
        """A key or a file under its name in the backup."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            shutil.copyfileobj(content, target, lockbox.FRAME)

    def settle(self) -> None:
        """Take the installation's place. Keys that were there are put aside, never destroyed."""
        os.sync()
        _unfinished().touch(mode=0o600)
        blobs, keys = Path(settings.BLOBS), settings.KEYRING.parent
        shutil.rmtree(blobs, ignore_errors=True)
        (self.folder / "blobs").replace(blobs)
        if keys.exists():
            keys.replace(_free_name(keys.with_name("keys-before-restore")))
        (self.folder / "keys").replace(keys)

    def clear(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_name(path: Path) -> Path:
    names = [path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 1000))]
    return next(name for name in names if not name.exists())


def _fresh_database(settle: Callable[[], None]) -> AbstractContextManager[None]:
    """An empty database to fill, which becomes the installation's behind; `settle` is called just before."""
    return _beside(settle) if connection.vendor == "sqlite" else _within(settle)


@contextmanager
def _beside(settle: Callable[[], None]) -> Iterator[None]:
    target = Path(connection.settings_dict["NAME"])
    draft = target.with_name(f"{target.name}.restoring")
    _remove(draft)
    _lead_to(draft)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        settle()
        _remove(target, but=target)  # a log that belongs to the old file would be read into the new one
        draft.replace(target)
    finally:
        _lead_to(target)
        _remove(draft)


def _lead_to(path: Path) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = str(path)


def _remove(path: Path, but: Path | None = None) -> None:
    for held in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        if held != but:
            held.unlink(missing_ok=True)


@contextmanager
def _within(settle: Callable[[], None]) -> Iterator[None]:
    with transaction.atomic():
        _drop_tables()
        yield
        settle()


def _drop_tables() -> None:
    """The tables of an installation in which nothing has been done."""
    there = set(connection.introspection.table_names())
    held = {"django_migrations"}
    for model in MigrationLoader(None).project_state().apps.get_models(include_auto_created=True):
        held.add(model._meta.db_table)
    if there & held:
        names = ", ".join(map(connection.ops.quote_name, sorted(there & held)))
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {names} CASCADE")


# How it is filled


def _fill(manifest: Manifest, entries: Iterator[tuple[str, BinaryIO]], staging: _Staging) -> Contents:
    _migrate_to(manifest.steps)
    held = rows.models_after(manifest.steps)
    tables = {table.name: table for table in map(Table.of, held)}
    if tables != {table.name: table for table in manifest.tables}:
        raise lockbox.newer()
    rows.empty(connection, tables.values())
    with indexes.taken_down(connection, list(tables)):
        contents = _take_in(tables, entries, staging)
    rows.settle(connection, held)
    return contents


def _take_in(
    tables: dict[str, Table], entries: Iterator[tuple[str, BinaryIO]], staging: _Staging
) -> Contents:
    taken = {"rows": 0, "files": 0}
    told: Contents | None = None
    for name, content in entries:
        kind, _slash, rest = name.partition("/")
        match kind:
            case "tables":
                part = archive.rows_in(content)
                rows.write(connection, tables[rest.partition("/")[0]], part)
                taken["rows"] += len(part)
            case "keys" | "blobs":
                staging.put(name, content)
                taken["files"] += kind == "blobs"
            case archive.END:
                told = archive.contents_in(content)
    if told is None or (told.rows, told.files) != (taken["rows"], taken["files"]):
        raise lockbox.damaged()
    return told


def _migrate_to(steps: tuple[Step, ...]) -> None:
    """Make the tables as they were where the backup was taken."""
    executor = MigrationExecutor(connection)
    inner = {
        parent.key
        for step in steps
        for parent in executor.loader.graph.node_map[step].parents
        if parent.key[0] == step[0]
    }
    executor.migrate([step for step in steps if step not in inner])


def _bring_up_to_date(ring: Path) -> None:
    """Run what has been added since; it may open boxes, whose keys came with them."""
    with kept_at(ring):
        call_command("migrate", interactive=False, verbosity=0)
