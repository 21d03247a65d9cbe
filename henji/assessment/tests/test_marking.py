"""Marking, case by case and by its properties: words and numbers say the same, and the distance is exact."""

import math
import re
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from henji.assessment import marking
from henji.assessment.marking import add_up, award, mark
from henji.assessment.scoring.kinds import AllOrNothing, CountAgainstTarget, Threshold
from henji.assessment.tests import hand_worked, hand_worked_steps
from henji.assessment.tests.hand_worked import (
    BY_HAND,
    DECIDE,
    Case,
    at_least,
    more_than,
    people,
    target,
    times,
)
from henji.assessment.tests.rules_drawn import LEVELS, rule_and_points
from henji.evidence.figures import Count, Flag, Level, Missing, NotKept, Ratio, Tally

CASES = [
    *hand_worked.THRESHOLD,
    *hand_worked.ALL_OR_NOTHING,
    *hand_worked.COUNT_AGAINST_TARGET,
    *hand_worked.NOT_YET_AWARDED,
    *(case for cases in hand_worked_steps.BY_KIND.values() for case in cases),
]

points_of = st.decimals(Decimal("0.01"), 1000, places=2)
thresholds = st.builds(
    Threshold,
    kind=st.just("threshold"),
    operator=st.sampled_from([">=", ">"]),
    minimum=st.decimals(0, 2, places=2) | st.decimals(0, 2, places=6),
)
targets = st.builds(
    CountAgainstTarget,
    kind=st.just("count_against_target"),
    target=st.integers(1, 1_000_000_000),
    below=st.sampled_from(["nothing", "proportional"]),
)
rules = thresholds | targets | st.just(DECIDE) | st.just(BY_HAND)

any_side = st.integers() | st.decimals() | st.just(10**6000)
any_ratio = st.builds(
    Ratio, any_side, any_side, st.text(), st.text(), unit=st.sampled_from(["people", "yuan", "units", ""])
)
any_figure = (
    any_ratio
    | st.builds(Count, st.integers() | st.just(10**6000), st.text())
    | st.builds(Flag, st.booleans(), st.text())
    | st.builds(Count, st.integers(0, 60), st.text())
    | st.builds(Tally, st.dictionaries(st.text(), st.integers()), st.text())
    | st.builds(Tally, st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 9)), st.text())
    | st.builds(Level, st.sampled_from(["", *LEVELS]), st.text())
    | st.builds(Missing, st.text())
    | st.builds(NotKept, st.text())
)

STEPS = {"people": Decimal(1), "units": Decimal(1), "": Decimal(1), "yuan": Decimal("0.01")}


@st.composite
def ratio_and_threshold(draw):
    """A rule and a figure, as often as not within a few steps of the line."""
    rule = draw(thresholds)
    unit = draw(st.sampled_from(list(STEPS)))
    places = 2 if unit == "yuan" else 0
    whole = draw(st.decimals(STEPS[unit], 10**12, places=places))
    line = (rule.minimum * whole).quantize(STEPS[unit], rounding=ROUND_FLOOR)
    near = line + draw(st.integers(-3, 3)) * STEPS[unit]
    part = draw(st.just(near) | st.decimals(0, 2 * 10**12, places=places))
    return rule, Ratio(part, whole, "分子", "分母", unit=unit)


def met(rule, part, whole):
    """The rule, said a second time in exact fractions."""
    rate = Fraction(part) / Fraction(whole)
    return rate >= Fraction(rule.minimum) if rule.operator == ">=" else rate > Fraction(rule.minimum)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.words)
def test_a_case_worked_by_hand_comes_out_the_same(case: Case):
    made = mark(
        case.rule,
        case.figure,
        Decimal(case.of),
        name="此项",
        targets=case.targets,
        unit_type=case.unit_type,
    )
    assert made.explanation == case.words
    assert (str(made.points), made.of) == (f"{Decimal(case.points):.2f}", Decimal(case.of))
    assert made.distance == (None if case.distance is None else Decimal(case.distance))


@pytest.mark.parametrize(("parts", "together", "words"), hand_worked.SUM_OF_PARTS)
def test_an_item_has_the_points_of_its_parts(parts, together, words):
    marks = [award(Decimal(points), Decimal(of), name="评分点", words="见证据") for points, of in parts]
    item = add_up(marks)
    assert (item.points, item.explanation, item.distance) == (Decimal(together), words, None)
    assert item.of == sum(Decimal(of) for _points, of in parts)


