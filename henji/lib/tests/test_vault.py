"""What is closed opens again, whole and unaltered or not at all."""

import hmac
import multiprocessing
import stat
import threading
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import vault as vaults
from henji.lib.vault import AES, CHUNK_BYTES, SM4, TAG_BYTES, BoxBroken, Keyring, Sealed, Vault, best_cipher

RING = Keyring.make()
VAULTS = {"AES": Vault(RING, AES), "SM4": Vault(RING, SM4)}
HEAD = 2 + 7  # version, cipher, prefix

VALUES = st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=5)


@pytest.fixture(params=VAULTS)
def vault(request):
    """A vault of either cipher."""
    return VAULTS[request.param]


def closed(vault, clear, key):
    return b"".join(vault.close_stream(BytesIO(clear), key))


def opened(vault, closed, key):
    return b"".join(vault.open_stream(BytesIO(closed), key))


def flipped(data, bit):
    place, shift = divmod(bit, 8)
    return data[:place] + bytes((data[place] ^ 1 << shift,)) + data[place + 1 :]


# Boxes


@given(values=VALUES, cipher=st.sampled_from(sorted(VAULTS)))
def test_a_box_opens_to_what_was_closed(values, cipher):
    vault = VAULTS[cipher]
    assert vault.open(vault.seal(values)) == values


@given(values=VALUES, later=VALUES)
def test_a_box_closed_again_under_its_key_opens_to_the_later_values(values, later):
    vault = VAULTS["SM4"]
    held = vault.seal(values)
    assert vault.open(Sealed(vault.reseal(later, held.key), held.key)) == later


@given(many=st.lists(VALUES, max_size=5), cipher=st.sampled_from(sorted(VAULTS)))
def test_boxes_closed_together_open_one_by_one(many, cipher):
    vault = VAULTS[cipher]
    held = vault.seal_all(many)
    assert [vault.open(each) for each in held] == many
    assert len({each.key for each in held}) == len({each.box for each in held}) == len(many)


def test_no_bit_of_a_key_of_a_batch_can_be_altered(vault):
    held = vault.seal_all([{"number": "1"}, {"number": "2"}])
    for bit in range(len(held[1].key) * 8):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(held[1].box, flipped(held[1].key, bit)))
    for other in (held[0].key, held[1].key[:-1], held[1].key + b"0"):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(held[1].box, other))


def test_blind_indexes_of_many_are_those_of_each(vault):
    assert vault.blind_all("identity", ["1", "2"]) == [
        vault.blind("identity", "1"),
        vault.blind("identity", "2"),
    ]


def test_no_bit_of_a_box_or_its_key_can_be_altered(vault):
    held = vault.seal({"number": "130123199001010011"})
    for bit in range(len(held.box) * 8):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(flipped(held.box, bit), held.key))
    for bit in range(len(held.key) * 8):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(held.box, flipped(held.key, bit)))


def test_no_bit_can_be_altered_after_the_ring_has_grown(vault):
    grown = Keyring(2, {1: RING.wrapping[1], 2: bytes(range(16)), 3: RING.wrapping[1]}, RING.index)
    held = vault.seal({"number": "1"})
    assert Vault(grown).open(held) == {"number": "1"}
    for bit in range(len(held.key) * 8):
        with pytest.raises(BoxBroken):
            Vault(grown).open(Sealed(held.box, flipped(held.key, bit)))


def test_no_end_of_a_box_or_its_key_can_be_cut_off(vault):
    held = vault.seal({"number": "130123199001010011"})
    for length in range(len(held.box)):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(held.box[:length], held.key))
    for length in range(len(held.key)):
        with pytest.raises(BoxBroken):
            vault.open(Sealed(held.box, held.key[:length]))


def test_one_persons_key_does_not_open_anothers_box(vault):
    one, other = vault.seal({"name": "a"}), vault.seal({"name": "b"})
    with pytest.raises(BoxBroken):
        vault.open(Sealed(one.box, other.key))


def test_another_installation_does_not_open_the_box(vault):
    with pytest.raises(BoxBroken):
        Vault(Keyring.make()).open(vault.seal({"name": "a"}))


def test_a_box_tells_by_itself_how_it_was_closed():
    for name, vault in VAULTS.items():
        for opener in VAULTS.values():
            assert opener.open(vault.seal({"cipher": name})) == {"cipher": name}


def test_a_box_shows_nothing_of_what_is_inside(vault):
    held = vault.seal({"number": "130123199001010011"})
    assert b"130123" not in held.box + held.key
    assert vault.seal({"number": "130123199001010011"}).box != held.box


def test_the_better_cipher_is_used_where_it_is_there():
    assert Vault(RING).seal({}).box[1] == best_cipher() == SM4


# Blind index


