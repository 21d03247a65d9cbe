"""一日捐活动设立: when it collects, which aid year it serves, on which day members are counted."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import rules
from henji.mutual_aid.models import Drive


def test_a_drive_may_serve_another_year_than_it_collects_in(open_drive):
    drive = open_drive(2016)
    assert drive.collects.last_day == date(2016, 12, 31)
    assert drive.aid_from == date(2017, 1, 1)


def test_members_are_counted_on_the_last_day_of_collection_unless_another_is_named(open_drive):
    assert open_drive(2016).counted_on == date(2016, 12, 31)
    assert open_drive(2015, counted_on=date(2015, 11, 30)).counted_on == date(2015, 11, 30)


def test_the_deed_is_traced(open_drive):
    drive = open_drive()
    trace = Trace.objects.of(drive).get()
    assert drive.made_by == trace
    assert trace.facts["aid_from"] == "2017-01-01"


def test_a_code_is_used_once_in_a_county(open_drive, neighbour):
    open_drive(2016)
    with pytest.raises(rules.DriveThere, match="“2016”已经用过"):
        open_drive(2016)
    open_drive(2016, county=neighbour)
    assert Drive.objects.count() == 2


def test_a_code_cannot_be_blank(open_drive):
    with pytest.raises(rules.DriveThere, match="请填写活动代号"):
        open_drive(code=" \u200b ")


@pytest.mark.parametrize(
    ("days", "what"),
    [
        ({"collects_from": date(2017, 1, 1)}, "募集期"),
        ({"aid_to": date(2016, 12, 31)}, "救助期"),
    ],
)
def test_days_run_forwards(open_drive, days, what):
    with pytest.raises(rules.BadDays, match=f"{what}的截止日期早于开始日期"):
        open_drive(**days)
    assert not Drive.objects.exists()


def test_a_drive_of_one_day_is_a_drive(open_drive):
    assert open_drive(collects_from=date(2016, 12, 31)).collects.start == date(2016, 12, 31)
