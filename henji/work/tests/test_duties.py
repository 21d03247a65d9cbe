"""待办: owed by a day, done when the awaited deed is recorded about the same thing."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from henji.evidence import traces
from henji.unions import commands as unions
from henji.work import duties, queries

AWAITED = "unions.employer_registered"


@pytest.fixture
def leave(county, officer, actor):
    """A trace of the deed about the thing."""

    def leave(deed, subject, at):
        with transaction.atomic():
            return traces.leave(
                deed,
                id=traces.new_id(at),
                subject=subject,
                county=county,
                by=actor(officer),
                at=at,
                on=date(2016, 6, 1),
            )

    return leave


@pytest.fixture
def owed(county, leave, at):
    """A duty about the county, and the instant at which it was owed."""
    cause = leave("unions.tried", county, at)
    duties.owe(AWAITED, subjects=[county], county=county, by_on=date(2016, 6, 15), trace=cause.pk, at=at)


def test_a_duty_is_open_until_the_awaited_deed_is_recorded(owed, county, leave, officer, reach_of, at):
    reach = reach_of(officer)
    assert [duty.by_on for duty in queries.open_duties(reach)] == [date(2016, 6, 15)]
    leave("unions.another", county, at + timedelta(hours=1))
    assert queries.open_duties(reach).count() == 1
    leave(AWAITED, county, at + timedelta(hours=1))
    assert not queries.open_duties(reach).exists()


def test_a_deed_recorded_before_the_duty_was_owed_does_not_fulfil_it(
    owed, county, leave, officer, reach_of, at
):
    leave(AWAITED, county, at - timedelta(hours=1))
    assert queries.open_duties(reach_of(officer)).count() == 1


def test_the_deed_about_another_thing_does_not_fulfil_it(owed, leave, officer, actor, county, reach_of, at):
    other = unions.register_employer(county=county, name="常山纺织", by=actor(officer), at=at)
    leave(AWAITED, other, at + timedelta(hours=1))
    assert queries.open_duties(reach_of(officer)).count() == 1


def test_another_county_owes_nothing(owed, outsider, reach_of):
    assert not queries.open_duties(reach_of(outsider)).exists()
