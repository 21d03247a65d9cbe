"""所做之事: which deeds stand, and on which day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from henji.evidence import doings, naming
from henji.lib.actors import INSTALLER
from henji.mutual_aid import commands
from henji.mutual_aid.models import Subsidy

GRANTED = "mutual_aid.subsidy_granted"
DECEMBER = date(2016, 12, 31)


@pytest.fixture
def drive(county, at):
    return commands.open_drive(
        county=county,
        code="2016",
        name="2016 年一日捐",
        collects_from=date(2016, 4, 1),
        collects_to=date(2016, 5, 31),
        aid_from=date(2016, 1, 1),
        aid_to=date(2016, 12, 31),
        by=INSTALLER,
        at=at,
    )


@pytest.fixture
def grant(drive, at):
    def _grant(on=date(2016, 3, 1), voucher="补1"):
        return commands.grant_subsidy(
            drive=drive, granted_yuan=Decimal(500), granted_on=on, voucher=voucher, by=INSTALLER, at=at
        )

    return _grant


def _days(county, until=DECEMBER, **more):
    return [done.on for done in doings.done([county.pk], [GRANTED], until=until, **more)]


def test_a_deed_is_found_with_its_day_and_the_day_when_it_was_recorded(county, grant, at):
    subsidy = grant()
    (done,) = doings.done([county.pk], [GRANTED], until=DECEMBER)
    assert (done.on, done.recorded_on) == (date(2016, 3, 1), at.date())
    assert (done.trace, done.deed) == (subsidy.made_by_id, GRANTED)


def test_a_deed_after_the_day_asked_about_is_not_found(county, grant):
    grant()
    assert _days(county, until=date(2016, 2, 29)) == []


def test_the_neighbours_deeds_are_not_found(neighbour, grant):
    grant()
    assert _days(neighbour) == []


def test_what_was_recorded_since_was_not_known_then(county, grant, at):
    grant()
    assert _days(county, known_at=at - timedelta(hours=1)) == []
    assert _days(county, known_at=at) == [date(2016, 3, 1)]


def test_a_deed_taken_back_does_not_stand_and_stood_until_then(county, grant, at):
    held = grant()
    later = at + timedelta(days=1)
    commands.withdraw_subsidy(subsidy=held, reason="重复登记", by=INSTALLER, at=later)
    assert _days(county) == []
    assert _days(county, known_at=at) == [date(2016, 3, 1)]


def test_a_deed_corrected_stands_on_its_new_day(county, grant, at):
    held = grant()
    _correct(held, date(2015, 12, 30), at + timedelta(hours=1))
    assert _days(county) == [date(2015, 12, 30)]


def test_a_deed_corrected_and_then_taken_back_does_not_stand(county, grant, at):
    corrected = _correct(grant(), date(2016, 4, 1), at + timedelta(hours=1))
    commands.withdraw_subsidy(subsidy=corrected, reason="重复登记", by=INSTALLER, at=at + timedelta(hours=2))
    assert _days(county) == []


def _correct(held, on, at):
    commands.correct_subsidy(
        subsidy=held,
        granted_yuan=held.granted_yuan,
        granted_on=on,
        voucher=held.voucher,
        reason="抄错",
        by=INSTALLER,
        at=at,
    )
    return Subsidy.objects.known().get(line=held.line)


def test_it_costs_two_queries_however_much_was_done(county, grant, django_assert_num_queries):
    for n in range(5):
        grant(voucher=f"补{n}")
    with django_assert_num_queries(2):
        assert len(_days(county)) == 5


def test_nothing_asked_for_costs_nothing(county, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert doings.done([county.pk], [], until=DECEMBER) == []


def test_every_deed_that_takes_back_is_declared_as_such():
    for _room, deeds in naming.deeds_by_room():
        for code, _name in deeds:
            is_undoing = code in naming.undoing(naming.room_of(code))
            assert is_undoing == code.endswith("_withdrawn"), code
