"""钥匙: the vault of this installation."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from henji.lib.vault import Keyring, Vault


@functools.cache
def vault() -> Vault:
    """保险箱: opened once per process with the ring kept under HENJI_DATA."""
    return Vault(Keyring.at(settings.KEYRING))


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
