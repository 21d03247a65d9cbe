"""Standards: how one is read, and how one that does not hold together is refused."""

import string
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from henji.assessment.reading import LONGEST, StandardUnreadable, StandardUnsound
from henji.assessment.schema import Standard, load
from henji.assessment.scoring.kinds import SumOfParts
from henji.assessment.tests.hand_worked import at_least, share_of_target
from henji.assessment.tests.standards import reference
from henji.evidence.kinds import Kind

SMALL = """
code: small
version: 2016
name: 小标准
label: 参考模板，非官方标准
subject_level: county
base_total: 6
bonus_cap: 2
graded_on: base
grades: [{name: 好, min: 4.5}, {name: 差, min: 0}]
vetoes: [{code: V1, name: 弄虚作假, demand: 弄虚作假。, not_above: 差, source: 重构}]
items:
  - code: B1
    kind: base
    name: 一日捐
    points: 6
    parts:
      - code: rate
        name: 参加率
        points: 4.5
        demand: 达到 25%。
        rule: {kind: threshold, operator: ">=", minimum: 0.25}
        figure: mutual_aid.participation_rate
        evidence: [{kind: roll, number: 2, period: standing, required: false}]
        source: 新闻报道
      - code: times
        name: 培训
        points: 1.5
        demand: 2 次。
        rule: {kind: count_against_target, target: 2, below: proportional}
        source: 重构
  - code: A1
    kind: bonus
    name: 创新
    points: 2
    parts:
      - {code: new, name: 创新, points: 2, demand: 酌情。, rule: {kind: by_hand}, source: 重构}
"""


KINDS = (
    "all_or_nothing、threshold、tiers、deduct_per_points、count_against_target、levels、per_occurrence、"
    "deduct_each、discretion、by_hand、by_unit_type"
)


def refusal(text: str) -> str:
    """The sentence with which the text is refused as a standard."""
    with pytest.raises(StandardUnsound) as refused:
        load(text)
    return str(refused.value)


def unreadable(text: str) -> str:
    """The sentence with which the text is refused as a file."""
    with pytest.raises(StandardUnreadable) as refused:
        load(text)
    return str(refused.value)


def outcome(text: str) -> Standard | str:
    """The standard, or the sentence with which it is refused."""
    try:
        return load(text)
    except (StandardUnreadable, StandardUnsound) as refused:
        return str(refused)


