"""The rules of marking, by their properties: bounds, one direction, exact distances, no order, no Django."""

import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from henji.assessment.scoring.facts import NOUGHT, Answer, Facts, Gap, Level, Number, Rate, Tally
from henji.assessment.scoring.grading import place
from henji.assessment.scoring.judging import lines, score, together
from henji.assessment.scoring.kinds import DeductEach, Levels, PerOccurrence, Rung, Tiers, most
from henji.assessment.tests.hand_worked_steps import NEW, each, less, short_of, task, tiers
from henji.assessment.tests.rules_drawn import (
    LEVELS,
    any_fact,
    bands_of,
    counts,
    points_of,
    rule_and_points,
    shares,
    shortfalls,
)
from henji.assessment.tests.standards import reference

TARGETS = {"new_unions": 40}


@given(rule_and_points(), any_fact, st.sampled_from([{}, TARGETS, {"new_unions": 10**15}]))
def test_points_lie_between_nought_and_the_cap_whatever_was_counted(both, fact, targets):
    rule, of = both
    made = score(rule, Facts(fact, targets, "county"), of)
    assert 0 <= made.points <= made.of == of
    assert made.points == made.points.quantize(Decimal("0.01"))
    assert made.distance is None or made.distance >= 0
    assert (made.gap is None) or (made.points, made.distance) == (0, None)


@given(rule_and_points(), any_fact)
def test_no_distance_is_left_exactly_with_full_points(both, fact):
    rule, of = both
    made = score(rule, Facts(fact, TARGETS, "county"), of)
    if made.distance == 0:
        assert made.points == of
    if made.points == of and getattr(rule, "below", "") != "proportional":
        assert made.distance == 0


@given(st.data())
def test_a_larger_part_never_has_fewer_points(data):
    of = data.draw(points_of)
    rule = data.draw(shortfalls() | bands_of(of).map(lambda bands: Tiers(kind="tiers", bands=bands)))
    whole = data.draw(st.integers(1, 10**6))
    part, more = data.draw(st.integers(-10, 2 * 10**6)), data.draw(st.integers(0, 10**5))
    before, after = (score(rule, Facts(Rate(number, whole)), of) for number in (part, part + more))
    assert before.points <= after.points


@given(st.data())
def test_the_distance_leads_to_the_next_step_and_less_does_not(data):
    of = data.draw(points_of)
    rule = data.draw(shortfalls() | bands_of(of).map(lambda bands: Tiers(kind="tiers", bands=bands)))
    grain = data.draw(st.sampled_from([Decimal(1), Decimal("0.01")]))
    whole = data.draw(st.integers(1, 10**4))
    part = data.draw(st.decimals(0, 2 * whole, places=2 if grain < 1 else 0))
    made = score(rule, Facts(Rate(part, whole, grain)), of)
    if made.distance:
        assert made.distance % grain == 0
        there = score(rule, Facts(Rate(part + made.distance, whole, grain)), of)
        assert there.points >= made.next.points > made.points
        assert score(rule, Facts(Rate(part + made.distance - grain, whole, grain)), of).points == made.points


