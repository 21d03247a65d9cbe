"""Words made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import text


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  正定县  总工会\u00a0", "正定县 总工会"),
        ("\ufeff张三\u200b\u202e", "张三"),
        ("１３８ＡＢｃ（集团）－／．", "138ABc(集团)-/."),
        ("甲，乙。丙！", "甲，乙。丙！"),
        ("第一行\r\n第二行\t三\u3000四", "第一行 第二行 三 四"),
        ("", ""),
    ],
)
def test_invisible_and_full_width_characters_make_no_difference(typed, tidied):
    assert text.tidy(typed) == tidied


@given(st.text())
def test_tidying_twice_changes_nothing_more(words):
    once = text.tidy(words)
    assert text.tidy(once) == once


@given(st.text(alphabet=" 张三·•.a\u3000\u200b-", max_size=12))
def test_tidying_a_name_twice_changes_nothing_more(words):
    once = text.tidy_name(words)
    assert text.tidy_name(once) == once


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张 三", "张三"),
        ("张\u3000\u3000三 ", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("𠮷 野", "𠮷野"),
    ],
)
def test_names_are_written_in_one_way(typed, name):
    assert text.tidy_name(typed) == name
    assert text.must_be_a_name(name) == name


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", text.NameMissing),
        ("  ", text.NameMissing),
        ("=cmd|' /C calc'!A0", text.NameLikeFormula),
        ("+86", text.NameLikeFormula),
        ("-张三", text.NameLikeFormula),
        ("@SUM(A1)", text.NameLikeFormula),
        ("|calc", text.NameLikeFormula),
        ("\t张三", text.NameLikeFormula),
        ("张\x00三", text.NameWithControls),
        ("张\n三", text.NameWithControls),
        ("张\ud800", text.NameWithControls),
        ("张" * 51, text.NameTooLong),
        ("13800001234", text.NameOnlyDigits),
        ("138 0000", text.NameOnlyDigits),
    ],
)
def test_what_cannot_be_a_name_is_refused(name, refusal):
    with pytest.raises(refusal) as refused:
        text.must_be_a_name(name)
    assert name.strip() == "" or name not in str(refused.value)


def test_a_formula_in_full_width_signs_is_refused_too():
    with pytest.raises(text.NameLikeFormula):
        text.must_be_a_name(text.tidy_name("＝１＋１"))
