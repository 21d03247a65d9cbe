"""Unified social credit codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from henji.lib import credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
seventeens = st.builds(
    "{}{}{}".format,
    st.text(alphabet=ALPHABET, min_size=2, max_size=2),
    st.text(alphabet="0123456789", min_size=6, max_size=6),
    st.text(alphabet=ALPHABET, min_size=9, max_size=9),
)


@given(seventeens)
def test_a_right_code_of_any_register_is_accepted(seventeen):
    code = seventeen + uscc.calc_check_digit(seventeen)
    assert credit_code.must_be_valid(code) == code


@given(seventeens, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(seventeen, place, other):
    code = seventeen + uscc.calc_check_digit(seventeen)
    if code[place] == other:
        return
    with pytest.raises(credit_code.NotACreditCode):
        credit_code.must_be_valid(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    "typed", ["9111 0000 6000 37341l", "９１１１００００６０００３７３４１Ｌ", "91110000-600037341-L"]
)
def test_however_it_is_typed_the_code_is_the_same(typed):
    assert credit_code.must_be_valid(typed) == "91110000600037341L"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more(typed):
    once = credit_code.normalise(typed)
    assert credit_code.normalise(once) == once


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", credit_code.CreditCodeMissing),
        ("130123000012345", credit_code.CreditCodeWrongLength),
        ("9111000060003734IL", credit_code.CreditCodeWrongCharacters),
        ("91A10000600037341L", credit_code.CreditCodeWrongCharacters),
        ("91110000600037341M", credit_code.CreditCodeCheckWrong),
    ],
)
def test_a_wrong_code_is_refused_by_its_fault(typed, refusal):
    with pytest.raises(refusal):
        credit_code.must_be_valid(typed)
