"""保险箱: encryption of what concerns a person.

Each person, and each personal file, has a key of its own, wrapped with the county office's key. To destroy
the wrapped key is to destroy what it closed, while digests, which cover the closed form, still verify.
SM4-GCM is used where OpenSSL has it, AES-GCM elsewhere; the header of every box tells which. Keys wrapped
by the batch are covered by one key stream instead (counter mode): that no one altered a key shows when the
box does not open with it.
"""

import base64
import functools
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES, SM4 = 1, 2
#: What a closed thing begins with: how it is closed. A key of a batch lies under the key stream of the batch.
VERSION, OF_A_BATCH = 1, 2
KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
COUNTER_BYTES = 4
CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 2
NUMBER_BYTES = 2
_STREAM_PREFIX_BYTES = 7
_HMAC_BLOCK_BYTES = 64
_INNER_PAD, _OUTER_PAD = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


class BoxBroken(Exception):
    """保险箱打不开: the box was altered, or its key is another or gone."""


@functools.cache
def best_cipher() -> int:
    """The better algorithm that this machine's OpenSSL has."""
    try:
        _sm4_seal(bytes(KEY_BYTES), bytes(NONCE_BYTES), b"", b"")
    except UnsupportedAlgorithm:
        return AES
    return SM4


def _sm4_seal(key: bytes, nonce: bytes, clear: bytes, head: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(head)
    return encryptor.update(clear) + encryptor.finalize() + encryptor.tag


def _sm4_open(key: bytes, nonce: bytes, closed: bytes, head: bytes) -> bytes:
    mode = modes.GCM(nonce, closed[-TAG_BYTES:])
    decryptor = Cipher(algorithms.SM4(key), mode).decryptor()
    decryptor.authenticate_additional_data(head)
    return decryptor.update(closed[:-TAG_BYTES]) + decryptor.finalize()


def _head(cipher: int) -> bytes:
    """What every closed thing begins with; it is not secret, and cannot be altered either."""
    return bytes((VERSION, cipher))


def _close(key: bytes, nonce: bytes, clear: bytes, head: bytes) -> bytes:
    if head[1] == SM4:
        return _sm4_seal(key, nonce, clear, head)
    return AESGCM(key).encrypt(nonce, clear, head)


def _disclose(key: bytes, nonce: bytes, closed: bytes, head: bytes) -> bytes:
    try:
        if head[1] == SM4:
            return _sm4_open(key, nonce, closed, head)
        return AESGCM(key).decrypt(nonce, closed, head)
    except (InvalidTag, ValueError, IndexError) as broken:
        raise BoxBroken from broken


def _covered(cipher: int, key: bytes, counter: bytes, keys: bytes) -> bytes:
    """Keys under the key stream that begins at the counter; covering once more uncovers them."""
    algorithm = algorithms.SM4(key) if cipher == SM4 else algorithms.AES(key)
    encryptor = Cipher(algorithm, modes.CTR(counter)).encryptor()
    return encryptor.update(keys) + encryptor.finalize()


@dataclass(frozen=True, slots=True)
class Sealed:
    """封存: a closed box and the wrapped key that opens it."""

    box: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """钥匙串: the office's keys by number, the number in use, and the key of the blind index."""

    current: int
    wrapping: Mapping[int, bytes]
    index: bytes

    @classmethod
    def make(cls) -> "Keyring":
        """A fresh ring."""
        return cls(1, {1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(32))

    @classmethod
    def at(cls, path: Path) -> "Keyring":
        """The ring kept in the file, made there once if there is none.

        Two processes that start together end with the same ring: the file appears whole, or not at all.
        """
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = _drafted(path, cls.make().dump())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return cls.load(path.read_text())

    def renewed(self, keep: Collection[int]) -> "Keyring":
        """The ring with one more key, now in use; of the older ones it holds those to be kept."""
        number = max(self.wrapping) + 1
        kept = {each: key for each, key in self.wrapping.items() if each in keep}
        return Keyring(number, {**kept, number: secrets.token_bytes(KEY_BYTES)}, self.index)

    def save(self, path: Path) -> None:
        """Put the ring in the place of the one kept in the file; the file is the old one or the new one."""
        draft = _drafted(path, self.dump())
        draft.replace(path)

    def dump(self) -> str:
        """The ring as JSON."""
        code = {number: base64.b64encode(key).decode() for number, key in self.wrapping.items()}
        return json.dumps(
            {"current": self.current, "wrapping": code, "index": base64.b64encode(self.index).decode()}
        )

    @classmethod
    def load(cls, text: str) -> "Keyring":
        """The ring read from JSON."""
        held = json.loads(text)
        keys = {int(number): base64.b64decode(key) for number, key in held["wrapping"].items()}
        return cls(held["current"], keys, base64.b64decode(held["index"]))


def _drafted(path: Path, text: str) -> Path:
    """A file beside the path that holds the text, on the disk and readable by nobody else."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    return draft


def key_number(wrapped: bytes) -> int:
    """钥匙编号: by which of the office's keys a key is wrapped."""
    return int.from_bytes(wrapped[_HEAD_BYTES : _HEAD_BYTES + NUMBER_BYTES], "big")


class Vault:
    """保险箱: closes and opens boxes, and answers whether two secrets are equal without opening them.

    `renewed` gives the ring where another process has renewed it since it was last asked, else None.
    """

    def __init__(
        self,
        ring: Keyring,
        cipher: int | None = None,
        renewed: Callable[[], Keyring | None] = lambda: None,
    ) -> None:
        self._cipher = cipher or best_cipher()
        self._head = _head(self._cipher)
        self._renewed = renewed
        self._inner, self._outer = _hmac_begun(ring.index)
        self._take(ring)

    def _take(self, ring: Keyring) -> None:
        self._ring = ring
        self._wrapping = ring.wrapping[ring.current]
        self._number = ring.current.to_bytes(NUMBER_BYTES, "big")

    def _look(self) -> None:
        """Take the ring up that another process may have renewed: no key is wrapped by an old one."""
        if ring := self._renewed():
            self._take(ring)

    @property
    def ring(self) -> Keyring:
        """钥匙串 as it is now."""
        self._look()
        return self._ring

    # -- boxes -------------------------------------------------------------------------------------

    def seal(self, values: Mapping[str, str]) -> Sealed:
        """Close the values in a new box with a new key."""
        key = secrets.token_bytes(KEY_BYTES)
        return Sealed(self._box(values, key), self._wrap(key))

    def seal_all(self, many: Sequence[Mapping[str, str]]) -> list[Sealed]:
        """Close each of the values in a new box with a new key of its own; quicker than one by one."""
        keys = secrets.token_bytes(KEY_BYTES * len(many))
        nonces = _cut(secrets.token_bytes(NONCE_BYTES * len(many)), NONCE_BYTES)
        boxes = map(self._closed, map(orjson.dumps, many), _cut(keys, KEY_BYTES), nonces)
        return list(map(Sealed, boxes, self._wrap_all(keys)))

    def reseal(self, values: Mapping[str, str], wrapped: bytes) -> bytes:
        """Close the values in a new box under a key already held, and return the box."""
        return self._box(values, self._unwrap(wrapped))

    def rewrap_all(self, wrapped: Iterable[bytes]) -> list[bytes]:
        """The keys, each wrapped by the office's key that is in use now. Raises BoxBroken."""
        return list(self._wrap_all(b"".join(map(self._unwrap, wrapped))))

    def open(self, sealed: Sealed) -> dict[str, str]:
        """The values; raises BoxBroken."""
        head, nonce, closed = _parted(sealed.box, _HEAD_BYTES)
        values: dict[str, str] = orjson.loads(_disclose(self._unwrap(sealed.key), nonce, closed, head))
        return values

    def _box(self, values: Mapping[str, str], key: bytes) -> bytes:
        return self._closed(orjson.dumps(values), key, secrets.token_bytes(NONCE_BYTES))

    def _closed(self, clear: bytes, key: bytes, nonce: bytes) -> bytes:
        return self._head + nonce + _close(key, nonce, clear, self._head)

    def _wrap(self, key: bytes) -> bytes:
        self._look()
        head, nonce = self._head + self._number, secrets.token_bytes(NONCE_BYTES)
        return head + nonce + _close(self._wrapping, nonce, key, head)

    def _wrap_all(self, keys: bytes) -> Iterator[bytes]:
        """Each of the keys wrapped; together they lie under one key stream, of which each knows its place."""
        self._look()
        head = bytes((OF_A_BATCH, self._cipher)) + self._number + secrets.token_bytes(NONCE_BYTES)
        start = head[-NONCE_BYTES:] + bytes(COUNTER_BYTES)
        covered = _covered(self._cipher, _streaming(self._wrapping), start, keys)
        for place in range(len(keys) // KEY_BYTES):
            at = place * KEY_BYTES
            yield head + place.to_bytes(COUNTER_BYTES, "big") + covered[at : at + KEY_BYTES]

    def _unwrap(self, wrapped: bytes) -> bytes:
        head, nonce, closed = _parted(wrapped, _HEAD_BYTES + NUMBER_BYTES)
        number = key_number(wrapped)
        if number not in self._ring.wrapping:
            self._look()
        if number not in self._ring.wrapping:
            raise BoxBroken(f"no key of number {number}")
        wrapping = self._ring.wrapping[number]
        if head[0] != OF_A_BATCH:
            return _disclose(wrapping, nonce, closed, head)
        if len(closed) != COUNTER_BYTES + KEY_BYTES or head[1] not in (AES, SM4):
            raise BoxBroken("no key of a batch")
        counter, covered = nonce + closed[:COUNTER_BYTES], closed[COUNTER_BYTES:]
        return _covered(head[1], _streaming(wrapping), counter, covered)

    # -- blind index -------------------------------------------------------------------------------

    def blind(self, kind: str, value: str) -> str:
        """盲索引: 32 hexadecimal digits, equal for equal values of a kind and telling nothing else."""
        return self.blind_all(kind, (value,))[0]

    def blind_all(self, kind: str, values: Iterable[str]) -> list[str]:
        """盲索引 of each of the values."""
        begun, outermost, found = self._inner.copy(), self._outer, []
        begun.update(f"{kind}\0".encode())
        for value in values:
            inner, outer = begun.copy(), outermost.copy()
            inner.update(value.encode())
            outer.update(inner.digest())
            found.append(outer.digest()[:16].hex())
        return found

    # -- files -------------------------------------------------------------------------------------

    def new_key(self) -> bytes:
        """A wrapped key for one file."""
        return self._wrap(secrets.token_bytes(KEY_BYTES))

    def close_stream(self, clear: BinaryIO, wrapped: bytes, *, likeness: str = "") -> Iterator[bytes]:
        """The closed form of a file, piece by piece; memory is bounded by the size of a piece.

        Each piece is numbered and the last one marked, so pieces can be neither swapped nor cut off. Where
        the `likeness` of the clear bytes is given, which no other bytes have, the closed form follows from it
        and the key: lost bytes, closed again, make the same file.
        """
        key, head = self._unwrap(wrapped), _head(self._cipher)
        prefix = secrets.token_bytes(_STREAM_PREFIX_BYTES)
        if likeness:
            prefix = hmac.digest(key, likeness.encode(), "sha256")[:_STREAM_PREFIX_BYTES]
        yield head + prefix
        piece, number = clear.read(CHUNK_BYTES), 0
        while True:
            following = clear.read(CHUNK_BYTES)
            yield _close(key, _piece_nonce(prefix, number, last=not following), piece, head)
            if not following:
                return
            piece, number = following, number + 1

    def open_stream(self, closed: BinaryIO, wrapped: bytes) -> Iterator[bytes]:
        """The clear form of a file, piece by piece; raises BoxBroken at the first altered piece."""
        key = self._unwrap(wrapped)
        head, prefix = closed.read(_HEAD_BYTES), closed.read(_STREAM_PREFIX_BYTES)
        piece, number = closed.read(CHUNK_BYTES + TAG_BYTES), 0
        while True:
            following = closed.read(CHUNK_BYTES + TAG_BYTES)
            yield _disclose(key, _piece_nonce(prefix, number, last=not following), piece, head)
            if not following:
                return
            piece, number = following, number + 1


@functools.lru_cache(maxsize=8)
def _streaming(wrapping: bytes) -> bytes:
    """The key of key streams that belongs to a wrapping key: no key serves two modes of a cipher."""
    return hmac.digest(wrapping, b"key stream", "sha256")[:KEY_BYTES]


def _hmac_begun(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """HMAC with SHA-256 (RFC 2104), its two hashes begun with the key: a roster asks for them row by row."""
    block = key.ljust(_HMAC_BLOCK_BYTES, b"\0")
    return hashlib.sha256(block.translate(_INNER_PAD)), hashlib.sha256(block.translate(_OUTER_PAD))


def _cut(whole: bytes, size: int) -> Iterator[bytes]:
    return (whole[at : at + size] for at in range(0, len(whole), size))


def _parted(closed: bytes, head: int) -> tuple[bytes, bytes, bytes]:
    return closed[:head], closed[head : head + NONCE_BYTES], closed[head + NONCE_BYTES :]


def _piece_nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes((last,))


def digest(pieces: Iterator[bytes]) -> str:
    """SHA-256 of the pieces, in hexadecimal."""
    running = hashlib.sha256()
    for piece in pieces:
        running.update(piece)
    return running.hexdigest()
