"""What the tests of this room share: 王干事's hands."""

from datetime import date

import pytest

from henji.lib.sheets import XLSX_TYPE
from henji.members import commands
from henji.members.jobs import roster
from henji.members.tests.rosters import HEADS, number_of, workbook_of
from henji.unions import commands as unions
from henji.work import jobs
from henji.work.intake import take_in


@pytest.fixture
def employ(county, officer, actor, at):
    """单位登记 by 王干事."""

    def employ(name="正定县常山纺织有限公司", **more):
        return unions.register_employer(
            **{"county": county, "name": name, "by": actor(officer), "at": at} | more
        )

    return employ


@pytest.fixture
def enrol(county, officer, actor, at):
    """会员登记 by 王干事."""

    def enrol(name="李会员", serial=1, **more):
        given = {
            "county": county,
            "name": name,
            "identity": number_of(serial),
            "by": actor(officer),
            "at": at,
        }
        return commands.enrol(**given | {"start_on": date(2015, 3, 1)} | more)

    return enrol


@pytest.fixture
def hand_in(county, officer, at):
    """交来 a roster, not yet looked at."""

    def hand_in(rows, heads=HEADS, at=at, county=county, by=officer, merged=()):
        return jobs.hand_in(
            roster.kind,
            county=county,
            asker=by,
            post="干事",
            at=at,
            source=workbook_of(rows, heads, merged),
            file_name="花名册.xlsx",
            media_type=XLSX_TYPE,
        )

    return hand_in


@pytest.fixture
def import_rows(county, officer, at):
    """导入 a roster from beginning to end, and give the job."""

    def import_rows(rows, heads=HEADS, at=at, county=county, by=officer):
        return take_in(
            roster,
            workbook_of(rows, heads),
            file_name="花名册.xlsx",
            county=county,
            asker=by,
            post="干事",
            at=at,
        )

    return import_rows
