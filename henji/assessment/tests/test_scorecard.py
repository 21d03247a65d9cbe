"""评分卡: what it says, of which day, and what it costs."""

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.assessment import commands, library, queries
from henji.assessment.cards import State
from henji.evidence import commands as evidence
from henji.evidence.commands import Offered
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period

YEAR = Period.year(2016)
JUNE = date(2016, 6, 1)


@pytest.fixture
def keep(county, at):
    """Keep a paper: `keep("minutes", "assessment.part:B10.held", on=date(2016, 3, 1))`."""

    def _keep(kind, *about, on=date(2016, 3, 1), **more):
        values = {"county": county, "title": "一份文件", "by": INSTALLER, "at": at, **more}
        content = BytesIO(b"%PDF-1.7 " + f"{kind}{about}{on}".encode())
        return evidence.keep_paper(kind=kind, on=on, files=[Offered("a.pdf", content)], about=about, **values)

    return _keep


@pytest.fixture
def card_on(county, small):
    def _card(day=JUNE, period=YEAR, **more):
        return queries.scorecard(county, small.standard, period, day, **more)

    return _card


def _item(card, code):
    return next(item for item in card.items if item.code == code)


def _slots(card, code):
    return [(slot.held, slot.wanted) for part in _item(card, code).parts for slot in part.slots]


def test_the_json_has_exactly_the_shape_that_readers_rely_on(card_on, state):
    state("B10.held", 2, first="2016-03-01")
    state("A1.first", "1.5", first="2016-03-01")
    plain = json.loads(json.dumps(card_on().plain()))
    assert list(plain) == ["total", "base", "bonus", "grade", "items"]
    assert (plain["total"], plain["base"], plain["bonus"], plain["grade"]) == (6.5, 5, 1.5, "优秀")
    assert [(item["code"], item["points"], item["of"]) for item in plain["items"]] == [
        ("B1", 4, 4),
        ("B10", 1, 2),
        ("A1", 1.5, 3),
    ]
    assert {tuple(item) for item in plain["items"]} == {("code", "points", "of", "parts")}
    (rate,) = plain["items"][0]["parts"]
    assert list(rate) == ["code", "points", "of", "explanation", "figure"]
    assert rate["figure"] == {
        "kind": "ratio",
        "part": 60,
        "whole": 100,
        "part_name": "会员",
        "whole_name": "职工",
        "unit": "people",
        "note": "",
    }
    figures = [part["figure"] for item in plain["items"][1:] for part in item["parts"]]
    assert [figure["kind"] for figure in figures] == ["count", "missing", "points"]
    assert figures[2]["points"] == 1.5


def test_bonus_counts_up_to_its_cap(card_on, state):
    state("A1.first", 3, first="2016-03-01")
    grading = card_on().grading
    assert (grading.bonus, grading.total) == (2, 6)


def test_the_reference_standard_has_an_explanation_for_every_part(county):
    standard = library.read(library.shipped("reference") or "")
    card = queries.scorecard(county, standard, YEAR, JUNE)
    assert len(card.base_items) == 17
    assert len(card.bonus_items) == 7
    assert all(part.mark.explanation for item in card.items for part in item.parts)


# Papers


def test_a_paper_about_a_part_is_held_for_it(card_on, keep):
    keep("minutes", "assessment.part:B10.held")
    assert _slots(card_on(), "B10") == [(1, 2), (0, 1)]
    item = _item(card_on(), "B10")
    assert (item.papers_held, item.papers_wanted) == (1, 2)


def test_papers_of_another_kind_do_not_count(card_on, keep):
    keep("voucher", "assessment.part:B10.held")
    assert _slots(card_on(), "B10") == [(0, 2), (0, 1)]


def test_a_paper_about_the_whole_item_serves_its_parts(card_on, keep):
    keep("minutes", "assessment.item:B10")
    assert _slots(card_on(), "B10") == [(1, 2), (0, 1)]