@given(kind=st.text(max_size=10), value=st.text(max_size=30))
def test_equal_values_have_equal_indices(kind, value):
    one, other = Vault(RING), Vault(RING, AES)
    assert one.blind(kind, value) == other.blind(kind, value)
    told = hmac.digest(RING.index, f"{kind}\0{value}".encode(), "sha256")
    assert one.blind(kind, value) == told[:16].hex()
    assert one.blind(kind, value) != Vault(Keyring.make()).blind(kind, value)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=5)), unique=True, min_size=2))
def test_different_values_and_kinds_have_different_indices(pairs):
    assert len({VAULTS["SM4"].blind(kind, value) for kind, value in pairs}) == len(pairs)


# Streams


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5]
)
def test_a_file_opens_to_what_was_closed(vault, size):
    clear = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    key = vault.new_key()
    box = closed(vault, clear, key)
    pieces = max(1, -(-size // CHUNK_BYTES))
    assert len(box) == HEAD + size + pieces * TAG_BYTES
    assert opened(vault, box, key) == clear


@pytest.fixture
def short_pieces(monkeypatch):
    """Pieces of sixteen bytes, so that a short text has many."""
    monkeypatch.setattr(vaults, "CHUNK_BYTES", 16)


def test_no_bit_of_a_file_can_be_altered(vault, short_pieces):
    key = vault.new_key()
    box = closed(vault, b"x" * 40, key)
    for bit in range(len(box) * 8):
        with pytest.raises(BoxBroken):
            opened(vault, flipped(box, bit), key)


def test_no_end_of_a_file_can_be_cut_off(vault, short_pieces):
    key = vault.new_key()
    box = closed(vault, b"x" * 48, key)
    for length in range(len(box)):
        with pytest.raises(BoxBroken):
            opened(vault, box[:length], key)


def test_nothing_can_be_put_behind_a_file(vault, short_pieces):
    key = vault.new_key()
    box = closed(vault, b"x" * 48, key)
    for more in (b"x", box[-32:], box[HEAD:], bytes(32)):
        with pytest.raises(BoxBroken):
            opened(vault, box + more, key)


def test_pieces_of_a_file_cannot_be_swapped_doubled_or_left_out(vault, short_pieces):
    key = vault.new_key()
    box = closed(vault, b"a" * 16 + b"b" * 16 + b"c" * 16, key)
    head, pieces = box[:HEAD], [box[HEAD + n * 32 : HEAD + n * 32 + 32] for n in range(3)]
    assert opened(vault, head + b"".join(pieces), key)
    for order in ((1, 0, 2), (0, 0, 2), (0, 2), (0, 1), (0, 1, 1), (2,), (0, 1, 2, 2)):
        with pytest.raises(BoxBroken):
            opened(vault, head + b"".join(pieces[n] for n in order), key)


def test_pieces_of_two_files_cannot_be_mixed(vault, short_pieces):
    key = vault.new_key()
    one, other = closed(vault, b"a" * 32, key), closed(vault, b"b" * 32, key)
    with pytest.raises(BoxBroken):
        opened(vault, one[: HEAD + 32] + other[HEAD + 32 :], key)


def test_a_file_is_handed_out_piece_by_piece(vault):
    key = vault.new_key()
    box = BytesIO(closed(vault, b"x" * (3 * CHUNK_BYTES), key))
    pieces = vault.open_stream(box, key)
    assert len(next(pieces)) == CHUNK_BYTES
    assert box.tell() < len(box.getvalue())


# The ring


def test_a_ring_is_the_same_after_it_was_written_down():
    assert Keyring.load(RING.dump()) == RING


def test_a_ring_is_made_once_and_nobody_else_may_read_it(tmp_path):
    path = tmp_path / "keys" / "ring.json"
    ring = Keyring.at(path)
    assert Keyring.at(path) == ring
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_threads_that_start_together_end_with_one_ring(tmp_path):
    for attempt in range(20):
        path, held, start = tmp_path / f"{attempt}.json", [], threading.Barrier(4)

        def come(path=path, held=held, start=start):
            start.wait()
            held.append(Keyring.at(path).dump())

        threads = [threading.Thread(target=come) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(held) == 4
        assert set(held) == {path.read_text()}


def _come(path, start, queue):
    start.wait()
    queue.put(Keyring.at(path).dump())


def test_processes_that_start_together_end_with_one_ring(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    path, start, queue = tmp_path / "ring.json", spawn.Barrier(3), spawn.Queue()
    processes = [spawn.Process(target=_come, args=(path, start, queue)) for _ in range(3)]
    for process in processes:
        process.start()
    held = [queue.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert set(held) == {path.read_text()}


def test_a_file_closed_again_under_its_likeness_is_the_same_file_and_another_is_not(vault):
    key = vault.new_key()

    def close(clear, likeness):
        return b"".join(vault.close_stream(BytesIO(clear), key, likeness=likeness))

    assert close(b"a", "a") == close(b"a", "a")
    assert close(b"a", "a")[:HEAD] != close(b"b", "b")[:HEAD]
    assert close(b"a", "") != close(b"a", "")
