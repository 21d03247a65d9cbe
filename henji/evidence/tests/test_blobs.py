"""Bytes are kept once, closed where personal, and never lost between the file and its row."""

import stat
import threading
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from henji.evidence import blobs
from henji.evidence.blobs import Blob
from henji.evidence.keys import vault
from henji.lib.vault import CHUNK_BYTES, BoxBroken, digest

CLEAR = "县总工会关于“一日捐”的通知".encode()


@pytest.fixture(autouse=True)
def empty_store(tmp_path, settings):
    """A store of the test's own."""
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def keep(db, at):
    """Keep bytes for county 1."""

    def keep(clear=CLEAR, *, personal=True, county=1):
        source = clear if hasattr(clear, "read") else BytesIO(clear)
        return blobs.keep(source, county=county, personal=personal, media_type="application/pdf", at=at)

    return keep


def clear_of(blob):
    return b"".join(blobs.clear_pieces(blob))


def files():
    return sorted(path for path in Path(settings.BLOBS).rglob("*") if path.is_file())


@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES + 1])
def test_what_is_kept_comes_back(keep, personal, size):
    clear = b"\xe6" * size
    blob = keep(clear, personal=personal)
    assert clear_of(blob) == clear
    assert blob.size == blobs.path_of(blob).stat().st_size
    assert blobs.verify(blob)


def test_a_file_is_named_by_the_digest_of_what_lies_in_it(keep):
    for personal in (True, False):
        blob = keep(personal=personal)
        assert blob.digest == digest(iter([blobs.path_of(blob).read_bytes()]))


def test_what_is_personal_lies_closed_and_what_is_not_lies_open(keep):
    closed, clear = keep(personal=True), keep(personal=False)
    assert CLEAR not in blobs.path_of(closed).read_bytes()
    assert blobs.path_of(clear).read_bytes() == CLEAR
    assert clear.key is None
    assert closed.pk != clear.pk


def test_only_we_may_read_the_files(keep):
    path = blobs.path_of(keep())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_equal_bytes_are_kept_once_in_a_county(keep):
    assert keep() == keep(BytesIO(CLEAR))
    assert len(files()) == 1
    assert keep(CLEAR + b".") != keep()


def test_another_countys_copy_is_another_blob_that_tells_nothing_of_the_first(keep):
    here, there = keep(county=1), keep(county=2)
    assert here.pk != there.pk
    assert here.digest != there.digest


def test_the_index_of_likeness_is_no_plain_digest(keep):
    assert keep().likeness not in {digest(iter([CLEAR])), digest(iter([CLEAR]))[:32]}


def test_an_altered_file_is_seen(keep):
    for personal in (True, False):
        blob = keep(personal=personal)
        kept = blobs.path_of(blob).read_bytes()
        blobs.path_of(blob).write_bytes(kept[:-1] + bytes((kept[-1] ^ 1,)))
        assert not blobs.verify(blob)
    with pytest.raises(BoxBroken):
        clear_of(keep())


def test_a_lost_file_is_seen_and_comes_back_when_it_is_handed_in_again(keep):
    for personal in (True, False):
        blob = keep(personal=personal)
        blobs.path_of(blob).unlink()
        assert not blobs.verify(blob)
        again = keep(personal=personal)
        assert again.pk == blob.pk
        assert clear_of(again) == CLEAR
        assert blobs.verify(again)


def test_lost_bytes_that_cannot_be_made_again_are_kept_anew(keep, at):
    lost = Blob.objects.create(
        county=1,
        likeness=blobs._likeness(BytesIO(CLEAR)),
        personal=True,
        key=vault().new_key(),
        digest="0" * 64,  # as an earlier version closed them
        size=1,
        media_type="application/pdf",
        kept_at=at,
    )
    again = keep()
    lost.refresh_from_db()
    assert lost.is_destroyed
    assert again.pk != lost.pk
    assert clear_of(again) == CLEAR
    assert files() == [blobs.path_of(again)]


def test_a_destroyed_key_closes_the_file_for_ever_and_its_digest_still_verifies(keep):
    blob = keep()
    blobs.destroy(blob)
    blob.refresh_from_db()
    assert blob.is_destroyed
    assert blobs.verify(blob)
    with pytest.raises(BoxBroken):
        clear_of(blob)


def test_what_was_destroyed_stays_destroyed_when_the_same_bytes_come_again(keep):
    first = keep()
    blobs.destroy(first)
    second = keep()
    first.refresh_from_db()
    assert second.pk != first.pk
    assert first.is_destroyed
    assert blobs.verify(first)
    assert clear_of(second) == CLEAR
    assert keep() == second


# What goes wrong in the middle


class Breaking(BytesIO):
    """A file that cannot be read to its end."""

    def __init__(self, clear, *, times):
        super().__init__(clear)
        self.left = times

    def read(self, size=-1):
        self.left -= 1
        if self.left < 0:
            raise OSError("the disk is gone")
        return super().read(size)


@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("times", range(6))
def test_a_file_that_breaks_off_leaves_nothing(keep, personal, times):
    clear = b"x" * (CHUNK_BYTES + 1)
    with pytest.raises(OSError, match="gone"):
        keep(Breaking(clear, times=times), personal=personal)
    assert files() == []
    assert not Blob.objects.exists()
    assert clear_of(keep(clear, personal=personal)) == clear


class PowerCut(BaseException):
    """Everything stops."""


def stop_at_the_row(execute, sql, params, many, context):
    """The file must lie in its place before the row that names it is written; then everything stops."""
    if sql.startswith('INSERT INTO "evidence_blob"'):
        assert len(files()) == 1
        raise PowerCut
    return execute(sql, params, many, context)


def test_a_crash_between_the_file_and_its_row_leaves_no_row_that_points_at_nothing(keep):
    with pytest.raises(PowerCut), transaction.atomic(), connection.execute_wrapper(stop_at_the_row):
        keep()
    assert not Blob.objects.exists()
    assert clear_of(keep()) == CLEAR


def test_a_deed_that_fails_after_keeping_leaves_no_row(keep):
    @transaction.atomic
    def deed():
        keep()
        raise PowerCut

    with pytest.raises(PowerCut):
        deed()
    assert not Blob.objects.exists()
    assert clear_of(keep()) == CLEAR


# Two at once


class Meeting(BytesIO):
    """A file whose reader waits, once it has looked for its like, until the other has done so too."""

    def __init__(self, clear, barrier):
        super().__init__(clear)
        self.barrier = barrier
        self.rewound = 0

    def seek(self, *args):
        self.rewound += 1
        if self.rewound == 2:
            self.barrier.wait(timeout=30)
        return super().seek(*args)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("personal", [True, False])
def test_two_who_keep_the_same_bytes_at_once_share_one_blob(keep, personal):
    barrier, kept = threading.Barrier(2), []

    def come():
        try:
            kept.append(keep(Meeting(CLEAR, barrier), personal=personal))
        finally:
            connection.close()

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 2
    assert kept[0] == kept[1]
    assert {clear_of(blob) for blob in kept} == {CLEAR}
    assert Blob.objects.count() == 1
