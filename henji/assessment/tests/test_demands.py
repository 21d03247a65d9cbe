"""佐证要求: what is found for it, what lacks and when, and what is asked about it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.assessment import rules
from henji.assessment.finds import Find, Question
from henji.assessment.schema import Demand
from henji.lib.periods import Period

YEAR = Period.year(2016)
JUNE = date(2016, 6, 1)


def _find(on, filed=None, *, paper=1, late=False):
    return Find(on, filed or on, paper=paper, late=late)


def _slot(demand, finds, as_of=JUNE, **more):
    return rules.slot(demand, finds, YEAR, as_of=as_of, filing_days=30, **more)


def _asked(slot):
    return [answer.questions for answer in slot.answers]


@pytest.mark.parametrize(
    ("every", "days", "wanted", "held"),
    [
        ("year", [(1, 1), (12, 31)], 2, 2),
        ("quarter", [(1, 1), (1, 2), (1, 3)], 8, 2),
        ("quarter", [(1, 1), (4, 1), (7, 1), (12, 31)], 8, 4),
        ("month", [(2, 29), (3, 1)], 24, 2),
    ],
)
def test_what_is_wanted_each_quarter_or_month_counts_in_each_by_itself(every, days, wanted, held):
    demand = Demand(kind="minutes", number=2, period=every)
    slot = _slot(demand, [_find(date(2016, month, day)) for month, day in days])
    assert (slot.wanted, slot.held) == (wanted, held)


def test_what_lacks_names_its_quarters_and_those_to_come_apart():
    demand = Demand(kind="minutes", period="quarter")
    slot = _slot(demand, [_find(date(2016, 2, 1))], as_of=date(2016, 6, 1))
    assert slot.lacking_words == "缺 1（第二季度），未到期 2（第三季度、第四季度）"


def test_what_lacks_of_a_year_needs_no_name():
    assert _slot(Demand(kind="minutes", number=3), [_find(JUNE)]).lacking_words == "缺 2"


def test_what_lacks_names_its_months():
    finds = [_find(date(2016, month, 1)) for month in range(1, 12)]
    slot = _slot(Demand(kind="minutes", period="month"), finds, as_of=date(2016, 12, 31))
    assert slot.lacking_words == "缺 1（12 月）"


def test_standing_papers_hold_whenever_they_were_issued_and_nothing_is_asked():
    demand = Demand(kind="certificate", period="standing")
    slot = _slot(demand, [_find(date(2009, 1, 1), JUNE)])
    assert slot.lacking == 0
    assert _asked(slot) == [()]


def test_what_is_merely_welcome_never_lacks():
    slot = _slot(Demand(kind="photo", required=False), [])
    assert slot.lacking == 0
    assert slot.lacking_words == ""


def test_a_paper_of_another_year_is_found_and_not_held():
    slot = _slot(Demand(kind="minutes"), [_find(date(2015, 12, 31))])
    assert slot.held == 0
    assert _asked(slot) == [(Question.OUT_OF_PERIOD,)]


def test_what_is_filed_long_after_its_day_is_asked_about_and_held():
    day = date(2016, 3, 1)
    finds = [
        _find(day, day + timedelta(days=30), paper=1),
        _find(day, day + timedelta(days=31), paper=2),
        _find(day, day, paper=3, late=True),
    ]
    slot = _slot(Demand(kind="minutes", number=3), finds)
    assert slot.lacking == 0
    assert [answer.find.paper for answer in slot.answers if Question.FILED_LATE in answer.questions] == [3, 2]


def test_minutes_written_after_the_year_are_out_of_it_and_dated_after_the_fact():
    slot = _slot(Demand(kind="minutes"), [_find(date(2017, 1, 5))], as_of=date(2017, 2, 1))
    assert _asked(slot) == [(Question.OUT_OF_PERIOD, Question.DATED_AFTER)]


@pytest.mark.parametrize(("kind", "is_asked"), [("official_document", True), ("voucher", False)])
def test_what_decides_a_deed_should_not_be_younger_than_the_deed(kind, is_asked):
    deed, paper = Demand(deed="mutual_aid.subsidy_granted"), Demand(kind=kind)
    done = Find(date(2016, 3, 1), date(2016, 3, 1))
    found = [(deed, [done]), (paper, [_find(date(2016, 3, 2))])]
    _done, slot = rules.slots(found, YEAR, as_of=JUNE, filing_days=30)
    assert slot.held == 1
    assert (Question.DATED_AFTER in slot.answers[0].questions) is is_asked


def test_questions_for_the_owner_leave_out_what_everybody_may_know():
    slot = _slot(Demand(kind="minutes"), [_find(date(2017, 1, 5))], as_of=date(2017, 2, 1))
    assert slot.answers[0].private == (Question.DATED_AFTER,)


DAYS = st.dates(date(2015, 10, 1), date(2017, 3, 31))
FINDS = st.lists(st.builds(Find, on=DAYS, recorded_on=DAYS, late=st.booleans()), max_size=30)
DEMANDS = st.builds(
    Demand,
    kind=st.sampled_from(["minutes", "voucher"]),
    number=st.integers(1, 4),
    period=st.sampled_from(["year", "quarter", "month", "standing"]),
)


@given(DEMANDS, FINDS)
def test_nothing_is_lost_and_held_and_lacking_make_what_is_wanted(demand, finds):
    slot = _slot(demand, finds)
    assert len(slot.answers) == len(finds)
    assert 0 <= slot.held <= min(slot.wanted, len(slot.counted))
    assert slot.held + sum(gap.lacking for gap in slot.gaps) == slot.wanted
    assert bool(slot.lacking_words) == bool(slot.lacking)


@given(DEMANDS, FINDS, FINDS)
def test_finding_more_never_holds_less(demand, finds, more):
    assert _slot(demand, finds + more).held >= _slot(demand, finds).held


@given(DEMANDS, FINDS)
def test_the_order_of_finding_does_not_matter(demand, finds):
    assert _slot(demand, finds[::-1]).held == _slot(demand, finds).held
