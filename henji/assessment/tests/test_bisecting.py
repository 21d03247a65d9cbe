"""二分: the event that moved the points is found, and by few looks."""

from decimal import Decimal
from math import log2

from hypothesis import given
from hypothesis import strategies as st

from henji.assessment.bisecting import moves

STEPS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3)), max_size=60)


class Told:
    """Points that only ever rise, event by event; and how often they were looked at."""

    def __init__(self, steps):
        self.looks = 0
        self.states = [{"A": Decimal(0), "B": Decimal(0)}]
        for code, more in steps:
            self.states.append({**self.states[-1], code: self.states[-1][code] + more})

    def points_after(self, count, codes):
        self.looks += 1
        return {code: points for code, points in self.states[count].items() if code in codes}


@given(STEPS)
def test_every_event_that_moved_points_is_found(steps):
    told = Told(steps)
    found = list(moves(len(steps), "AB", told.points_after, lambda: True))
    assert [(move.code, move.after - move.before, move.first, move.last) for move in found] == [
        (code, more, place, place) for place, (code, more) in enumerate(steps, start=1) if more
    ]


@given(STEPS)
def test_each_move_takes_few_looks(steps):
    told = Told(steps)
    found = list(moves(len(steps), "AB", told.points_after, lambda: True))
    assert told.looks <= 2 + len(found) * (1 + log2(max(len(steps), 1)))


@given(STEPS, st.integers(0, 5))
def test_however_little_time_there_is_the_moves_add_up(steps, looks):
    told = Told(steps)
    found = list(moves(len(steps), "AB", told.points_after, lambda: told.looks < looks))
    for code in "AB":
        together = sum(move.after - move.before for move in found if move.code == code)
        assert together == told.states[-1][code] - told.states[0][code]


def test_where_nothing_moved_nothing_is_told():
    told = Told([("A", 0)] * 40)
    assert list(moves(40, "AB", told.points_after, lambda: True)) == []
    assert told.looks == 2
