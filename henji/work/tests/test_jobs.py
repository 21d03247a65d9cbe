"""任务: a job's row says everything. It runs once, goes on after a worker's death, and ends when told to."""

import os
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from henji.evidence.models import Trace
from henji.lib.refusals import Refusal
from henji.members.jobs import roster
from henji.members.models import StagedMember
from henji.members.tests.rosters import number_of, workbook_of
from henji.mutual_aid.jobs import DonationsIntake, donations
from henji.mutual_aid.models import Donation, StagedDonation
from henji.mutual_aid.tests.books import book
from henji.work import intake, jobs
from henji.work.intake import Intake
from henji.work.models import Job, State
from henji.work.rules import NotFailed, NotReady


class Killed(BaseException):
    """What a worker's death looks like from inside: nothing more is done."""


@pytest.fixture
def small_chunks(monkeypatch):
    """Two rows at a time."""
    monkeypatch.setattr(intake, "CHUNK", 2)


@pytest.fixture
def during(monkeypatch):
    """Something that happens when so many rows have been read, and before the last of them are written."""

    def during(rows, happens):
        read, seen = Intake._read, []

        def reading(self, job, reader, chunk):
            seen.extend(chunk)
            if len(seen) > rows:
                monkeypatch.setattr(Intake, "_read", read)
                happens()
            return read(self, job, reader, chunk)

        monkeypatch.setattr(Intake, "_read", reading)

    return during


def die():
    raise Killed


