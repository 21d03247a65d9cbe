"""走势、变化、各县得分: what the pages show, and to whom."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from henji.accounts.powers import Role
from henji.assessment import changes, charts, commands, day_cache, queries
from henji.assessment.rules import Said
from henji.assessment.tests.conftest import SMALL
from henji.assessment.views import charts as chart_pages
from henji.evidence.figures import Count, Ratio
from henji.lib import clock
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands as mutual_aid

YEAR = Period.year(2016)
DAY = date(2016, 6, 1)
LIVE = SMALL.replace("assessment.half_joined", "mutual_aid.participation_rate")


def text_of(response):
    return response.content.decode()


@pytest.fixture
def live(county, at):
    return commands.publish_standard(publisher=county, text=LIVE, by=INSTALLER, at=at - timedelta(days=30))


@pytest.fixture
def drive(county, at):
    days = {
        "collects_from": date(2016, 3, 1),
        "collects_to": date(2016, 5, 31),
        "aid_from": date(2016, 1, 1),
        "aid_to": date(2016, 12, 31),
    }
    signed = {"by": INSTALLER, "at": at - timedelta(days=30)}
    return mutual_aid.open_drive(county=county, code="2016", name="2016年一日捐", **days, **signed)


@pytest.fixture
def person(county, at):
    signed = {"by": INSTALLER, "at": at - timedelta(days=20)}
    return members.enrol(county=county, name="李会员", identity=number_of(1), **signed)


@pytest.fixture
def gives(drive, person):
    def gives(at, given_on):
        return mutual_aid.record_donation(
            drive=drive, amount_yuan=Decimal(50), given_on=given_on, person=person, by=INSTALLER, at=at
        )

    return gives


@pytest.fixture
def states(county, live):
    def states(part, value, at, from_on=date(2016, 1, 1)):
        return commands.state_value(
            subject=county,
            standard=live,
            part=part,
            said=Said(Decimal(value)),
            from_on=from_on,
            to_on=None,
            explanation="见文件",
            by=INSTALLER,
            at=at,
        )

    return states


# Which days


def test_the_last_days_are_shown_one_by_one_and_before_them_the_weeks():
    days = charts.days_of(YEAR, date(2016, 3, 1))
    assert days[:14] == [date(2016, 3, 1) - timedelta(days=back) for back in range(14)]
    assert sorted(days)[:3] == [date(2016, 1, 1), date(2016, 1, 6), date(2016, 1, 13)]


def test_days_of_signing_are_shown_too_and_none_beyond_the_day_or_the_year():
    besides = [date(2015, 12, 31), date(2016, 1, 2), date(2016, 12, 30)]
    days = charts.days_of(YEAR, date(2016, 3, 1), besides)
    assert date(2016, 1, 2) in days
    assert all(YEAR.start <= day <= date(2016, 3, 1) for day in days)
    assert len(days) == len(set(days))


def test_a_year_that_is_over_ends_with_its_last_day():
    assert max(charts.days_of(YEAR, date(2018, 3, 1))) == date(2016, 12, 31)


# The chart


def test_the_score_is_drawn_day_by_day(county, live, drive, person, gives, at):
    gives(at, date(2016, 5, 25))
    chart = charts.of_score(county, live, 2016, DAY, lambda: True)
    drawn = dict(json.loads(chart.drawing)["points"])
    assert drawn["2016-05-24"] == 0
    assert drawn["2016-05-25"] == 4
    assert json.loads(chart.drawing)["target"] == {"name": "优秀线", "value": 6.0}
    assert chart.summary == "2016 年得分走势：2016-01-01 为 0分，2016-06-01 为 4分；优秀线 6分"
    assert chart.rows[0].words == ("4", "0", "合格")


def test_signed_scores_are_marked_on_their_days(county, live, drive, at):
    commands.sign_self_score(
        subject=county, standard=live, year=2016, as_of=date(2016, 2, 3), by=INSTALLER, at=at
    )
    chart = charts.of_score(county, live, 2016, DAY, lambda: True)
    assert [(mark.day, mark.value) for mark in chart.marks] == [(date(2016, 2, 3), Decimal(0))]
    assert next(row for row in chart.rows if row.day == date(2016, 2, 3)).mark == 0


def test_the_rate_of_a_part_is_drawn_against_its_threshold(county, live, drive, person, gives, at):
    gives(at, date(2016, 5, 25))
    (item, *_others) = live.standard.items
    chart = charts.of_figure(county, item.parts[0], YEAR, DAY, lambda: True)
    assert dict(json.loads(chart.drawing)["points"])["2016-05-25"] == 100
    assert chart.target == charts.Target("满分线", Decimal(50))
    assert "参加捐款的会员 1 / 2016-05-31 的会员 1" in chart.rows[0].words[0]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (Ratio(24999, 100000, "", ""), Decimal("24.99")),
        (Ratio(1, 0, "", ""), None),
        (Count(3, ""), Decimal(3)),
    ],
)
def test_a_rate_is_cut_and_never_seems_to_have_reached_its_line(figure, value):
    assert charts._measured(figure) == value


def test_a_chart_comes_a_little_at_a_time(client_of, officer, live, drive, monkeypatch):
    client = client_of(officer)
    monkeypatch.setattr(chart_pages, "WHILE", 0)
    first = client.get("/assessment/chart/?period=2016&as_of=2016-06-01")
    assert first.context["chart"].done == 1
    assert 'hx-get="/assessment/chart/?' in text_of(first)
    monkeypatch.setattr(chart_pages, "WHILE", 60)
    last = client.get("/assessment/chart/?period=2016&as_of=2016-06-01")
    assert last.context["chart"].is_whole
    assert "hx-get=" not in text_of(last).partition("<figure")[2].partition("</figure")[0]


def test_htmx_gets_the_chart_alone(client_of, officer, live, drive):
    response = client_of(officer).get("/assessment/chart/", headers={"HX-Request": "true"})
    assert text_of(response).lstrip().startswith("<figure")


def test_the_table_behind_a_chart_can_be_taken_home(client_of, officer, live, drive, monkeypatch):
    monkeypatch.setattr(chart_pages, "WHILE", 60)
    response = client_of(officer).get("/assessment/chart/?period=2016&as_of=2016-02-01&export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == ["日期", "得分", "基础分", "加分", "等次"]
    assert sheet.max_row == 1 + len(charts.days_of(YEAR, date(2016, 2, 1)))


def test_a_part_without_a_figure_has_no_chart(client_of, officer, live):
    assert client_of(officer).get("/assessment/chart/B10.held/").status_code == 404
    assert client_of(officer).get("/assessment/chart/B99.none/").status_code == 404


def test_the_scorecard_and_the_item_have_room_for_their_charts(client_of, officer, live, drive):
    client = client_of(officer)
    card = text_of(client.get("/assessment/?period=2016&as_of=2016-06-01"))
    assert 'hx-get="/assessment/chart/?period=2016&amp;as_of=2016-06-01"' in card
    assert 'hx-get="/assessment/changes/?period=2016&amp;as_of=2016-06-01"' in card
    assert 'hx-get="/assessment/chart/B1.rate/"' in text_of(client.get("/assessment/item/B1/"))


# What moved


def since(county, live, day, as_of=DAY, may_go_on=lambda: True):
    return changes.since(county, live, 2016, as_of, day=day, may_go_on=may_go_on)


def test_the_deed_that_moved_the_points_is_named(county, live, gives, states, at):
    states("B10.listed", 1, at - timedelta(days=3))
    gift = gives(at + timedelta(minutes=5), date(2016, 5, 31))
    states("B10.held", 2, at + timedelta(minutes=9))
    told = since(county, live, date(2016, 5, 31))
    assert [(change.item.code, change.before, change.after) for change in told.changes] == [
        ("B10", 1, 2),
        ("B1", 0, 4),
    ]
    assert told.by == 5
    assert [trace.subject_id for trace in told.changes[1].traces] == [str(gift.pk)]
    assert [trace.facts["part"] for trace in told.changes[0].traces] == ["B10.held"]


def test_where_no_deed_but_the_day_moved_the_points_the_day_is_named(county, live, states, at):
    states("B10.listed", 1, at - timedelta(days=9), from_on=date(2016, 5, 30))
    (change,) = since(county, live, date(2016, 5, 28)).changes
    assert (change.before, change.after) == (0, 1)
    assert change.day == date(2016, 5, 30)
    assert change.traces == ()


def test_a_correction_of_the_past_counts_from_when_it_was_known(county, live, gives, at):
    gift = gives(at - timedelta(days=10), date(2016, 5, 20))
    later = at + timedelta(minutes=1)
    mutual_aid.withdraw_donation(donation=gift, reason="重复登记", by=INSTALLER, at=later)
    (change,) = since(county, live, date(2016, 5, 31)).changes
    assert (change.before, change.after) == (4, 0)
    assert change.traces[0].deed == "mutual_aid.donation_withdrawn"
    assert since(county, live, date(2016, 5, 1)).changes == ()  # as it was before the gift, so it is again


def test_deeds_of_one_instant_about_other_items_are_not_named(county, live, gives, states, at):
    gives(at, date(2016, 5, 31))
    states("B10.listed", 1, at)
    by_item = {change.item.code: change for change in since(county, live, date(2016, 5, 31)).changes}
    assert "assessment.value_stated" not in [trace.deed for trace in by_item["B1"].traces]
    assert "assessment.value_stated" in [trace.deed for trace in by_item["B10"].traces]


def test_when_time_is_up_it_says_among_how_many(county, live, states, at):
    states("B10.held", 2, at)
    states("B10.listed", 1, at + timedelta(minutes=1))
    (change,) = since(county, live, date(2016, 5, 31), may_go_on=lambda: False).changes
    assert (change.before, change.after) == (0, 2)
    assert change.among == 3  # two statements, and a day that began


def test_what_changed_equals_the_difference_of_two_scorecards(county, live, gives, states, at):
    before = queries.scorecard(county, live.standard, YEAR, date(2016, 5, 31), at)
    gives(at + timedelta(minutes=1), date(2016, 5, 30))
    states("B10.listed", 1, at + timedelta(minutes=2))
    after = queries.scorecard(county, live.standard, YEAR, DAY)
    told = since(county, live, date(2016, 5, 31))
    assert told.by == after.grading.base - before.grading.base == 5


def test_the_page_names_the_deed_and_links_to_its_trace(client_of, officer, county, live, states):
    today = clock.now()
    states("B10.listed", 1, today, from_on=today.date().replace(month=1, day=1))
    page = text_of(client_of(officer).get("/assessment/changes/"))
    assert "0 → 1（+1）" in page
    assert "人工取值" in page
    assert "/evidence/traces/" in page or "/evidence/trace/" in page


def test_the_page_says_when_nothing_has_changed(client_of, officer, live):
    page = text_of(client_of(officer).get("/assessment/changes/", headers={"HX-Request": "true"}))
    assert "没有变化" in page
    assert "<html" not in page


# Counties side by side


@pytest.fixture
def two(county, neighbour, live, drive, person, gives, at):
    """Two counties under the same standard; one of them has points."""
    gives(at, date(2016, 5, 25))
    commands.publish_standard(publisher=neighbour, text=LIVE, by=INSTALLER, at=at)


def test_a_superior_sees_the_counties_by_their_points(client_of, inspector, two):
    response = client_of(inspector).get("/assessment/league/?period=2016&as_of=2016-06-01")
    rows = [row.record for row in response.context["listing"].table.rows]
    assert [(row.place, row.county, row.total) for row in rows] == [
        (1, "正定县总工会", 4),
        (2, "井陉县总工会", 0),
    ]


def test_counties_can_be_sorted_and_taken_home(client_of, inspector, two):
    client = client_of(inspector)
    page = client.get("/assessment/league/?period=2016&as_of=2016-06-01&sort=total")
    rows = [row.record.county for row in page.context["listing"].table.rows]
    assert rows == ["井陉县总工会", "正定县总工会"]
    book = client.get("/assessment/league/?period=2016&as_of=2016-06-01&export=xlsx")
    sheet = load_workbook(BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][:3] == [1, "正定县总工会", 4]


def test_a_county_sees_no_other_county(client_of, officer, outsider, two):
    assert "井陉县总工会" not in text_of(client_of(officer).get("/assessment/league/"))
    assert "正定县总工会" not in text_of(client_of(outsider).get("/assessment/league/"))


def test_only_a_superior_is_led_there(client_of, officer, inspector, two):
    assert "/assessment/league/" not in text_of(client_of(officer).get("/assessment/"))
    assert "/assessment/league/" in text_of(client_of(inspector).get("/assessment/"))


def test_only_counties_of_the_very_same_standard_are_compared(client_of, inspector, two, neighbour, at):
    other = LIVE.replace('version: "1"', 'version: "2"')
    commands.publish_standard(publisher=neighbour, text=other, by=INSTALLER, at=at)
    shared = client_of(inspector).get("/assessment/league/").context["shared"]
    assert [(one.version, one.counties) for one in shared] == [("1", 2), ("2", 1)]


def test_without_a_standard_the_page_says_so(client_of, inspector):
    assert "还没有县采用考核标准" in text_of(client_of(inspector).get("/assessment/league/"))


def test_the_saved_value_is_in_the_very_next_answer(client_of, appoint, county, live, drive):
    client = client_of(appoint("李干事", Role.OFFICER, county))
    page = client.get("/assessment/?period=2016")
    before = page.context["card"].grading.total
    said = {"value": "1", "from_on": "2016-01-01", "explanation": "见文件"}
    client.post("/assessment/value/B10.listed/?period=2016", said)
    assert client.get("/assessment/?period=2016").context["card"].grading.total == before + 1
    assert day_cache.scores({county: live}, 2016, page.context["look"].as_of)[county.pk].total == before + 1
