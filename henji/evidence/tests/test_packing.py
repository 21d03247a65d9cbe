"""装箱: every figure comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.evidence.figures import Count, Flag, Ground, Level, Missing, NotKept, Ratio, Tally
from henji.evidence.packing import Unpackable, packed, unpacked

WORDS = st.text(max_size=20)
NUMBERS = st.integers(-(10**15), 10**15)
SIDES = NUMBERS | st.decimals(allow_nan=False, allow_infinity=False, places=2)
GROUNDS = st.none() | st.builds(Ground, WORDS, st.dictionaries(WORDS, WORDS, max_size=3))
KEPT = {"ground": GROUNDS, "note": WORDS}
FIGURES = st.one_of(
    st.builds(
        Ratio,
        part=SIDES,
        whole=SIDES,
        part_ground=GROUNDS,
        whole_ground=GROUNDS,
        unit=st.sampled_from(["people", "yuan", "units", ""]),
        about=st.lists(WORDS, max_size=3).map(tuple),
    ),
    st.builds(Count, number=NUMBERS, **KEPT),
    st.builds(Tally, levels=st.dictionaries(WORDS, NUMBERS, max_size=3), **KEPT),
    st.builds(Level, **KEPT),
    st.builds(Flag, **KEPT),
    st.builds(Missing),
    st.builds(NotKept),
)


@given(FIGURES)
def test_a_figure_comes_back_as_it_was(figure):
    again = unpacked(packed(figure))
    # Equal is not enough: 1 and Decimal("1.00") are equal, and shown differently.
    assert repr(again) == repr(figure)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "{}", '{"kind": "Sum"}', '{"kind": "Count"}', '{"kind": "Missing", "why": ""}'),
        '{"kind": "Missing", "what": {"decimal": "many"}}',
    ],
)
def test_what_is_no_figure_is_told(text):
    with pytest.raises(Unpackable):
        unpacked(text)


def test_what_figures_are_not_made_of_is_not_packed():
    with pytest.raises(Unpackable):
        packed(Missing(object()))
