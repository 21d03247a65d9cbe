"""参考模板: the reference table is what the sources say, and says what it is worth."""

from decimal import Decimal

from henji.assessment.schema import (
    AllOrNothing,
    ByHand,
    CountAgainstTarget,
    Item,
    Part,
    Standard,
    Threshold,
    bare,
)
from henji.assessment.tests.hand_worked import at_least
from henji.assessment.tests.standards import reference
from henji.evidence.kinds import Kind


def parts(standard: Standard) -> list[tuple[Item, Part]]:
    """Every part with its item."""
    return [(item, part) for item in standard.items for part in item.parts]


def test_the_reference_has_seventeen_base_items_of_a_hundred_and_seven_bonus_items_of_twenty():
    items = reference().items
    base = [item for item in items if item.kind == "base"]
    bonus = [item for item in items if item.kind == "bonus"]
    assert [item.code for item in base] == [f"B{number:02}" for number in range(1, 18)]
    assert [item.code for item in bonus] == [f"A{number:02}" for number in range(1, 8)]
    assert [item.points for item in base] == [6, 6, 5, 6, 7, 6, 5, 7, 6, 6, 7, 7, 6, 6, 4, 5, 5]
    assert [item.points for item in bonus] == [4, 3, 3, 3, 3, 2, 2]
    assert sum(item.points for item in base) == reference().base_total == 100
    assert sum(item.points for item in bonus) == reference().bonus_cap == 20


def test_the_reference_says_that_it_is_no_official_standard():
    standard = reference()
    assert (standard.code, standard.version) == ("reference", "2016")
    assert standard.label == "参考模板，非官方标准"
    assert "参考模板" in standard.name
    assert (standard.subject_level, standard.graded_on) == ("county", "total")


def test_the_one_day_donation_is_four_points_at_25_and_two_at_65_per_cent():
    item = next(item for item in reference().items if item.code == "B10")
    told = [(part.code, part.points, part.rule, part.figure, part.source) for part in item.parts]
    assert told == [
        ("participation", Decimal(4), at_least("0.25"), "mutual_aid.participation_rate", "新闻报道"),
        ("payout", Decimal(2), at_least("0.65"), "mutual_aid.payout_rate", "新闻报道"),
    ]


def test_only_the_two_cells_of_the_newspaper_are_computed_and_sourced_to_it():
    computed = [(item.code, part.code) for item, part in parts(reference()) if part.figure]
    reported = [(item.code, part.code) for item, part in parts(reference()) if part.source == "新闻报道"]
    assert computed == reported == [("B10", "participation"), ("B10", "payout")]


def test_every_part_names_one_of_the_known_sources():
    by_source: dict[str, list[str]] = {}
    for item, part in parts(reference()):
        by_source.setdefault(part.source, []).append(f"{item.code}.{part.code}")
    assert by_source.keys() == {"重构", "新闻报道", "梅陇镇细则", "宜昌 2011"}
    assert by_source["梅陇镇细则"] == ["B07.legal_person_rate", "B08.contract_rate"]
    assert by_source["宜昌 2011"] == ["B15.audit_cover", "B15.rectified", "B15.reported"]


def test_grades_and_vetoes_of_the_reference():
    standard = reference()
    assert [grade.name for grade in standard.grades] == ["优秀", "良好", "合格", "不合格"]
    assert [grade.min for grade in standard.grades] == [95, 85, 75, 0]
    assert [veto.source for veto in standard.vetoes] == ["舟山 2016", "舟山 2016", "舟山 2016", "重构"]
    assert {veto.not_above for veto in standard.vetoes} == {"合格"}


def test_the_numbers_of_a_rule_stand_in_its_words():
    for item, part in parts(reference()):
        words = f"{item.code}.{part.code}：{part.demand}"
        if isinstance(part.rule, Threshold):
            assert f"{bare(part.rule.minimum * 100)}% 得 {bare(part.points)} 分" in words
            assert "÷" in words
        if isinstance(part.rule, CountAgainstTarget):
            assert f"不少于 {part.rule.target} " in words
            assert f"得 {bare(part.points)} 分" in words
        if isinstance(part.rule, AllOrNothing):
            assert f"得 {bare(part.points)} 分，否则不得分" in words
        if isinstance(part.rule, ByHand):
            assert bare(part.points) in words


def test_every_part_wants_papers_and_never_compels_a_photo():
    for _item, part in parts(reference()):
        assert any(demand.required for demand in part.evidence)
        assert not any(demand.required for demand in part.evidence if demand.kind == Kind.PHOTO)


def test_every_one_of_the_sixteen_kinds_but_the_survey_is_wanted_somewhere():
    wanted = {demand.kind for _item, part in parts(reference()) for demand in part.evidence}
    assert set(Kind) - wanted == {Kind.SURVEY}
