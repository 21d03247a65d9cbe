"""日缓存: what is held equals what would be computed, whatever was done, and is never needed."""

import threading
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from henji.assessment import commands, day_cache, queries
from henji.assessment.models import DayScore, FigureDay
from henji.assessment.rules import Said
from henji.assessment.tests.conftest import SMALL
from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands as mutual_aid

YEAR = 2016
DAY = date(2016, 6, 1)
#: The small standard, its computed item on the rate of 一日捐.
LIVE = SMALL.replace("assessment.half_joined", "mutual_aid.participation_rate")


@pytest.fixture
def live(county, at):
    return commands.publish_standard(publisher=county, text=LIVE, by=INSTALLER, at=at)


@pytest.fixture
def drive(county, at):
    return opened_drive(county, at)


def opened_drive(county, at):
    return mutual_aid.open_drive(
        county=county,
        code="2016",
        name="2016年一日捐",
        collects_from=date(2016, 3, 1),
        collects_to=date(2016, 5, 31),
        aid_from=date(2016, 1, 1),
        aid_to=date(2016, 12, 31),
        by=INSTALLER,
        at=at,
    )


def score_of(county, standard, as_of=DAY):
    return day_cache.scores({county: standard}, YEAR, as_of)[county.pk]


def computed(county, standard, as_of=DAY):
    return queries.scorecard(county, standard.standard, Period.year(YEAR), as_of)


def marked(card):
    """What is held of a scorecard."""
    grading = card.grading
    points = {item.code: item.points for item in card.items}
    return day_cache.Scored(card.as_of, grading.total, grading.base, grading.bonus, grading.grade, points)


# Held and not held


def test_a_score_that_is_held_is_not_computed_again(county, live, drive):
    first = score_of(county, live)
    with CaptureQueriesContext(connection) as caught:
        assert score_of(county, live) == first
    assert len(caught) == 2  # the watermark and the row


def test_a_figure_that_is_held_is_not_counted_again(county, live, drive):
    card = day_cache.scorecard(county, live, YEAR, DAY)
    with CaptureQueriesContext(connection) as caught:
        assert day_cache.scorecard(county, live, YEAR, DAY) == card
    assert not [query for query in caught if "mutual_aid_" in query["sql"]]


def test_a_value_stated_moves_the_score_and_counts_nothing(county, live, drive, at):
    before = score_of(county, live)
    commands.state_value(
        subject=county,
        standard=live,
        part="B10.listed",
        said=Said(Decimal(1)),
        from_on=date(2016, 1, 1),
        to_on=None,
        explanation="见文件",
        by=INSTALLER,
        at=at + timedelta(minutes=1),
    )
    with CaptureQueriesContext(connection) as caught:
        assert score_of(county, live).total == before.total + 1
    assert not [query for query in caught if "mutual_aid_" in query["sql"]]


def test_a_gift_moves_the_figure(county, live, drive, at):
    person = members.enrol(county=county, name="李会员", identity=number_of(1), by=INSTALLER, at=at)
    assert score_of(county, live).total == 0
    mutual_aid.record_donation(
        drive=drive, amount_yuan=Decimal(50), given_on=DAY, person=person, by=INSTALLER, at=at
    )
    assert score_of(county, live).total == 4


def test_all_rows_may_be_deleted(county, live, drive):
    card = day_cache.scorecard(county, live, YEAR, DAY)
    score = score_of(county, live)
    FigureDay.objects.all().delete()
    DayScore.objects.all().delete()
    assert day_cache.scorecard(county, live, YEAR, DAY) == card
    assert score_of(county, live) == score
    assert FigureDay.objects.count() == DayScore.objects.count() == 1


@pytest.mark.parametrize("body", ["", "{", "[]", '{"kind": "Count"}'])
def test_a_row_that_cannot_be_read_is_computed_again(county, live, drive, body):
    score = score_of(county, live)
    FigureDay.objects.update(body=body)
    DayScore.objects.update(body=body)
    assert score_of(county, live) == score
    assert day_cache.scorecard(county, live, YEAR, DAY) == computed(county, live)


def test_another_version_of_the_installation_trusts_nothing_held(county, live, drive):
    score_of(county, live)
    FigureDay.objects.update(body='{"kind": "Missing", "what": "旧版"}', watermark="older code")
    assert "旧版" not in str(day_cache.scorecard(county, live, YEAR, DAY))