@given(shortfalls(), points_of, st.integers(0, 2 * 10**4), st.integers(1, 10**4))
def test_points_are_deducted_for_each_step_of_percentage_points(rule, of, part, whole):
    """The rule, said a second time in exact fractions."""
    short = max(Fraction(rule.minimum) - Fraction(part, whole), Fraction(0)) * 100 / Fraction(rule.every)
    steps = -(-short // 1) if rule.begun else short // 1
    wanted = max(Fraction(of) - steps * Fraction(rule.minus), Fraction(0))
    assert Fraction(score(rule, Facts(Rate(part, whole)), of).points) == wanted


@given(st.data())
def test_bands_give_the_points_of_the_highest_that_is_reached(data):
    of = data.draw(points_of)
    bands = data.draw(bands_of(of))
    part, whole = data.draw(st.integers(0, 2 * 10**4)), data.draw(st.integers(1, 10**4))
    reached = [points for minimum, points in bands if Fraction(part, whole) >= Fraction(minimum)]
    made = score(Tiers(kind="tiers", bands=bands), Facts(Rate(part, whole)), of)
    assert made.points == max(reached, default=0)
    assert (made.step.points if made.step else 0) == made.points


@given(st.data())
def test_a_higher_count_never_has_fewer_points(data):
    of = data.draw(points_of)
    each = data.draw(points_of)
    rule = data.draw(counts(of) | st.just(PerOccurrence(kind="per_occurrence", each=each, beyond=2)))
    number, more = data.draw(st.integers(-5, 100)), data.draw(st.integers(0, 100))
    before, after = (score(rule, Facts(Number(held), TARGETS), of) for held in (number, number + more))
    assert before.points <= after.points


@given(points_of, points_of, st.integers(0, 100), st.integers(0, 5))
def test_the_distance_of_occurrences_leads_to_full_points_and_one_less_does_not(of, worth, number, free):
    rule = PerOccurrence(kind="per_occurrence", each=worth, beyond=free)
    made = score(rule, Facts(Number(number)), of)
    assert made.points == min(worth * max(number - free, 0), of)
    if made.distance:
        assert score(rule, Facts(Number(number + int(made.distance))), of).points == of
        assert score(rule, Facts(Number(number + int(made.distance) - 1)), of).points < of


@given(points_of, points_of, st.integers(-5, 100))
def test_each_thing_missing_costs_the_same_until_nothing_is_left(of, cost, number):
    made = score(DeductEach(kind="deduct_each", each=cost), Facts(Number(number)), of)
    assert made.points == max(of - cost * max(number, 0), 0)
    assert made.distance == max(number, 0)


@given(
    st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 50)),
    st.dictionaries(st.sampled_from(LEVELS[:3]), points_of, min_size=1),
    points_of,
    st.randoms(),
)
def test_the_order_in_which_levels_were_counted_does_not_matter(counted, ladder, of, chance):
    shuffled = list(counted.items())
    chance.shuffle(shuffled)
    for rule in (
        PerOccurrence(kind="per_occurrence", each=ladder),
        DeductEach(kind="deduct_each", each=ladder),
    ):
        one, other = (score(rule, Facts(Tally(tally)), of) for tally in (counted, dict(shuffled)))
        assert one == other
        worth = sum((ladder.get(level, NOUGHT) * number for level, number in counted.items()), NOUGHT)
        wanted = min(worth, of) if isinstance(rule, PerOccurrence) else max(of - worth, NOUGHT)
        assert one.points == wanted


@given(st.lists(points_of, max_size=8), points_of, st.randoms())
def test_the_sum_of_points_knows_no_order_and_a_cap(points, cap, chance):
    shuffled = points.copy()
    chance.shuffle(shuffled)
    assert together(points, cap=cap) == together(shuffled, cap=cap) == min(sum(points), cap)


@pytest.mark.parametrize(
    ("rule", "fact", "gap"),
    [
        (NEW, None, Gap.UNKNOWN),
        (NEW, Number(40), Gap.NO_TARGET),
        (NEW, Rate(1, 2), Gap.UNSUITABLE),
        (task("new_unions"), Number(10**15), Gap.NO_QUANTITY),
        (task("new_unions"), Number(-(10**15)), Gap.NO_QUANTITY),
        (tiers(("0.5", "1")), Rate(1, 0), Gap.NO_WHOLE),
        (tiers(("0.5", "1")), Rate(1, -1), Gap.NEGATIVE_WHOLE),
        (tiers(("0.5", "1")), Rate(Decimal("NaN"), 1), Gap.NO_QUANTITY),
        (tiers(("0.5", "1")), Rate(1, 10**15), Gap.NO_QUANTITY),
        (tiers(("0.5", "1")), Number(1), Gap.UNSUITABLE),
        (short_of("0.5", "1", "5", begun=True), Level("A"), Gap.UNSUITABLE),
        (each("1"), Number(10**15), Gap.NO_QUANTITY),
        (each("1"), Tally({"city": 1}), Gap.UNSUITABLE),
        (each("1"), Answer(True), Gap.UNSUITABLE),
        (less("1"), Tally({}), Gap.UNSUITABLE),
        (less("1"), Number(-(10**15)), Gap.NO_QUANTITY),
        (PerOccurrence(kind="per_occurrence", each={"city": Decimal(1)}), Number(1), Gap.UNSUITABLE),
        (DeductEach(kind="deduct_each", each={"city": Decimal(1)}), Tally({"city": 10**15}), Gap.NO_QUANTITY),
    ],
)
def test_what_cannot_be_marked_says_why(rule, fact, gap):
    made = score(rule, Facts(fact), Decimal(3))
    assert (made.gap, made.points, made.distance) == (gap, 0, None)


