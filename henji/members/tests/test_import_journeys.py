"""Imports that are broken off, cancelled, or meet each other; with real transactions."""

from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection, connections

from henji.evidence.models import Trace
from henji.members.deeds import Deed
from henji.members.jobs import roster
from henji.members.models import Membership, Particulars, Person, StagedMember
from henji.members.tests.rosters import number_of
from henji.work import intake, jobs
from henji.work.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = "赵钱孙李周吴郑王冯陈"


def roll(first, last):
    """Rows of members with odd serials from first on, up to and without last."""
    return [
        (
            f"{NAMES[serial % 10]}会员{serial}",
            number_of(serial),
            f"138{serial:08d}",
            "没有的单位",
            "2015-03-01",
        )
        for serial in range(first, last, 2)
    ]


@pytest.fixture
def small_chunks(monkeypatch):
    """Ten rows in a transaction, so that a small roster has many."""
    monkeypatch.setattr(intake, "CHUNK", 10)


@pytest.fixture
def confirm(officer):
    """Say yes and see how it ends."""

    def confirm(job):
        jobs.say_yes(job, asker=officer, post="干事")
        jobs.run_here(job)
        return job

    return confirm


class Killed(BaseException):
    """What a worker's death looks like from inside."""


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(
    hand_in, confirm, small_chunks, monkeypatch
):
    job = hand_in([*roll(1, 101), roll(1, 2)[0]])
    tell = jobs.Progress.tell

    def die_at_thirty(self, done, total):
        if done == 30:
            raise Killed
        tell(self, done, total)

    monkeypatch.setattr(jobs.Progress, "tell", die_at_thirty)
    with pytest.raises(Killed):
        jobs.run_here(job)
    assert StagedMember.objects.filter(job=job).count() == 20
    monkeypatch.undo()
    Job.objects.filter(pk=job.pk).update(lease_until=job.asked_at)
    jobs.run_here(job)
    assert (job.state, job.result["read"]) == (State.READY, 51)
    confirm(job)
    assert (job.result["imported"], job.result["unchanged"]) == (50, 1)
    assert Person.objects.count() == 50


def test_a_cancelled_import_changes_nothing(hand_in, small_chunks):
    job = hand_in(roll(1, 101))
    jobs.run_here(job)
    jobs.cancel(job)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert not Person.objects.exists()
    assert not StagedMember.objects.exists()
    assert not Trace.objects.filter(deed=Deed.ROSTER_IMPORTED).exists()


def test_an_import_cancelled_while_it_is_checked_ends_at_the_next_step(hand_in, small_chunks, monkeypatch):
    job = hand_in(roll(1, 101))
    tell = jobs.Progress.tell

    def cancel_at_thirty(self, done, total):
        if done == 30:
            jobs.cancel(job)
        tell(self, done, total)

    monkeypatch.setattr(jobs.Progress, "tell", cancel_at_thirty)
    jobs.run_here(job)
    assert job.state == State.CANCELLED
    assert not Person.objects.exists()


def test_a_promotion_that_breaks_off_leaves_nothing(hand_in, confirm, monkeypatch):
    job = hand_in(roll(1, 21))
    jobs.run_here(job)
    monkeypatch.setattr(jobs, "finish_step", _die)
    with pytest.raises(Killed):
        confirm(job)
    assert not Person.objects.exists()
    assert not Trace.objects.filter(deed=Deed.ROSTER_IMPORTED).exists()
    monkeypatch.undo()
    Job.objects.filter(pk=job.pk).update(lease_until=job.asked_at)
    jobs.run_here(job)
    assert (job.state, Person.objects.count()) == (State.DONE, 10)


def _die(*_args, **_kwargs):
    raise Killed


def test_two_rosters_that_overlap_meet_and_only_one_is_taken_in(hand_in, officer):
    """Each was checked against the record without the other; the second must be checked again."""
    both = [hand_in(roll(1, 61)), hand_in(list(reversed(roll(41, 101))))]
    for job in both:
        jobs.run_here(job)
        jobs.say_yes(job, asker=officer, post="干事")
    workers = [Thread(target=_run, args=(job.pk,)) for job in both]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for job in both:
        job.refresh_from_db()
    assert sorted(job.state for job in both) == [State.DONE, State.FAILED]
    (late,) = [job for job in both if job.state == State.FAILED]
    assert late.problem == "检查之后数据有变动，请重新检查"
    assert Person.objects.count() == Particulars.objects.count() == Membership.objects.count() == 30

    jobs.again(late)
    jobs.run_here(late)
    jobs.say_yes(late, asker=officer, post="干事")
    jobs.run_here(late)
    assert (late.state, late.result["imported"], late.result["unchanged"]) == (State.DONE, 20, 10)
    assert Person.objects.count() == 50
    assert Trace.objects.filter(deed=Deed.ROSTER_IMPORTED).count() == 2


def test_whole_imports_that_overlap_at_once_lose_and_double_nobody(hand_in, officer, small_chunks):
    """Checked, confirmed and, where the record has moved, checked anew, each by a worker of its own."""
    every = [hand_in(roll(1, 61)), hand_in(list(reversed(roll(41, 101)))), hand_in(roll(21, 81))]
    workers = [Thread(target=_run_until_done, args=(job.pk, officer)) for job in every]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for job in every:
        job.refresh_from_db()
        assert job.state == State.DONE, job.problem
    assert Person.objects.count() == Particulars.objects.count() == Membership.objects.count() == 50
    assert Trace.objects.filter(deed=Deed.ROSTER_IMPORTED).count() == 3
    assert sum(job.result["new"] for job in every) == 50


def _run_until_done(key, officer):
    try:
        for _try in range(6):
            job = Job.objects.get(pk=key)
            if job.state == State.FAILED:
                jobs.again(job)
            jobs.run_here(job)
            if job.state == State.READY:
                jobs.say_yes(job, asker=officer, post="干事")
                jobs.run_here(job)
            if job.state == State.DONE:
                return
    finally:
        connections.close_all()


def _run(key):
    try:
        jobs.run(str(key))
    finally:
        connections.close_all()


def test_the_raw_database_holds_no_clear_number(hand_in, confirm):
    rows = roll(1, 21)
    job = hand_in([*rows, ("", number_of(99), "13999999999")])
    jobs.run_here(job)
    secrets = [row[column] for row in rows for column in (1, 2)] + [number_of(99), "13999999999"]
    assert not _found_in_the_database(secrets)
    confirm(job)
    assert not _found_in_the_database(secrets)
    assert not _found_in_the_blobs(secrets)


def _found_in_the_database(secrets):
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        files = (Path(f"{name}{ending}") for ending in ("", "-wal"))
        raw = b"".join(path.read_bytes() for path in files if path.exists())
    else:
        with connection.cursor() as cursor:
            raw = b"".join(_dump(cursor, table) for table in connection.introspection.table_names(cursor))
    return [secret for secret in secrets if secret.encode() in raw]


def _dump(cursor, table):
    cursor.execute(f'SELECT string_agg(row::text, chr(10)) FROM "{table}" AS row')
    return (cursor.fetchone()[0] or "").encode()


def _found_in_the_blobs(secrets):
    raw = b"".join(path.read_bytes() for path in settings.BLOBS.rglob("*") if path.is_file())
    return [secret for secret in secrets if secret.encode() in raw]


def test_the_kind_that_the_queue_knows_is_this_one():
    assert jobs.handler_of("members.roster") is roster
