"""工人猝死: a worker killed with -9 in the middle of its work, and another that takes the job up."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from henji.evidence.models import Trace
from henji.lib.tests.books import as_csv, as_xls
from henji.members.jobs import roster
from henji.members.models import Person
from henji.members.tests.rosters import number_of, workbook_of
from henji.mutual_aid.models import Donation, StagedDonation
from henji.mutual_aid.tests.books import book
from henji.work import jobs
from henji.work.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)

#: A worker of its own that stops in the midst of a transaction, says so, and waits for its end.
WORKER = """
import sys, time, django
django.setup()
from henji.evidence import traces
from henji.work import intake, jobs
from henji.lib import bulk
intake.CHUNK = 2
def stop_after(module, name, times):
    whole = getattr(module, name)
    done = []
    def stopping(*args, **kwargs):
        result = whole(*args, **kwargs)
        done.append(result)
        if len(done) == times:
            print("now", flush=True)
            time.sleep(60)
        return result
    setattr(module, name, stopping)
stop_after(bulk, "insert", 2)
stop_after(traces, "leave", 1)
jobs.run(sys.argv[1])
"""


def kill_in_the_midst(job):
    """Start a worker, wait until it is in the midst of its work, and kill it."""
    where = connection.settings_dict
    address = f"sqlite:///{where['NAME']}"
    if connection.vendor == "postgresql":
        address = f"postgres://{where['USER']}@{quote(where['HOST'], safe='')}/{where['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "henji.settings",
        "HENJI_DATA": str(settings.DATA),
        "DATABASE_URL": address,
    }
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(job.pk)],
        cwd=settings.HOME,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout.readline() == "now\n"
        worker.kill()
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


@pytest.mark.parametrize("written", [lambda xlsx: xlsx, as_csv, as_xls])
def test_killed_in_the_middle_of_staging(hand_in, written):
    lines = [(f"捐款人{n}", "", f"第{n}厂", 50, "", "") for n in range(5)]
    job = hand_in(source=written(book(*lines)))
    kill_in_the_midst(job)
    assert StagedDonation.objects.count() == 2  # the second chunk was not through
    assert jobs.sweep() == 1
    jobs.run_here(job)
    assert (job.state, job.result["read"]) == (State.READY, 5)
    assert sorted(StagedDonation.objects.values_list("number", flat=True)) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("written", [as_csv, as_xls])
def test_a_roster_whose_worker_is_killed_in_the_deed_is_taken_in_once(county, officer, at, written):
    rows = [(f"会员{n}", number_of(2 * n + 1)) for n in range(5)]
    job = jobs.hand_in(
        roster.kind,
        county=county,
        asker=officer,
        post="干事",
        at=at,
        source=written(workbook_of(rows, ("姓名", "身份证号"))),
        file_name="花名册",
        media_type="text/csv",
    )
    jobs.run_here(job)
    jobs.say_yes(job, asker=officer, post="干事")
    kill_in_the_midst(job)
    assert not Person.objects.exists()
    assert jobs.sweep() == 1
    jobs.run_here(job)
    assert (job.state, Person.objects.count()) == (State.DONE, 5)


def test_killed_in_the_middle_of_the_deed(ready, officer):
    job = ready(5)
    jobs.say_yes(job, asker=officer, post="干事")
    kill_in_the_midst(job)
    assert not Donation.objects.exists()
    assert not Trace.objects.filter(deed="mutual_aid.donations_imported").exists()
    assert jobs.sweep() == 1
    jobs.run_here(job)
    assert (job.state, Donation.objects.count()) == (State.DONE, 5)
