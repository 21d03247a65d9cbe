"""Grading: which sum is read, where the lines are, and what a veto does."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.assessment.marking import Grading, VetoNotInStandard, grade
from henji.assessment.schema import Standard
from henji.assessment.tests.standards import reference

NAMES = ["优秀", "良好", "合格", "不合格"]
VETOES = ["V01", "V02", "V03", "V04"]
bases = st.decimals(0, 100, places=2)
bonuses = st.decimals(0, 40, places=2)
held = st.sets(st.sampled_from(VETOES))


def on_base() -> Standard:
    """The reference standard, its grade read without the bonus."""
    return reference().model_copy(update={"graded_on": "base"})


@pytest.mark.parametrize(
    ("base", "bonus", "name", "distance"),
    [
        ("95", "0", "优秀", "0"),
        ("94.99", "0", "良好", "0.01"),
        ("85", "0", "良好", "10"),
        ("84.99", "0", "合格", "0.01"),
        ("75", "0", "合格", "10"),
        ("74.99", "0", "不合格", "0.01"),
        ("0", "0", "不合格", "75"),
        ("75", "20", "优秀", "0"),
        ("75", "19.99", "良好", "0.01"),
        ("74", "33", "良好", "1"),
    ],
)
def test_a_case_worked_by_hand_comes_out_the_same(base, bonus, name, distance):
    made = grade(reference(), Decimal(base), Decimal(bonus))
    assert (made.grade, made.distance) == (name, Decimal(distance))


def test_the_words_show_the_sums_the_line_and_the_next_step():
    made = grade(reference(), Decimal("92.50"), Decimal("1.50"))
    assert made == Grading(
        base=Decimal("92.50"),
        bonus=Decimal("1.50"),
        total=Decimal("94.00"),
        grade="良好",
        explanation="基础分 92.5，加分 1.5，总分 94；按总分（含加分）94 定等，良好线 85；"
        "距优秀还差 1 分 → 良好",
        distance=Decimal(1),
    )


def test_bonus_counts_up_to_the_cap_and_the_words_say_so():
    made = grade(reference(), Decimal(80), Decimal("20.5"))
    assert (made.bonus, made.total) == (Decimal(20), Decimal(100))
    assert (
        made.explanation
        == "基础分 80，加分 20.5（按上限计 20），总分 100；按总分（含加分）100 定等，优秀线 95 → 优秀"
    )
    assert "上限" not in grade(reference(), Decimal(80), Decimal(20)).explanation


def test_a_standard_may_read_the_grade_without_the_bonus():
    made = grade(on_base(), Decimal(90), Decimal(10))
    assert (made.grade, made.total, made.distance) == ("良好", Decimal(100), Decimal(5))
    assert made.explanation == (
        "基础分 90，加分 10，总分 100；按基础分（不含加分）90 定等，良好线 85；距优秀还差 5 分 → 良好"
    )


def test_a_veto_holds_an_excellent_county_at_qualified():
    made = grade(reference(), Decimal(100), Decimal(0), ["V04"])
    assert (made.grade, made.distance) == ("合格", None)
    assert made.explanation == (
        "基础分 100，加分 0，总分 100；按总分（含加分）100 定等，优秀线 95；"
        "一票否决（弄虚作假），不高于合格 → 合格"
    )


def test_a_veto_does_not_lift_and_leaves_the_way_up_to_its_own_line():
    made = grade(reference(), Decimal(70), Decimal(0), ["V01", "V02"])
    assert (made.grade, made.distance) == ("不合格", Decimal(5))
    assert made.explanation.endswith(
        "；一票否决（班子严重违纪违法），不高于合格；一票否决（受通报批评），不高于合格；"
        "距合格还差 5 分 → 不合格"
    )


def test_the_hardest_of_several_vetoes_decides():
    standard = reference()
    harder = standard.vetoes[3].model_copy(update={"not_above": "不合格"})
    standard = standard.model_copy(update={"vetoes": (*standard.vetoes[:3], harder)})
    assert grade(standard, Decimal(100), Decimal(0), ["V01"]).grade == "合格"
    assert grade(standard, Decimal(100), Decimal(0), ["V04", "V01"]).grade == "不合格"


def test_a_veto_may_bar_every_grade():
    standard = reference()
    barring = standard.vetoes[3].model_copy(update={"not_above": None, "barred": True})
    standard = standard.model_copy(update={"vetoes": (*standard.vetoes[:3], barring)})
    made = grade(standard, Decimal(100), Decimal(0), ["V01", "V04"])
    assert (made.grade, made.total, made.distance) == ("不予定等", Decimal(100), None)
    assert made.explanation == (
        "基础分 100，加分 0，总分 100；按总分（含加分）100 定等，优秀线 95；"
        "一票否决（班子严重违纪违法），不高于合格；一票否决（弄虚作假），不予定等 → 不予定等"
    )


def test_an_excerpt_without_grades_gives_none():
    excerpt = reference().model_copy(update={"excerpt": True, "grades": (), "vetoes": ()})
    made = grade(excerpt, Decimal(12), Decimal(1))
    assert (made.grade, made.total, made.distance) == ("不定等", Decimal(13), None)
    assert made.explanation == "基础分 12，加分 1，总分 13 → 不定等"


def test_a_veto_that_the_standard_does_not_know_is_refused():
    with pytest.raises(VetoNotInStandard, match=r"^标准里没有否决项 V08$"):
        grade(reference(), Decimal(100), Decimal(0), ["V01", "V09", "V08"])


@given(bases, bonuses, held)
def test_sums_and_grade_hold_together(base, bonus, vetoes):
    made = grade(reference(), base, bonus, vetoes)
    assert made.bonus == min(bonus, 20)
    assert made.total == base + made.bonus
    assert made.explanation.endswith(f" → {made.grade}")
    free = grade(reference(), base, bonus)
    wanted = max(NAMES.index(free.grade), 2 if vetoes else 0)
    assert made.grade == NAMES[wanted]


@given(bases, bonuses, st.decimals(0, 20, places=2), held)
def test_more_points_never_lower_the_grade(base, bonus, more, vetoes):
    for standard in (reference(), on_base()):
        before = grade(standard, base, bonus, vetoes).grade
        assert NAMES.index(grade(standard, base + more, bonus, vetoes).grade) <= NAMES.index(before)
        assert NAMES.index(grade(standard, base, bonus + more, vetoes).grade) <= NAMES.index(before)


@given(bases, bonuses, held)
def test_the_distance_leads_to_the_next_grade_and_less_does_not(base, bonus, vetoes):
    for standard in (reference(), on_base()):
        made = grade(standard, base, bonus, vetoes)
        if made.distance is None:
            assert vetoes
            assert made.grade == "合格"
        elif made.distance == 0:
            assert made.grade == "优秀"
        else:
            higher = NAMES[NAMES.index(made.grade) - 1]
            assert grade(standard, base + made.distance, bonus, vetoes).grade == higher
            short = base + made.distance - Decimal("0.01")
            assert grade(standard, short, bonus, vetoes).grade == made.grade