def changed(old: str, new: str) -> str:
    """The small standard with one change."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def test_a_standard_survives_being_kept_as_json():
    assert Standard.model_validate_json(reference().model_dump_json()) == reference()


def test_a_small_standard_is_read_as_it_is_written():
    standard = load(SMALL)
    rate, times = standard.items[0].parts
    assert standard.version == "2016"
    assert standard.items[0].rule == SumOfParts()
    assert rate.points == Decimal("4.5")
    assert rate.rule == at_least("0.25")
    assert rate.evidence[0].model_dump() == {
        "kind": "roll",
        "deed": None,
        "number": 2,
        "period": "standing",
        "required": False,
    }
    assert times.rule == share_of_target(2)
    assert (times.figure, times.evidence) == (None, ())


def test_a_demand_is_one_paper_of_the_year_unless_it_says_more():
    demand = (
        load(changed("number: 2, period: standing, required: false", "number: 1"))
        .items[0]
        .parts[0]
        .evidence[0]
    )
    assert (demand.number, demand.period, demand.required) == (1, "year", True)


def test_decimals_are_read_exactly_as_written():
    text = SMALL.replace("4.5", "4.10").replace("points: 1.5", "points: 1.90")
    assert [part.points for part in load(text).items[0].parts] == [Decimal("4.10"), Decimal("1.90")]


def test_equal_standards_are_one_key_because_they_cannot_change():
    assert {load(SMALL): 1} == {load(SMALL): 1}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points: 1.5", "points: 1", "B1：各评分点合计 5.5 分，应为 6 分"),
        ("points: 1.5", "points: 2", "B1：各评分点合计 6.5 分，应为 6 分"),
        ("base_total: 6", "base_total: 5", "标准：基础项合计 6 分，应为 base_total 5 分"),
        ("base_total: 6", "base_total: 100", "标准：基础项合计 6 分，应为 base_total 100 分"),
        ("- code: times", "- code: rate", "B1：“rate”出现了两次，代码和名称不能重复"),
        ("- code: A1", "- code: B1", "标准：“B1”出现了两次，代码和名称不能重复"),
        ("code: V1", "code: B1", "标准：“B1”出现了两次，代码和名称不能重复"),
        ("name: 差, min", "name: 好, min", "标准：“好”出现了两次，代码和名称不能重复"),
        ("min: 4.5", "min: 0", "标准：等次 grades 的分数线须从高到低、各不相同，最低一等为 0 分"),
        ("min: 0}", "min: 1}", "标准：等次 grades 的分数线须从高到低、各不相同，最低一等为 0 分"),
        ("min: 4.5", "min: -1", "好.min：不能小于 0"),
        ("not_above: 差", "not_above: 中", "标准：V1 的 not_above 写的是“中”，等次里没有"),
        (
            "figure: mutual_aid.participation_rate",
            "figure: participation",
            "B1.rate.figure：指标地址须写作“房间.指标”，如 members.membership_rate；没有指标就不写这一行",
        ),
        (
            "figure: mutual_aid.participation_rate",
            "figure: a.b.c",
            "B1.rate.figure：指标地址须写作“房间.指标”，如 members.membership_rate；没有指标就不写这一行",
        ),
        (
            "rule: {kind: by_hand}",
            "rule: {kind: by_hand}, figure: a.b",
            "A1.new：人工评定的评分点不能写指标 figure",
        ),
        (
            "minimum: 0.25",
            "minimum: 25",
            "B1.rate.rule.minimum：门槛须为 0 到 2 之间的小数，百分之二十五写作 0.25",
        ),
        (
            "minimum: 0.25",
            "minimum: -0.1",
            "B1.rate.rule.minimum：门槛须为 0 到 2 之间的小数，百分之二十五写作 0.25",
        ),
        ("minimum: 0.25", "minimum: 0.1234567", "B1.rate.rule.minimum：最多 6 位小数"),
        ("minimum: 0.25", "minimum: .nan", "B1.rate.rule.minimum：须为数字"),
        ('">="', '"=="', "B1.rate.rule.operator：只能是 >=、>"),
        (
            "kind: threshold",
            "kind: eval",
            f"B1.rate.rule：只能是 {KINDS}",
        ),
        ("kind: threshold, ", "", "B1.rate.rule：没有写明种类 kind"),
        ("target: 2", "target: 0", "B1.times.rule.target：须大于 0"),
        ("target: 2", "target: 1.5", "B1.times.rule.target：须为整数"),
        ("below: proportional", "below: half", "B1.times.rule.below：只能是 nothing、proportional、tiers"),
        ("kind: roll", "kind: paper", "B1.rate.evidence[1].kind：只能是 " + "、".join(Kind.values)),
        ("number: 2, period", "number: 0, period", "B1.rate.evidence[1].number：须大于 0"),
        ("required: false", "required: perhaps", "B1.rate.evidence[1].required：只能是 true、false"),
        (
            "period: standing",
            "period: week",
            "B1.rate.evidence[1].period：只能是 year、quarter、month、standing",
        ),
        ("points: 1.5", "points: 1.505", "B1.times.points：最多 2 位小数"),
        ("points: 1.5", "points: -1.5", "B1.times.points：须大于 0"),
        ("points: 1.5", "points: 很多", "B1.times.points：须为数字"),
        ("points: 1.5", "points: [1]", "B1.times.points：须为数字"),
        ("points: 1.5", "points: 1001", "B1.times.points：不能大于 1000"),
        ("        demand: 2 次。\n", "", "B1.times.demand：没有填写"),
        ("demand: 2 次。", "demand: '  '", "B1.times.demand：不能为空"),
        ("demand: 2 次。", "demand: [2 次]", "B1.times.demand：须为文字"),
        ("demand: 2 次。", "demand: " + 501 * "长", "B1.times.demand：最多 500 字"),
        (
            "demand: 2 次。",
            "demand: 2 次。\n        formula: x",
            "B1.times.formula：没有这个项目，请核对写法",
        ),
        ("code: small", "code: 小", "code：代码须以字母开头，只用字母、数字和下划线，最多 28 个"),
        ("code: small", "code: " + 29 * "a", "code：代码须以字母开头，只用字母、数字和下划线，最多 28 个"),
        ("kind: bonus", "kind: veto", "A1.kind：只能是 base、bonus"),
        ("graded_on: base", "graded_on: mood", "graded_on：只能是 total、base"),
        ("evidence: [{kind: roll", "evidence: [roll, {kind: roll", "B1.rate.evidence[1]：须为一组键和值"),
        (
            "evidence: [{kind: roll, number: 2, period: standing, required: false}]",
            "evidence: roll",
            "B1.rate.evidence：须为一个列表",
        ),
        ("vetoes: [{code: V1", "vetoes: [{code: [V1]", "弄虚作假.code：须为文字"),
    ],
)
def test_a_fault_is_named_with_its_place(old, new, words):
    first = refusal(changed(old, new)).split("；另有")[0]
    assert first == words


def test_several_faults_are_counted_and_the_first_three_named():
    text = changed("base_total: 6", "base_total: x").replace("source: 重构", "sauce: 重构")
    assert (
        refusal(text)
        == "base_total：须为数字；V1.source：没有填写；V1.sauce：没有这个项目，请核对写法；另有 4 处"
    )


def test_a_standard_without_grades_items_or_parts_is_refused():
    bare_tree = yaml.safe_load(SMALL) | {"grades": [], "items": []}
    assert refusal(yaml.safe_dump(bare_tree)) == "grades：至少写 1 条；items：至少写 1 条"
    tree = yaml.safe_load(SMALL)
    tree["items"][0]["parts"] = []
    assert refusal(yaml.safe_dump(tree)) == "B1.parts：至少写 1 条"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "标准：须为一组键和值"),
        ("- a\n- b", "标准：须为一组键和值"),
        ("只是一句话", "标准：须为一组键和值"),
    ],
)
def test_a_file_that_holds_something_else_is_refused(text, words):
    assert refusal(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1, 2", "文件第 1 行不合 YAML 格式，请检查缩进和标点"),
        ("a: 1\n b: 2", "文件第 2 行不合 YAML 格式，请检查缩进和标点"),
        ("a: 1\n---\nb: 2", "文件第 2 行不合 YAML 格式，请检查缩进和标点"),
        ("? [a]\n: b", "文件第 1 行不合 YAML 格式，请检查缩进和标点"),
        ("a: *b", "文件第 1 行不合 YAML 格式，请检查缩进和标点"),
        ("code: a\ncode: b", "文件第 2 行：“code”在同一处写了两次"),
        ("items:\n  - name: a\n    name: b", "文件第 3 行：“name”在同一处写了两次"),
        ("a: \0", "文件不是 YAML 文本，请检查文件"),
        ('a: "\\UFFFFFFFF"', "文件不是 YAML 文本，请检查文件"),
        (f"%YAML 1.{5000 * '9'}\n---\na: b", "文件不是 YAML 文本，请检查文件"),
        (13 * "[", "文件嵌套过深，最多 12 层"),
        (150_000 * "[", "文件嵌套过深，最多 12 层"),
        (150_000 * "a: ", "文件过大，最多 200,000 字"),
        ("a: &x [1]\nb: *x", "文件不能使用引用（&、*）和标签（!），请写出完整内容"),
        (
            "a: !!python/object/apply:os.system [ls]",
            "文件不能使用引用（&、*）和标签（!），请写出完整内容",
        ),
        ("a: !!int 4", "文件不能使用引用（&、*）和标签（!），请写出完整内容"),
    ],
    ids=range(16),
)
def test_a_hostile_or_broken_file_is_refused_in_one_sentence(text, words):
    assert unreadable(text) == words


def test_an_alias_bomb_is_refused_before_it_unfolds():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    assert "引用" in unreadable("\n".join(lines))


def test_a_file_of_exactly_the_longest_length_is_read():
    assert load(SMALL + "#" * (LONGEST - len(SMALL))) == load(SMALL)
    assert "过大" in unreadable(SMALL + "#" * (LONGEST - len(SMALL) + 1))


@given(st.text() | st.text(string.printable))
def test_no_text_brings_anything_but_a_sentence(text):
    with pytest.raises((StandardUnreadable, StandardUnsound)):
        load(text)


values = st.recursive(
    st.text(max_size=5) | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_a_standard_with_any_value_put_somewhere_is_read_or_refused_in_words(data):
    tree = yaml.safe_load(SMALL)
    here = tree
    while True:
        keys = list(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = data.draw(values)
    assert outcome(yaml.safe_dump(tree, allow_unicode=True))