@pytest.mark.parametrize(("points", "of", "words"), hand_worked.AWARDED)
def test_a_person_gives_points_within_the_parts_points(points, of, words):
    if words is None:
        with pytest.raises(marking.PointsDoNotFit, match=r"^评分须在 0 到 2\.5 分之间，最多两位小数$"):
            award(Decimal(points), Decimal(of), name="此项", words="见证据")
    else:
        made = award(Decimal(points), Decimal(of), name="此项", words="见证据")
        assert (made.points, made.explanation, made.distance) == (Decimal(points), words, None)


def test_the_two_cells_that_are_known_are_worth_four_and_two():
    assert mark(at_least("0.25"), people(1, 4), Decimal(4), name="参加率").points == 4
    assert mark(at_least("0.65"), hand_worked.yuan("65", "100"), Decimal(2), name="支付率").points == 2


@pytest.mark.parametrize("side", ["NaN", "sNaN", "Infinity", "-Infinity", "1e999999", "1e15", "-1e15"])
def test_a_side_that_is_no_quantity_gives_nothing_and_says_so(side):
    words = "此项：数值超出范围，无法计算 → 0/4 分"
    for ratio in [Ratio(Decimal(side), 5, "", ""), Ratio(5, Decimal(side), "", "")]:
        made = mark(at_least("0.25"), ratio, Decimal(4), name="此项")
        assert (made.points, made.explanation, made.distance) == (Decimal(0), words, None)
    made = mark(target(1), times(10**15), Decimal(4), name="此项")
    assert (made.points, made.explanation, made.distance) == (Decimal(0), words, None)
    assert mark(target(1), times(10**15 - 1), Decimal(4), name="此项").points == 4
    assert mark(at_least("0.25"), people(10**15 - 1, 10**15 - 1), Decimal(4), name="此项").points == 4


def test_a_whole_below_nought_gives_nothing_and_says_so():
    made = mark(at_least("0.25"), people(5, -5), Decimal(4), name="此项")
    assert (made.points, made.explanation) == (Decimal(0), "此项（5/-5），分母小于 0，无法计算 → 0/4 分")


def test_a_side_below_nought_shows_no_nought_with_a_sign():
    made = mark(at_least("0.25"), people(-1, 5_000), Decimal(4), name="此项")
    assert made.explanation == "此项 0.0%（-1/5,000），未达 25%，还差 1,251 人 → 0/4 分"
    made = mark(more_than("0"), Ratio(Decimal("-0.001"), 5, "", ""), Decimal(4), name="此项")
    assert made.explanation == "此项 0.0%（0/5），未超过 0%，还差 1 → 0/4 分"
    assert mark(target(2), times(-1), Decimal(1), name="此项").distance == 3
    half = hand_worked.share_of_target(2)
    assert mark(half, times(-1), Decimal(1), name="此项").points == 0


def test_sides_are_rounded_half_up_to_the_fen():
    made = mark(at_least("0.25"), hand_worked.yuan("0.244", "1.004"), Decimal(4), name="此项")
    assert made.explanation == "此项 24.0%（¥0.24/¥1.00），未达 25%，还差 ¥0.01 → 0/4 分"
    made = mark(at_least("0.25"), hand_worked.yuan("0.245", "1"), Decimal(4), name="此项")
    assert made.explanation == "此项 25.0%（¥0.25/¥1.00），达到 25% → 4/4 分"


def test_a_rate_is_shown_half_up():
    assert "12.5%" in mark(more_than("0"), people(1, 8), Decimal(1), name="此项").explanation
    assert "6.2%" in mark(more_than("0"), people(1, 16), Decimal(1), name="此项").explanation


def test_a_rate_above_a_thousand_per_cent_is_grouped():
    assert (
        "此项 100,000.0%（1,000/1）"
        in mark(at_least("0.25"), people(1_000, 1), Decimal(1), name="此项").explanation
    )


@given(rules, any_figure, points_of)
def test_no_figure_makes_marking_fail_and_points_stay_within_bounds(rule, figure, of):
    made = mark(rule, figure, of, name="此项")
    assert 0 <= made.points <= made.of == of
    assert made.points.as_tuple().exponent == -2
    assert made.explanation.endswith(f" → {plain(made.points)}/{plain(of)} 分")


@given(rules, any_figure, points_of)
def test_a_rule_that_is_met_and_no_other_gives_full_points(rule, figure, of):
    made = mark(rule, figure, of, name="此项")
    if made.distance == 0:
        assert made.points == of
    elif not (isinstance(rule, CountAgainstTarget) and rule.below == "proportional"):
        assert made.points == 0


@given(rules, any_figure)
def test_what_lacks_or_does_not_suit_says_no_distance(rule, figure):
    suits = [(Threshold, Ratio), (CountAgainstTarget, Count), (AllOrNothing, Flag)]
    assume((type(rule), type(figure)) not in suits)
    made = mark(rule, figure, Decimal(4), name="此项")
    assert (made.points, made.distance) == (Decimal(0), None)


