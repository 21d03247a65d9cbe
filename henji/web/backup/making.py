"""备份: write the whole installation into one closed file, while people go on working.

The rows are read in one snapshot. A file lies in its place before the row that names it is written, and is
never changed or taken away, so whatever the snapshot names is found when its turn comes.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from henji.evidence import blobs
from henji.lib import lockbox
from henji.lib.refusals import Refusal
from henji.unions.models import Union
from henji.web.backup import archive
from henji.web.backup.archive import Contents, Manifest, Packer
from henji.web.backup.hashing import Hashing
from henji.web.backup.rows import Snapshot, Table, models_after, snapshot

Tell = Callable[[int, int], None]


class DiskFull(Refusal):
    """磁盘满了."""


class AlreadyThere(Refusal):
    """已有同名文件."""


@dataclass(frozen=True, slots=True)
class Made:
    """备份成: the file's digest and size, and what it holds."""

    digest: str
    size: int
    contents: Contents


def make(path: Path, lock: lockbox.Lock, *, at: datetime, tell: Tell) -> Made:
    """备份: write the backup to the path, which appears whole or not at all.

    `tell` hears how many rows and files of how many are written. Raises AlreadyThere, DiskFull.
    """
    if path.exists():
        raise AlreadyThere(_("已有同名文件，没有覆盖：%(path)s") % {"path": path})
    with _draft_of(path) as target:
        counted = Hashing(target)
        contents = _write(cast("BinaryIO", counted), lock, at=at, tell=tell)
    return Made(counted.sha256.hexdigest(), counted.size, contents)


@contextmanager
def _draft_of(path: Path) -> Iterator[BinaryIO]:
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(_("磁盘空间不够，备份没有做成。请清理磁盘，或换一个地方存")) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


@dataclass(slots=True)
class _Count:
    """How far it is; every step is told."""

    tell: Tell
    total: int
    rows: int = field(default=0)
    files: int = field(default=0)
    lacking: int = field(default=0)

    def add(self, *, rows: int = 0, files: int = 0, lacking: int = 0) -> None:
        self.rows += rows
        self.files += files
        self.lacking += lacking
        self.tell(self.rows + self.files, self.total)

    def contents(self) -> Contents:
        return Contents(self.rows, self.files, self.lacking)


def _write(target: BinaryIO, lock: lockbox.Lock, *, at: datetime, tell: Tell) -> Contents:
    packer = Packer(target, lock)
    with snapshot() as held:
        tables = tuple(Table.of(model) for model in models_after(held.steps))
        counties = Union.objects.counties().order_by("pk").values_list("name", flat=True)
        manifest = Manifest(at, tuple(counties), tuple(held.steps), tables)
        packer.put(archive.MANIFEST, manifest.dump())
        for key in archive.key_files(settings.KEYRING.parent):
            packer.put(f"keys/{key.name}", key.read_bytes())
        count = _Count(tell, sum(map(held.count, tables)) + _blobs_of(held))
        for table in tables:
            _put_table(packer, held, table, count)
        for digest in _digests(held):
            _put_blob(packer, digest, count)
    packer.put(archive.END, archive.end_of(count.contents()))
    packer.finish()
    return count.contents()


def _put_table(packer: Packer, held: Snapshot, table: Table, count: _Count) -> None:
    for number, part in enumerate(held.parts(table)):
        packer.put_rows(table, number, part)
        count.add(rows=len(part))


_BLOBS = blobs.Blob._meta.db_table
_HOW_MANY = 'SELECT count(DISTINCT digest) FROM "{table}"'
_WHICH = 'SELECT DISTINCT digest FROM "{table}" ORDER BY digest'


def _blobs_of(held: Snapshot) -> int:
    [[(number,)]] = held.ask(_HOW_MANY.format(table=_BLOBS))
    return int(number)


def _digests(held: Snapshot) -> Iterator[str]:
    for part in held.ask(_WHICH.format(table=_BLOBS)):
        yield from (str(digest) for (digest,) in part)


def _put_blob(packer: Packer, digest: str, count: _Count) -> None:
    """A file under its digest. One that is lost is counted; one that was altered too, and kept as it is."""
    path = blobs.path_of(blobs.Blob(digest=digest))
    try:
        opened = path.open("rb")
    except FileNotFoundError:
        count.add(lacking=1)
        return
    with opened as handle:
        read = Hashing(handle)
        name = f"blobs/{digest[:2]}/{digest[2:]}"
        packer.put_file(name, cast("BinaryIO", read), path.stat().st_size)
    count.add(files=1, lacking=0 if read.sha256.hexdigest() == digest else 1)