def expire(job):
    """Let the lease of whoever holds the job run out."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def staged(job):
    return StagedDonation.objects.filter(job=job)


# -- the way of a job ---------------------------------------------------------------------------------


def test_a_job_is_handed_in_checked_confirmed_and_done(hand_in, officer):
    job = hand_in()
    assert job.state == State.QUEUED
    jobs.run_here(job)
    assert (job.state, job.result["imported"], job.done) == (State.READY, 3, 3)
    assert not Donation.objects.exists()
    jobs.say_yes(job, asker=officer, post="干事")
    assert (job.state, job.step) == (State.QUEUED, "promote")
    jobs.run_here(job)
    assert (job.state, job.trace.deed) == (State.DONE, "mutual_aid.donations_imported")
    assert Donation.objects.count() == 3
    assert not staged(job).exists()


def test_whoever_confirms_signs(ready, appoint, county):
    job = ready()
    other = appoint("刘干事", "officer", county)
    jobs.say_yes(job, asker=other, post="干事")
    jobs.run_here(job)
    assert (job.trace.by_name, job.trace.by_post) == ("刘干事", "干事")


def test_a_job_delivered_twice_runs_once(done):
    job = done()
    jobs.run(str(job.pk))
    jobs.run(str(job.pk))
    assert Donation.objects.count() == 3
    assert Trace.objects.filter(deed="mutual_aid.donations_imported").count() == 1


def test_a_job_that_is_being_worked_on_is_not_taken_up_again(hand_in, during, small_chunks):
    job = hand_in(5)
    during(2, lambda: jobs.run(str(job.pk)))
    jobs.run_here(job)
    assert job.state == State.READY
    assert sorted(staged(job).values_list("number", flat=True)) == [2, 3, 4, 5, 6]


def test_the_queue_wakes_a_worker_when_the_transaction_is_through(
    hand_in, django_capture_on_commit_callbacks
):
    job = hand_in()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(job)
        assert not OrmQ.objects.exists()
    (task,) = (message.task for message in OrmQ.objects.all())
    assert (task["func"], task["args"]) == ("henji.work.jobs.run", (str(job.pk),))


def test_confirming_twice_confirms_once(ready, officer):
    job = ready()
    jobs.confirm(job, asker=officer, post="干事")
    with pytest.raises(NotReady, match="排队中，不用再确认"):
        jobs.confirm(job, asker=officer, post="干事")
    jobs.run_here(job)
    with pytest.raises(NotReady, match="已完成"):
        jobs.confirm(job, asker=officer, post="干事")
    assert Donation.objects.count() == 3


# -- the death of a worker ----------------------------------------------------------------------------


def test_a_job_whose_worker_died_is_resumed_and_no_row_is_lost_or_doubled(
    hand_in, during, small_chunks, officer
):
    job = hand_in(5)
    during(2, die)
    with pytest.raises(Killed):
        jobs.run_here(job)
    job.refresh_from_db()
    assert (job.state, staged(job).count()) == (State.RUNNING, 2)

    jobs.run_here(job)  # the lease still holds: nobody else may touch it
    assert job.state == State.RUNNING
    expire(job)
    jobs.run_here(job)
    assert (job.state, job.result["read"]) == (State.READY, 5)
    jobs.say_yes(job, asker=officer, post="干事")
    jobs.run_here(job)
    assert Donation.objects.count() == 5


def test_a_roster_goes_on_where_its_worker_died(hand_in, during, small_chunks):
    """Its rows are judged by what is staged, so what is staged need not be read again."""
    rows = [(f"会员{n}", number_of(n), "", "", "2015-03-01", "", "") for n in range(5)]
    job = hand_in(source=workbook_of(rows), intake=roster)
    during(2, die)
    with pytest.raises(Killed):
        jobs.run_here(job)
    first = set(StagedMember.objects.filter(job=job).values_list("pk", flat=True))
    expire(job)
    jobs.run_here(job)
    rows = StagedMember.objects.filter(job=job)
    assert sorted(rows.values_list("number", flat=True)) == [2, 3, 4, 5, 6]
    assert first < set(rows.values_list("pk", flat=True))


def test_a_worker_that_was_displaced_writes_nothing_more(hand_in, during, small_chunks):
    """It was only slow: another has finished the job meanwhile."""
    job = hand_in(5)

    def another_finishes():
        expire(job)
        jobs.run(str(job.pk))

    during(2, another_finishes)
    jobs.run_here(job)
    assert (job.state, job.result["read"]) == (State.READY, 5)
    assert sorted(staged(job).values_list("number", flat=True)) == [2, 3, 4, 5, 6]


def test_a_worker_that_was_displaced_does_not_begin_anew(ready):
    job = ready()
    job.lease = uuid4()
    with pytest.raises(jobs.Displaced):
        donations.run(job, jobs.Progress(job))
    assert staged(job).count() == 3


def test_a_worker_that_was_displaced_does_not_promote(ready, officer, monkeypatch):
    job = ready()
    jobs.say_yes(job, asker=officer, post="干事")
    promote = DonationsIntake.promote

    def slowly(self, job, **signed):
        trace = promote(self, job, **signed)
        Job.objects.filter(pk=job.pk).update(lease=None)  # as if another had taken it up
        return trace

    monkeypatch.setattr(DonationsIntake, "promote", slowly)
    jobs.run_here(job)
    assert not Donation.objects.exists()
    assert not Trace.objects.filter(deed="mutual_aid.donations_imported").exists()


def test_the_sweep_removes_what_a_killed_process_left_in_the_clear(db, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    left, being_read, folder = tmp_path / "one.upload.xlsx", tmp_path / "two.upload.xlsx", tmp_path / "sheets"
    folder.mkdir()
    for path in (left, being_read, folder / "sheet1.xml"):
        path.write_text("身份证号")
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    for path in (left, folder):
        os.utime(path, (yesterday.timestamp(),) * 2)
    jobs.sweep()
    assert list(tmp_path.iterdir()) == [being_read]


def test_the_sweep_wakes_workers_for_jobs_that_nobody_cares_for(
    hand_in, during, small_chunks, django_capture_on_commit_callbacks
):
    job, other = hand_in(5), hand_in(1)
    during(2, die)
    with pytest.raises(Killed):
        jobs.run_here(job)
    jobs.enqueue(other)
    assert jobs.sweep() == 0
    expire(job)
    expire(other)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.sweep() == 2
    woken = {message.task["args"][0] for message in OrmQ.objects.all()}
    assert woken == {str(job.pk), str(other.pk)}
    assert jobs.sweep() == 1  # the queued one has been announced; the other still lies there


# -- an end before the end ----------------------------------------------------------------------------


def test_a_queued_job_is_cancelled_and_never_runs(hand_in):
    job = hand_in()
    jobs.cancel(job)
    jobs.run_here(job)
    assert (job.state, job.done) == (State.CANCELLED, 0)
    assert job.ended_at


def test_a_running_job_is_cancelled_at_its_next_step_and_its_rows_are_gone(hand_in, during, small_chunks):
    job = hand_in(5)
    during(2, lambda: jobs.cancel(Job.objects.get(pk=job.pk)))
    jobs.run_here(job)
    assert job.state == State.CANCELLED
    assert not staged(job).exists()


def test_a_job_cancelled_at_its_last_step_is_not_ready(hand_in, monkeypatch):
    job = hand_in(2)
    monkeypatch.setattr(DonationsIntake, "settle", lambda *_: jobs.cancel(Job.objects.get(pk=job.pk)))
    jobs.run_here(job)
    assert job.state == State.CANCELLED
    assert not staged(job).exists()


def test_a_job_that_waits_for_a_word_is_cancelled_and_nothing_has_changed(ready, officer):
    job = ready()
    jobs.cancel(job)
    assert job.state == State.CANCELLED
    assert not staged(job).exists()
    with pytest.raises(NotReady, match="已取消"):
        jobs.confirm(job, asker=officer, post="干事")
    assert not Donation.objects.exists()


def test_a_job_cancelled_while_it_becomes_part_of_the_record_leaves_the_record_alone(
    ready, officer, monkeypatch
):
    job = ready()
    jobs.say_yes(job, asker=officer, post="干事")
    promote = DonationsIntake.promote

    def cancelled(self, job, **signed):
        trace = promote(self, job, **signed)
        jobs.cancel(Job.objects.get(pk=job.pk))
        return trace

    monkeypatch.setattr(DonationsIntake, "promote", cancelled)
    jobs.run_here(job)
    assert job.state == State.CANCELLED
    assert not Donation.objects.exists()
    assert not staged(job).exists()


def test_what_is_done_cannot_be_cancelled(done):
    job = done()
    jobs.cancel(job)
    assert job.state == State.DONE
    assert Donation.objects.count() == 3


# -- what goes wrong ----------------------------------------------------------------------------------


def test_a_refusal_is_the_sentence_that_the_asker_reads(hand_in):
    job = hand_in(source=book(("李会员",), heads=("姓名",)))
    jobs.run_here(job)
    assert job.state == State.FAILED
    assert job.problem.startswith("缺少必需的列：捐款金额")


def test_an_unexpected_fault_becomes_a_sentence_and_leaves_nothing_behind(
    hand_in, during, small_chunks, caplog
):
    job = hand_in(5)

    def break_down():
        raise ZeroDivisionError

    during(2, break_down)
    jobs.run_here(job)
    assert job.state == State.FAILED
    assert job.problem == "系统出错，没有改动任何数据。请重新检查；仍不行，请告诉管理员"
    assert not staged(job).exists()
    (record,) = caplog.records
    assert record.exc_info
    assert str(job.pk) in record.message


def test_a_failed_job_is_checked_anew_once(hand_in, during):
    job = hand_in(2)

    def refuse():
        raise Refusal("不行")

    during(1, refuse)
    jobs.run_here(job)
    assert (job.state, job.problem) == (State.FAILED, "不行")
    jobs.again(job)
    assert (job.state, job.problem) == (State.QUEUED, "")
    with pytest.raises(NotFailed):
        jobs.again(job)
    jobs.run_here(job)
    assert (job.state, job.result["imported"]) == (State.READY, 2)
    with pytest.raises(NotFailed):
        jobs.again(job)
    assert staged(job).count() == 2


def test_a_file_whose_bytes_are_gone_is_a_failure_and_no_crash(hand_in, settings, tmp_path, caplog):
    job = hand_in()
    settings.BLOBS = tmp_path
    jobs.run_here(job)
    assert job.state == State.FAILED


# -- what grows old -----------------------------------------------------------------------------------


def test_a_book_that_nobody_confirmed_for_a_week_must_be_checked_anew(ready):
    job = ready()
    Job.objects.update(started_at=timezone.now() - timedelta(days=8))
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "请重新检查" in job.problem
    assert not staged(job).exists()


def test_rows_that_came_back_are_kept_for_a_month(done):
    job = done(source=book(("甲", "", "甲厂", "五十", "", ""), ("乙", "", "乙厂", 50, "", "")))
    jobs.sweep()
    assert staged(job).count() == 1
    Job.objects.update(ended_at=timezone.now() - timedelta(days=31))
    jobs.sweep()
    assert not staged(job).exists()
    job.refresh_from_db()
    assert not job.rows_kept


def test_the_sweep_is_scheduled_once(db):
    sweeping = import_module("henji.work.migrations.0002_sweep")
    for _time in range(2):
        sweeping.schedule(apps, None)
    schedule = Schedule.objects.get(func="henji.work.jobs.sweep")
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == (Schedule.MINUTES, 1, -1)
    assert schedule.kwargs == "q_options={'save': False}"
