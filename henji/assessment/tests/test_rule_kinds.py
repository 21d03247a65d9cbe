"""The kinds of rule as they are written: each is read, and each fault named with its place."""

import pytest
import yaml

from henji.assessment.reading import StandardUnsound
from henji.assessment.schema import Standard, load
from henji.assessment.tests.standards import reference, shelved

SHEET = """
code: sheet
version: "1"
name: 表
label: 测试用
subject_level: county
unit_types:
  - {code: county, name: 县区, levels: [county]}
  - {code: system, name: 系统, levels: [sector, primary]}
base_total: 6
bonus_cap: 2
ranking: [total, B1, base]
grades: [{name: 好, min: 4}, {name: 差, min: 0}]
vetoes:
  - {code: V1, name: 弄虚作假, demand: 弄虚作假。, barred: true, zero_item: B1, source: 重构}
items:
  - code: B1
    kind: base
    name: 一项
    points: 6
    parts:
      - code: rate
        name: 比率
        points: 4
        demand: 按比率。
        rule: RULE
        source: 重构
      - code: type
        name: 分类
        points: 2
        demand: 分类。
        rule: {kind: by_unit_type, columns: {county: {points: 2, rule: {kind: discretion}},
          system: {points: 2, rule: {kind: all_or_nothing}}}}
        figures: {system: unions.listed}
        evidence: [{deed: mutual_aid.drive_opened, number: 1}, {kind: roll}]
        source: 重构
  - code: A1
    kind: bonus
    name: 加分
    points: 2
    rule: {kind: bonus}
    parts:
      - {code: one, name: 甲, points: 2, demand: 加分。, rule: {kind: by_hand}, source: 重构}
      - {code: two, name: 乙, points: 1, demand: 加分。, rule: {kind: discretion}, source: 重构}
"""

A = "{name: A, points: 4, criteria: 好}"
DIRECT = "\n  - {code: direct, name: 直属, levels: [primary]}"
SYSTEM = "  - {code: system, name: 系统, levels: [sector, primary]}"
DEED = "{deed: mutual_aid.drive_opened, number: 1}"
CAPPED = "    points: 2\n    rule: {kind: bonus}"
TIERS = "{kind: tiers, bands: [[0.9, 4], [0.8, 1]]}"
KINDS = {
    "all_or_nothing": "{kind: all_or_nothing}",
    "threshold": '{kind: threshold, operator: ">=", minimum: 0.25}',
    "tiers": TIERS,
    "deduct_per_points": "{kind: deduct_per_points, minimum: 0.9, minus: 0.5, every: 5, begun: false}",
    "count_against_target": "{kind: count_against_target, target: 20, below: proportional}",
    "handed_down": "{kind: count_against_target, target: {handed_down: n}, below: tiers, bands: [[0.9, 2]]}",
    "levels": f"{{kind: levels, levels: [{A}, {{name: B, points: 2, criteria: 差}}]}}",
    "per_occurrence": "{kind: per_occurrence, each: 0.5, beyond: 1}",
    "by_level": "{kind: per_occurrence, each: {city: 0.2, 国家级: 1}}",
    "deduct_each": "{kind: deduct_each, each: 0.5}",
    "deduct_by_level": "{kind: deduct_each, each: {底数不清: 2}}",
    "discretion": "{kind: discretion}",
    "by_hand": "{kind: by_hand}",
}


def sheet(rule: str = TIERS, old: str = "", new: str = "") -> str:
    """The sheet with one rule and one change."""
    assert not old or SHEET.count(old) == 1, old
    return (SHEET.replace(old, new) if old else SHEET).replace("RULE", rule)


def refusal(text: str) -> str:
    """The sentence with which the text is refused."""
    with pytest.raises(StandardUnsound) as refused:
        load(text)
    return str(refused.value)


