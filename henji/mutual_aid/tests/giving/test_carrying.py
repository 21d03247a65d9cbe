"""名单结转: last time's givers who are still members, plus new ones; in any order, and once and for all."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.mutual_aid.giving import carrying
from henji.mutual_aid.giving.carrying import Held
from henji.mutual_aid.giving.models import Origin

PEOPLE = range(8)
#: On a busy machine the first example takes its time.
PATIENT = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
some = st.frozensets(st.sampled_from(PEOPLE), max_size=8)
at_work = st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 3))
told_lines = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(1, 3), st.sampled_from(list(Origin)), st.booleans()),
    max_size=8,
)


def as_held(told):
    """Lines as the database lets them be: of each person at most one under the record that stands."""
    seen, held = set(), []
    for pk, (who, employer, origin, folded) in enumerate(told, 1):
        if folded or who not in seen:
            held.append(Held(pk, who, employer, origin, folded))
        if not folded:
            seen.add(who)
    return held


held_lines = told_lines.map(as_held)


def after(held, found):
    """The lines once the changes are made."""
    stay = [line for line in held if line.pk not in found.ended]
    fresh = [Held(100 + n, who, *place) for n, (who, place) in enumerate(sorted(found.fresh.items()))]
    return [*stay, *fresh]


@PATIENT
@given(now=at_work, gave=some, earlier=some)
def test_last_years_givers_who_are_still_members_and_new_ones_stand_on_the_lists(now, gave, earlier):
    found = carrying.carried_over(now, gave, earlier)
    assert set(found) == (gave & now.keys()) | (now.keys() - earlier)
    assert {who: place[0] for who, place in found.items()} == {who: now[who] for who in found}
    carried = {who for who, (_employer, origin) in found.items() if origin == Origin.CARRIED}
    assert carried == gave & now.keys()


@PATIENT
@given(now=at_work, gave=some, earlier=some, given_now=some, held=held_lines, data=st.data())
def test_done_twice_or_in_another_order_nothing_more_changes(now, gave, earlier, given_now, held, data):
    wanted = carrying.carried_over(now, gave, earlier)
    once = carrying.changes(wanted, held, now=now, given=given_now)
    shuffled = data.draw(st.permutations(held))
    assert carrying.changes(wanted, shuffled, now=now, given=given_now) == once
    lines = after(held, once)
    assert not any(line.folded for line in lines)
    assert len({line.person for line in lines}) == len(lines)
    again = carrying.changes(wanted, lines, now=now, given=given_now)
    assert (again.ended, again.fresh) == ((), {})


@PATIENT
@given(now=at_work, gave=some, earlier=some, given_now=some, held=held_lines)
def test_who_gave_stays_and_who_left_without_giving_goes(now, gave, earlier, given_now, held):
    wanted = carrying.carried_over(now, gave, earlier)
    lines = after(held, carrying.changes(wanted, held, now=now, given=given_now))
    people = {line.person for line in lines}
    assert {line.person for line in held} & given_now <= people
    assert people - now.keys() <= given_now
