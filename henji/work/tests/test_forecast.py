"""预计: what the page says of how long a job will still take, and for how long it holds others up."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from henji.lib.tests.books import as_csv, as_xls
from henji.mutual_aid.tests.books import book
from henji.work import forecast, jobs
from henji.work.models import Job, State

LINES = [(f"捐款人{n}", "", f"第{n}厂", 50, "", "") for n in range(7)]


def told(client, job):
    return client.get(reverse("work:job", args=[job.pk])).content.decode()


@pytest.mark.parametrize("written", [lambda xlsx: xlsx, as_csv, as_xls])
def test_how_many_rows_there_are_is_known_while_they_are_read(ready, written):
    job = ready(source=written(book(*LINES)))
    assert (job.done, job.total) == (7, 7)


def test_the_time_left_is_told_from_how_it_went(client_of, officer, hand_in):
    job = hand_in()
    begun = timezone.now() - timedelta(seconds=60)
    Job.objects.update(state=State.RUNNING, done=3000, total=9000, started_at=begun)
    assert re.search("约剩 2 分 [0-9] 秒", told(client_of(officer), job))
    assert "3,000 / 9,000" in told(client_of(officer), job)


@pytest.mark.parametrize(
    "so_far", [{"done": 0, "total": 9}, {"done": 9, "total": 9}, {"done": 5, "total": 0}]
)
def test_where_nobody_can_tell_nothing_is_said(hand_in, so_far):
    job = hand_in()
    Job.objects.update(state=State.RUNNING, started_at=timezone.now(), **so_far)
    job.refresh_from_db()
    assert forecast.left(job) == ""


def test_a_long_deed_says_beforehand_for_how_long_others_wait(client_of, officer, ready):
    job = ready()
    assert "入库大约要" not in told(client_of(officer), job)
    Job.objects.update(result=job.result | {"imported": 600_000})
    said = "入库大约要 50 秒" in told(client_of(officer), job)
    assert said == (connection.vendor == "sqlite")


def test_this_machine_is_measured_by_what_it_has_done(done, ready):
    job = done()
    began = timezone.now()
    Job.objects.update(
        result=job.result | {"imported": 100_000}, started_at=began, ended_at=began + timedelta(seconds=2)
    )
    waiting = ready()
    waiting.result["imported"] = 500_000
    assert forecast.blocked(waiting) == ("10 秒" if connection.vendor == "sqlite" else "")


def test_the_deed_itself_counts_down(ready):
    job = ready()
    jobs.say_yes(job, asker=job.asker, post="干事")
    Job.objects.update(
        state=State.RUNNING, started_at=timezone.now(), result=job.result | {"imported": 240_000}
    )
    job.refresh_from_db()
    assert forecast.left(job) in {f"约剩 {seconds} 秒" for seconds in range(15, 21)}
