"""补差: the gap is closed whenever it can be, by accepting first and by the fewest visits."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.mutual_aid.giving.closing import Chance, least_work

chances = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=6).map(
    lambda told: [Chance(place, *one) for place, one in enumerate(told)]
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(chances, st.integers(0, 30))
def test_the_gap_is_closed_whenever_all_together_can_close_it(found, gap):
    steps = least_work(found, gap)
    reachable = sum(one.reported + one.missing for one in found)
    assert sum(step.people for step in steps) >= min(gap, reachable)
    assert (steps[-1].still if steps else gap) == max(gap - reachable, 0) or not steps
    if gap <= reachable:
        assert not gap or steps[-1].still == 0


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(chances, st.integers(0, 20))
def test_no_fewer_visits_would_do(found, gap):
    visits = [step for step in least_work(found, gap) if not step.accepting]
    lacking = gap - sum(one.reported for one in found)
    for fewer in range(len(visits)):
        best = max(sum(one.missing for one in some) for some in combinations(found, fewer))
        assert best < lacking


def test_what_only_waits_for_a_word_comes_before_any_visit():
    steps = least_work([Chance(1, 0, 50), Chance(2, 10, 5)], 12)
    assert [(step.employer, step.people, step.still, step.accepting) for step in steps] == [
        (2, 10, 2, True),
        (1, 50, 0, False),
    ]
