"""Pages of the assessment room, as those see them who may, and those who may not."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from henji.assessment import commands, library, queries
from henji.assessment.models import PublishedStandard, SignedScore, StatedValue
from henji.assessment.tests.conftest import SMALL
from henji.evidence import commands as evidence
from henji.evidence.commands import Offered
from henji.lib.actors import INSTALLER

CARD = "/assessment/"
JUNE = {"period": "2016", "as_of": "2016-06-01"}
VALUE = {
    "value": "1",
    "from_on": "2016-03-01",
    "to_on": "2016-12-31",
    "explanation": "县委办 2016 年第 3 号文件",
}


@pytest.fixture
def see(client_of, officer):
    client = client_of(officer)

    def _see(path, **query):
        response = client.get(path, query)
        assert response.status_code == 200
        return response.content.decode()

    return _see


@pytest.fixture
def signed(county, small, at):
    return commands.sign_self_score(
        subject=county, standard=small, year=2016, as_of=date(2016, 6, 1), by=INSTALLER, at=at
    )


# A county without a standard


def test_an_empty_scorecard_says_what_to_do_next(see, county):
    told = see(CARD)
    assert "还没有考核标准" in told
    assert "采用参考模板" in told


def test_who_may_not_publish_is_told_who_may(client_of, auditor):
    told = client_of(auditor).get(CARD).content.decode()
    assert "采用参考模板" not in told
    assert "领导或干事" in told


def test_adopting_the_reference_standard_leads_to_its_scorecard(client_of, officer, county):
    response = client_of(officer).post("/assessment/standards/adopt/", follow=True)
    assert response.redirect_chain == [(CARD, 302)]
    told = response.content.decode()
    assert "职工互助一日捐" in told
    assert "参考模板，非官方标准" in told
    held = queries.published(county)
    assert held is not None
    assert held.code == "reference"


@pytest.mark.parametrize("path", ["item/B10/", "value/B10.held/", "print/", "export/"])
def test_pages_that_need_a_standard_are_not_there_before_it(client_of, officer, path):
    assert client_of(officer).get(f"/assessment/{path}").status_code == 404


# The scorecard


def test_the_scorecard_shows_every_item_with_points_papers_and_state(see, small):
    told = see(CARD, **JUNE)
    assert "入会" in told
    assert "达成" in told
    assert "未开始" in told
    assert "0/2" in told
    assert "一票否决" in told


def test_the_day_can_be_picked_and_stays_in_the_links(see, small, state):
    state("B10.listed", 1, first="2016-05-01")
    assert "预计 <strong>4</strong> 分" in see(CARD, period="2016", as_of="2016-04-30")
    told = see(CARD, period="2016", as_of="2016-05-01")
    assert "预计 <strong>5</strong> 分" in told
    assert "/assessment/item/B1/?period=2016&amp;as_of=2016-05-01" in told


@pytest.mark.parametrize("query", [{"as_of": "昨天"}, {"period": "x"}, {"county": "x"}, {"standard": "no"}])
def test_what_cannot_be_read_in_the_address_is_passed_over(see, small, query):
    assert "小标准" in see(CARD, **query)


def test_an_older_version_can_be_looked_at(see, county, small, at):
    commands.publish_standard(publisher=county, text=SMALL.replace('"1"', '"2"'), by=INSTALLER, at=at)
    assert "小标准 2" in see(CARD)
    assert "小标准 1" in see(CARD, standard="small@1")


def test_a_row_opens_and_shuts_in_place(client_of, officer, small):
    client = client_of(officer)
    headers = {"HX-Request": "true", "HX-Target": "item-B10"}
    opened = client.get(CARD, {**JUNE, "open": "B10"}, headers=headers).content.decode()
    assert opened.strip().startswith('<tbody id="item-B10"')
    assert "未达目标" in opened or "缺少人工取值" in opened
    shut = client.get(CARD, {**JUNE, "shut": "B10"}, headers=headers).content.decode()
    assert "缺少人工取值" not in shut
    assert client.get(CARD, {"open": "B99"}, headers=headers).status_code == 404


def test_a_veto_that_holds_is_shown(see, small, state):
    state("V01", 1, first="2016-05-01")
    assert "已发生" in see(CARD, **JUNE)


def test_a_scorecard_page_costs_the_same_queries_however_much_is_held(
    client_of, officer, county, small, state, at
):
    client = client_of(officer)

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(CARD, JUNE)
        return len(asked)

    count()
    before = count()
    for day in range(1, 20):
        _keep(county, "assessment.item:B10", at, day)
        state("B10.held", 1, first=f"2016-01-{day:02}", last=f"2016-01-{day:02}")
    assert count() == before


def _keep(county, address, at, day=1):
    file = Offered("a.pdf", BytesIO(f"%PDF-1.7 {address}{day}".encode()))
    return evidence.keep_paper(
        county=county,
        kind="minutes",
        on=date(2016, 3, day),
        title="第二次联席会议纪要",
        files=[file],
        about=[address],
        by=INSTALLER,
        at=at,
    )


# An item


def test_an_item_shows_the_demand_the_figure_and_what_is_held_and_lacks(see, county, small, at):
    kept = _keep(county, "assessment.part:B10.held", at)
    told = see("/assessment/item/B10/", **JUNE)
    assert "开会不少于 2 次得 1 分" in told
    assert f"/evidence/papers/{kept.pk}/" in told
    assert "已存 1，缺 1" in told
    assert f"/evidence/papers/keep/?about=assessment.part:B10.held&amp;county={county.pk}" in told
    assert "文件存档" in told


def test_a_computed_figure_shows_both_sides_and_no_form(see, small):
    told = see("/assessment/item/B1/", **JUNE)
    assert "系统计算" in told
    assert "60" in told
    assert "填取值" not in told


def test_an_unknown_item_is_not_there(client_of, officer, small):
    assert client_of(officer).get("/assessment/item/B99/").status_code == 404


def test_stated_values_stand_on_the_timeline_once(see, small, state):
    state("B10.held", 2, first="2016-03-01", explanation="两次会议记录在案")
    state("B10.held", 3, first="2016-05-01", explanation="三次会议记录在案", replacing=True)
    told = see("/assessment/item/B10/", **JUNE)
    timeline = told[told.index('class="timeline"') :]
    assert timeline.count("两次会议记录在案") == 1
    assert timeline.count("三次会议记录在案") == 1


# Stating a value


def test_an_officer_states_a_value_and_comes_back_to_the_item(client_of, officer, small):
    client = client_of(officer)
    response = client.post("/assessment/value/B10.listed/?period=2016", VALUE)
    assert response.status_code == 302
    assert response["Location"] == "/assessment/item/B10/?period=2016"
    assert StatedValue.objects.get().explanation == VALUE["explanation"]
    assert "县委办" in client.get("/assessment/value/B10.listed/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"explanation": ""}, "请填写说明"),
        ({"value": ""}, "请选择取值"),
        ({"to_on": "2016-01-01"}, "止日早于起日"),
        ({"from_on": "五月"}, "写法不认识"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(client_of, officer, small, change, words):
    response = client_of(officer).post("/assessment/value/B10.listed/", {**VALUE, **change})
    told = response.content.decode()
    assert response.status_code == 200
    assert words in told
    assert change.get("explanation", VALUE["explanation"]) in told
    assert not StatedValue.objects.exists()


def test_a_value_that_overlaps_asks_before_it_replaces(client_of, officer, small):
    client = client_of(officer)
    assert "取代重叠" not in client.get("/assessment/value/B10.listed/").content.decode()
    client.post("/assessment/value/B10.listed/", VALUE)
    refused = client.post("/assessment/value/B10.listed/", {**VALUE, "value": "0"})
    assert "与已有取值的日期重叠" in refused.content.decode()
    accepted = client.post("/assessment/value/B10.listed/", {**VALUE, "value": "0", "replacing": "on"})
    assert accepted.status_code == 302
    assert StatedValue.objects.known().get().part_value == 0


def test_a_computed_figure_cannot_be_typed_by_its_address_either(client_of, officer, small):
    response = client_of(officer).get("/assessment/value/B1.rate/")
    assert response.status_code == 409
    assert "不能手填" in response.content.decode()


def test_each_kind_of_value_has_its_fields(see, reference):
    assert "分母" in see("/assessment/value/B15.audit_cover/")
    assert "数目" in see("/assessment/value/B12.merchants/")
    assert "0 到 2.5 分" in see("/assessment/value/B12.platforms/")
    assert "受到党委、政府或上级工会通报批评" in see("/assessment/value/V02/")


# Signing


def test_the_leader_sees_what_will_be_frozen_and_signs_it(client_of, leader, small):
    client = client_of(leader)
    told = client.get("/assessment/sign/", JUNE)
    form = told.context["form"]
    assert "将要冻结" in told.content.decode()
    response = client.post("/assessment/sign/?period=2016&as_of=2016-06-01", form.initial)
    signed = SignedScore.objects.get()
    assert response["Location"] == f"/assessment/signed/{signed.pk}/"
    assert signed.score["total"] == 4
    assert signed.made_by.by_name == "陈主席"


def test_a_score_that_moved_meanwhile_is_shown_again_and_not_signed(client_of, leader, small, joined):
    client = client_of(leader)
    initial = client.get("/assessment/sign/", JUNE).context["form"].initial
    joined["part"] = 10
    response = client.post("/assessment/sign/?period=2016&as_of=2016-06-01", initial)
    assert "分数刚有变化" in response.content.decode()
    assert not SignedScore.objects.exists()


def test_a_form_that_was_tampered_with_signs_nothing(client_of, leader, small):
    response = client_of(leader).post("/assessment/sign/", {"year": "x", "as_of": "2016-06-01", "seen": "y"})
    assert "没有签成" in response.content.decode()
    assert not SignedScore.objects.exists()


def test_only_a_leader_may_sign(client_of, officer, small):
    assert client_of(officer).get("/assessment/sign/").status_code == 403
    assert client_of(officer).post("/assessment/sign/", {}).status_code == 403
    assert "自评签字" not in client_of(officer).get(CARD).content.decode()


def test_signed_stands_beside_live_with_the_difference(see, signed, joined):
    joined["part"] = 10
    told = see(f"/assessment/signed/{signed.pk}/")
    assert "与内容一致" in told
    assert "-4" in told
    assert "签字得分 <strong>4</strong>" in told
    assert "为 0 分" in told
    assert "-4" in see(CARD, **JUNE)


def test_all_that_was_signed_is_listed_and_the_replaced_marked(see, county, small, signed, at):
    again = commands.sign_self_score(
        subject=county, standard=small, year=2016, as_of=date(2016, 5, 1), by=INSTALLER, at=at
    )
    told = see("/assessment/signed/")
    assert f"/assessment/signed/{signed.pk}/" in told
    assert f"/assessment/signed/{again.pk}/" in told
    assert told.count("已重签") == 1
    assert "以最新的为准" in see(f"/assessment/signed/{signed.pk}/")


def test_an_empty_list_of_signed_scores_says_how_one_comes_about(see, small):
    assert "还没有签过字" in see("/assessment/signed/")


# On paper, as a workbook, as a standard


def test_the_printed_self_score_has_heads_explanations_and_places_to_sign(see, small):
    told = see("/assessment/print/", **JUNE)
    for words in ("单位：正定县总工会", "截至：2016-06-01", "签字、盖章", "入会率 60.0%（60/100）", "未签字"):
        assert words in told


def test_the_signed_one_prints_as_it_was_signed(see, signed, joined):
    joined["part"] = 10
    told = see(f"/assessment/signed/{signed.pk}/print/")
    assert "入会率 60.0%（60/100）" in told
    assert signed.digest[:16] in told


def test_the_workbook_holds_every_item_and_says_who_took_it(client_of, officer, small, signed):
    response = client_of(officer).get("/assessment/export/", JUNE)
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert rows[0][:5] == ["序号", "项目", "分值", "预计得分", "自评"]
    assert rows[1][:5] == ["B1", "入会", 4, 4, 4]
    assert "王干事" in rows[-1][0]


def test_a_standard_is_published_from_a_file_and_downloaded_again(client_of, officer, county):
    client = client_of(officer)
    file = SimpleUploadedFile("标准.yaml", SMALL.encode())
    response = client.post("/assessment/standards/publish/", {"file": file}, follow=True)
    assert "已发布“小标准 1”" in response.content.decode()
    held = PublishedStandard.objects.get()
    text = client.get(f"/assessment/standards/{held.pk}/text/")
    assert text.content.decode() == SMALL
    assert "attachment" in text["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b"", "空"),
        (b"a: [", "第 1 行"),
        (SMALL.replace("base_total: 6", "base_total: 7").encode(), "base_total"),
        (b"x" * 900_000, "文件过大"),
    ],
)
def test_a_file_that_is_no_standard_is_refused_beside_the_field(client_of, officer, content, words):
    file = SimpleUploadedFile("标准.yaml", content)
    response = client_of(officer).post("/assessment/standards/publish/", {"file": file})
    assert words in response.content.decode()
    assert not PublishedStandard.objects.exists()


def test_the_reference_template_can_be_downloaded(client_of, officer):
    text = client_of(officer).get("/assessment/standards/shipped/reference/text/").content.decode()
    assert text == library.shipped("reference")


# Who may see what


def test_the_outsider_finds_nothing_of_another_county(client_of, outsider, county, small, signed):
    client = client_of(outsider)
    assert client.get(f"/assessment/signed/{signed.pk}/").status_code == 404
    assert client.get(f"/assessment/signed/{signed.pk}/print/").status_code == 404
    assert client.get(f"/assessment/standards/{small.pk}/text/").status_code == 404
    assert "小标准" not in client.get(CARD, {"county": county.pk}).content.decode()
    assert client.get("/assessment/item/B1/", {"county": county.pk}).status_code == 404
    assert client.post(f"/assessment/value/B10.listed/?county={county.pk}", VALUE).status_code == 404
    assert not StatedValue.objects.exists()


def test_the_inspector_picks_the_county(client_of, inspector, county, neighbour, small):
    client = client_of(inspector)
    assert "小标准" in client.get(CARD, {"county": county.pk}).content.decode()
    assert "还没有考核标准" in client.get(CARD, {"county": neighbour.pk}).content.decode()
    assert f"county={county.pk}" in client.get(CARD, {"county": county.pk}).content.decode()


def test_a_branch_officer_has_no_business_here(client_of, branch_officer, small):
    assert client_of(branch_officer).get(CARD).status_code == 403