def test_each_language_has_its_own(county, live, drive):
    score_of(county, live)
    with translation.override("en"):
        score_of(county, live)
    assert sorted(DayScore.objects.values_list("language", flat=True)) == ["en", "zh-hans"]


def test_a_day_is_held_once_however_often_it_moves(county, live, drive, at):
    for minute in range(3):
        members.enrol(
            county=county,
            name="李会员",
            identity=number_of(minute),
            by=INSTALLER,
            at=at + timedelta(minutes=minute),
        )
        score_of(county, live)
    assert DayScore.objects.count() == FigureDay.objects.count() == 1


def test_the_oldest_rows_go(county, live, drive, monkeypatch):
    monkeypatch.setattr(day_cache, "KEPT", {FigureDay: 3, DayScore: 2})
    for day in range(1, 9):
        score_of(county, live, date(2016, 5, day))
    assert set(DayScore.objects.values_list("as_of", flat=True)) == {date(2016, 5, 7), date(2016, 5, 8)}
    assert FigureDay.objects.count() == 3


def test_many_days_are_computed_as_far_as_there_is_time(county, live, drive):
    days = [date(2016, 5, day) for day in range(1, 6)]
    moments = iter([True, True, False, False, False])
    held = day_cache.scores_by_day(county, live, YEAR, days, lambda: next(moments))
    assert list(held) == days[:2]
    assert set(day_cache.scores_by_day(county, live, YEAR, days, lambda: False)) == set(days[:2])
    assert set(day_cache.scores_by_day(county, live, YEAR, days, lambda: True)) == set(days)


def test_the_days_of_one_figure(county, live, drive):
    days = [date(2016, 5, day) for day in range(1, 4)]
    address, period = "mutual_aid.participation_rate", Period.year(YEAR)
    held = day_cache.figures_by_day(county, address, period, days, lambda: True)
    assert held == {
        day: figures.compute(address, Scope((county.pk,), period, day))[county.pk] for day in days
    }
    assert day_cache.figures_by_day(county, address, period, days, lambda: False) == held


# Counties side by side


def test_counties_are_scored_together_at_the_price_of_one(county, neighbour, live, drive, at):
    theirs = commands.publish_standard(publisher=neighbour, text=LIVE, by=INSTALLER, at=at)
    day_cache.scores({county: live}, YEAR, DAY)  # what is read once per process has been read
    with CaptureQueriesContext(connection) as one:
        day_cache.scores({county: live}, YEAR, date(2016, 5, 30))
    with CaptureQueriesContext(connection) as two:
        both = day_cache.scores({county: live, neighbour: theirs}, YEAR, date(2016, 5, 29))
    assert set(both) == {county.pk, neighbour.pk}
    assert len(two) == len(one)


# What a deed may move


def test_no_indicator_reads_what_rooms_apart_write(county, drive, at):
    """The test on which `APART` rests."""
    scope = Scope((county.pk,), Period.year(YEAR), DAY)
    for address in figures.addresses():
        if address.partition(".")[0] in day_cache.APART:
            continue  # these are not held at all
        with CaptureQueriesContext(connection) as caught:
            figures.compute(address, scope)
        read = " ".join(query["sql"] for query in caught)
        assert not any(f'"{room}_' in read for room in day_cache.APART), address


# Writing must never hurt


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_writes_the_page_is_answered_at_once(county, live, drive, at):
    score_of(county, live)
    members.enrol(county=county, name="李会员", identity=number_of(1), by=INSTALLER, at=at)
    is_writing, may_end = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            FigureDay.objects.update(body="held by somebody else")
            DayScore.objects.update(body="held by somebody else")
            is_writing.set()
            may_end.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert is_writing.wait(10)
        begun = time.monotonic()
        assert score_of(county, live) == marked(computed(county, live))
        assert time.monotonic() - begun < 5  # a write would wait for twenty seconds
    finally:
        may_end.set()
        writer.join()
    assert score_of(county, live) == marked(computed(county, live))
    assert not DayScore.objects.filter(body="held by somebody else").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_both_get_an_answer(county, live, drive):
    together = threading.Barrier(2)
    answers = []

    def ask():
        together.wait()
        answers.append(score_of(county, live))
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert score_of(county, live) == answers[0]
    assert DayScore.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_still_answers(county, live, drive):
    lock, unlock = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(lock)
        try:
            assert score_of(county, live) == marked(computed(county, live))
        finally:
            cursor.execute(unlock)
    assert not DayScore.objects.exists()
