"""口令封: what is written comes back; whatever is done to the file is noticed."""

import hashlib
import json
from io import BytesIO

import pytest

from henji.lib import lockbox
from henji.lib.lockbox import FRAME, TAG, Lock, Reader, Writer

PASSPHRASE = "滹沱河边的老槐树三月开花"
#: scrypt takes its time on purpose: one lock for all.
LOCK = Lock.make(PASSPHRASE)
OTHER = Lock.make(PASSPHRASE)
HEAD = len(LOCK.head)


def closed(clear: bytes, lock: Lock = LOCK) -> bytes:
    target = BytesIO()
    writer = Writer(target, lock)
    for start in range(0, len(clear), 300_000):
        writer.write(clear[start : start + 300_000])
    writer.finish()
    return target.getvalue()


def opened(file: bytes, lock: Lock = LOCK) -> bytes:
    source = BytesIO(file)
    source.seek(HEAD)
    return Reader(source, lock).read()


def frames(file: bytes) -> list[bytes]:
    body = file[HEAD:]
    return [body[start : start + FRAME + TAG] for start in range(0, len(body), FRAME + TAG)]


THREE = bytes(range(256)) * (3 * FRAME // 256) + b"end"


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
def test_what_is_written_comes_back(size):
    clear = THREE[:size]
    file = closed(clear)
    assert opened(file) == clear
    assert size < 64 or clear[:64] not in file


def test_it_is_read_in_pieces_of_any_size():
    source = BytesIO(closed(THREE))
    source.seek(HEAD)
    reader = Reader(source, LOCK)
    pieces = iter(lambda: reader.read(700_001), b"")
    assert b"".join(pieces) == THREE


def test_the_passphrase_opens_it_again_however_it_was_typed():
    source = BytesIO(closed(b"clear", Lock.make("Ｌｅｉ Feng 1963 三月五日！ ")))
    assert Reader(source, Lock.of(source, "Lei Feng 1963 三月五日!")).read() == b"clear"


def test_a_worker_gets_the_lock_without_the_passphrase():
    assert Lock.load(LOCK.dump()) == LOCK
    assert PASSPHRASE not in LOCK.dump()


def test_another_passphrase_is_told_as_such():
    with pytest.raises(lockbox.WrongPassphrase, match="口令不对"):
        Lock.of(BytesIO(closed(b"clear")), PASSPHRASE + "了")


@pytest.mark.parametrize("place", [15, 40, HEAD - 40, HEAD - 1])
def test_a_head_that_was_altered_is_refused(place):
    file = bytearray(closed(b"clear"))
    file[place] ^= 1
    with pytest.raises(lockbox.Damaged):
        Lock.of(BytesIO(file), PASSPHRASE)


@pytest.mark.parametrize("place", [HEAD, HEAD + FRAME, HEAD + FRAME + TAG, -1])
def test_a_flipped_bit_is_noticed(place):
    file = bytearray(closed(THREE))
    file[place] ^= 1
    with pytest.raises(lockbox.Damaged):
        opened(bytes(file))


def test_a_file_cut_off_anywhere_is_noticed():
    file = closed(THREE)
    for cut in (HEAD, HEAD + 5, HEAD + FRAME + TAG, HEAD + 2 * (FRAME + TAG), len(file) - 1):
        with pytest.raises(lockbox.Damaged):
            opened(file[:cut])


def test_more_behind_the_end_is_noticed():
    with pytest.raises(lockbox.Damaged):
        opened(closed(THREE[:100]) + b"more")


def test_frames_can_be_neither_swapped_nor_left_out_nor_mixed():
    file = closed(THREE)
    first, second, *rest = frames(file)
    theirs = frames(closed(THREE, OTHER))[1]
    for order in ((second, first, *rest), (first, *rest), (first, theirs, *rest)):
        with pytest.raises(lockbox.Damaged):
            opened(file[:HEAD] + b"".join(order))


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\0", b"HENJI"])
def test_the_file_of_another_program_is_told_as_such(file):
    with pytest.raises(lockbox.NotALockbox, match="不是痕迹的备份"):
        Lock.of(BytesIO(file), PASSPHRASE)


def test_a_newer_format_is_told_as_such():
    file = bytearray(closed(b"clear"))
    file[len(lockbox.MAGIC)] += 1
    with pytest.raises(lockbox.NewerFormat, match="先升级"):
        Lock.of(BytesIO(file), PASSPHRASE)


def forged(header):
    """A file whose head says so, with a digest that fits."""
    start = lockbox.MAGIC + bytes([lockbox.VERSION]) + len(header).to_bytes(2, "big") + header
    told = start + b"0" * lockbox.TAG
    return told + hashlib.sha256(told).digest()


_HELD = {**lockbox.COST, "salt": "MDAwMDAwMDAwMDAwMDAwMA=="}


@pytest.mark.parametrize(
    "header",
    [
        json.dumps(_HELD | {"n": 1 << 30}).encode(),
        json.dumps(_HELD | {"salt": "MDA="}).encode(),
        json.dumps(_HELD | {"salt": 7}).encode(),
        json.dumps(lockbox.COST).encode(),
        b"[]",
        b"7",
        b"{",
        b"\xff",
        b"[" * 60_000,
    ],
)
def test_a_forged_head_is_refused_before_it_costs_anything(header):
    file = forged(header)
    # The digest stands behind the check, as in files of ours.
    with pytest.raises(lockbox.Damaged):
        Lock.of(BytesIO(file), PASSPHRASE)


@pytest.mark.parametrize(
    ("weak", "why"),
    [("短口令", "至少 12 个字"), ("201612202016", "不能全是数字"), ("哈哈哈哈哈哈哈哈哈哈哈哈", "那几个字")],
)
def test_a_weak_passphrase_is_refused_with_the_reason(weak, why):
    with pytest.raises(lockbox.PassphraseTooWeak, match=why):
        lockbox.must_be_strong(weak)