@given(ratio_and_threshold())
@example((at_least("0.25"), people(12_480, 50_000)))
@example((more_than("0.25"), people(12_499, 50_000)))
@example((at_least("0.999999"), people(999_998_999_999, 10**12)))
def test_points_are_full_exactly_when_the_rule_is_met(both):
    rule, ratio = both
    made = mark(rule, ratio, Decimal(4), name="此项")
    assert made.points == (4 if met(rule, ratio.part, ratio.whole) else 0)
    assert (made.distance == 0) == met(rule, ratio.part, ratio.whole)


@given(ratio_and_threshold())
def test_the_distance_is_enough_and_one_step_less_is_not(both):
    rule, ratio = both
    distance = mark(rule, ratio, Decimal(4), name="此项").distance
    step = STEPS[ratio.unit]
    assert distance is not None
    assert distance % step == 0
    assert met(rule, ratio.part + distance, ratio.whole)
    if distance:
        assert not met(rule, ratio.part + distance - step, ratio.whole)


RATE = re.compile(
    r"^此项 (?P<rate>[\d.,-]+)%（(?P<part>[¥\d.,-]+)/(?P<whole>[¥\d.,-]+)），"
    r"(?P<verdict>达到|超过|未达|未超过) (?P<minimum>[\d.]+)%"
    r"(，还差 (?P<short>[¥\d.,]+)(?P<measure> 人| 个)?)?"
    r" → (?P<points>[\d.]+)/(?P<of>[\d.]+) 分$"
)


@given(ratio_and_threshold(), points_of)
def test_the_words_read_back_are_the_numbers(both, of):
    rule, ratio = both
    made = mark(rule, ratio, of, name="此项")
    said = RATE.match(made.explanation)
    assert said, made.explanation
    assert number(said["part"]) == ratio.part
    assert number(said["whole"]) == ratio.whole
    assert number(said["minimum"]) == rule.minimum * 100
    assert (number(said["points"]), number(said["of"])) == (made.points, of)
    assert ("¥" in said["part"]) == ("¥" in said["whole"]) == (ratio.unit == "yuan")
    verdicts = {(">=", True): "达到", (">=", False): "未达", (">", True): "超过", (">", False): "未超过"}
    assert said["verdict"] == verdicts[rule.operator, made.points == of]
    assert number(said["short"] or "0") == made.distance
    if made.distance:
        assert said["measure"] == {"people": " 人", "units": " 个"}.get(ratio.unit)
        assert ("¥" in said["short"]) == (ratio.unit == "yuan")


@given(ratio_and_threshold())
@example((at_least("0.25"), people(12_480, 50_000)))
@example((more_than("0.25"), people(12_501, 50_000)))
def test_the_rate_shown_stands_on_its_own_side_of_the_minimum(both):
    rule, ratio = both
    said = RATE.match(mark(rule, ratio, Decimal(4), name="此项").explanation)
    assert said
    shown, exact = Fraction(number(said["rate"])), Fraction(ratio.part) / Fraction(ratio.whole) * 100
    minimum = Fraction(rule.minimum) * 100
    assert (shown < minimum, shown > minimum) == (exact < minimum, exact > minimum)
    places = len(said["rate"].partition(".")[2])
    # Cut, never rounded, as everywhere on screen: a rate never looks higher than it is.
    assert 0 <= abs(exact) - abs(shown) < Fraction(1, 10**places)
    if places > 1:
        coarser = Fraction(math.trunc(exact * 10 ** (places - 1)), 10 ** (places - 1))
        assert (coarser < minimum, coarser > minimum) != (exact < minimum, exact > minimum)


@given(ratio_and_threshold(), st.integers(0, 10**9))
def test_more_people_never_lower_the_points_and_a_larger_whole_never_raises_them(both, more):
    rule, ratio = both
    before = mark(rule, ratio, Decimal(4), name="此项").points
    further = Ratio(ratio.part + more, ratio.whole, "分子", "分母", unit=ratio.unit)
    wider = Ratio(max(ratio.part, Decimal(0)), ratio.whole + more, "分子", "分母", unit=ratio.unit)
    unchanged = Ratio(max(ratio.part, Decimal(0)), ratio.whole, "分子", "分母", unit=ratio.unit)
    assert mark(rule, further, Decimal(4), name="此项").points >= before
    assert (
        mark(rule, wider, Decimal(4), name="此项").points
        <= mark(rule, unchanged, Decimal(4), name="此项").points
    )


@given(targets, st.integers(-10, 2 * 10**9), st.integers(0, 10**9), points_of)
def test_a_higher_count_never_lowers_the_points(rule, number, more, of):
    before, after = (mark(rule, times(count), of, name="此项") for count in (number, number + more))
    assert before.points <= after.points


