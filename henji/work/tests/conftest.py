"""What the tests of this room share: donation books of 王干事's, whose kind stands for every other."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from henji.lib.sheets import XLSX_TYPE
from henji.mutual_aid import commands
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.tests.books import book
from henji.work import jobs
from henji.work.models import State

AT = datetime(2017, 1, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def at():
    """此刻: after the drive has ended."""
    return AT


@pytest.fixture
def drive(county, officer, actor, at):
    """2016 年一日捐."""
    return commands.open_drive(
        county=county,
        code="2016",
        name="2016 年一日捐",
        collects_from=date(2016, 11, 15),
        collects_to=date(2016, 12, 31),
        aid_from=date(2017, 1, 1),
        aid_to=date(2017, 12, 31),
        by=actor(officer),
        at=at,
    )


@pytest.fixture
def hand_in(county, officer, drive, at):
    """交来: a book of so many gifts, not yet looked at; or another workbook."""

    def hand_in(rows=3, source=None, intake=donations, sender=None):
        lines = [(f"捐款人{n}", "", f"第{n}厂", 50, "", "") for n in range(rows)]
        return jobs.hand_in(
            intake.kind,
            county=county,
            asker=officer,
            post="干事",
            at=at,
            source=source or book(*lines),
            file_name="捐款名册.xlsx",
            media_type=XLSX_TYPE,
            params={"drive": drive.pk},
            sender=sender,
        )

    return hand_in


@pytest.fixture
def ready(hand_in):
    """A book that was checked and waits for a person's word."""

    def ready(*args, **more):
        job = hand_in(*args, **more)
        jobs.run_here(job)
        assert job.state == State.READY, job.problem
        return job

    return ready


@pytest.fixture
def done(ready, officer):
    """A book that was taken in."""

    def done(*args, **more):
        job = ready(*args, **more)
        jobs.say_yes(job, asker=officer, post="干事")
        jobs.run_here(job)
        assert job.state == State.DONE, job.problem
        return job

    return done
