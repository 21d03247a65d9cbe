"""Judgments on members: memberships after a roster has spoken."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from henji.lib.refusals import Refusal
from henji.members import rules
from henji.members.rules import HeldTerm, Place, Term, ToldTerm, terms

COUNTY = 1
TODAY = date(2016, 6, 1)
LINE = UUID(int=7)
either = st.booleans()
days = st.dates(date(2000, 1, 1), date(2020, 12, 31))
places = st.builds(
    Place, st.integers(1, 3), st.none() | st.integers(1, 3), st.just("") | st.just("没有的单位")
)


def told_terms(left=either):
    """What a roster may say of a membership."""
    standings = st.sampled_from(("", "retired", "kept"))
    return st.builds(ToldTerm, st.none() | places, st.none() | days, left, st.none() | days, standings)


@st.composite
def held_terms(draw, ended=either):
    """A membership as the record may hold it: it runs forwards, after the one before it."""
    after, start, end = sorted(draw(st.tuples(days, days, days)))
    is_first, is_dated = draw(st.booleans()), draw(st.booleans())
    term = Term(draw(places), start if is_dated or not is_first else None, end if draw(ended) else None)
    behind = draw(st.frozensets(st.integers(1, 3)))
    return HeldTerm(LINE, term, None if is_first else after, draw(st.booleans()), behind)


def told(term, held=None):
    """The membership after the roster has spoken, or None where it is refused."""
    try:
        return terms.next_term(held, term, county=COUNTY, today=TODAY)
    except Refusal:
        return None


@given(st.none() | held_terms(), told_terms())
def test_what_a_roster_says_twice_changes_nothing_the_second_time(held, term):
    first = told(term, held)
    assume(first is not None)
    line = first.line or UUID(int=8)
    after = held.term.end_on if held and first.line is None else held and held.after
    # Whose place was told just now awaits it no more.
    awaits = bool(held and held.awaits and first.term.place == held.term.place)
    again = told(term, HeldTerm(line, first.term, after, awaits, held.behind if held else frozenset()))
    assert (again.line, again.term) == (line, first.term)


@given(st.none() | held_terms(), told_terms())
def test_a_membership_never_ends_before_it_starts_nor_overlaps_the_one_before(held, term):
    after = told(term, held)
    assume(after is not None)
    start, end = after.term.start_on, after.term.end_on
    assert not (start and end) or start <= end
    before = held and (held.term.end_on if after.line is None else held.after)
    assert before is None or start >= before


@given(held_terms(ended=st.just(False)))
def test_a_roster_that_says_nothing_changes_nothing(held):
    after = told(ToldTerm(), held)
    assert (after.line, after.term) == (LINE, held.term)


@given(held_terms(), told_terms())
def test_a_roster_puts_no_membership_under_another_union(held, term):
    after = told(term, held)
    assume(after is not None and after.line == LINE and not held.awaits)
    # Of the same employer it is the employer's union that is another.
    assume(not (term.place and term.place.employer and term.place.employer == held.term.place.employer))
    assert after.term.place.union == held.term.place.union
    if terms.disputes(held, term):
        assert after.term == held.term


@given(held_terms(), told_terms(left=st.just(True)))
def test_who_is_said_to_have_left_is_never_left_open(held, term):
    after = told(term, held)
    assume(after is not None and not says_nothing_new(held, term))
    assert after.term.end_on is not None


def says_nothing_new(held, term):
    """A union in which the member is no more tells that he left."""
    return terms.names_another(held, term) and term.place.union in held.behind


@given(held_terms(ended=st.just(True)), told_terms(left=st.just(False)))
def test_a_membership_that_ended_is_only_opened_by_a_later_day(held, term):
    after = told(term, held)
    assert after is None or (after.line is None and after.term.start_on >= held.term.end_on)


def test_who_has_left_without_a_day_has_left_today():
    assert told(ToldTerm(left=True)).term.end_on == TODAY


def test_who_has_left_keeps_the_day_on_which_that_was_first_said():
    held = HeldTerm(LINE, Term(Place(COUNTY), None, TODAY - timedelta(days=30)))
    assert told(ToldTerm(left=True), held).term == held.term


@given(
    st.dictionaries(st.sampled_from("abc"), st.text(min_size=1)),
    st.dictionaries(st.sampled_from("abc"), st.text()),
)
def test_a_blank_never_erases(held, said):
    after = rules.merged(held, said)
    assert all(after[name] == (said.get(name) or held[name]) for name in held)


@pytest.mark.parametrize("word", ["", "正常", "保留会籍", "保留会籍（退休）", " 在会 "])
def test_these_are_members(word):
    assert not rules.has_left(word)


@pytest.mark.parametrize("word", ["转出", "退会", "除名", "死亡", "已故"])
def test_these_have_left(word):
    assert rules.has_left(word)


def test_a_standing_that_nobody_knows_is_not_guessed():
    with pytest.raises(rules.StandingUnknown):
        rules.has_left("待定")


@pytest.mark.parametrize("document", ["", "居民身份证", "身份证", "港澳台居民居住证"])
def test_these_documents_carry_an_identity_number(document):
    rules.must_be_resident(document)


def test_a_passport_does_not():
    with pytest.raises(rules.OtherDocument):
        rules.must_be_resident("护照")
