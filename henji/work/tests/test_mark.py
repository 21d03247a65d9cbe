"""印记: workbooks that say the same have the same mark, whatever their cells cost to look at."""

from time import process_time

import pytest

from henji.mutual_aid.jobs import donations
from henji.mutual_aid.tests.books import HEADS, book

#: As long as Excel allows.
LONGEST = 32_767
REMARKS = tuple(f"备注{n}" for n in range(20))


@pytest.fixture
def mark(hand_in):
    """The mark of a book whose rows all have the same remarks, twenty of them."""

    def mark(*remarks, turned=False):
        rows = [(f"捐款人{n}", "", "", 50, "", "", *remarks) for n in range(400)]
        source = book(*(rows[::-1] if turned else rows), heads=(*HEADS, *REMARKS[: len(remarks)]))
        job = hand_in(source=source)
        began = process_time()
        return donations.mark(job), process_time() - began

    return mark


def test_a_long_text_shared_by_all_cells_costs_hardly_more_than_a_short_one(mark):
    _mark, briefly = mark(*["短"] * 20)
    _mark, at_length = mark(*["长" * LONGEST] * 20)
    assert at_length < 5 * briefly + 0.1


def test_long_texts_are_told_apart_and_known_again(mark):
    long = "长" * LONGEST
    told = mark(long)[0]
    assert told == mark(long, turned=True)[0]
    assert told != mark(long[:-1] + "短")[0]
    assert told != mark(long[:-1])[0]
