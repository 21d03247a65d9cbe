"""默克尔树: one digest that commits to many rows, after RFC 6962 (section 2.1) with SHA-256.

A leaf and an inner node are hashed under different first bytes, so that neither can pass for the other.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

_LEAF = b"\x00"
_NODE = b"\x01"


def root(leaves: Iterable[bytes]) -> bytes:
    """根: the digest (32 bytes) over all the leaves in their order; of none, the digest of nothing."""
    level = [_leaf(leaf) for leaf in leaves]
    if not level:
        return sha256().digest()
    while len(level) > 1:
        level = _above(level)
    return level[0]


def proof(leaves: Sequence[bytes], i: int) -> list[bytes]:
    """证明: the digests that lead from leaf `i` (from 0) to the root, the lowest first.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= i < len(leaves):
        raise IndexError(f"no leaf {i} among {len(leaves)}")
    level = [_leaf(leaf) for leaf in leaves]
    path = []
    while len(level) > 1:
        beside = i ^ 1
        if beside < len(level):
            path.append(level[beside])
        level = _above(level)
        i //= 2
    return path


def verify(leaf: bytes, i: int, n: int, proof: Sequence[bytes], root: bytes) -> bool:
    """核对: whether the leaf is number `i` (from 0) of the `n` leaves under the root."""
    if not 0 <= i < n:
        return False
    digest = _leaf(leaf)
    path = iter(proof)
    last = n - 1
    while last:
        if i % 2 or i < last:
            beside = next(path, None)
            if beside is None:
                return False
            digest = _node(beside, digest) if i % 2 else _node(digest, beside)
        i //= 2
        last //= 2
    return digest == root and next(path, None) is None


def _leaf(data: bytes) -> bytes:
    return sha256(_LEAF + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level up; an odd one at the end rises as it is."""
    paired = [_node(level[k], level[k + 1]) for k in range(0, len(level) - 1, 2)]
    return [*paired, level[-1]] if len(level) % 2 else paired
