"""标准对照: what differs between two versions, in words and in points; nothing that stands is touched."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from henji.assessment import commands, comparing, library, queries, schema
from henji.assessment.models import PublishedStandard, SignedScore
from henji.assessment.rule_words import rule_in_words
from henji.assessment.tests.conftest import SMALL
from henji.assessment.tests.standards import reference, reference_2016, shelved
from henji.evidence.traces import all_traces
from henji.lib import clock
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period

DAY = date(2016, 6, 1)
NEWER = (
    SMALL.replace('version: "1"', 'version: "2"')
    .replace("minimum: 0.5}", "minimum: 0.7}")
    .replace("demand: 不低于 50% 得 4 分。", "demand: 不低于 70% 得 4 分。")
    .replace("{kind: minutes, number: 2}", "{kind: minutes, number: 3}")
)


def told(old, new):
    return [
        (one.kind, one.code, [(change.what, change.before, change.after) for change in one.changes])
        for one in comparing.differences(schema.load(old), schema.load(new))
    ]


def test_a_version_does_not_differ_from_itself():
    assert told(SMALL, SMALL) == []


def test_what_was_changed_is_told_in_words():
    assert told(SMALL, NEWER) == [
        (
            "changed",
            "B1.rate",
            [
                ("要求", "不低于 50% 得 4 分。", "不低于 70% 得 4 分。"),
                ("计分办法", "达到 50% 得 4 分，否则不得分", "达到 70% 得 4 分，否则不得分"),
            ],
        ),
        (
            "changed",
            "B10.held",
            [
                (
                    "佐证",
                    "会议纪要、记录、签到，每年 2 份；照片、视频，每年 1 份（不强求）",
                    "会议纪要、记录、签到，每年 3 份；照片、视频，每年 1 份（不强求）",
                )
            ],
        ),
    ]


def test_what_came_and_what_went_is_told():
    old, new = shelved("meilong"), shelved("township")
    kinds = {(one.kind, one.code) for one in comparing.differences(old, new)}
    assert {("added", "T01"), ("added", "T01.bodies"), ("added", "TV1"), ("removed", "M1")} <= kinds
    assert ("changed", "") in kinds


def test_the_reference_differs_from_its_first_version():
    assert comparing.differences(reference_2016(), reference())


@pytest.mark.parametrize("name", ["reference", "township", "wuhu", "meilong", "rizhao_2010"])
def test_every_rule_that_is_shipped_can_be_said(name):
    standard = shelved(name)
    for item in standard.items:
        for part in item.parts:
            assert "%(" not in rule_in_words(part.rule, part.points, standard)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("B10.participation", "达到 25% 得 4 分，否则不得分"),
        ("B02.bodies", "满分 2 分，每缺 1 处扣 1 分，扣完为止"),
    ],
)
def test_a_rule_is_said_as_an_officer_would(address, words):
    item_code, part_code = address.split(".")
    item = next(item for item in reference().items if item.code == item_code)
    part = next(part for part in item.parts if part.code == part_code)
    assert rule_in_words(part.rule, part.points, reference()) == words


def test_items_of_either_version_are_laid_side_by_side(county, small):
    period = Period.year(2016)
    before = queries.scorecard(county, schema.load(SMALL), period, DAY)
    after = queries.scorecard(county, schema.load(NEWER), period, DAY)
    moves = {move.code: move for move in comparing.moves(before, after)}
    assert (moves["B1"].before, moves["B1"].after, moves["B1"].by) == (4, 0, -4)
    assert moves["B10"].by == 0
    alone = comparing.moves(None, after)
    assert {move.before for move in alone} == {None}


def test_an_item_that_went_loses_its_points():
    move = comparing.Moved("B1", "入会", Decimal(4), None)
    assert move.by == -4


# The page


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def compare(browser, **asked):
    page = browser.get(reverse("assessment:compare"), asked)
    assert page.status_code == 200
    return page.content.decode()


def test_the_page_says_which_items_change_by_how_much(browser, county, small, at):
    newer = commands.publish_standard(
        publisher=county, text=NEWER, by=INSTALLER, at=at + timedelta(minutes=1)
    )
    page = compare(browser, old=f"p{small.pk}", new=f"p{newer.pk}", as_of="2016-06-01")
    assert "旧版 <strong>4</strong> 分" in page
    assert "新版 <strong>0</strong> 分" in page
    assert "差 -4 分" not in page
    assert "，少 4 分" in page
    assert "达到 70% 得 4 分，否则不得分" in page


def test_a_draft_is_tried_without_being_published(browser, county, small, at):
    draft = commands.begin_draft(publisher=county, text=NEWER, by=INSTALLER, at=at)
    before = all_traces().count()
    page = compare(browser, new=f"d{draft.pk}", as_of="2016-06-01")
    assert "按这一版试算 <strong>0</strong> 分" in page
    assert PublishedStandard.objects.get() == small
    assert all_traces().count() == before


def test_no_signed_score_is_touched(browser, county, small, at):
    signed = commands.sign_self_score(
        subject=county, standard=small, year=2016, as_of=DAY, by=INSTALLER, at=at
    )
    draft = commands.begin_draft(publisher=county, text=NEWER, by=INSTALLER, at=at)
    compare(browser, old=f"p{small.pk}", new=f"d{draft.pk}", as_of="2016-06-01")
    assert SignedScore.objects.get().digest == signed.digest


def test_the_end_of_last_year_is_meant_where_no_day_is_asked_for(browser, small):
    last = clock.today().year - 1
    assert f'value="{last}-12-31"' in compare(browser, new=f"p{small.pk}")


def test_an_unsound_draft_cannot_be_tried(browser, county, at):
    draft = commands.begin_draft(publisher=county, text="code: x", by=INSTALLER, at=at)
    assert "草稿还有错误" in compare(browser, new=f"d{draft.pk}")


def test_a_standard_for_townships_is_tried_on_one(browser, county, township):
    assert township.name in compare(browser, new="stownship", as_of="2016-06-01")


def test_without_such_a_union_the_page_says_so(browser, county):
    assert "不能试算" in compare(browser, new="stownship", as_of="2016-06-01")


def test_versions_of_another_code_are_warned_of(browser, small):
    assert "代号不同" in compare(browser, old=f"p{small.pk}", new="sreference", as_of="2016-06-01")


def test_a_neighbours_draft_is_no_choice(browser, county, neighbour, at):
    draft = commands.begin_draft(publisher=neighbour, text=SMALL, by=INSTALLER, at=at)
    assert str(draft.pk) not in compare(browser, new="sreference", as_of="2016-06-01")
    assert "找不到" in compare(browser, new=f"d{draft.pk}")


# Reading pages


def test_a_standard_is_read_whole(browser, small):
    page = browser.get(reverse("assessment:standard", args=[small.pk])).content.decode()
    for words in ("会议纪要、记录、签到，每年 2 份", "不高于不合格", "测试用", "首创加 0 至 3 分。"):
        assert words in page


def test_an_excerpt_says_that_it_is_one(browser, county):
    page = browser.get(reverse("assessment:shipped", args=["meilong"])).content.decode()
    assert "节选" in page
    assert "公开刊载的细则摘录" in page
    assert library.read(library.shipped("meilong")).items[0].name in page


def test_the_list_shows_versions_drafts_and_what_came_with_the_system(browser, county, small, at):
    commands.begin_draft(publisher=county, text=NEWER, by=INSTALLER, at=at)
    page = browser.get(reverse("assessment:standards")).content.decode()
    for words in ("小标准 1", "草稿", "参考模板，非官方标准", "梅陇镇工会工作考核细则（摘录）"):
        assert words in page
    assert page.count("节选") == 3


@pytest.mark.parametrize("name", ["standard", "standard_text", "standard_workbook"])
def test_a_citys_standard_is_read_by_its_counties_and_by_no_other(
    client_of, officer, city, county, joined, at, appoint, name
):
    held = commands.publish_standard(publisher=city, text=SMALL, by=INSTALLER, at=at)
    assert client_of(officer).get(reverse(f"assessment:{name}", args=[held.pk])).status_code == 200
