"""`manage.py score`."""

import json

import pytest
from django.core.management import CommandError, call_command

from henji.assessment import commands, queries
from henji.assessment.tests.conftest import SMALL
from henji.lib.actors import INSTALLER


@pytest.fixture
def score(county, capsys):
    def _score(*more, **asked):
        values = {"county": "130123", "standard": "small", "period": "2016", "as_of": "2016-06-01", **asked}
        call_command("score", *more, **values)
        return capsys.readouterr().out

    return _score


def test_json_holds_the_scorecard(score, small):
    plain = json.loads(score("--json"))
    assert plain["total"] == 4
    assert plain["items"][0]["parts"][0]["explanation"].startswith("入会率 60.0%（60/100）")


def test_without_json_it_is_a_table_for_people(score, small):
    told = score()
    assert "小标准" in told
    assert "B10  会议" in told
    assert "达成" in told
    assert "合格" in told


def test_a_county_that_has_published_nothing_is_scored_under_the_shipped_standard(score):
    plain = json.loads(score("--json", standard="reference"))
    assert len(plain["items"]) == 24
    assert json.loads(score("--json", standard="reference@2016.2")) == plain
    assert len(json.loads(score("--json", standard="reference@2016"))["items"]) == 24
    assert len(json.loads(score("--json", standard="rizhao_2010"))["items"]) == 9


def test_a_version_can_be_named(score, county, small, at):
    text = SMALL.replace('version: "1"', 'version: "2"').replace("minimum: 0.5", "minimum: 0.7")
    commands.publish_standard(publisher=county, text=text, by=INSTALLER, at=at)
    totals = [json.loads(score("--json", standard=name))["total"] for name in ("small", "small@1", "small@2")]
    assert totals == [0, 4, 0]


def test_without_a_day_it_is_today_and_this_year(score, small):
    assert json.loads(score("--json", period=None, as_of=None))["total"] == 4


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"county": "999999"}, "没有区划代码为 999999 的县总工会"),
        ({"standard": "nothing"}, "没有标准“nothing”"),
        ({"standard": "small@9"}, "没有标准“small@9”"),
        ({"period": "16"}, "四位数"),
        ({"period": "二〇一六"}, "四位数"),
        ({"period": "99999"}, "四位数"),
        ({"period": "9" * 5000}, "四位数"),
        ({"as_of": "2016-02-30"}, "没有这一天"),
        ({"as_of": "昨天"}, "写法不认识"),
        ({"as_of": "2016"}, "写到日"),
    ],
)
def test_what_cannot_be_scored_is_told_in_one_sentence(score, small, asked, words):
    with pytest.raises(CommandError, match=words) as refused:
        score(**asked)
    assert "\n" not in str(refused.value)


def test_it_leaves_no_trace_and_publishes_nothing(score, county, django_assert_num_queries):
    score("--json", standard="reference")
    assert queries.published(county) is None
