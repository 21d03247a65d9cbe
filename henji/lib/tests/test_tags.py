"""How templates write numbers, days, masked values, icons and figures."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import tags


@dataclass(frozen=True)
class Sides:
    part: Decimal | int
    whole: Decimal | int
    unit: str = "people"


def drawn(text, request=None, **context):
    return engines["django"].from_string(text).render(context, request)


def test_amounts_and_counts_are_written_as_papers_write_them():
    assert tags.yuan(Decimal("1234.5")) == "¥1,234.50"
    assert tags.number(11700) == "11,700"
    assert tags.number(0) == "0"


@pytest.mark.parametrize("word", [tags.yuan, tags.number, tags.points, tags.day, tags.moment, tags.mask_id])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_shown_as_a_dash(word, nothing):
    assert word(nothing) == "—"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("3.50"), "3.5"),
        (Decimal(10), "10"),
        (Decimal("1E+1"), "10"),
        (Decimal("0.00"), "0"),
        (2.5, "2.5"),
    ],
)
def test_points_have_no_needless_places(value, words):
    assert tags.points(value) == words


def test_an_instant_is_told_by_the_local_calendar():
    late_in_the_evening_at_greenwich = datetime(2016, 7, 8, 22, 30, tzinfo=UTC)
    assert tags.day(late_in_the_evening_at_greenwich) == "2016-07-09"
    assert tags.moment(late_in_the_evening_at_greenwich) == "2016-07-09 06:30"
    assert tags.day(date(2016, 7, 8)) == "2016-07-08"
    assert tags.weekday(date(2016, 7, 8)) == "周五"


def test_a_rate_shows_both_its_sides():
    assert tags.rate(Sides(11_700, 50_000)) == "23.4%(11,700/50,000)"
    assert tags.rate(Sides(Decimal(325_000), Decimal(500_000), "yuan")) == "65.0%(¥325,000.00/¥500,000.00)"


def test_a_rate_of_nothing_has_no_percentage():
    assert tags.rate(Sides(0, 0)) == "—(0/0)"


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(1, 1000))
def test_a_rate_never_looks_as_if_it_had_reached_a_target_that_it_has_not(part, whole, tenths):
    target = Decimal(tenths) / 10
    shown = Decimal(tags.percent(Sides(part, whole)).rstrip("%").replace(",", ""))
    assert (shown >= target) == (Decimal(part) * 100 / whole >= target)


def test_identity_numbers_and_phones_are_masked():
    assert tags.mask_id("130123198001010012") == "130***********0012"
    assert tags.mask_phone("13812345678") == "138****5678"


def test_an_icon_is_drawn_into_the_page_and_hidden_from_screen_readers(settings, tmp_path):
    settings.ICONS = tmp_path
    (tmp_path / "eye.svg").write_text('<!-- tags --><svg\n width="24">\n <path d="M1 1" />\n</svg>')
    html = drawn('{% icon "eye" %}')
    assert '<path d="M1 1" />' in html
    assert 'aria-hidden="true"' in html
    assert "<!--" not in html


@pytest.mark.parametrize("name", ["no-such-icon", "../settings", "Eye", ""])
def test_an_icon_that_does_not_exist_raises(name, settings, tmp_path):
    settings.ICONS = tmp_path
    with pytest.raises(tags.UnknownIcon):
        tags.icon(name)


def test_one_parameter_of_the_address_is_changed_and_the_others_stay():
    request = RequestFactory().get("/", {"q": "王&李", "page": "3"})
    page = Context({"request": request})
    assert tags.query_with(page, page=4) == "?q=%E7%8E%8B%26%E6%9D%8E&page=4"
    assert tags.query_with(page, page=None) == "?q=%E7%8E%8B%26%E6%9D%8E"
    assert tags.query_with(page, q=None, page=None) == "?"


@dataclass(frozen=True)
class Where:
    url: str


@dataclass(frozen=True)
class Ratio:
    """Shaped as `evidence.figures.Ratio`, which this floor cannot know."""

    part: int
    whole: int
    part_name: str = "捐款会员"
    whole_name: str = "会员"
    part_ground: Where | None = None
    whole_ground: Where | None = None
    unit: str = "people"
    note: str = ""


@dataclass(frozen=True)
class Missing:
    what: str


def test_each_side_of_a_figure_is_a_link_to_its_ground():
    html = drawn("{% figure value %}", value=Ratio(1, 4, part_ground=Where("/members/?side=part")))
    assert "25.0%" in html
    assert '<a href="/members/?side=part" title="捐款会员">1</a>' in html
    assert '<span title="会员">4</span>' in html


def test_a_figure_that_lacks_something_says_what():
    assert "缺：2016 年筹集总额" in drawn("{% figure value %}", value=Missing("2016 年筹集总额"))


def test_names_in_a_figure_are_escaped():
    html = drawn("{% figure value large=True %}", value=Ratio(1, 4, part_name="<script>"))
    assert "<script>" not in html
