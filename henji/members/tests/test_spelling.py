"""拼音: how names are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.members import spelling
from henji.members.spelling import spelled


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王小明", "wang xiao ming", "wxm"),
        ("单会员", "shan hui yuan", "shy"),  # a surname is read otherwise than the word
        ("曾会员", "zeng hui yuan", "zhy"),
        ("仇会员", "qiu hui yuan", "qhy"),
        ("王单", "wang dan", "wd"),  # and only where it begins the name
        ("尉迟会员", "yu chi hui yuan", "ychy"),
        ("单于会员", "chan yu hui yuan", "cyhy"),
        ("吕会员", "lv hui yuan", "lhy"),  # as keyboards spell it
        ("李长晟", "li chang sheng", "lcs"),  # as given names are read
        ("阿卜杜热合曼·买买提", "a bo du re he man mai mai ti", "abdrhmmmt"),
        ("Li Mei", "li mei", "lm"),
        ("王A", "wang a", "wa"),
        ("李\U00030000", "li", "l"),  # a character that the data does not read
        ("·", "", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_spelled_as_keyboards_spell_it(name, pinyin, initials):
    assert spelled(name) == (pinyin, initials)


@given(st.text(max_size=50))
def test_whatever_the_name_its_spelling_fits_the_columns(name):
    pinyin, initials = spelled(name)
    assert len(pinyin) <= spelling.LONGEST
    assert len(initials) <= 50
    assert set(pinyin) <= set("abcdefghijklmnopqrstuvwxyz ")
    assert set(initials) <= set("abcdefghijklmnopqrstuvwxyz")


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4))
def test_the_initials_begin_the_syllables(name):
    pinyin, initials = spelled(name)
    assert "".join(syllable[0] for syllable in pinyin.split()) == initials
    assert set(pinyin.split()) <= spelling.syllables()
