"""Whatever books come, in whatever order: no yuan is lost and none is counted twice."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.members.tests.rosters import number_of
from henji.mutual_aid.tests.books import back, collected, undone

#: Three members, two of them namesakes; a stranger with a number; a name nobody knows; a group.
WHO = [
    ("李会员", number_of(1)),
    ("李会员", ""),
    ("赵会员", number_of(2)),
    ("赵会员", ""),
    ("外来人", number_of(9)),
    ("无此人", ""),
    ("集体", ""),
]
UNITS = ["常山纺织", "恒山机械", "无名小厂", ""]
AMOUNTS = [0.01, 50, 99.99]
DAYS = ["", "2016-11-20", "2016年11月21日"]
LINES = st.builds(
    lambda who, unit, amount, day, receipt: (*who, unit, amount, day, receipt),
    st.sampled_from(WHO),
    st.sampled_from(UNITS),
    st.sampled_from(AMOUNTS),
    st.sampled_from(DAYS),
    st.sampled_from(["", "A1"]),
)
BOOKS = st.lists(LINES, min_size=1, max_size=8)
SLOW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def world(take, enrol, employ, drive):
    """The drive, its members and two of the units."""
    enrol("李会员", 1)
    enrol("赵会员", 2)
    enrol("赵会员", 3)
    employ("恒山机械")
    return take


def total(lines):
    return sum((Decimal(str(line[3])) for line in lines), Decimal(0))


@SLOW
@given(lines=BOOKS, seed=st.integers(0, 3))
def test_what_a_book_sums_to_is_collected_once_however_often_it_comes(world, drive, lines, seed):
    with undone():
        first = world(*lines)
        assert first.result["imported"] == first.result["read"] == len(lines)
        assert collected(drive) == total(lines)
        shuffled = list(lines)
        random.Random(seed).shuffle(shuffled)
        again = world(*shuffled)
        assert again.result["unchanged"] == len(lines)
        assert again.result["matched"] == first.result["matched"]
        assert collected(drive) == total(lines)


@SLOW
@given(one=BOOKS, other=BOOKS)
def test_of_two_books_what_they_share_counts_once_and_what_is_unclear_comes_back(world, drive, one, other):
    """What says who, or where from, is known again; other lines come back if another book has their like."""
    with undone():
        world(*one)
        job = world(*other)
        returned = [other[number - 2] for number, _field, _reason in back(job)]
        taken = Counter(map(said, other)) - Counter(map(said, returned))
        known = (
            Counter(map(said, one))
            if sorted(one) == sorted(other)
            else Counter(map(said, filter(tells, one)))
        )
        expected = Counter(map(said, one)) + (taken - known)
        assert collected(drive) == sum(yuan * times for (_who, yuan, *_rest), times in expected.items())
        assert all(any(may_be_one(line, held) for held in one) for line in returned)


def tells(line):
    """Whether the line says who gave, or at least where from."""
    _name, number, unit, *_rest = line
    return bool(number or unit)


def said(line):
    """What makes the line a gift of its own: beside a number neither name nor unit matters."""
    name, number, unit, amount, day, receipt = line
    who = number or ("" if name == "集体" else name, unit)
    return who, Decimal(str(amount)), day, receipt


def may_be_one(line, held):
    """Whether the two may be the same gift: perhaps of one giver, and not told apart by day or receipt."""
    same_giver = line[0] == held[0] or line[1] == held[1] != ""
    same_day = not line[4] or not held[4] or line[4] == held[4]
    return same_giver and same_day and (not line[5] or not held[5] or line[5] == held[5])
