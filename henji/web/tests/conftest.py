"""What the tests of this room share."""

import pytest

from henji.lib.sheets import XLSX_TYPE
from henji.web.jobs import employers
from henji.web.tests.lists import book
from henji.work import jobs
from henji.work.intake import take_in


@pytest.fixture
def bring(county, officer, at):
    """王干事 hands in a list of employers and says yes."""

    def bring(*rows, **options):
        stream = book(*rows, **options)
        asked = {"county": county, "asker": officer, "post": "干事", "at": at}
        return take_in(employers, stream, file_name="名单.xlsx", **asked)

    return bring


@pytest.fixture
def staged(county, officer, at):
    """王干事 hands in a list of employers, and it is checked."""

    def staged(*rows, **options):
        asked = {"county": county, "asker": officer, "post": "干事", "at": at}
        file = {"source": book(*rows, **options), "file_name": "名单.xlsx", "media_type": XLSX_TYPE}
        job = jobs.hand_in("web.employers", **asked, **file)
        jobs.run_here(job)
        return job

    return staged
