"""Identifiers sort by the instant that they were given."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from henji.lib import ids

INSTANTS = st.integers(min_value=0, max_value=2**42).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))


@given(INSTANTS)
def test_an_identifier_is_a_uuid_of_version_seven(at):
    made = ids.new(at)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(at.timestamp() * 1000)


@given(INSTANTS, st.integers(min_value=1, max_value=10**9))
def test_the_later_sorts_behind(at, milliseconds):
    later = at + timedelta(milliseconds=milliseconds)
    assert str(ids.new(at)) < str(ids.new(later))


def test_two_of_one_instant_differ():
    at = datetime(2016, 6, 1, tzinfo=UTC)
    assert len({ids.new(at) for _ in range(1000)}) == 1000


@given(INSTANTS)
def test_a_series_rises_and_stays_in_its_instant(at):
    digits = list(islice(ids.series(at), 3000))
    assert digits == sorted(set(digits))
    made = [UUID(each) for each in digits]
    assert {each.version for each in made} == {7}
    assert {each.int >> 80 for each in made} == {int(at.timestamp() * 1000)}
    assert digits[0] != next(ids.series(at))
