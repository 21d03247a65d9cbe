"""导入不怕坏文件: whatever is handed in, it ends in words and changes nothing before somebody says yes.

A few dozen inputs with the tests; `make fuzz` takes ten thousand, `HENJI_FUZZ=…` as many as it says.
"""

import io
import os
from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from henji.evidence.models import Trace
from henji.lib.sheets import media_type_of
from henji.members.jobs import roster
from henji.members.models import Membership, Particulars, Person, Unplaced
from henji.mutual_aid import commands
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation
from henji.unions.models import Employer, Union
from henji.web.jobs import employers
from henji.work import jobs
from henji.work.models import State
from tests import hostile
from tests.cast import AT

INPUTS = int(os.environ.get("HENJI_FUZZ", "60"))
RECORD = (Trace, Person, Particulars, Membership, Unplaced, Donation, Employer, Union)
FUZZED = settings(
    max_examples=INPUTS,
    deadline=None,
    derandomize=INPUTS < 1000,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class TakenBack(Exception):
    """What was staged is not kept."""


def record():
    return [model._default_manager.count() for model in RECORD]


@pytest.fixture
def stage(county, officer, actor):
    """交来并检查 a file of the kind: how the job ended, and what it wrote down."""
    drive = commands.open_drive(
        county=county,
        code="2016",
        name="2016 年一日捐",
        collects_from=date(2016, 3, 1),
        collects_to=date(2016, 12, 31),
        aid_from=date(2017, 1, 1),
        aid_to=date(2017, 12, 31),
        by=actor(officer),
        at=AT,
    )

    def stage(intake, content):
        job = jobs.hand_in(
            intake.kind,
            county=county,
            asker=officer,
            post="干事",
            at=AT,
            source=io.BytesIO(content),
            file_name="表",
            media_type=media_type_of(io.BytesIO(content)),
            params={"drive": drive.pk},
        )
        jobs.run_here(job)
        return job

    return stage


@FUZZED
@given(content=hostile.files, intake=st.sampled_from([roster, donations, employers]))
def test_whatever_is_handed_in_ends_in_words_and_changes_nothing(stage, content, intake):
    before = record()
    with suppress(TakenBack), transaction.atomic():
        job = stage(intake, content)
        assert job.state in {State.READY, State.FAILED}
        assert "系统出错" not in job.problem  # what the log calls a crash
        if job.state == State.READY:
            assert intake.rows_of(job).count() == job.result["read"]
            intake.preview(job)
            intake.write_rejected(job, io.BytesIO())
        else:
            assert job.problem
        assert record() == before
        raise TakenBack


@settings(FUZZED, max_examples=max(INPUTS // 20, 5))
@given(content=hostile.files)
def test_what_may_be_confirmed_is_taken_in_wholly_or_not_at_all(stage, officer, content):
    before = Person.objects.count()
    with suppress(TakenBack), transaction.atomic():
        job = stage(roster, content)
        if job.state == State.READY:
            jobs.say_yes(job, asker=officer, post="干事")
            jobs.run_here(job)
            assert job.state == State.DONE, job.problem
            assert Person.objects.count() - before == job.result["new"]
        raise TakenBack