@pytest.mark.parametrize("rule", KINDS.values(), ids=KINDS)
def test_every_kind_of_rule_is_read_and_survives_being_kept_as_json(rule):
    standard = load(sheet(rule))
    held = standard.items[0].parts[0].rule
    written = yaml.safe_load(rule)
    said = held.model_dump(mode="json", exclude_unset=True)
    assert said.keys() == written.keys()
    assert Standard.model_validate_json(standard.model_dump_json()) == standard


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{kind: tiers, bands: [[0.9, 4], [0.9, 1]]}", "B1.rate.rule.bands：各档须从高到低"),
        ("{kind: tiers, bands: [[0.9, 4], [0.8, 4]]}", "B1.rate.rule.bands：各档须从高到低"),
        ("{kind: tiers, bands: []}", "B1.rate.rule.bands：各档须从高到低"),
        ("{kind: tiers, bands: [[0.9, 3]]}", "B1.rate：计分办法最高 3 分，应为 4 分"),
        ("{kind: tiers, bands: [[90, 4]]}", "B1.rate.rule.bands[1][1]：门槛须为 0 到 2 之间的小数"),
        ("{kind: tiers, bands: [[0.9, 0]]}", "B1.rate.rule.bands[1][2]：须大于 0"),
        ("{kind: tiers, bands: [[0.9]]}", "B1.rate.rule.bands[1][2]：没有填写"),
        ("{kind: tiers, bands: [[0.9, 4, 1]]}", "B1.rate.rule.bands[1]：最多写 2 条"),
        ("{kind: tiers, bands: 0.9}", "B1.rate.rule.bands：须为一个列表"),
        ("{kind: deduct_per_points, minimum: 0.9, minus: 1, every: 0.5}", "B1.rate.rule.every：不能小于 1"),
        ("{kind: deduct_per_points, minimum: 0.9, every: 5}", "B1.rate.rule.minus：没有填写"),
        ("{kind: count_against_target, target: 0}", "B1.rate.rule.target：须大于 0"),
        ("{kind: count_against_target, target: 很多}", "B1.rate.rule.target：须为整数"),
        ("{kind: count_against_target, target: {handed: x}}", "B1.rate.rule.target.handed_down：没有填写"),
        (
            "{kind: count_against_target, target: {handed_down: 新建}}",
            "B1.rate.rule.target.handed_down：代码",
        ),
        ("{kind: count_against_target, target: 1, below: tiers}", "B1.rate.rule：各档 bands 与 below"),
        ("{kind: count_against_target, target: 1, bands: [[0.9, 2]]}", "B1.rate.rule：各档 bands 与 below"),
        (
            "{kind: count_against_target, target: 1, below: tiers, bands: [[1, 2]]}",
            "B1.rate.rule：各档须从高到低",
        ),
        (
            "{kind: count_against_target, target: 1, below: tiers, bands: [[0.9, 4]]}",
            "B1.rate：目标数以下的档须少于 4 分",
        ),
        ("{kind: levels, levels: []}", "B1.rate.rule：各级须从高分到低分"),
        (
            "{kind: levels, levels: [{name: A, points: 2, criteria: 好}]}",
            "B1.rate：计分办法最高 2 分",
        ),
        (
            f"{{kind: levels, levels: [{A}, {A}]}}",
            "B1.rate.rule：各级须从高分到低分",
        ),
        (
            f"{{kind: levels, levels: [{{name: B, points: 2, criteria: 差}}, {A}]}}",
            "B1.rate.rule：各级须从高分到低分",
        ),
        ("{kind: levels, levels: [{name: A, points: 4}]}", "B1.rate.rule.A.criteria：没有填写"),
        ("{kind: per_occurrence, each: 0}", "B1.rate.rule.each：须大于 0"),
        ("{kind: per_occurrence, each: {}}", "B1.rate.rule.each：分级计分至少写一级，且不能写 beyond"),
        ("{kind: per_occurrence, each: {city: 0}}", "B1.rate.rule.each.city：须大于 0"),
        (
            "{kind: per_occurrence, each: {city: 1}, beyond: 1}",
            "B1.rate.rule：分级计分至少写一级，且不能写 beyond",
        ),
        ("{kind: per_occurrence, each: 1, beyond: -1}", "B1.rate.rule.beyond：不能小于 0"),
        ("{kind: by_unit_type, columns: {}}", "B1.rate.rule.columns：至少写 1 条"),
        (
            "{kind: by_unit_type, columns: {county: {points: 3, rule: {kind: by_hand}}}}",
            "B1.rate：计分办法最高 3 分，应为 4 分",
        ),
        (
            "{kind: by_unit_type, columns: {county: {points: 4, rule: {kind: tiers, bands: [[1, 3]]}}}}",
            "B1.rate：计分办法最高 3 分，应为 4 分",
        ),
        (
            "{kind: by_unit_type, columns: {county: {points: 4, rule: {kind: by_unit_type, columns: {}}}}}",
            "B1.rate.rule.columns.county.rule：只能是",
        ),
        (
            "{kind: by_unit_type, columns: {county: {points: 4, rule: {kind: by_hand}}}}",
            "B1：各评分点合计 2 分，应为 6 分",
        ),
        (
            "{kind: by_unit_type, columns: {town: {points: 4, rule: {kind: by_hand}}}}",
            "B1：各评分点合计 4 分，应为 6 分",
        ),
    ],
)
def test_a_fault_in_a_rule_is_named_with_its_place(rule, words):
    assert refusal(sheet(rule)).startswith(words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("barred: true, ", "", "V1：一票否决须写 not_above 或"),
        (
            "barred: true",
            "barred: true, not_above: 差",
            "V1：一票否决须写 not_above 或",
        ),
        ("zero_item: B1", "zero_item: B9", "标准：V1 里写的“B9”，项目 items里没有"),
        ("ranking: [total, B1, base]", "ranking: [total, B2]", "标准：ranking 里写的“B2”，项目 items里没有"),
        ("ranking: [total, B1, base]", "ranking: [total, total]", "标准：“total”出现了两次"),
        (
            "{deed: mutual_aid.drive_opened, number: 1}",
            "{number: 1}",
            "B1.type.evidence[1]：佐证要求须写",
        ),
        (
            "{deed: mutual_aid.drive_opened, number: 1}",
            "{deed: 一日捐}",
            "B1.type.evidence[1].deed：事项须写作",
        ),
        (
            "{kind: roll}",
            "{kind: roll, deed: mutual_aid.aid_paid}",
            "B1.type.evidence[2]：佐证要求须写",
        ),
        ("figures: {system: unions.listed}", "figures: {town: unions.listed}", "B1.type：figures 只用于"),
        ("levels: [sector, primary]", "levels: []", "system.levels：至少写 1 条"),
        (
            SYSTEM,
            f"{SYSTEM}\n  - {{code: direct, name: 直属, levels: [primary]}}",
            "标准：B1：各评分点合计 4 分",
        ),
        ("{code: system, name: 系统", "{code: county, name: 系统", "标准：“county”出现了两次"),
        (
            "code: system, name: 系统",
            "code: other, name: 系统",
            "标准：B1 里写的“system”，单位类型",
        ),
        (
            "points: 2\n    rule: {kind: bonus}",
            "points: 4\n    rule: {kind: bonus}",
            "A1：各评分点合计 3 分，不到上限 4 分",
        ),
        ("    rule: {kind: bonus}\n", "", "A1：各评分点合计 3 分，应为 2 分"),
        ("kind: bonus\n    name", "kind: base\n    name", "A1：计分办法 bonus 只用于加分项"),
        (
            "    points: 6\n",
            "    points: 6\n    unit_types: [county]\n",
            "标准：基础项合计 0 分",
        ),
        ("    points: 6\n", "    points: 6\n    unit_types: [town]\n", "B1：各评分点合计 4 分，应为 6 分"),
        ("grades: [{name: 好, min: 4}, {name: 差, min: 0}]\n", "", "grades：至少写 1 条"),
    ],
)
def test_a_fault_elsewhere_is_named_with_its_place(old, new, words):
    assert refusal(sheet(old=old, new=new)).startswith(words)


