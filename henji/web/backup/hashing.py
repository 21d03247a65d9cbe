"""摘要: a stream that goes on to another, its bytes counted and digested on the way."""

import hashlib
from typing import BinaryIO


class Hashing:
    """边传边算."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Pass the bytes on."""
        self._count(piece)
        return self._stream.write(piece)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._stream.read(size)
        self._count(piece)
        return piece

    def _count(self, piece: bytes) -> None:
        self.sha256.update(piece)
        self.size += len(piece)