def test_counts_just_below_the_largest_are_marked():
    assert score(each("0.01"), Facts(Number(10**15 - 1)), Decimal(1000)).points == 1000
    assert score(less("0.01"), Facts(Number(10**15 - 1)), Decimal(1000)).points == 0
    handed = Facts(Number(10**15 - 1), {"new_unions": 10**15 - 1})
    assert score(task("new_unions"), handed, Decimal(1)).points == 1
    too_many = Facts(Number(1), {"new_unions": 10**15})
    assert score(task("new_unions"), too_many, Decimal(1)).gap is Gap.NO_QUANTITY


def test_deductions_of_whole_steps_begin_where_the_first_is_complete():
    held = list(lines(short_of("0.9", "1", "5", begun=False), Decimal(2)))
    assert [(line.operator, line.minimum, line.points) for line in held] == [
        (">", Decimal("0.85"), 2),
        (">", Decimal("0.80"), 1),
    ]
    held = list(lines(short_of("0.04", "0.1", "5", begun=True), Decimal(2)))
    assert [(line.operator, line.minimum) for line in held] == [
        (">=", Decimal("0.04")),
        (">=", Decimal("-0.01")),
    ]


def test_nobody_at_all_may_stand_just_below_a_line_at_nought():
    made = score(short_of("0.05", "0.5", "5", begun=False), Facts(Rate(0, 9)), Decimal(2))
    assert (made.points, made.distance) == (Decimal("1.5"), 1)


def test_levels_that_make_exactly_the_cap_leave_nothing_to_win():
    rule = PerOccurrence(kind="per_occurrence", each={"city": Decimal("0.2")})
    made = score(rule, Facts(Tally({"city": 15})), Decimal(3))
    assert (made.points, made.distance) == (3, 0)


@pytest.mark.parametrize("share", ["-0.01", "2.01"])
def test_a_share_beyond_any_rate_is_refused(share):
    with pytest.raises(ValidationError):
        tiers((share, "1"))


def test_a_level_that_is_no_grade_of_the_rule_is_not_taken_for_the_lowest():
    rule = Levels(kind="levels", levels=(Rung(name="A", points=Decimal(2), criteria="好"),))
    assert score(rule, Facts(Level("B")), Decimal(2)).gap is Gap.UNSUITABLE
    assert score(rule, Facts(Level("")), Decimal(2)).gap is None
    assert most(rule) == 2


@given(
    st.lists(st.decimals(1, 100, places=2), unique=True, max_size=5).map(lambda held: sorted(held)[::-1]),
    st.decimals(0, 120, places=2),
    st.integers(0, 5),
    st.booleans(),
)
def test_a_grade_is_earned_by_points_and_lowered_by_vetoes(minima, measured, ceiling, barred):
    minima = [*minima, NOUGHT]
    ceiling = min(ceiling, len(minima) - 1)
    made = place(minima, measured, ceiling=ceiling, is_barred=barred)
    assert made.earned == sum(minimum > measured for minimum in minima)
    if barred:
        assert (made.given, made.distance) == (None, None)
    else:
        assert made.given == max(made.earned, ceiling)
    if made.distance:
        assert place(minima, measured + made.distance, ceiling=ceiling).given == made.given - 1
        assert minima[made.given - 1] == measured + made.distance
    assert (made.distance == 0) == (made.given == 0)


@given(shares, st.decimals(0, 2, places=6))
def test_bands_out_of_order_are_refused(one, other):
    one, other = sorted((one, other))
    with pytest.raises(ValidationError):
        Tiers(kind="tiers", bands=((one, Decimal(2)), (other, Decimal(1))))


def test_the_rules_know_no_django():
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from henji.assessment.scoring import facts, grading, judging, kinds\n"
        "rule = kinds.Threshold(kind='threshold', operator='>=', minimum='0.25')\n"
        "print(judging.score(rule, facts.Facts(facts.Rate(11_700, 50_000)), 4).distance)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "800"


def test_a_card_of_24_items_is_marked_in_two_milliseconds():
    parts = [part for item in reference().items for part in item.parts]
    facts = Facts(Rate(11_700, 50_000)), Facts(Number(17), TARGETS), Facts(Tally({"city": 3, "province": 1}))
    suiting = [
        (part, next((held for held in facts if score(part.rule, held, part.points).gap is None), facts[0]))
        for part in parts
    ]

    def once() -> float:
        begun = time.perf_counter()
        for part, held in suiting:
            score(part.rule, held, part.points)
        return time.perf_counter() - begun

    assert len(parts) > 50
    assert median(once() for _turn in range(21)) < 0.002
