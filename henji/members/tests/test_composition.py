"""会员构成: what the charts count, whose members they show, and what stands behind them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from henji.members import charts
from henji.members.charts import BANDS, CHARTS, Asked
from henji.members.models import Person
from henji.members.tests.rosters import number_of

DAY = date(2016, 12, 20)


@pytest.fixture
def asked(county, reach_of, officer):
    """The county as the officer asks, on a day."""

    def asked(day=DAY, by=officer):
        return Asked(reach_of(by), county, day)

    return asked


@pytest.fixture
def people(enrol, employ, township):
    """Two in a township, one at an employer of the county's own, and one without an employer."""
    factory = employ(township=township)
    enrol("李会员", identity=number_of(1, born="19850312"), employer=factory)
    enrol("李惠", identity=number_of(2, born="19850312"), employer=factory, start_on=date(2014, 5, 1))
    enrol("李慧", identity=number_of(4, born="19970312"), employer=employ("县直厂"), start_on=None)
    return enrol("王会员", identity=number_of(3, born="19500312"), start_on=date(1970, 1, 1))


def drawn(chart):
    return {row.label: row.numbers for row in chart.table if row.total}


def test_ages_are_told_by_the_year_of_birth(asked, people):
    assert drawn(charts.pyramid(asked())) == {
        "20 岁以下": (0, 1),
        "30–34 岁": (1, 1),
        "60 岁及以上": (1, 0),
    }


def test_whose_particulars_nobody_can_open_counts_as_not_known(asked, people):
    people.particulars.update(sex=None, birth_year=None)
    assert drawn(charts.pyramid(asked()))["年龄或性别不详"] == (1, 0)
    assert charts.pyramid(asked()).total == 4


def test_places_are_those_of_the_employers(asked, people, township):
    assert drawn(charts.townships(asked())) == {township.name: (2,), "县直和其他": (2,)}


def test_kinds_are_those_that_the_employers_told(asked, people, employ, enrol):
    enrol("赵会员", 9, employer=employ("国有厂", profile={"unit_type": "没有这一类"}))
    told = drawn(charts.unit_types(asked()))
    assert told == {"单位没有填类别": (3,), "没有单位或待归属": (1,), "没有这一类": (1,)}


def test_years_of_joining_end_with_the_day(asked, people):
    assert drawn(charts.joining(asked())) == {
        "1987 年以前": (1,),
        "2014": (1,),
        "2015": (1,),
        "入会日期不详": (1,),
    }
    assert drawn(charts.joining(asked(date(2014, 12, 31)))) == {
        "1985 年以前": (1,),
        "2014": (1,),
        "入会日期不详": (1,),
    }


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_counts_every_member_of_the_day_once(asked, people, name):
    for day, members in ((DAY, 4), (date(2014, 6, 1), 3), (date(1960, 1, 1), 1)):
        assert CHARTS[name][1](asked(day)).total == members


@pytest.mark.parametrize("name", CHARTS)
def test_a_branch_sees_its_own_tree_only(asked, people, branch_officer, outsider, name, client_of):
    chart = CHARTS[name][1](asked(by=branch_officer))
    assert chart.total == 2
    assert "县直和其他" not in drawn(chart)
    assert CHARTS[name][1](asked(by=outsider)).total == 0


@pytest.mark.parametrize("name", ["townships", "joining"])
def test_a_bar_leads_to_the_members_that_it_counts(asked, people, client_of, officer, name):
    for row in CHARTS[name][1](asked()).table:
        if row.url:
            assert client_of(officer).get(row.url).context["listing"].total == row.total, row.label


@given(st.integers(-5, 130))
def test_every_age_has_one_band(age):
    place = charts._band(age)
    assert place == 0 or BANDS[place] <= age
    assert place == len(BANDS) - 1 or age < BANDS[place + 1]


def test_the_page_has_a_place_for_each_chart_and_each_comes_as_a_part(client_of, officer, people):
    client = client_of(officer)
    page = client.get(reverse("members:composition"), {"as_of": "2016-12-20"}).content.decode()
    for name in CHARTS:
        url = reverse("members:chart", args=[name])
        assert url in page
        part = client.get(url, {"as_of": "2016-12-20"}, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "data-chart" in part
        assert "<table" in part
        assert "<html" in client.get(url).content.decode()
    assert client.get(reverse("members:chart", args=["nothing"])).status_code == 404
    for nonsense in ("x", "2016-13-45", "9999-99-99", "' OR 1=1"):
        assert client.get(reverse("members:composition"), {"as_of": nonsense}).status_code == 200


def test_a_chart_is_exported_with_who_took_it(client_of, officer, people):
    taken = client_of(officer).get(
        reverse("members:chart", args=["ages"]), {"as_of": "2016-12-20", "export": "xlsx"}
    )
    sheet = load_workbook(BytesIO(taken.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("年龄", "男", "女", "合计")
    assert ("30–34 岁", 1, 1, 2) in [row[:4] for row in rows]
    assert "王干事" in rows[-1][0]


def test_a_county_without_members_says_so(client_of, officer):
    assert Person.objects.count() == 0
    part = client_of(officer).get(reverse("members:chart", args=["ages"]), headers={"HX-Request": "true"})
    assert "这一天没有会员" in part.content.decode()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_costs_the_same_for_any_number_of_members(asked, enrol, name, django_assert_max_num_queries):
    for serial in range(1, 20):
        enrol("李会员", serial, start_on=date(2000 + serial % 9, 1, 1))
    with django_assert_max_num_queries(5):
        CHARTS[name][1](asked())
