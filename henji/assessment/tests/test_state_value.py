"""人工取值."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.assessment import commands, queries, rules
from henji.assessment.marking import PointsDoNotFit
from henji.assessment.models import StatedValue, ValueKind
from henji.assessment.rules import (
    AlreadyStated,
    ComputedNotTyped,
    DaysReversed,
    NotExplained,
    NotInStandard,
    Said,
    StandardNotForIt,
    ValueUnsuitable,
)
from henji.evidence import traces
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period

YEAR = Period.year(2016)


def _points(county, standard, code, day):
    card = queries.scorecard(county, standard.standard, YEAR, day)
    (part,) = [part for item in card.items for part in item.parts if part.address == code]
    return part.mark.points


def test_a_flag_is_marked_by_the_parts_rule(county, small, state):
    state("B10.listed", 1, first="2016-03-01")
    assert _points(county, small, "B10.listed", date(2016, 3, 1)) == 1
    assert _points(county, small, "B10.listed", date(2016, 2, 29)) == 0


def test_a_count_below_its_target_earns_nothing(county, small, state):
    state("B10.held", 1, first="2016-01-01", last="2016-06-30")
    state("B10.held", 2, first="2016-07-01", last="2016-12-31")
    assert _points(county, small, "B10.held", date(2016, 6, 30)) == 0
    assert _points(county, small, "B10.held", date(2016, 7, 1)) == 1


def test_points_given_by_hand_come_with_their_reason(county, small, state):
    state("A1.first", "1.5", first="2016-03-01", explanation="全市首创，见市总工会简报第 3 期")
    card = queries.scorecard(county, small.standard, YEAR, date(2016, 6, 1))
    (part,) = card.items[2].parts
    assert part.mark.points == Decimal("1.5")
    assert "全市首创" in part.mark.explanation
    assert part.figure is None


def test_a_value_stated_for_a_year_counts_when_the_year_is_looked_back_at(county, small, state):
    state("B10.listed", 1, first="2016-03-01", last="2016-12-31")
    assert _points(county, small, "B10.listed", date(2017, 3, 1)) == 1


def test_a_value_is_not_carried_into_the_next_year_beyond_its_last_day(county, small, state):
    state("B10.listed", 1, first="2016-03-01", last="2016-12-31")
    card = queries.scorecard(county, small.standard, Period.year(2017), date(2017, 1, 1))
    assert card.grading.total == 4


def test_a_figure_that_can_be_computed_is_never_typed(state):
    with pytest.raises(ComputedNotTyped, match="不能手填"):
        state("B1.rate", 90, whole=100, first="2016-03-01")
    assert not StatedValue.objects.exists()


def test_a_part_whose_indicator_nobody_here_declares_is_stated_by_hand(county, reference, at):
    standard = reference.standard
    assert rules.blank(standard, "B08.contract_rate").kind == ValueKind.RATIO


@pytest.mark.parametrize("code", ["B10.nothing", "B99.held", "B10", "V09", "", "B10.held.x"])
def test_what_is_not_in_the_standard_is_refused(state, code):
    with pytest.raises(NotInStandard):
        state(code, 1, first="2016-03-01")


@pytest.mark.parametrize("points", ["3.01", "-1", "1.005", "NaN", "Infinity"])
def test_points_beyond_the_cap_are_refused(state, points):
    with pytest.raises(PointsDoNotFit):
        state("A1.first", points, first="2016-03-01")


@pytest.mark.parametrize(
    ("code", "value"),
    [("B10.listed", 2), ("B10.listed", "0.5"), ("B10.held", "1.5"), ("B10.held", -1), ("B10.held", 10**12)],
)
def test_a_value_that_the_rule_cannot_mark_is_refused(state, code, value):
    with pytest.raises(ValueUnsuitable):
        state(code, value, first="2016-03-01")


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, None, "分母"), (1, 0, "分母"), (201, 100, "填反"), ("1.234", 2, "两位小数"), (-1, 2, "0 到")],
)
def test_a_rate_needs_two_sound_sides(county, reference, at, part, whole, words):
    said = Said(Decimal(str(part)), None if whole is None else Decimal(whole))
    with pytest.raises(ValueUnsuitable, match=words):
        rules.must_suit(rules.blank(reference.standard, "B15.audit_cover"), said)


def test_a_stated_rate_shows_both_sides(county, reference, at):
    commands.state_value(
        subject=county,
        standard=reference,
        part="B15.audit_cover",
        said=Said(Decimal(6), Decimal(9)),
        from_on=date(2016, 3, 1),
        to_on=None,
        explanation="审计报告 6 份",
        by=INSTALLER,
        at=at,
    )
    (score,) = queries.item_scores(county, reference.standard, {"B15"}, YEAR, date(2016, 6, 1))
    assert "6/9" in score.parts[0].mark.explanation
    assert score.points == 2


@pytest.mark.parametrize("words", ["", " ", "好", "长" * 501])
def test_a_value_without_an_explanation_is_refused(state, words):
    with pytest.raises(NotExplained):
        state("B10.listed", 1, first="2016-03-01", explanation=words)
    assert not StatedValue.objects.exists()


def test_days_run_forwards(state):
    with pytest.raises(DaysReversed):
        state("B10.listed", 1, first="2016-03-02", last="2016-03-01")


def test_another_countys_standard_takes_no_value(neighbour, small, at):
    with pytest.raises(StandardNotForIt):
        commands.state_value(
            subject=neighbour,
            standard=small,
            part="B10.listed",
            said=Said(Decimal(1)),
            from_on=date(2016, 3, 1),
            to_on=None,
            explanation="不该有",
            by=INSTALLER,
            at=at,
        )


def test_an_overlapping_value_never_replaces_silently(state):
    state("B10.listed", 1, first="2016-03-01")
    with pytest.raises(AlreadyStated, match="2016-03-01 起"):
        state("B10.listed", 0, first="2016-05-01", last="2016-06-30")
    assert StatedValue.objects.count() == 1


def test_an_overlapping_value_replaces_the_old_on_its_days_only(county, small, state, at):
    old = state("B10.listed", 1, first="2016-03-01")
    later = at + timedelta(hours=1)
    state("B10.listed", 0, first="2016-05-01", last="2016-05-31", replacing=True, at=later)
    days = [date(2016, 4, 30), date(2016, 5, 1), date(2016, 5, 31), date(2016, 6, 1)]
    assert [_points(county, small, "B10.listed", day) for day in days] == [1, 0, 0, 1]
    old.refresh_from_db()
    assert old.known_to == later
    trace = traces.all_traces().get(deed="assessment.value_stated", supersedes__isnull=False)
    assert trace.supersedes_id == old.made_by_id


def test_what_was_believed_before_can_still_be_asked(county, small, state, at):
    state("B10.listed", 1, first="2016-03-01")
    state("B10.listed", 0, first="2016-03-01", replacing=True, at=at + timedelta(hours=1))
    now = queries.scorecard(county, small.standard, YEAR, date(2016, 6, 1))
    then = queries.scorecard(county, small.standard, YEAR, date(2016, 6, 1), known_at=at)
    assert now.grading.total == 4
    assert then.grading.total == 5


def test_a_veto_is_stated_as_a_flag_and_bars_the_grade(county, small, state):
    state("B10.listed", 1, first="2016-01-01")
    state("B10.held", 2, first="2016-01-01")
    assert queries.scorecard(county, small.standard, YEAR, date(2016, 6, 1)).grading.grade == "优秀"
    state("V01", 1, first="2016-05-01")
    card = queries.scorecard(county, small.standard, YEAR, date(2016, 6, 1))
    assert card.grading.total == 6
    assert card.grading.grade == "不合格"
    assert card.vetoes[0].holds


def test_a_value_that_a_newer_standard_cannot_mark_is_left_out(county, small, state, at):
    state("B10.held", 2, first="2016-01-01")
    text = small.body.replace('version: "1"', 'version: "2"').replace(
        "rule: {kind: count_against_target, target: 2, below: nothing}", "rule: {kind: by_hand}"
    )
    newer = commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)
    (score,) = queries.item_scores(county, newer.standard, {"B10"}, YEAR, date(2016, 6, 1))
    assert score.points == 0
    assert score.parts[0].stated is None


DAYS = st.dates(date(2016, 1, 1), date(2016, 12, 31))
SPANS = st.tuples(DAYS, DAYS | st.none(), st.integers(0, 5)).filter(lambda s: s[1] is None or s[1] >= s[0])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(SPANS, min_size=1, max_size=5), day=DAYS)
def test_the_latest_statement_about_a_day_holds_on_it_and_no_other(county, small, state, at, spans, day):
    StatedValue.objects.all().delete()
    said = None
    for hour, (first, last, number) in enumerate(spans):
        state(
            "B10.held",
            number,
            first=first.isoformat(),
            last=last.isoformat() if last else "",
            replacing=True,
            at=at + timedelta(hours=hour),
        )
        if first <= day and (last is None or day <= last):
            said = number
    holding = StatedValue.objects.filter(part="B10.held").known().in_force(day)
    assert [int(value.part_value) for value in holding] == ([] if said is None else [said])