def test_a_paper_about_item_and_part_counts_once(card_on, keep):
    keep("minutes", "assessment.item:B10", "assessment.part:B10.held")
    assert _slots(card_on(), "B10") == [(1, 2), (0, 1)]


def test_a_paper_about_b1_is_not_one_about_b10(card_on, keep):
    keep("minutes", "assessment.item:B1")
    assert _slots(card_on(), "B10") == [(0, 2), (0, 1)]


def test_more_papers_than_are_wanted_do_not_make_up_for_others(card_on, keep):
    for day in (1, 2, 3):
        keep("minutes", "assessment.item:B10", on=date(2016, 3, day))
    assert _item(card_on(), "B10").papers_held == 2


def test_papers_of_another_year_or_a_later_day_do_not_count(card_on, keep):
    keep("minutes", "assessment.item:B10", on=date(2015, 12, 31))
    keep("minutes", "assessment.item:B10", on=date(2016, 5, 20))
    assert _slots(card_on(date(2016, 5, 19)), "B10")[0] == (0, 2)
    assert _slots(card_on(date(2016, 5, 20)), "B10")[0] == (1, 2)


def test_the_neighbours_papers_do_not_count(card_on, keep, neighbour):
    keep("minutes", "assessment.item:B10", county=neighbour)
    assert _slots(card_on(), "B10")[0] == (0, 2)


def test_papers_filed_since_are_left_out_of_what_was_known_then(card_on, keep, at):
    keep("minutes", "assessment.item:B10", at=at + timedelta(hours=1))
    assert _slots(card_on(), "B10")[0] == (1, 2)
    assert _slots(card_on(known_at=at), "B10")[0] == (0, 2)


# States


def test_an_item_with_all_its_points_is_reached(card_on):
    assert _item(card_on(), "B1").state == State.REACHED


def test_an_item_is_untouched_until_something_is_there(card_on, keep):
    assert _item(card_on(), "B10").state == State.UNTOUCHED
    keep("minutes", "assessment.item:B10")
    assert _item(card_on(), "B10").state == State.MOVING


def test_an_item_is_late_in_the_last_quarter_and_missed_at_the_end(card_on):
    days = [date(2016, 9, 30), date(2016, 10, 1), date(2016, 12, 30), date(2016, 12, 31)]
    states = [_item(card_on(day), "B10").state for day in days]
    assert states == [State.UNTOUCHED, State.LATE, State.LATE, State.MISSED]


def test_bonus_points_are_never_owed(card_on):
    assert _item(card_on(date(2016, 12, 31)), "A1").state == State.UNTOUCHED


def test_gaps_come_with_the_most_to_win_first(card_on, joined):
    joined["part"] = 0
    assert [(item.code, item.lacking) for item in card_on().gaps] == [("B1", 4), ("B10", 2)]


# What it costs


def test_a_scorecard_costs_the_same_queries_for_one_row_and_for_thirty(
    card_on, keep, state, connection_queries
):
    keep("minutes", "assessment.item:B10")
    state("B10.held", 1, first="2016-01-01", last="2016-01-01")
    few = connection_queries(card_on)
    for day in range(2, 30):
        keep("minutes", "assessment.item:B10", on=date(2016, 3, day))
        state("B10.held", 1, first=f"2016-01-{day:02}", last=f"2016-01-{day:02}")
    assert connection_queries(card_on) == few == 3


@pytest.fixture
def connection_queries():
    def count(ask):
        with CaptureQueriesContext(connection) as asked:
            ask()
        return len(asked)

    return count


def test_what_one_county_states_the_neighbour_does_not_have(neighbour, small, state, at, joined):
    state("B10.listed", 1, first="2016-01-01")
    other = commands.publish_standard(publisher=neighbour, text=small.body, by=INSTALLER, at=at)
    card = queries.scorecard(neighbour, other.standard, YEAR, JUNE)
    assert [item.points for item in card.items] == [4, 0, 0]
