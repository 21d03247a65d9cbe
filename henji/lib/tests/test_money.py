"""Yuan in the head, fen at rest, and nothing lost between."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import money

FEN = st.integers(min_value=0, max_value=10**10)
AMOUNTS = st.integers(min_value=1, max_value=int(money.LARGEST) * 100)


@given(FEN)
def test_fen_and_back_loses_nothing(fen):
    assert money.fen(Decimal(fen).scaleb(-2)) == fen


@given(st.lists(FEN))
def test_sums_are_exact(parts):
    assert sum((money.yuan(Decimal(part) / 100) for part in parts), Decimal(0)) * 100 == sum(parts)


@given(AMOUNTS)
def test_what_is_shown_can_be_typed(fen):
    amount = money.yuan(Decimal(fen) / 100)
    assert money.parse(money.show(amount)) == amount
    assert money.parse(str(amount)) == amount


@given(AMOUNTS)
def test_a_number_cell_gives_the_amount_it_shows(fen):
    assert money.parse(fen / 100) == money.yuan(Decimal(fen) / 100)


@pytest.mark.parametrize(
    "text",
    [
        "50",
        "50.00",
        "50元",
        "¥50",
        "￥50",
        " 50 ",
        "５０",
        "50．0",
        "\u300050元",
        "\u200b50",
        50,
        50.0,
        Decimal(50),
    ],
)
def test_fifty_yuan_can_be_written_in_many_ways(text):
    assert money.parse(text) == Decimal("50.00")


@pytest.mark.parametrize("text", ["1,234.50", "1，234.5", "¥1,234.50元", "1234.5"])
def test_thousands_may_be_parted(text):
    assert money.parse(text) == Decimal("1234.50")


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", " ", "元", "¥", True, False),
        *("五十", "50块", "1.2.3", "0x10", "1e400000", "NaN", "Infinity", "-Infinity", "sNaN"),
        *("0", "0.00", "-5", -5, "-0", "0.001", "1.005", 0.1 + 0.2, "100000000.01", "1e12", 1e300),
        *(float("nan"), float("inf"), "٥٠e9"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text):
    with pytest.raises(money.NotMoney) as refused:
        money.parse(text)
    assert refused.value.words


@given(st.one_of(st.text(), st.floats(), st.integers(), st.decimals()))
def test_whatever_is_typed_is_an_amount_or_refused(text):
    with contextlib.suppress(money.NotMoney):
        amount = money.parse(text)
        assert 0 < amount <= money.LARGEST
        assert amount == money.yuan(amount)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("1234.5"), "¥1,234.50"),
        (0, "¥0.00"),
        (Decimal("-0.01"), "-¥0.01"),
        (Decimal(100000000), "¥100,000,000.00"),
    ],
)
def test_amounts_are_shown_as_papers_write_them(amount, shown):
    assert money.show(amount) == shown


def test_parts_of_a_fen_are_never_rounded_away():
    with pytest.raises(money.NotMoney):
        money.fen(Decimal("0.001"))
