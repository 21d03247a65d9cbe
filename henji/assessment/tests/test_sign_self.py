"""自评签字."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from henji.assessment import cards, commands, library, queries
from henji.assessment.models import SignedScore
from henji.assessment.rules import DayAhead, DayBeforeYear, MovedMeanwhile, StandardNotForIt
from henji.lib.actors import Actor
from henji.lib.periods import Period

CHAIR = Actor(7, "陈主席", "领导")


@pytest.fixture
def sign(county, small, at):
    def _sign(**more):
        asked = {
            "subject": county,
            "standard": small,
            "year": 2016,
            "as_of": date(2016, 6, 1),
            "at": at,
            **more,
        }
        return commands.sign_self_score(by=CHAIR, **asked)

    return _sign


def test_what_is_signed_stays_when_the_figures_move(county, small, sign, joined):
    signed = sign()
    joined["part"] = 10
    signed = SignedScore.objects.get(pk=signed.pk)
    live = queries.scorecard(county, small.standard, Period.year(2016), date(2016, 6, 1))
    assert signed.score["total"] == 4
    assert live.grading.total == 0
    assert signed.score["items"][0]["parts"][0]["figure"]["part"] == 60
    (moved,) = [row for row in cards.rows(live, {}, {"self": signed}) if row.moved]
    assert moved.score.code == "B1"
    assert moved.moved == -4


def test_the_standard_and_its_digest_are_frozen_with_the_score(small, sign):
    signed = sign()
    assert signed.body["standard"]["digest"] == small.digest
    assert signed.body["standard"]["version"] == "1"
    assert library.digest_of(SignedScore.objects.get(pk=signed.pk).body) == signed.digest


def test_the_frozen_score_is_the_json_of_the_command_line(county, small, sign):
    live = queries.scorecard(county, small.standard, Period.year(2016), date(2016, 6, 1))
    assert sign().score == json.loads(json.dumps(live.plain()))


def test_signing_again_corrects_the_one_before_and_keeps_it(county, sign, at):
    first = sign()
    second = sign(at=at + timedelta(days=1))
    assert second.made_by.supersedes_id == first.made_by_id
    assert list(queries.signed_scores(county)) == [second, first]
    assert queries.signed_self(county, "small", 2016) == second


@pytest.mark.django_db(transaction=True)
def test_of_two_signatures_at_once_the_second_corrects_the_first(sign):
    together = threading.Barrier(2)

    def sign_too():
        together.wait()
        try:
            sign()
        finally:
            connection.close()

    signing = [threading.Thread(target=sign_too) for _ in range(2)]
    for thread in signing:
        thread.start()
    for thread in signing:
        thread.join()
    first, second = SignedScore.objects.order_by("pk")
    assert {first.made_by.supersedes_id, second.made_by.supersedes_id} & {first.made_by_id, second.made_by_id}


def test_years_are_signed_each_for_itself(sign, at):
    sign()
    later = sign(year=2017, as_of=date(2017, 1, 5), at=at + timedelta(days=300))
    assert later.made_by.supersedes_id is None


def test_nobody_signs_for_a_day_to_come(sign):
    with pytest.raises(DayAhead):
        sign(as_of=date(2016, 6, 2))


def test_nobody_signs_a_year_as_of_a_day_before_it(sign):
    with pytest.raises(DayBeforeYear):
        sign(as_of=date(2015, 12, 31))


def test_a_year_that_is_over_can_be_signed_after_its_end(sign, at):
    assert sign(as_of=date(2017, 1, 5), at=at + timedelta(days=300)).as_of == date(2017, 1, 5)


def test_another_countys_standard_cannot_be_signed(neighbour, sign):
    with pytest.raises(StandardNotForIt):
        sign(subject=neighbour)


def test_what_was_not_seen_is_not_signed(county, small, sign, joined):
    card = queries.scorecard(county, small.standard, Period.year(2016), date(2016, 6, 1))
    seen = library.digest_of(card.frozen(county=county.name, standard=small.digest, people={}))
    joined["part"] = 61
    with pytest.raises(MovedMeanwhile):
        sign(seen=seen)
    joined["part"] = 60
    assert sign(seen=seen).pk


def test_the_trace_holds_sums_and_digests_and_no_words(sign, small):
    signed = sign()
    facts = signed.made_by.facts
    assert facts["total"] == "4.00"
    assert facts["standard"] == small.digest
    assert facts["score"] == signed.digest


@pytest.mark.parametrize("change", ["UPDATE {} SET year = 2015", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_signed(sign, change):
    sign()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(SignedScore._meta.db_table))