@given(targets, st.integers(-10, 2 * 10**9), points_of)
def test_a_count_reads_back_and_its_distance_leads_to_the_target(rule, number_counted, of):
    made = mark(rule, times(number_counted), of, name="此项")
    said = re.match(
        r"^此项 ([\d,-]+)，(达到|未达)目标 ([\d,]+)(?:，还差 ([\d,]+))?(，按比例计分)? → ", made.explanation
    )
    assert said, made.explanation
    assert (number(said[1]), number(said[3])) == (number_counted, rule.target)
    assert (said[2] == "达到") == (number_counted >= rule.target) == (made.distance == 0)
    assert number(said[4] or "0") == made.distance == max(rule.target - number_counted, 0)
    assert bool(said[5]) == (rule.below == "proportional" and number_counted < rule.target)


@given(st.integers(1, 10**9), st.data(), points_of)
def test_below_the_target_points_are_in_proportion_rounded_half_up(wanted, data, of):
    number_counted = data.draw(st.integers(0, wanted))
    made = mark(hand_worked.share_of_target(wanted), times(number_counted), of, name="此项")
    assert Fraction(made.points) == round_half_up(Fraction(of) * number_counted / wanted, 2)


@given(st.lists(points_of, min_size=1, max_size=8), st.randoms())
def test_the_order_of_parts_does_not_matter(parts, chance):
    marks = [award(of, of, name="评分点", words="见证据") for of in parts]
    shuffled = marks.copy()
    chance.shuffle(shuffled)
    one, other = add_up(marks), add_up(iter(shuffled))
    assert (one.points, one.of) == (other.points, other.of) == (sum(parts), sum(parts))


@given(rule_and_points(), any_figure)
def test_words_of_every_rule_end_with_its_points_and_name_what_lacks(both, figure):
    rule, of = both
    made = mark(rule, figure, of, name="此项", targets={"new_unions": 40}, unit_type="county")
    assert made.explanation.endswith(f" → {plain(made.points)}/{plain(of)} 分")
    assert made.explanation.startswith("此项")
    assert "%(" not in made.explanation
    for words, meant in [
        (r"，扣 ([\d.]+) 分", of - made.points),
        (r"距满分还差 ([\d.]+) 分", of - made.points),
        (r"再有 ([\d,.]+) 次满分", made.distance),
        (r"未达目标 [\d,]+，还差 ([\d,]+)", made.distance),
        (r"（[\d.]+ 分），?还差 ¥?([\d,.]+)", made.distance),
        (r"再有 ¥?([\d,.]+) ?[人个]?可得", made.distance),
    ]:
        said = re.search(words, made.explanation)
        assert not said or number(said[1]) == meant


@given(
    st.permutations([("city", 3), ("province", 1), ("national", 0), ("其他", 2)]),
    st.sampled_from([hand_worked_steps.MEDIA, hand_worked_steps.TASK]),
)
def test_the_order_in_which_levels_were_counted_does_not_change_the_words(counted, rule):
    one = mark(rule, Tally(dict(counted), "报道"), Decimal(10), name="此项")
    other = mark(rule, Tally(dict(sorted(counted)), "报道"), Decimal(10), name="此项")
    assert one == other


def test_an_item_with_a_cap_never_has_more_and_its_words_say_so():
    marks = [award(Decimal("1.5"), Decimal(2), name="评分点", words="见证据") for _part in range(3)]
    capped = add_up(marks, cap=Decimal(3))
    assert (capped.points, capped.of) == (3, 3)
    assert capped.explanation == "各评分点合计 1.5 + 1.5 + 1.5，按上限计 3 → 3/3 分"
    assert add_up(marks, cap=Decimal(5)).explanation == "各评分点合计 1.5 + 1.5 + 1.5 → 4.5/5 分"


def test_a_veto_on_an_item_leaves_it_without_points():
    item = award(Decimal(2), Decimal(6), name="此项", words="见证据")
    assert marking.void(item, []) == item
    barred = marking.void(item, ["群体性事件处置不当", "弄虚作假"])
    assert (barred.points, barred.of) == (0, 6)
    assert barred.explanation == "一票否决（群体性事件处置不当、弄虚作假），此项不得分 → 0/6 分"


def plain(points):
    """Points as people write them, said a second time."""
    return re.sub(r"\.?0+$", "", f"{points:.2f}")


def number(words):
    """The number that people read in the words."""
    return Decimal(words.replace("¥", "").replace(",", ""))


def round_half_up(exact, places):
    """Rounding, said a second time in exact fractions."""
    shifted = exact * 10**places
    return Fraction((shifted + Fraction(1, 2)).__floor__(), 10**places)
