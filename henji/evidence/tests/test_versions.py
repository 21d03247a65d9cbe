"""A fact is corrected by a new version, and what was believed before can still be asked."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from henji.assessment.models import StatedValue
from henji.evidence import traces, versions
from henji.evidence.versions import Outdated
from henji.lib import ids
from henji.lib.actors import INSTALLER


@pytest.fixture
def deed(county, at):
    """A trace, so many hours later."""

    def deed(hours=0):
        when = at + timedelta(hours=hours)
        with transaction.atomic():
            return traces.leave(
                "evidence.tried",
                id=traces.new_id(when),
                subject=county,
                county=county,
                by=INSTALLER,
                at=when,
                on=when.date(),
            )

    return deed


@pytest.fixture
def stated(county, deed):
    """A fact of a room that keeps versions."""
    made = deed()
    return StatedValue.objects.create(
        line=ids.new(made.at),
        made_by=made,
        known_from=made.at,
        source_row=7,
        county=county,
        subject=county,
        standard="tried",
        part="B10.1",
        kind="count",
        part_value=Decimal(3),
        from_on=date(2016, 1, 1),
        explanation="见花名册",
    )


def corrected(held, deed, hours, **changes):
    trace = deed(hours)
    with transaction.atomic():
        return versions.supersede(held, trace=trace.pk, at=trace.at, **changes)


def test_a_correction_changes_what_it_names_and_keeps_the_rest(stated, deed):
    later = corrected(stated, deed, 1, part_value=Decimal(4))
    assert later.part_value == 4
    assert (later.line, later.county, later.explanation, later.source_row) == (
        stated.line,
        stated.county,
        "见花名册",
        7,
    )
    assert later.pk != stated.pk


def test_the_version_before_stays_and_says_until_when_it_was_believed(stated, deed):
    later = corrected(stated, deed, 1, part_value=Decimal(4))
    stated.refresh_from_db()
    assert stated.part_value == 3
    assert stated.known_to == later.known_from
    assert stated.unmade_by_id == later.made_by_id
    assert (later.known_to, later.unmade_by_id) == (None, None)


def test_a_correction_may_name_another_row(stated, deed, neighbour):
    assert corrected(stated, deed, 1, county=neighbour).county_id == neighbour.pk
    later = StatedValue.objects.known().get(line=stated.line)
    assert corrected(later, deed, 2, county_id=stated.county_id).county_id == stated.county_id


def test_what_was_believed_at_any_moment_can_be_asked(stated, deed, at):
    second = corrected(stated, deed, 1, part_value=Decimal(4))
    third = corrected(second, deed, 2, part_value=Decimal(5))

    def believed(minutes):
        return list(StatedValue.objects.known(at + timedelta(minutes=minutes)))

    assert believed(-1) == []
    assert believed(0) == [stated]
    assert believed(59) == [stated]
    assert believed(60) == [second]
    assert believed(120) == [third]
    assert list(StatedValue.objects.known()) == [third]


def test_all_versions_of_a_fact_are_found_the_latest_first(stated, deed):
    second = corrected(stated, deed, 1, part_value=Decimal(4))
    third = corrected(second, deed, 2, part_value=Decimal(5))
    assert list(StatedValue.objects.line_of(stated.line)) == [third, second, stated]


def test_what_somebody_else_corrected_meanwhile_is_not_overwritten(stated, deed):
    corrected(stated, deed, 1, part_value=Decimal(4))
    with pytest.raises(Outdated) as refused:
        corrected(stated, deed, 2, part_value=Decimal(9))
    assert refused.value.words
    assert StatedValue.objects.known().get().part_value == 4
    assert StatedValue.objects.count() == 2


def test_a_fact_that_should_not_have_been_written_ends_without_a_successor(stated, deed):
    trace = deed(1)
    versions.end(stated, trace=trace.pk, at=trace.at)
    assert list(StatedValue.objects.known()) == []
    stated.refresh_from_db()
    assert (stated.known_to, stated.unmade_by_id) == (trace.at, trace.pk)
    with pytest.raises(Outdated):
        versions.end(stated, trace=trace.pk, at=trace.at)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_at_once_one_is_told(stated, deed):
    trace, outcomes, start = deed(1), [], threading.Barrier(2)

    def correct(value):
        start.wait()
        try:
            with transaction.atomic():
                versions.supersede(stated, trace=trace.pk, at=trace.at, part_value=value)
            outcomes.append("corrected")
        except Outdated:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=correct, args=(Decimal(n),)) for n in (8, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["corrected", "told"]
    assert StatedValue.objects.known().count() == 1
