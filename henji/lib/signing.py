"""签名: a key of the installation with which it signs what others check without asking it (Ed25519)."""

import base64
import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True)
class SigningKey:
    """签名钥匙: 32 secret bytes; whoever has the public half can check, and nobody else can sign."""

    secret: bytes

    @classmethod
    def at(cls, path: Path) -> "SigningKey":
        """The key kept in the file, made there once if there is none; two processes end with the same."""
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
                handle.write(secrets.token_bytes(32))
                handle.flush()
                os.fsync(handle.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return cls(path.read_bytes())

    @cached_property
    def public(self) -> bytes:
        """The public half (32 bytes)."""
        return self._private.public_key().public_bytes_raw()

    @cached_property
    def number(self) -> str:
        """钥匙号: eight hexadecimal digits by which checkers tell keys apart."""
        return hashlib.sha256(self.public).hexdigest()[:8]

    def sign(self, text: str) -> str:
        """The signature of the text, as base64 for addresses (86 characters)."""
        return as_text(self._private.sign(text.encode()))

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def is_signed(text: str, signature: str, public: bytes) -> bool:
    """Whether the signature is that of the text by the key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(as_bytes(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def as_text(raw: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """The bytes again; raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
