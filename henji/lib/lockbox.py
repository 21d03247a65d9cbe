"""口令封: a file closed with a passphrase, written and read as a stream.

    magic (12 bytes) · version (1) · length of what follows (2, big-endian)
    header (JSON): scrypt's n, r, p and salt
    check (16): tells a wrong passphrase from a damaged file
    SHA-256 of all the above (32)
    frames: AES-256-GCM over at most FRAME bytes each, its tag (16) behind it

The key is scrypt's, from the passphrase and a salt made for this file alone. A frame's nonce is its number
(11 bytes) and whether it is the last (1); the whole head is authenticated with it. So frames can be neither
altered, swapped, mixed between files, nor cut off.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal

MAGIC = b"HENJI-BACKUP"
VERSION = 1
FRAME = 1 << 20
TAG = 16
SALT = 16
_DIGEST = 32
_FIXED = len(MAGIC) + 3
#: scrypt at 128 MiB and some tenths of a second: one guess costs a thief as much.
COST = {"n": 1 << 17, "r": 8, "p": 1}
#: The check is a frame of its own, under a number that no frame of the body has.
_CHECK = bytes([0xFF] * 12)

SHORTEST = 12
FEWEST_DIFFERENT = 6


class PassphraseTooWeak(Refusal):
    """口令太弱."""


class NotALockbox(Refusal):
    """不是备份文件."""


class NewerFormat(Refusal):
    """备份来自更新的版本."""


class WrongPassphrase(Refusal):
    """口令不对."""


class Damaged(Refusal):
    """文件损坏."""


def must_be_strong(passphrase: str) -> str:
    """口令: the passphrase in one form, whatever keyboard it was typed on; raises PassphraseTooWeak."""
    plain = _plain(passphrase)
    if len(plain) < SHORTEST:
        raise PassphraseTooWeak(
            _("口令至少 %(n)d 个字：备份里有全部钥匙，捡到文件的人可以不停地试。可以用一句只有您知道的话")
            % {"n": SHORTEST}
        )
    if plain.isdigit() or len(set(plain)) < FEWEST_DIFFERENT:
        raise PassphraseTooWeak(_("口令不能全是数字，也不能总是那几个字，这样的很快就能试出来"))
    return plain


def _plain(passphrase: str) -> str:
    return unicodedata.normalize("NFKC", passphrase).strip()


@dataclass(frozen=True, slots=True)
class Lock:
    """锁: the key of one file, with the head that tells how it was made. A lock closes one file only."""

    key: bytes
    head: bytes

    @classmethod
    def make(cls, passphrase: str) -> "Lock":
        """A new lock; raises PassphraseTooWeak."""
        salt = secrets.token_bytes(SALT)
        header = json.dumps({**COST, "salt": base64.b64encode(salt).decode()}).encode()
        key = _key(must_be_strong(passphrase), salt)
        start = MAGIC + bytes([VERSION]) + len(header).to_bytes(2, "big") + header
        told = start + AESGCM(key).encrypt(_CHECK, b"", start)
        return cls(key, told + hashlib.sha256(told).digest())

    @classmethod
    def of(cls, source: BinaryIO, passphrase: str) -> "Lock":
        """The lock of the file, which is then read up to its first frame.

        Raises NotALockbox, NewerFormat, Damaged, WrongPassphrase.
        """
        start, salt, check = _read_head(source)
        key = _key(_plain(passphrase), salt)
        told = start + check
        try:
            AESGCM(key).decrypt(_CHECK, check, start)
        except InvalidTag as wrong:
            raise WrongPassphrase(_("口令不对，什么都没有改动。请再输入一次")) from wrong
        return cls(key, told + hashlib.sha256(told).digest())

    def dump(self) -> str:
        """The lock as text, for a worker that closes the file later; as secret as the passphrase."""
        return json.dumps([base64.b64encode(part).decode() for part in (self.key, self.head)])

    @classmethod
    def load(cls, text: str) -> "Lock":
        """The lock read from text."""
        key, head = (base64.b64decode(part) for part in json.loads(text))
        return cls(key, head)


def _read_head(source: BinaryIO) -> tuple[bytes, bytes, bytes]:
    fixed = source.read(_FIXED)
    if fixed[: len(MAGIC)] != MAGIC:
        raise NotALockbox(_("这不是痕迹的备份文件，请另选一个"))
    if len(fixed) == _FIXED and fixed[len(MAGIC)] > VERSION:
        raise newer()
    length = int.from_bytes(fixed[-2:], "big")
    header, check, digest = source.read(length), source.read(TAG), source.read(_DIGEST)
    if hashlib.sha256(fixed + header + check).digest() != digest:
        raise damaged()
    return fixed + header, _salt(header), check


def _salt(header: bytes) -> bytes:
    """What the head tells. It may be forged, digest and all: a higher cost would only eat the memory."""
    try:
        told = json.loads(header)
        salt = base64.b64decode(told.pop("salt"), validate=True)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as forged:
        raise damaged() from forged
    if told != COST or len(salt) != SALT:
        raise damaged()
    return salt


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode())


def newer() -> NewerFormat:
    """来自更新的版本."""
    return NewerFormat(_("这份备份来自更新的版本，请先升级痕迹再恢复"))


def damaged() -> Damaged:
    """不完整或已损坏."""
    return Damaged(_("备份文件不完整或已损坏，什么都没有改动。请换一份备份"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Writer:
    """封入: what is written to it goes closed into the file. Only `finish` makes the file whole."""

    def __init__(self, target: BinaryIO, lock: Lock) -> None:
        self._target, self._head, self._cipher = target, lock.head, AESGCM(lock.key)
        self._held = bytearray()
        self._number = 0
        target.write(lock.head)

    def write(self, clear: bytes) -> int:
        """Take bytes; whole frames go out as they fill."""
        self._held += clear
        while len(self._held) > FRAME:
            self._close(bytes(self._held[:FRAME]), last=False)
            del self._held[:FRAME]
        return len(clear)

    def finish(self) -> None:
        """Write the last frame."""
        self._close(bytes(self._held), last=True)
        self._held.clear()

    def _close(self, clear: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, clear, self._head))
        self._number += 1


class Reader:
    """启封: the clear bytes of the file. Raises Damaged at the first frame that is not as it was written."""

    def __init__(self, source: BinaryIO, lock: Lock) -> None:
        self._source, self._head, self._cipher = source, lock.head, AESGCM(lock.key)
        self._clear = bytearray()
        self._number = 0
        self._closed = source.read(FRAME + TAG)
        self._over = False

    def read(self, size: int = -1) -> bytes:
        """So many bytes; fewer only at the end."""
        while not self._over and (size < 0 or len(self._clear) < size):
            self._clear += self._next()
        taken = bytes(self._clear if size < 0 else self._clear[:size])
        del self._clear[: len(taken)]
        return taken

    def _next(self) -> bytes:
        following = self._source.read(FRAME + TAG)
        self._over = not following
        try:
            clear = self._cipher.decrypt(_nonce(self._number, last=self._over), self._closed, self._head)
        except (InvalidTag, ValueError) as broken:
            raise damaged() from broken
        self._closed, self._number = following, self._number + 1
        return clear
