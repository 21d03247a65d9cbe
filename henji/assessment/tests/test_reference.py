"""参考模板: the reference table is what the sources say, and says what it is worth."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from henji.assessment import library, marking, rules
from henji.assessment.schema import Item, Part, Standard, bare
from henji.assessment.scoring.kinds import (
    AllOrNothing,
    Bands,
    CountAgainstTarget,
    DeductEach,
    Discretion,
    Levels,
    PerOccurrence,
    Threshold,
    Tiers,
)
from henji.assessment.tests.hand_worked import NO, YES, at_least, people, times
from henji.assessment.tests.standards import SHELF, reference, reference_2016
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
    assert (standard.code, standard.version) == ("reference", "2016.2")
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


def test_only_the_two_cells_of_the_newspaper_are_sourced_to_it():
    reported = [(item.code, part.code) for item, part in parts(reference()) if part.source == "新闻报道"]
    assert reported == [("B10", "participation"), ("B10", "payout")]


def test_what_a_room_can_count_is_named_by_address_and_the_rest_is_stated():
    named = {part.figure for _item, part in parts(reference()) if part.figure}
    assert len(named) == 36
    assert {"mutual_aid.participation_rate", "members.membership_rate", "documents.joint_meetings"} < named
    assert {kind.name for kind in map(rules.kind_of, (part.rule for _item, part in parts(reference())))} == {
        "FLAG",
        "COUNT",
        "RATIO",
        "POINTS",
        "LEVEL",
        "TALLY",
    }


def test_only_the_platforms_are_left_to_discretion():
    left = [(item.code, part.code) for item, part in parts(reference()) if isinstance(part.rule, Discretion)]
    assert left == [("B12", "platforms")]


def test_targets_of_the_year_are_those_that_the_superior_hands_down():
    handed = [
        (part.code, part.rule.target.handed_down)
        for _item, part in parts(reference())
        if isinstance(part.rule, CountAgainstTarget) and not isinstance(part.rule.target, int)
    ]
    assert handed == [
        ("new_unions", "new_unions"),
        ("new_members", "new_members"),
        ("publicity", "publicity"),
    ]


def test_counties_are_ranked_by_total_then_base_then_two_items():
    assert reference().ranking == ("total", "base", "B10", "B08")


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
        for said in numbers_of(part):
            assert said in words


def numbers_of(part: Part) -> Iterator[str]:
    """What the demand of a part must say, by its rule."""
    points = bare(part.points)
    match part.rule:
        case Threshold(minimum=minimum):
            yield from ("÷", f"{bare(minimum * 100)}% 得 {points} 分")
        case Tiers(bands=bands):
            yield from ("÷", *gains(bands, "加" if "加 " in part.demand else "得"))
        case CountAgainstTarget(target=int() as target):
            yield from (f"不少于 {target} ", f"得 {points} 分")
        case CountAgainstTarget(bands=bands):
            yield from ("下达任务", f"100% 得 {points} 分", *gains(bands or (), "得"))
        case AllOrNothing():
            yield f"得 {points} 分，否则不得分"
        case _:
            yield from steps_of(part)


def steps_of(part: Part) -> Iterator[str]:
    """The same, where each one counts."""
    points = bare(part.points)
    match part.rule:
        case DeductEach(each=Decimal() as each):
            yield from (f"扣 {bare(each)} 分，扣完为止", f"得 {points} 分")
        case PerOccurrence(each=Decimal() as each):
            yield from (f"加 {bare(each)} 分", f"最多 {points} 分")
        case PerOccurrence(each=Mapping() as ladder):
            yield from (f"最多 {points} 分", *(f" {bare(worth)} 分" for worth in ladder.values()))
        case Levels(levels=rungs):
            yield from (f"{rung.name}加 {bare(rung.points)} 分" for rung in rungs)
        case Discretion():
            yield f"0 至 {points} 分"


def gains(bands: Bands, gain: str) -> Iterator[str]:
    """From which share on, how many points: 得, or 加 for a bonus."""
    yield from (f"{bare(share * 100)}% {gain} {bare(points)} 分" for share, points in bands)


def test_every_part_wants_papers_and_never_compels_a_photo():
    for _item, part in parts(reference()):
        assert any(demand.required for demand in part.evidence)
        assert not any(demand.required for demand in part.evidence if demand.kind == Kind.PHOTO)


def test_every_one_of_the_sixteen_kinds_but_the_survey_is_wanted_somewhere():
    wanted = {demand.kind for _item, part in parts(reference()) for demand in part.evidence}
    assert set(Kind) - wanted == {Kind.SURVEY}


# The first version, which counties may have published: it still reads as it did, and marks as it did.


def test_the_first_version_is_shipped_for_who_asks_for_it():
    assert library.shipped("reference", "2016") == (SHELF / "earlier/reference@2016.yaml").read_text("utf-8")
    assert library.shipped("reference", "2016.2") == library.shipped("reference")
    for version in ("1999", "../reference", "2016/../2016"):
        assert library.shipped("reference", version) is None


def test_the_first_version_marks_as_it_did_when_it_was_published():
    standard = reference_2016()
    assert (standard.version, standard.base_total, len(parts(standard))) == ("2016", 100, 60)
    assert [part.figure for _item, part in parts(standard) if part.figure] == [
        "mutual_aid.participation_rate",
        "mutual_aid.payout_rate",
    ]
    kinds = [part.rule.kind for _item, part in parts(standard)]
    told = {kind: kinds.count(kind) for kind in set(kinds)}
    assert told == {"all_or_nothing": 17, "by_hand": 23, "threshold": 14, "count_against_target": 6}
    assert {veto.not_above for veto in standard.vetoes} == {"合格"}


def test_the_first_version_gives_all_points_for_all_and_none_for_none():
    for answer, count, part_of_ten, wanted in [(YES, 20, 10, 100), (NO, 0, 0, 0)]:
        earned = Decimal(0)
        for item, part in parts(reference_2016()):
            if item.kind == "base" and not isinstance(part.rule, Discretion):
                for figure in (answer, times(count), people(part_of_ten, 10)):
                    earned += marking.mark(part.rule, figure, part.points, name=part.name).points
        by_hand = sum(
            part.points
            for item, part in parts(reference_2016())
            if item.kind == "base" and isinstance(part.rule, Discretion)
        )
        assert earned == (wanted - by_hand if wanted else 0)
