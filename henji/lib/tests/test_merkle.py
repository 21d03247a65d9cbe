"""One digest over many rows."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import merkle

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def _by_definition(leaves):
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01" + _by_definition(leaves[:split]) + _by_definition(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_the_root_is_that_of_the_rfc(leaves):
    assert merkle.root(leaves) == _by_definition(leaves)


def test_the_root_of_nothing_is_the_digest_of_nothing():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(LEAVES, st.data())
def test_every_leaf_is_proved(leaves, data):
    i = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle.proof(leaves, i)
    assert merkle.verify(leaves[i], i, len(leaves), path, merkle.root(leaves))
    assert len(path) <= (len(leaves) - 1).bit_length()


@given(LEAVES, st.data())
def test_another_leaf_is_not_proved(leaves, data):
    i = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.proof(leaves, i), merkle.root(leaves)
    assert not merkle.verify(leaves[i] + b"!", i, len(leaves), path, root)
    assert not merkle.verify(leaves[i], i, len(leaves), [*path, b"\x00" * 32], root)
    if path:
        assert not merkle.verify(leaves[i], i, len(leaves), path[:-1], root)
        assert not merkle.verify(leaves[i], i, len(leaves), [*path[:-1], b"\x00" * 32], root)


@given(st.lists(st.binary(min_size=1, max_size=8), min_size=2, max_size=20, unique=True), st.data())
def test_a_proof_holds_at_no_other_place(leaves, data):
    i, other = data.draw(st.lists(st.integers(0, len(leaves) - 1), min_size=2, max_size=2, unique=True))
    root = merkle.root(leaves)
    assert not merkle.verify(leaves[i], other, len(leaves), merkle.proof(leaves, i), root)


@given(LEAVES, st.data())
def test_changing_one_leaf_changes_the_root(leaves, data):
    i = data.draw(st.integers(0, len(leaves) - 1))
    assert merkle.root([*leaves[:i], leaves[i] + b"!", *leaves[i + 1 :]]) != merkle.root(leaves)


def test_an_inner_node_does_not_pass_for_a_leaf():
    left, right = (sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert merkle.root([b"a", b"b"]) != merkle.root([left + right])


@pytest.mark.parametrize("i", [-1, 3])
def test_a_leaf_that_is_not_there_has_no_proof(i):
    with pytest.raises(IndexError):
        merkle.proof([b"a", b"b", b"c"], i)
    assert not merkle.verify(b"a", i, 3, [], b"")
