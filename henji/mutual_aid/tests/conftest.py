"""What the tests of this room share: the drive of 2016, its members, and 王干事's hands."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from henji.lib.sheets import XLSX_TYPE
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.tests.books import HEADS, book
from henji.unions import commands as unions
from henji.work import jobs
from henji.work.intake import take_in
from henji.work.models import State

#: The Friday after the drive, when its books are written down.
AT = datetime(2017, 1, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def at():
    """此刻: after the drive has ended."""
    return AT


@pytest.fixture
def signed(officer, actor, at):
    """Signed by 王干事, now."""
    return {"by": actor(officer), "at": at}


@pytest.fixture
def open_drive(county, signed):
    """设立活动: by default that of 2016, which collects for the aid of 2017."""

    def open_drive(year=2016, **more):
        told = {
            "county": county,
            "code": str(year),
            "name": f"{year} 年一日捐",
            "collects_from": date(year, 11, 15),
            "collects_to": date(year, 12, 31),
            "aid_from": date(year + 1, 1, 1),
            "aid_to": date(year + 1, 12, 31),
        }
        return commands.open_drive(**told | more, **signed)

    return open_drive


@pytest.fixture
def drive(open_drive):
    """2016 年一日捐."""
    return open_drive()


@pytest.fixture
def employ(county, signed):
    """单位登记."""
    return lambda name: unions.register_employer(county=county, name=name, **signed)


@pytest.fixture
def mill(employ):
    """常山纺织, where the members of these tests work."""
    return employ("常山纺织")


@pytest.fixture
def enrol(county, mill, signed):
    """会员登记: `enrol("李会员", 1)`."""

    def enrol(name="李会员", serial=1, **more):
        told = {"name": name, "identity": number_of(serial), "county": county, "employer": mill}
        return members.enrol(**{**told, "start_on": date(2015, 3, 1)} | more, **signed)

    return enrol


@pytest.fixture
def take(drive, county, officer, at):
    """捐款名册导入 from beginning to end: rows by HEADS, or a workbook."""

    def take(*rows, source=None, heads=HEADS, into=None, employer=None, when=at):
        return take_in(
            donations,
            source or book(*rows, heads=heads),
            file_name="捐款名册.xlsx",
            county=county,
            asker=officer,
            post="干事",
            at=when,
            params={"drive": (into or drive).pk, "employer": employer and employer.pk},
        )

    return take


@pytest.fixture
def check(drive, county, officer, at):
    """捐款名册 handed in and checked, to be confirmed."""

    def check(*rows, heads=HEADS, employer=None):
        job = jobs.hand_in(
            donations.kind,
            county=county,
            asker=officer,
            post="干事",
            at=at,
            source=book(*rows, heads=heads),
            file_name="捐款名册.xlsx",
            media_type=XLSX_TYPE,
            params={"drive": drive.pk, "employer": employer and employer.pk},
        )
        jobs.run_here(job, at=at)
        assert job.state == State.READY, job.problem
        return job

    return check


@pytest.fixture
def confirm(officer, at):
    """确认导入."""

    def confirm(job):
        jobs.say_yes(job, asker=officer, post="干事")
        jobs.run_here(job, at=at)
        return job

    return confirm


@pytest.fixture
def give(drive, signed):
    """捐款登记 by hand."""

    def give(person=None, amount="50", on=date(2016, 11, 20), into=None, **more):
        told = {"drive": into or drive, "person": person, "amount_yuan": Decimal(amount), "given_on": on}
        return commands.record_donation(**told | more, **signed)

    return give


@pytest.fixture
def pay(county, signed):
    """救助金支付."""

    def pay(person, amount="3000", on=date(2017, 1, 5), voucher="救1"):
        return commands.pay_aid(
            county=county,
            person=person,
            category="本人大病",
            paid_yuan=Decimal(amount),
            paid_on=on,
            voucher=voucher,
            **signed,
        )

    return pay


@pytest.fixture
def grant(drive, signed):
    """工会补贴拨入."""

    def grant(amount="500000", on=date(2016, 12, 1), voucher="补1", into=None):
        return commands.grant_subsidy(
            drive=into or drive, granted_yuan=Decimal(amount), granted_on=on, voucher=voucher, **signed
        )

    return grant


@pytest.fixture
def whole(enrol):
    """A book with a member by number, one by name, two namesakes, a stranger, and a group; in two orders."""
    for name, serial in (("李会员", 1), ("王会员", 2), ("赵会员", 3), ("赵会员", 4)):
        enrol(name, serial)
    return [
        ("李会员", number_of(1), "常山纺织", 50, "2016-11-20", "A1"),
        ("王会员", "", "常山纺织", 100.5, "2016-11-21", ""),
        ("赵会员", "", "常山纺织", 20, "", ""),
        ("赵会员", "", "常山纺织", 20, "", ""),
        ("外来人", "", "", 30, "", ""),
        ("集体", "", "", 500, "", ""),
    ]
