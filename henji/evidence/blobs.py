"""文件体: bytes kept under their digest, streamed, closed with a key of their own where personal."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from henji.evidence.keys import vault
from henji.evidence.models import Blob
from henji.lib.vault import CHUNK_BYTES, digest

__all__ = ["Blob", "clear_pieces", "destroy", "keep", "path_of", "remove", "verify"]

#: As many hexadecimal digits of a likeness as the number of a lock has room for.
_LOCK_DIGITS = 15


def keep(source: BinaryIO, *, county: int, personal: bool, media_type: str, at: datetime) -> Blob:
    """存入: keep the bytes, once for equal bytes of a county, and return their blob.

    The file lies in its place before the row that names it is written, so that a row never points at
    nothing; a file without a row, left by a crash, is harmless. What lies open is not removed by anybody
    until the caller's transaction, which is to point at it, is through.
    """
    likeness = _likeness(source)
    if not personal:
        _hold(likeness)
    held = _alike(county, likeness, personal=personal).first()
    if held is not None:
        if path_of(held).exists() or _restored(held, source):
            return held
        destroy(held)  # its bytes are lost for good; they are kept anew under a key of their own
    key = vault().new_key() if personal else None
    name, size = _write(source, key, likeness)
    values = {"digest": name, "size": size, "key": key, "media_type": media_type, "kept_at": at}
    return _record(county, likeness, values, personal=personal)


def clear_pieces(blob: Blob) -> Iterator[bytes]:
    """取出: the clear bytes, piece by piece; raises BoxBroken or FileNotFoundError."""
    with path_of(blob).open("rb") as handle:
        if blob.personal:
            yield from vault().open_stream(handle, bytes(blob.key or b""))
        else:
            yield from _pieces(handle)


def verify(blob: Blob) -> bool:
    """核验: whether the bytes kept still have the digest they are named by."""
    try:
        with path_of(blob).open("rb") as handle:
            return digest(_pieces(handle)) == blob.digest
    except FileNotFoundError:
        return False


def destroy(blob: Blob) -> None:
    """销毁: destroy the key, and with it the clear form; what is left still verifies."""
    Blob.objects.filter(pk=blob.pk, key__isnull=False).update(key=None)


def remove(blob: Blob, *, needed: Callable[[], bool]) -> None:
    """移走: remove bytes that lie open, unless they are `needed` once nobody else is keeping the same."""
    with transaction.atomic():
        _hold(blob.likeness, alone=True)
        if not needed():
            path_of(blob).unlink(missing_ok=True)


def path_of(blob: Blob) -> Path:
    """Where the bytes lie."""
    return _place(blob.digest)


def _place(name: str) -> Path:
    return Path(settings.BLOBS) / name[:2] / name[2:]


def _hold(likeness: str, *, alone: bool = False) -> None:
    """Until the transaction is through, whoever holds these bytes `alone` has them so.

    On SQLite one transaction is at work at a time anyhow. On PostgreSQL the lock is on the bytes, not on a
    row: another county's equal bytes have another row, and a row that is being written locks nobody out.
    """
    if connection.vendor != "postgresql":
        return
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [int(likeness[:_LOCK_DIGITS], 16)])


def _alike(county: int, likeness: str, *, personal: bool) -> QuerySet[Blob]:
    """The blob of these bytes, if there is one. What was destroyed does not come back: it is kept anew."""
    held = Blob.objects.filter(county=county, likeness=likeness, personal=personal)
    return held.filter(key__isnull=False) if personal else held


def _record(county: int, likeness: str, values: dict[str, object], *, personal: bool) -> Blob:
    try:
        with transaction.atomic():
            return Blob.objects.create(county=county, likeness=likeness, personal=personal, **values)
    except IntegrityError:  # somebody kept the same bytes at the same moment
        return _alike(county, likeness, personal=personal).get()


def _restored(held: Blob, source: BinaryIO) -> bool:
    """Write lost bytes again; under the key that they had they make the same file, hence the same digest."""
    name, _size = _write(source, bytes(held.key) if held.key else None, held.likeness)
    if name != held.digest:
        _place(name).unlink()
    return name == held.digest


def _likeness(source: BinaryIO) -> str:
    running = hashlib.sha256()
    source.seek(0)
    for piece in _pieces(source):
        running.update(piece)
    return vault().blind("blob", running.hexdigest())


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK_BYTES):
        yield piece


def _write(source: BinaryIO, key: bytes | None, likeness: str) -> tuple[str, int]:
    """Write to a draft, closed where there is a key, sync it, then move it to the place its digest names."""
    source.seek(0)
    pieces = vault().close_stream(source, key, likeness=likeness) if key else _pieces(source)
    folder = Path(settings.BLOBS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".draft-{secrets.token_hex(8)}"
    running, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            for piece in pieces:
                running.update(piece)
                size += handle.write(piece)
            handle.flush()
            os.fsync(handle.fileno())
        place = _place(running.hexdigest())
        place.parent.mkdir(mode=0o700, exist_ok=True)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return running.hexdigest(), size