def test_an_excerpt_needs_no_grades():
    text = sheet(old="grades: [{name: 好, min: 4}, {name: 差, min: 0}]\n", new="excerpt: true\n")
    assert load(text).grades == ()


def test_a_union_sees_its_own_column():
    standard = load(sheet())
    county, system = (standard.column(standard.unit_type_of(level)) for level in ("county", "primary"))
    assert [part.rule.kind for part in county.items[0].parts] == ["tiers", "discretion"]
    assert [part.rule.kind for part in system.items[0].parts] == ["tiers", "all_or_nothing"]
    assert [part.figure for part in system.items[0].parts] == [None, "unions.listed"]
    assert standard.unit_type_of("city") == "county"
    assert reference().column("county") is reference()
    assert reference().unit_type_of("county") == ""


def test_a_part_that_a_column_never_asks_is_left_out():
    parts = shelved("wuhu").items[1].parts
    seen = [[part.code for part in parts if part.column(code)] for code in ("county", "system", "direct")]
    assert seen == [["set_up", "together", "office"], ["set_up", "together"], ["set_up"]]


def test_a_rule_of_the_first_version_is_read_as_discretion():
    rule = load(sheet("{kind: by_hand}")).items[0].parts[0].rule
    assert type(rule).__name__ == "Discretion"
