"""Judgments: what makes two lines the same gift, what an amount is, which day stands for an unwritten one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib.money import LARGEST
from henji.mutual_aid import rules
from henji.mutual_aid.models import Drive
from henji.mutual_aid.rules import Line

DRIVE = Drive(pk=7, collects_from=date(2016, 11, 15), collects_to=date(2016, 12, 31))
LINES = st.builds(
    Line,
    giver_key=st.sampled_from("ab"),
    day=st.none() | st.dates(date(2016, 11, 15), date(2016, 11, 17)),
    receipt=st.sampled_from(["", "1", "2"]),
    fen=st.sampled_from([1, 50_00, 100_00]),
    mark=st.sampled_from(["", "1"]),
    nth=st.integers(1, 3),
)
GIVERS = st.fixed_dictionaries(
    {
        "identity": st.sampled_from(["", "1", "2"]),
        "unit": st.sampled_from(["", "甲", "甲|乙", "甲', '乙"]),
        "named": st.sampled_from(["", "乙", "李", "乙|李"]),
    }
)


@given(LINES, LINES)
def test_two_lines_are_one_gift_only_where_they_say_the_same(one, other):
    assert (rules.gift_key(one) == rules.gift_key(other)) == (one == other)


@given(GIVERS, GIVERS)
def test_a_giver_is_known_by_the_number_or_else_by_name_and_unit(one, other):
    same = one["identity"] == other["identity"] if one["identity"] or other["identity"] else one == other
    assert (rules.giver_key(DRIVE, **one) == rules.giver_key(DRIVE, **other)) == same


def test_another_drive_has_other_givers():
    assert rules.giver_key(DRIVE, named="李") != rules.giver_key(Drive(pk=8), named="李")


def test_a_key_tells_nobody_who_gave():
    key = rules.giver_key(DRIVE, identity="130123198503120015")
    assert len(key) == 32
    assert "130123" not in key


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10, max_value=LARGEST * 2))
def test_an_amount_is_taken_exactly_or_not_at_all(amount):
    fits = 0 < amount <= LARGEST and amount * 100 == int(amount * 100)
    if fits:
        assert rules.exact_amount(amount) == amount
        assert rules.exact_amount(amount).as_tuple().exponent == -2
    else:
        with pytest.raises(rules.BadAmount):
            rules.exact_amount(amount)


def test_the_smallest_amount_is_a_fen():
    assert rules.exact_amount(Decimal("0.01")) == Decimal("0.01")


@pytest.mark.parametrize(
    ("written", "today", "given_on"),
    [
        (date(2016, 11, 20), date(2016, 12, 1), date(2016, 11, 20)),
        (None, date(2016, 12, 1), date(2016, 12, 1)),
        (None, date(2017, 2, 1), date(2016, 12, 31)),
    ],
)
def test_a_day_that_is_not_written_is_today_while_the_drive_collects_and_then_its_last(
    written, today, given_on
):
    assert rules.day_given(written, DRIVE, today=today) == given_on


@pytest.mark.parametrize("words", ["集体", "单位捐款", "匿名"])
def test_words_for_nobody_are_no_name(words):
    assert rules.group_name(words) == ""
    assert rules.group_name("李会员") == "李会员"
