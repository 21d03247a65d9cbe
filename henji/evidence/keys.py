"""钥匙: the vault of this installation."""

import functools

from django.conf import settings

from henji.lib.vault import Keyring, Vault


@functools.cache
def vault() -> Vault:
    """保险箱: opened once per process with the ring kept under HENJI_DATA."""
    return Vault(Keyring.at(settings.KEYRING))
