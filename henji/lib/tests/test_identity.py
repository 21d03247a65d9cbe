"""Resident identity numbers and masks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import identity

TODAY = date(2016, 7, 8)
GOOD = "130123198001010012"
FIFTEEN = "130123800101001"
seventeens = st.builds(
    lambda region, born, serial: f"{region:06}{born:%Y%m%d}{serial:03}",
    st.integers(0, 999999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def test_a_number_tells_birth_sex_and_region():
    read = identity.must_be_valid(GOOD, today=TODAY)
    assert read == identity.IdentityNumber(GOOD, date(1980, 1, 1), "男", "130123")


@given(seventeens)
def test_a_right_number_of_any_region_is_accepted(seventeen):
    number = seventeen + identity.check_digit(seventeen)
    read = identity.must_be_valid(number, today=TODAY)
    assert read.number == number
    assert read.sex == ("男" if int(seventeen[16]) % 2 else "女")


@given(seventeens, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(seventeen, place, by):
    number = seventeen + identity.check_digit(seventeen)
    wrong = str((int(number[place]) + by) % 10)
    with pytest.raises(identity.NotAnIdentityNumber):
        identity.must_be_valid(number[:place] + wrong + number[place + 1 :], today=TODAY)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_a_widened_number_is_valid(born, serial):
    fifteen = f"130123{born:%y%m%d}{serial:03}"
    read = identity.must_be_valid(fifteen, today=TODAY)
    assert read.number == identity.widen(fifteen)
    assert read.birth_on == born


@pytest.mark.parametrize(
    "typed",
    [
        " 130123 19850708 019x ",
        "１３０１２３１９８５０７０８０１９Ｘ",
        "13012319850708019×",
        "'13012319850708019Ⅹ",
        "\u200b13012319850708019Х",
        "\t13012319850708019X\n",
    ],
)
def test_however_it_is_typed_the_number_is_the_same(typed):
    assert identity.must_be_valid(typed, today=TODAY).number == "13012319850708019X"


@given(st.text(alphabet="0123456789xX×Ⅹ ０１９Ｘ\u200b\u3000'", max_size=24))
def test_normalising_twice_changes_nothing_more(typed):
    once = identity.normalise(typed)
    assert identity.normalise(once) == once


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", identity.IdentityMissing),
        (" \u200b", identity.IdentityMissing),
        ("13012319800101001", identity.IdentityWrongLength),
        ("1301231980010100123", identity.IdentityWrongLength),
        ("13012319800101001A", identity.IdentityNotDigits),
        ("1301231980010100X3", identity.IdentityNotDigits),
        ("13012380010100X", identity.IdentityNotDigits),
        ("٣30123198001010013", identity.IdentityNotDigits),
        ("130123198001010014", identity.IdentityCheckDigitWrong),
        ("130123198002300013", identity.BirthDateImpossible),
        ("130123198013010013", identity.BirthDateImpossible),
        ("130123201607090013", identity.BirthInFuture),
        ("130123189607070013", identity.BirthTooLongAgo),
    ],
)
def test_a_wrong_number_is_refused_by_its_fault_without_being_repeated(typed, refusal):
    with pytest.raises(refusal) as refused:
        identity.must_be_valid(typed, today=TODAY)
    assert not typed.strip() or typed not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_who_turns_120_today_may_still_live():
    seventeen = "13012318960708001"
    number = seventeen + identity.check_digit(seventeen)
    assert identity.must_be_valid(number, today=TODAY).birth_on == date(1896, 7, 8)


@pytest.mark.parametrize("cell", [130123198001010012, 1.3012319800101e17, 1e15, "1.30123E+17", "1.3E17"])
def test_a_long_number_in_a_numeric_cell_has_lost_digits(cell):
    assert identity.lost_digits(cell)
    with pytest.raises(identity.DigitsLost, match="文本"):
        identity.must_have_all_digits(cell)


@pytest.mark.parametrize("cell", [130123800101001, 130123800101001.0, 999999999999999.0])
def test_fifteen_digits_in_a_numeric_cell_are_all_there(cell):
    assert identity.must_have_all_digits(cell) == str(int(cell))


def test_a_number_typed_as_text_is_left_alone():
    assert identity.must_have_all_digits(GOOD) == GOOD
    assert identity.must_have_all_digits(1.5) == "1.5"


def test_masks_show_only_the_ends():
    assert identity.mask("130123198001010012") == "130***********0012"
    assert identity.mask(FIFTEEN) == "130********1001"
    assert identity.mask_phone("13812341234") == "138****1234"
    assert identity.mask_card("6222021234567891234") == "6222***********1234"


@given(st.text(alphabet="0123456789", max_size=19))
def test_a_mask_hides_at_least_four_characters_or_everything(number):
    for mask in (identity.mask, identity.mask_phone, identity.mask_card):
        masked = mask(number)
        assert len(masked) == len(number)
        assert masked.count("*") >= min(4, len(number))


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("张三 13812345678.pdf", "张三 138****5678.pdf"),
        ("花名册110101199001011237", "花名册110***********1237"),
        ("2016-07-08 正工〔2016〕12号", "2016-07-08 正工〔2016〕12号"),
        ("收据 0012345678", "收据 0012345678"),
    ],
)
def test_numbers_among_words_are_masked(words, masked):
    assert identity.mask_within(words) == masked
