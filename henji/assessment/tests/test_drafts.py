"""标准草稿: begun, saved, published or thrown away; a draft counts nowhere until it is published."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from henji.assessment import commands, faults, library, queries
from henji.assessment.models import PublishedStandard, StandardDraft
from henji.assessment.reading import LONGEST, StandardUnsound
from henji.assessment.rules import DraftMoved, DraftTooLong, StandardChanged
from henji.assessment.sheets import layout, writing
from henji.assessment.tests.conftest import SMALL
from henji.evidence import traces
from henji.evidence.addresses import page_of
from henji.lib.actors import INSTALLER


@pytest.fixture
def draft(county, at):
    return commands.begin_draft(publisher=county, text=SMALL, by=INSTALLER, at=at)


def _save(draft, text, at, seen=""):
    return commands.save_draft(draft=draft, text=text, seen=seen or draft.digest, by=INSTALLER, at=at)


def _publish(draft, at):
    return commands.publish_draft(draft=draft, seen=draft.digest, by=INSTALLER, at=at)


def test_a_draft_is_called_by_the_name_in_its_text(draft):
    assert draft.name == "小标准 1"


def test_a_draft_scores_nobody(county, draft):
    assert queries.published(county) is None


def test_an_unsound_text_is_kept_as_a_draft_all_the_same(draft, at):
    assert _save(draft, "name: 没写完\nitems: [", at).name == "没写完"


def test_a_text_without_a_name_has_one_to_be_called_by(draft, at):
    assert _save(draft, "code: x", at).name == "未命名的标准"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(draft, at):
    _save(draft, SMALL.replace("小标准", "王干事的"), at + timedelta(minutes=1))
    with pytest.raises(DraftMoved, match="没有存"):
        _save(draft, SMALL.replace("小标准", "李干事的"), at + timedelta(minutes=2))
    assert StandardDraft.objects.get().name == "王干事的 1"


def test_a_text_longer_than_any_standard_is_refused(county, draft, at):
    with pytest.raises(DraftTooLong):
        _save(draft, "x" * (LONGEST + 1), at)
    with pytest.raises(DraftTooLong):
        commands.begin_draft(publisher=county, text="x" * (LONGEST + 1), by=INSTALLER, at=at)


def test_a_published_draft_is_a_version_and_no_draft(county, draft, at):
    held = _publish(draft, at)
    assert queries.published(county) == held
    assert held.body == SMALL
    assert not StandardDraft.objects.exists()


def test_an_unsound_draft_is_not_published(draft, at):
    broken = _save(draft, SMALL.replace("base_total: 6", "base_total: 7"), at)
    with pytest.raises(StandardUnsound, match="base_total"):
        _publish(broken, at)
    assert StandardDraft.objects.exists()
    assert not PublishedStandard.objects.exists()


def test_a_draft_of_a_published_version_needs_a_version_of_its_own(county, draft, at):
    commands.publish_standard(publisher=county, text=SMALL.replace("测试用", "已发布"), by=INSTALLER, at=at)
    with pytest.raises(StandardChanged, match="换一个版本号"):
        _publish(draft, at)


def test_a_draft_that_moved_is_neither_published_nor_thrown_away(draft, at):
    _save(draft, SMALL.replace("小标准", "新名"), at)
    with pytest.raises(DraftMoved):
        _publish(draft, at)
    with pytest.raises(DraftMoved):
        commands.discard_draft(draft=draft, seen=draft.digest, by=INSTALLER, at=at)


def test_a_discarded_draft_is_gone_and_its_deeds_stay(draft, at):
    key = str(draft.pk)
    _save(draft, SMALL.replace("小标准", "新名"), at + timedelta(minutes=1))
    held = StandardDraft.objects.get()
    commands.discard_draft(draft=held, seen=held.digest, by=INSTALLER, at=at + timedelta(minutes=2))
    assert not StandardDraft.objects.exists()
    told = traces.all_traces().about("assessment.standarddraft", key).order_by("at")
    assert [trace.deed for trace in told] == [
        "assessment.draft_saved",
        "assessment.draft_saved",
        "assessment.draft_discarded",
    ]


def test_its_deeds_lead_to_the_draft_as_long_as_there_is_one(draft, at):
    there = page_of("assessment.standarddraft", str(draft.pk))
    assert there == _page(draft)
    key = str(draft.pk)
    commands.discard_draft(draft=draft, seen=draft.digest, by=INSTALLER, at=at)
    assert page_of("assessment.standarddraft", key) == ""


# What is wrong, line by line


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("base_total: 6", "base_total: 多", 7, "base_total：须为数字"),
        ("minimum: 0.5}", "minimum: 50}", 25, "B1.rate.rule.minimum：门槛须为"),
        ("kind: minutes, number: 2", "kind: minute, number: 2", 39, "B10.held.evidence[1].kind：只能是"),
        ("kind: base\n    name: 会议", "kind: base\n   name: 会议", 31, "不合 YAML 格式"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(before, after, line, words):
    assert before in SMALL
    (fault,) = faults.faults_of(SMALL.replace(before, after))
    assert words in fault.words
    assert fault.line == line
    assert (line, SMALL.replace(before, after).splitlines()[line - 1]) in fault.lines


def test_a_sound_text_has_no_faults():
    assert faults.faults_of(SMALL) == []


def test_what_belongs_to_no_line_is_told_of_the_whole():
    (fault,) = faults.faults_of(SMALL.replace("base_total: 6", "base_total: 7"))
    assert (fault.line, fault.lines) == (0, ())


# Pages


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def _page(draft):
    return reverse("assessment:draft", args=[draft.pk])


def _source(draft):
    return reverse("assessment:draft_source", args=[draft.pk])


def test_a_draft_is_begun_from_what_came_with_the_system(browser, county):
    browser.post(reverse("assessment:begin_draft"), {"shipped": "township"})
    held = StandardDraft.objects.get()
    assert held.body == library.shipped("township")
    assert held.publisher == county
    page = browser.get(_page(held)).content.decode()
    assert "没有错误" in page
    assert "每次 2.5 分，最多 10 分" in page


def test_a_draft_is_begun_from_a_published_version(browser, small):
    browser.post(reverse("assessment:begin_draft"), {"published": small.pk})
    assert StandardDraft.objects.get().body == small.body


@pytest.mark.parametrize("source", [{"shipped": "nothing"}, {"shipped": "../x"}, {"published": "999"}])
def test_nothing_is_begun_from_nothing(browser, county, source):
    assert browser.post(reverse("assessment:begin_draft"), source).status_code == 404
    assert not StandardDraft.objects.exists()


def test_the_page_shows_what_is_wrong_beside_its_line(browser, draft):
    broken = SMALL.replace("minimum: 0.5}", "minimum: 50}").replace("\n", "\r\n")
    browser.post(_source(draft), {"text": broken, "seen": draft.digest})
    assert "有 1 处要改" in browser.get(_page(draft)).content.decode()
    page = browser.get(_source(draft)).content.decode()
    assert "25 │ " in page
    assert "\r" not in StandardDraft.objects.get().body


def test_a_workbook_takes_the_place_of_the_text(browser, draft):
    stream = io.BytesIO()
    writing.write(library.read(library.shipped("meilong")), stream)
    file = SimpleUploadedFile("改好的.xlsx", stream.getvalue())
    browser.post(_source(draft), {"text": draft.body, "seen": draft.digest, "file": file})
    assert StandardDraft.objects.get().standard == library.read(library.shipped("meilong"))


def test_each_wrong_cell_is_told_on_the_page_and_nothing_is_saved(browser, draft):
    stream = io.BytesIO()
    writing.write(draft.standard, stream)
    book = openpyxl.load_workbook(stream)
    book[layout.PARTS]["D2"], book[layout.GRADES]["B2"] = "四", "六"
    bad = io.BytesIO()
    book.save(bad)
    file = SimpleUploadedFile("改坏的.xlsx", bad.getvalue())
    page = browser.post(_source(draft), {"text": draft.body, "seen": draft.digest, "file": file})
    assert "“项目与评分点”第 2 行“项目分值”：须为数字" in page.content.decode()
    assert "“等次”第 2 行“分数线”：须为数字" in page.content.decode()
    assert StandardDraft.objects.get().digest == draft.digest


def test_what_was_typed_stays_when_the_draft_has_moved(browser, draft, at):
    _save(draft, SMALL.replace("小标准", "别人的"), at)
    page = browser.post(_source(draft), {"text": SMALL.replace("小标准", "我的"), "seen": draft.digest})
    assert "草稿刚被别人保存过" in page.content.decode()
    assert "name: 我的" in page.content.decode()


def test_the_draft_is_published_from_its_page(browser, draft, county):
    browser.post(reverse("assessment:publish_draft", args=[draft.pk]), {"seen": draft.digest})
    assert queries.published(county).digest == draft.digest


def test_a_refused_publishing_leads_back_to_the_draft(browser, draft, at):
    held = _save(draft, "code: x", at)
    there = reverse("assessment:publish_draft", args=[held.pk])
    page = browser.post(there, {"seen": held.digest}, follow=True)
    assert "没有填写" in page.content.decode()
    assert StandardDraft.objects.exists()


def test_the_draft_is_thrown_away_from_its_page(browser, draft):
    browser.post(reverse("assessment:discard_draft", args=[draft.pk]), {"seen": draft.digest})
    assert not StandardDraft.objects.exists()


def test_an_unsound_draft_has_no_workbook(browser, draft, at):
    _save(draft, "code: x", at)
    assert browser.get(reverse("assessment:draft_workbook", args=[draft.pk])).status_code == 404


def test_who_only_reads_sees_no_drafts(client_of, auditor, draft):
    assert draft.name not in client_of(auditor).get(reverse("assessment:standards")).content.decode()
    assert client_of(auditor).get(_page(draft)).status_code == 403


def test_the_neighbour_finds_no_draft(client_of, outsider, draft):
    assert client_of(outsider).get(_page(draft)).status_code == 404


# Handing a standard in


def _hand_in(browser, name, content):
    return browser.post(reverse("assessment:publish"), {"file": SimpleUploadedFile(name, content)})


def test_a_workbook_is_published_as_the_standard_that_it_holds(browser, county):
    stream = io.BytesIO()
    writing.write(library.read(library.shipped("reference")), stream)
    assert _hand_in(browser, "上级标准.xlsx", stream.getvalue()).status_code == 302
    assert queries.published(county).standard == library.read(library.shipped("reference"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("通知.xlsx", b"%PDF-1.7 renamed", "PDF"),
        ("空.xlsx", b"", "空"),
        ("坏.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("乱码.yaml", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_file_that_is_no_standard_is_refused_in_words(browser, county, name, content, words):
    page = _hand_in(browser, name, content)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not PublishedStandard.objects.exists()


def test_the_template_is_the_newest_standard_published(browser, county, small):
    page = browser.get(reverse("assessment:publish")).content.decode()
    assert reverse("assessment:standard_workbook", args=[small.pk]) in page


def test_without_a_standard_the_template_is_the_reference(browser, county):
    page = browser.get(reverse("assessment:publish")).content.decode()
    assert reverse("assessment:shipped_workbook", args=["reference"]) in page


def test_the_citys_inspector_publishes_for_the_city(client_of, inspector, city, county):
    stream = io.BytesIO()
    writing.write(library.read(library.shipped("reference")), stream)
    browser = client_of(inspector)
    assert _hand_in(browser, "市级标准.xlsx", stream.getvalue()).status_code == 302
    assert PublishedStandard.objects.get().publisher == city
    assert queries.published(county).publisher == city


def test_what_the_city_adopts_scores_its_counties(client_of, inspector, city, county):
    client_of(inspector).post(reverse("assessment:adopt"))
    assert queries.published(county).publisher == city


def test_the_city_does_not_see_what_a_county_is_still_writing(client_of, inspector, draft):
    assert client_of(inspector).get(_page(draft)).status_code == 404
    assert draft.name not in client_of(inspector).get(reverse("assessment:standards")).content.decode()
