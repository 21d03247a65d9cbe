"""A text that is no scheme is refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import plain_yaml
from henji.mutual_aid.schemes import reading

TEXT = reading.reference()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year: 2016\n", "year: 二零一六\n", "year：须为整数"),
        ("year: 2016\n", "year: 1016\n", "year：不能小于 2000"),
        ("year: 2016\n", "", "year：没有填写"),
        ("valid_from: 2016-01-01", "valid_from: 20160101", "valid_from：日期须写作 2016-01-31"),
        ("valid_from: 2016-01-01", "valid_from: 2016-02-30", "valid_from：日期须写作 2016-01-31"),
        ("valid_to: 2016-12-31", "valid_to: 2015-12-31", "方案：截止日不能早于开始日"),
        ("[10000, 3000]", "[10000, 2000]", "S1.amount.bands：各档须从低到高"),
        ("[10000, 3000]", "[10000, NaN]", "须为数字"),
        ("[10000, 3000]", "[10000, 3000.001]", "最多 2 位小数"),
        ("[10000, 3000]", "[10000, 30000000000]", "不能大于 10000000"),
        ("[10000, 3000]", "[10000, -1]", "不能小于 0"),
        ("kind: flat", "kind: eval", "只能是 flat、tiers、share_of、between、by_degree"),
        ("share: 0.5", "share: 50", "比例须为 0 到 2 之间的小数"),
        ("category: S1, share", "category: S9, share", "按比例的，须是按定额或分档给付的另一类"),
        ("code: D02", "code: D01", "“D01”出现了两次"),
        ("measure: loss", "measure: nothing", "须写明看自付还是看损失"),
        ("categories: [S5, S6]", "categories: [S5, S8]", "“S8”，方案里没有"),
        ("level: city", "level: county", "县级有限额的，须有一步由市级审批"),
        ("waived_for_renewals: true", "waived_for_renewals: 大概", "只能是 true、false"),
        ("givers_only: true", "givers_only: true\nshell: rm", "shell：没有这个项目"),
        ("least_yuan: 0, most_yuan: 3000", "least_yuan: 4000, most_yuan: 3000", "最高数额不能低于最低数额"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old, new, words):
    assert old in TEXT
    with pytest.raises(reading.SchemeUnsound) as refused:
        reading.read(TEXT.replace(old, new, 1))
    assert words in refused.value.words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "a: 1",
        "a: !!python/object/apply:os.system [ls]",
        "a: &x [*x]",
        40 * "[",
        300_000 * "x",
        "a: \0",
    ],
)
def test_what_is_no_scheme_at_all_is_refused_too(text):
    with pytest.raises((plain_yaml.Unreadable, plain_yaml.Unsound)) as refused:
        reading.read(text)
    assert len(refused.value.words) < 300


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    with pytest.raises((plain_yaml.Unreadable, plain_yaml.Unsound)):
        reading.read(text)


def test_the_reference_says_that_it_is_one_and_where_each_part_comes_from():
    scheme = reading.read(TEXT)
    parts = (*scheme.gifts, *scheme.covered, *scheme.diseases, *scheme.categories, *scheme.approvals)

    assert "参考" in scheme.label
    assert all(part.source for part in (*parts, *scheme.papers))
