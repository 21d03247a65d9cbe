"""Excerpts of three published tables: ten cases of each, worked by hand from the table."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from henji.assessment import marking
from henji.assessment.schema import Item
from henji.assessment.tests.hand_worked import NO, YES, people, times, units
from henji.assessment.tests.hand_worked_steps import counted, reached
from henji.assessment.tests.standards import shelved
from henji.evidence.figures import Figure, Missing

#: Meilong's parts that are held against a rate.
RATES = ("legal_person", "review", "women", "homes", "contracts", "congresses")
Facts = Mapping[str, Figure]

#: Rizhao: the item, what was found, what was handed down, the points.
TASKS = {"new_unions": 120, "new_members": 8_000, "member_cards": 8_000, "course_places": 6}
RIZHAO = [
    ("R01", {"party_document": YES, "plan": YES}, "1"),
    ("R01", {"party_document": NO, "plan": YES}, "0.5"),
    ("R02", {"pilots": YES, "backward": NO}, "1"),
    ("R03", {"deployed": YES, "rates": NO, "chairs": units(18, 20)}, "1"),  # 90 % of chairs; not both rates
    (
        "R04",
        {"plan": YES, "townships": times(3), "villages": times(1)},
        "1",
    ),  # one village short
    (
        "R05",
        {"new_unions": times(119), "new_members": times(8_000), "management": YES, "cards": times(7_999)},
        "1",
    ),  # one union and one card short: only members and management
    ("R06", {"registered": units(214, 214), "approvals": units(213, 214)}, "0.5"),
    (
        "R07",
        {
            "campaign": YES,
            "elected": units(64, 214),  # 29.9 %, the line is 30 %
            "plates": units(193, 214),  # 90.1 %
            "regulations": units(171, 214),  # 79.9 %, the line is 80 %
            "offices": units(204, 214),  # 95.3 %
        },
        "2",
    ),
    ("R08", {"campaign": YES, "commended": Missing("表彰决定")}, "0.5"),
    ("R09", {"trainings": times(2), "higher_courses": times(6)}, "1"),
]

#: Wuhu: the type of unit, the item, what was found, the points.
WUHU = [
    ("county", "W11", {"heard": reached("A"), "attends": YES}, "9"),
    ("county", "W11", {"heard": reached("B"), "attends": YES}, "7"),
    ("county", "W11", {"heard": reached(""), "attends": NO}, "0"),
    ("county", "W12", {"set_up": reached("A"), "together": YES, "office": reached("A")}, "11"),
    ("county", "W12", {"set_up": reached("B"), "together": YES, "office": reached("B")}, "8"),  # 4 + 3 + 1
    ("system", "W12", {"set_up": reached("A"), "together": YES}, "11"),  # 6 + 5; no office is asked
    ("system", "W12", {"set_up": reached("B"), "together": NO}, "4"),
    (
        "county",
        "W13",
        {"committees": units(9, 10), "rank": reached("A"), "cadre": reached("B")},
        "6",
    ),  # 3 + 2 + 1
    ("system", "W13", {"committees": units(10, 10), "cadre": reached("A")}, "8"),
    (
        "system",
        "W13",
        {"committees": units(79, 100), "cadre": reached("B")},
        "2",
    ),  # below 80 %: none of the four
]

#: Meilong: the item, what was found, the points.
MEILONG = [
    ("M1", {"task": counted()}, "10"),
    ("M1", {"task": counted(未完成任务=1, 未登记=1)}, "3"),
    ("M1", {"task": counted(底数不清=1)}, "8"),
    ("M2", {"legal_person": units(89, 100)}, "2"),
    ("M3", {"review": units(98, 100)}, "2"),
    ("M4", {"women": units(97, 100)}, "0"),
    ("M5", {"homes": units(60, 100)}, "2"),
    ("M6", {"contracts": units(77, 100), "special": times(1)}, "5"),  # 3 by the bands, 2 of 4 for one special
    ("M6", {"contracts": units(64, 100), "special": times(2)}, "0"),
    ("M7", {"congresses": units(80, 100), "yearly": NO}, "2"),
]


def points(item: Item, facts: Facts) -> Decimal:
    """The item's points, from the facts about its parts."""
    assert [part.code for part in item.parts] == list(facts)
    marks = (
        marking.mark(part.rule, facts[part.code], part.points, name=part.name, targets=TASKS)
        for part in item.parts
    )
    return marking.add_up(marks, cap=item.points).points


def item_of(name: str, code: str, unit_type: str = "") -> Item:
    """The item of the excerpt as the type of unit sees it."""
    return next(item for item in shelved(name).column(unit_type).items if item.code == code)


@pytest.mark.parametrize(("code", "facts", "wanted"), RIZHAO)
def test_a_case_of_rizhao_comes_out_as_worked_by_hand(code, facts, wanted):
    assert points(item_of("rizhao_2010", code), facts) == Decimal(wanted)


@pytest.mark.parametrize(("unit_type", "code", "facts", "wanted"), WUHU)
def test_a_case_of_wuhu_comes_out_as_worked_by_hand(unit_type, code, facts, wanted):
    assert points(item_of("wuhu", code, unit_type), facts) == Decimal(wanted)


@pytest.mark.parametrize(("code", "facts", "wanted"), MEILONG)
def test_a_case_of_meilong_comes_out_as_worked_by_hand(code, facts, wanted):
    assert points(item_of("meilong", code), facts) == Decimal(wanted)


@pytest.mark.parametrize(
    ("name", "total", "items"),
    [
        ("rizhao_2010", 15, ["1", "2", "2", "1.5", "2.5", "1", "3", "1", "1"]),
        ("wuhu", 28, ["9", "11", "8"]),
        ("meilong", 32, ["10", "3", "2", "2", "3", "8", "4"]),
    ],
)
def test_an_excerpt_has_the_points_of_the_table_and_says_what_it_is(name, total, items):
    standard = shelved(name)
    assert standard.base_total == total
    assert [item.points for item in standard.items] == [Decimal(item) for item in items]
    assert (standard.excerpt, standard.grades, standard.code) == (True, (), name)
    assert "摘录" in standard.label
    assert "摘录" in standard.name


@pytest.mark.parametrize("unit_type", ["county", "system"])
def test_both_columns_of_wuhu_make_twenty_eight(unit_type):
    items = shelved("wuhu").column(unit_type).items
    assert sum(part.points for item in items for part in item.parts) == 28


def test_an_excerpt_is_marked_whole_and_given_no_grade():
    standard = shelved("meilong")
    facts = {
        "task": counted(),
        "special": times(0),
        "yearly": YES,
        **dict.fromkeys(
            ["legal_person", "review", "women", "homes", "contracts", "congresses"], people(1, 1)
        ),
    }
    earned = [points(item, {part.code: facts[part.code] for part in item.parts}) for item in standard.items]
    made = marking.grade(standard, sum(earned, Decimal(0)), Decimal(0))
    assert (made.total, made.grade) == (32, "不定等")
