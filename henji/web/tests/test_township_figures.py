"""乡镇的数字: figures of a township are counted from its own people, and each side is that of its ground."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.assessment import commands as assessment
from henji.assessment import queries
from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands as mutual_aid
from henji.unions import commands as unions
from henji.unions.models import Level
from henji.web.tests import sides
from tests.world import World

DAY = date(2016, 6, 1)
COUNTED = sides.OF_TOWNSHIPS
STANDARD = """
code: towns
version: "1"
name: 乡镇考核
label: 测试用
subject_level: township
base_total: 4
bonus_cap: 0
grades: [{name: 合格, min: 0}]
items:
  - code: B1
    kind: base
    name: 入会
    points: 4
    parts:
      - code: new
        name: 新增会员
        points: 4
        demand: 新增会员 1 人得 4 分。
        rule: {kind: count_against_target, target: 1}
        figure: members.new_members
        evidence: [{kind: roll}]
        source: 测试
"""


@pytest.fixture
def next_township(county, at):
    return unions.found_union(parent=county, level=Level.TOWNSHIP, name="南牛乡总工会", by=INSTALLER, at=at)


@pytest.fixture
def world(county, township, appoint):
    return World(county, township, appoint)


def _computed(address, *places, day=DAY):
    return figures.compute(address, Scope(tuple(one.pk for one in places), Period.year(2016), day))


@pytest.fixture
def peopled(world, county, next_township, at):
    """Three members of the township, one of the next, one of neither; two of the first gave."""
    where = {"county": county, "by": INSTALLER, "at": at, "workers": 10}
    mill = unions.register_employer(name="新安面粉厂", township=world.township, **where)
    dairy = unions.register_employer(name="南牛奶业", township=next_township, **where)
    office = unions.register_employer(name="县直机关", **where)
    people = {
        n: members.enrol(
            county=county,
            name=f"会员{n}",
            identity=number_of(n),
            employer=employer,
            start_on=date(2016, 3, n + 1),
            by=INSTALLER,
            at=at,
        )
        for n, employer in enumerate((mill, mill, mill, dairy, office))
    }
    for n in (0, 1, 3):
        mutual_aid.record_donation(
            drive=world.drive,
            amount_yuan=Decimal(50),
            given_on=date(2016, 5, 20),
            person=people[n],
            by=INSTALLER,
            at=at,
        )
    return world


def test_a_township_counts_its_own_people(peopled, county, township, next_township):
    def numbers(address):
        told = _computed(address, county, township, next_township)
        return [told[one.pk] for one in (county, township, next_township)]

    assert [one.number for one in numbers("members.member_count")] == [5, 3, 1]
    assert [one.number for one in numbers("members.new_members")] == [5, 3, 1]
    assert [(one.part, one.whole) for one in numbers("members.membership_rate")] == [
        (5, 30),
        (3, 10),
        (1, 10),
    ]
    assert [(one.part, one.whole) for one in numbers("mutual_aid.participation_rate")] == [
        (3, 5),
        (2, 3),
        (1, 1),
    ]


def test_a_person_who_left_the_township_is_counted_there_only_till_then(peopled, township):
    before, after = (
        _computed("members.member_count", township, day=day)[township.pk].number
        for day in (date(2016, 3, 2), DAY)
    )
    assert (before, after) == (2, 3)


@pytest.mark.parametrize("address", COUNTED)
@pytest.mark.parametrize("who", ["officer", "branch_officer"])
def test_each_side_of_a_townships_figure_is_that_of_its_ground(
    request, client_of, peopled, township, next_township, address, who
):
    client = client_of(request.getfixturevalue(who))
    places = (township,) if who == "branch_officer" else (township, next_township)
    for place in places:
        assert list(sides.compared(client, address, [Scope((place.pk,), Period.year(2016), DAY)]))


@pytest.mark.parametrize("address", COUNTED)
def test_the_next_townships_rows_are_not_shown(client_of, branch_officer, peopled, next_township, address):
    figure = _computed(address, next_township)[next_township.pk]
    for _number, ground in sides.sides_of(figure):
        page = client_of(branch_officer).get(ground.url).content.decode()
        assert "会员3" not in page
        assert "南牛奶业" not in page


@pytest.mark.parametrize("address", COUNTED)
def test_townships_cost_no_more_queries_than_one(
    peopled, township, next_township, django_assert_num_queries, address
):
    with CaptureQueriesContext(connection) as one:
        _computed(address, township)
    with django_assert_num_queries(len(one)):
        _computed(address, township, next_township)
    assert len(one) <= 5


def test_a_township_is_scored_by_its_own_figures(peopled, county, township, next_township, at):
    held = assessment.publish_standard(publisher=county, text=STANDARD, by=INSTALLER, at=at)
    (score,) = queries.item_scores(township, held.standard, {"B1"}, Period.year(2016), DAY)
    assert score.parts[0].is_computed
    assert score.points == 4
