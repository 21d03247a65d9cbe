"""拆音: how typed letters may be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.members.spelling import spelled
from henji.members.syllables import LONGEST, MOST, readings


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("wangxiaoming", ("wang", "xiao", "ming")),
        ("WangXiaoMing", ("wang", "xiao", "ming")),
        ("wang xiao ming", ("wang", "xiao", "ming")),
        ("wangxm", ("wang", "x", "m")),
        ("wxm", ("w", "x", "m")),
        ("zhangs", ("zhang", "s")),
        ("wangxiaom", ("wang", "xiao", "m")),
        ("wangxiaomi", ("wang", "xiao", "mi")),
        ("xian", ("xian",)),
        ("xi'an", ("xi", "an")),
        ("lüming", ("lv", "ming")),
        ("lyuming", ("lv", "ming")),
        ("quanyuan", ("quan", "yuan")),  # “nyu” stands across two syllables here
    ],
)
def test_the_likeliest_reading_has_the_fewest_syllables(typed, likeliest):
    assert readings(typed)[0] == likeliest


def test_other_readings_follow():
    assert ("wan", "g", "m") in readings("wangm")
    assert len(readings("wangm")) <= MOST


@pytest.mark.parametrize("typed", ["", "  ", "王", "w1", "1234", "v", "w.", "w" * (LONGEST + 1), "ｗ"])
def test_what_is_no_pinyin_has_no_reading(typed):
    assert readings(typed) == ()


han = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)


@given(han)
def test_every_spelling_can_be_read_back(name):
    pinyin, initials = spelled(name)
    assert readings(pinyin)[0] == tuple(pinyin.split())
    assert readings(initials)
    assert readings(pinyin.replace(" ", ""))


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(typed):
    assert len(readings(typed)) <= MOST
