"""水位: it moves with every deed that concerns a county, and with no other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.evidence import traces
from henji.evidence.watermarks import watermarks
from henji.lib.actors import INSTALLER

APART = ("assessment", "accounts")
#: In minutes.
A_DAY = 60 * 24


@pytest.fixture
def leave(at):
    """Leave a trace of a deed: `leave("members.enrolled", county, minutes=5)`."""

    def leave(deed, county, *, of=None, minutes=0):
        moment = at + timedelta(minutes=minutes)
        subject = of or county
        return traces.leave(
            deed,
            id=traces.new_id(moment),
            subject=subject,
            county=county,
            by=INSTALLER,
            at=moment,
            on=at.date(),
        )

    return leave


def mark_of(county):
    return watermarks([county.pk], apart=APART)[county.pk]


def test_a_deed_of_any_room_moves_the_whole(county, leave):
    before = mark_of(county)
    leave("assessment.value_stated", county)
    assert mark_of(county).whole != before.whole


def test_a_deed_of_a_room_apart_leaves_the_records_where_they_are(county, leave):
    before = mark_of(county)
    leave("assessment.value_stated", county, minutes=5)
    leave("accounts.post_given", county, minutes=6)
    assert mark_of(county).records == before.records


def test_a_deed_in_the_record_moves_the_records(county, leave):
    before = mark_of(county)
    leave("members.enrolled", county, minutes=5)
    assert mark_of(county).records != before.records


def test_a_deed_of_the_neighbour_moves_nothing(county, neighbour, leave):
    before = mark_of(county)
    leave("members.enrolled", neighbour, minutes=5)
    assert mark_of(county) == before


def test_a_deed_in_no_county_moves_every_county(county, neighbour, leave):
    before = mark_of(county), mark_of(neighbour)
    leave("unions.union_founded", None, of=county, minutes=5)
    after = mark_of(county), mark_of(neighbour)
    assert all(old.records != new.records for old, new in zip(before, after, strict=True))


def test_what_was_begun_earlier_and_recorded_later_moves_it_too(county, leave):
    leave("members.enrolled", county, minutes=30)
    before = mark_of(county)
    leave("members.roster_imported", county, minutes=20)
    assert mark_of(county).records != before.records
    assert mark_of(county).whole != before.whole


def test_a_deed_under_a_clock_that_ran_ahead_hides_none_after_it(county, leave):
    leave("members.enrolled", county, minutes=60 * 24 * 365 * 50)
    before = mark_of(county)
    leave("members.enrolled", county, minutes=60 * 24 * 365 * 30)
    assert mark_of(county).records != before.records
    assert mark_of(county).whole != before.whole


def test_a_deed_under_a_clock_that_ran_back_moves_it_too(county, leave):
    before = mark_of(county)
    leave("members.enrolled", county, minutes=-10 * A_DAY)
    assert mark_of(county).records != before.records
    assert mark_of(county).whole != before.whole


def test_it_never_comes_back_whatever_the_clock_does(county, leave):
    seen = [mark_of(county)]
    for where in (county, None):
        for days in (0, 3, -10, -10, 4, 3650, 4, 5, -3650, 5, 3649, 0, 0, 3651):
            leave("members.enrolled", where, of=county, minutes=days * A_DAY)
            seen.append(mark_of(county))
    assert len({mark.whole for mark in seen}) == len(seen)
    assert len({mark.records for mark in seen}) == len(seen)


def test_a_straggler_of_a_room_apart_leaves_the_records_where_they_are(county, leave):
    before = mark_of(county)
    leave("assessment.value_stated", county, minutes=-10 * A_DAY)
    after = mark_of(county)
    assert (after.records, after.whole != before.whole) == (before.records, True)


def test_many_counties_cost_one_query(county, neighbour):
    with CaptureQueriesContext(connection) as caught:
        marks = watermarks([county.pk, neighbour.pk], apart=APART)
    assert len(caught) == 1
    assert set(marks) == {county.pk, neighbour.pk}


def test_no_county_asked_about_costs_nothing():
    # No fixture lets this test near a database.
    assert watermarks([], apart=APART) == {}
