"""钥匙: the vault of this installation."""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField, Count, Model, QuerySet
from django.db.models.functions import Substr

from henji.lib.vault import NUMBER_BYTES, Keyring, Vault


@functools.cache
def vault() -> Vault:
    """保险箱: opened once per process with the ring kept under HENJI_DATA, whose renewal it notices."""
    watched = _Watched(settings.KEYRING)
    return Vault(watched.ring(), renewed=watched.renewed)


@dataclass
class _Watched:
    """The file of the ring, and when what was read from it was written."""

    path: Path
    written: int = 0

    def ring(self) -> Keyring:
        ring = Keyring.at(self.path)
        self.written = self.path.stat().st_mtime_ns
        return ring

    def renewed(self) -> Keyring | None:
        """The ring, where the file is another than the one that was read."""
        try:
            return None if self.path.stat().st_mtime_ns == self.written else self.ring()
        except FileNotFoundError:  # an installation that is being restored or cleared away
            return None


@contextmanager
def kept_at(ring: Path) -> Iterator[None]:
    """钥匙另在: inside, the vault opens with the ring of that file; for keys that are on their way in."""
    usual = settings.KEYRING
    settings.KEYRING = ring
    vault.cache_clear()
    try:
        yield
    finally:
        settings.KEYRING = usual
        vault.cache_clear()


# -- what is wrapped ------------------------------------------------------------------------------------

#: Where a wrapped key begins to tell its number, counted from 1 as databases count.
_NUMBER_AT = 3


def keepers() -> list[type[Model]]:
    """存钥匙的表: every table that keeps wrapped keys; but for staged rows, which do not last."""
    return [model for model in _with_keys() if "job" not in _fields(model)]


def passing() -> list[type[Model]]:
    """暂存钥匙的表: the staged rows, which do not last."""
    return [model for model in _with_keys() if "job" in _fields(model)]


def counted(models: Iterable[type[Model]]) -> Counter[int]:
    """各钥所封: how many keys in the tables each of the office's keys wraps, by number; a query a table."""
    found: Counter[int] = Counter()
    for model in models:
        by_number = _numbered(model).order_by().values("key_number").annotate(rows=Count("pk"))
        for number, rows in by_number.values_list("key_number", "rows"):
            found[int.from_bytes(bytes(number), "big")] += rows
    return found


def wrapped_otherwise(model: type[Model], number: int) -> QuerySet[Model]:
    """别的钥匙所封: the rows whose key is wrapped by another of the office's keys than that of the number."""
    return _numbered(model).exclude(key_number=number.to_bytes(NUMBER_BYTES, "big")).order_by("pk")


def _numbered(model: type[Model]) -> QuerySet[Model]:
    told = Substr("key", _NUMBER_AT, NUMBER_BYTES, output_field=BinaryField())
    held: QuerySet[Model] = model._default_manager.filter(key__isnull=False)
    numbered: QuerySet[Model] = held.annotate(key_number=told)
    return numbered


def _with_keys() -> list[type[Model]]:
    return [model for model in apps.get_models() if isinstance(_fields(model).get("key"), BinaryField)]


def _fields(model: type[Model]) -> dict[str, object]:
    return {field.name: field for field in model._meta.get_fields()}
