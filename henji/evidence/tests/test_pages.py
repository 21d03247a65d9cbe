"""Keeping papers and reading traces, as people meet them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.evidence import blobs, commands
from henji.evidence.commands import Draft
from henji.evidence.guessing import guess
from henji.evidence.models import Paper, PaperFile, Trace
from henji.evidence.tests.papers import PDF, PNG, pdf, photo

PAPERS, KEEP, BACKLOG = "/evidence/papers/", "/evidence/papers/keep/", "/evidence/papers/backlog/"
TRACES = "/evidence/traces/"
NOTICE = "2016-05-08 关于开展职工互助一日捐的通知.pdf"
HTMX = {"HX-Request": "true"}


def scan(name=NOTICE, content=PDF):
    return SimpleUploadedFile(name, content)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def officers_page(client_of, officer):
    return client_of(officer)


@pytest.fixture
def paper(county, officer, actor, at):
    return commands.keep_paper(
        county=county,
        kind="minutes",
        on=date(2016, 5, 3),
        title="主席办公会纪要",
        number="正工纪〔2016〕3号",
        files=[pdf("纪要"), photo("现场")],
        about=["mutual_aid.drive:7"],
        by=actor(officer),
        at=at,
    )


# Keeping


@pytest.mark.parametrize(
    ("name", "on", "kind", "title", "number"),
    [
        (NOTICE, date(2016, 5, 8), "official_document", "关于开展职工互助一日捐的通知", ""),
        ("2016年5月3日主席办公会纪要.docx", date(2016, 5, 3), "minutes", "主席办公会纪要", ""),
        ("正工字〔2016〕5号 关于换届的批复.pdf", None, "approval", "关于换届的批复", "正工字〔2016〕5号"),
        ("20160630_花名册.xlsx", date(2016, 6, 30), "roll", "花名册", ""),
        ("IMG_20160708_101112.jpg", date(2016, 7, 8), "photo", "照片", ""),
        ("20161399 扫描.pdf", None, "", "20161399 扫描", ""),
        (".pdf", None, "", "pdf", ""),
    ],
)
def test_a_files_name_tells_what_it_can(name, on, kind, title, number):
    told = guess(name)
    assert (told.on, told.kind, told.title, told.number) == (on, kind, title, number)


def test_a_scan_is_filed_with_its_day_and_kind_alone(officers_page):
    sent = {"attached": scan(), "kind": "official_document", "on": "2016-05-08"}
    response = officers_page.post(KEEP, sent)
    paper = Paper.objects.get()
    assert response.url == f"{PAPERS}{paper.pk}/"
    assert paper.title == "关于开展职工互助一日捐的通知"
    assert "已存档" in text_of(officers_page.get(response.url))


def test_choosing_a_file_fills_in_what_nobody_typed(officers_page):
    typed = {"name": NOTICE, "title": "我起的标题"}
    filled = text_of(officers_page.post(KEEP + "guess/", typed))
    assert 'value="2016-05-08"' in filled
    assert 'value="我起的标题"' in filled
    assert 'value="official_document" selected' in filled


def test_choosing_another_file_replaces_what_the_first_told(officers_page):
    first = guess("20150101 旧名单.pdf")
    typed = {"name": NOTICE, "guessed_from": "20150101 旧名单.pdf", "title": first.title, "on": "2015-01-01"}
    filled = text_of(officers_page.post(KEEP + "guess/", typed))
    assert 'value="2016-05-08"' in filled
    assert "旧名单" not in filled


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on": "2116-05-08"}, "还没有到"),
        ({"on": "二月三十"}, "日期"),
        ({"kind": ""}, "请选择种类"),
        ({"attached": scan("木马.pdf", b"MZ")}, "内容不是 pdf 文件"),
        ({"attached": scan("程序.exe", b"MZ")}, "类型不收"),
        ({"attached": scan("空.pdf", b"")}, "是空文件"),
        ({"attached": ""}, "请选择文件"),
        ({"about": ["assessment.item:Z99"]}, "Z99"),
    ],
)
def test_a_refused_paper_keeps_what_was_typed_and_says_why(officers_page, change, words):
    sent = {"attached": scan(), "kind": "minutes", "on": "2016-05-08", "title": "五月例会", **change}
    response = officers_page.post(KEEP, sent)
    assert response.status_code == 200
    assert words in text_of(response)
    assert 'value="五月例会"' in text_of(response)
    assert not Paper.objects.exists()


def test_with_htmx_only_the_fields_come_back_so_the_files_stay_chosen(officers_page):
    response = officers_page.post(KEEP, {"attached": scan(), "on": "2016-05-08"}, headers=HTMX)
    assert "请选择种类" in text_of(response)
    assert 'type="file"' not in text_of(response)
    sent = {"attached": scan(), "on": "2016-05-08", "kind": "minutes"}
    assert officers_page.post(KEEP, sent, headers=HTMX).headers["HX-Redirect"].startswith(PAPERS)


def test_a_file_that_is_too_large_is_told_in_words(officers_page, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    sent = {"kind": "minutes", "on": "2016-05-08", "attached": scan(content=PDF + bytes(3 * 1024 * 1024))}
    response = officers_page.post(KEEP, sent)
    assert "文件超过 1 MB" in text_of(response)
    told = officers_page.post(KEEP + "guess/", {"name": NOTICE, "size": str(2 * 1024 * 1024)})
    assert "文件超过 1 MB" in text_of(told)


def test_a_backlog_is_filed_a_paper_a_file_and_marked(officers_page):
    names = ["20150103 名单.pdf", "扫描.pdf"]
    rows = text_of(officers_page.post(BACKLOG + "rows/", {"name": names}))
    assert 'value="2015-01-03"' in rows
    sent = {
        "attached": [scan(name) for name in names],
        "row-TOTAL_FORMS": "2",
        "row-INITIAL_FORMS": "2",
        "row-0-name": names[0],
        "row-0-on": "2015-01-03",
        "row-0-kind": "roll",
        "row-0-title": "名单",
        "row-1-name": names[1],
        "row-1-on": "2015-02-01",
        "row-1-kind": "ledger",
        "row-1-title": "台账",
    }
    assert officers_page.post(BACKLOG, sent).url == PAPERS + "?late=yes"
    assert list(Paper.objects.order_by("on").values_list("title", "late")) == [("名单", True), ("台账", True)]
    assert Trace.objects.filter(deed="evidence.backlog_kept").count() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"row-0-on": ""}, "请填写文件日期"),
        ({"row-0-name": "别的.pdf"}, "文件和清单对不上"),
        ({"row-0-on": "2116-01-01"}, "还没有到"),
    ],
)
def test_a_backlog_with_a_bad_row_files_nothing(officers_page, row, words):
    sent = {
        "attached": [scan("甲.pdf")],
        "row-TOTAL_FORMS": "1",
        "row-INITIAL_FORMS": "1",
        "row-0-name": "甲.pdf",
        "row-0-on": "2015-01-03",
        "row-0-kind": "roll",
        "row-0-title": "名单",
        **row,
    }
    assert words in text_of(officers_page.post(BACKLOG, sent))
    assert not Paper.objects.exists()


# Reading


def test_a_paper_tells_what_it_is_what_it_proves_and_what_happened(officers_page, paper):
    told = text_of(officers_page.get(f"{PAPERS}{paper.pk}/"))
    for words in (
        "主席办公会纪要",
        "正工纪〔2016〕3号",
        "会议纪要、记录、签到",
        "mutual_aid.drive:7",
        "文件存档",
    ):
        assert words in told


def test_a_paper_of_a_backlog_also_shows_the_deed_that_kept_it(officers_page, county, officer, actor, at):
    drafts = [Draft("roll", date(2015, 1, day), f"名单{day}", [pdf(str(day))]) for day in (1, 2)]
    _first, second = commands.keep_backlog(county=county, drafts=drafts, by=actor(officer), at=at)
    told = text_of(officers_page.get(f"{PAPERS}{second.pk}/"))
    assert "补录存档" in told


def test_a_file_comes_back_as_it_went_in_and_can_do_nothing_here(officers_page, paper):
    first, second = PaperFile.objects.filter(paper=paper).order_by("position")
    response = officers_page.get(f"/evidence/files/{first.pk}/")
    assert b"".join(response.streaming_content) == PDF + "纪要".encode()
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    shown = officers_page.get(f"/evidence/files/{second.pk}/?show")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Security-Policy"].endswith("sandbox")
    assert b"".join(shown.streaming_content) == PNG + "现场".encode()


def test_a_destroyed_file_is_gone_and_its_paper_says_so(officers_page, paper):
    file = PaperFile.objects.select_related("blob").get(paper=paper, position=1)
    blobs.destroy(file.blob)
    assert officers_page.get(f"/evidence/files/{file.pk}/").status_code == 404
    assert "已销毁" in text_of(officers_page.get(f"{PAPERS}{paper.pk}/"))


def test_the_list_of_papers_is_searched_and_filtered(officers_page, paper):
    for query in (
        {"q": "办公会"},
        {"q": "〔2016〕3号"},
        {"kind": "minutes"},
        {"year": "2016"},
        {"late": "no"},
    ):
        assert "主席办公会纪要" in text_of(officers_page.get(PAPERS, query))
    for query in ({"q": "别的"}, {"kind": "photo"}, {"late": "yes"}):
        assert "主席办公会纪要" not in text_of(officers_page.get(PAPERS, query))


def test_the_list_of_papers_leaves_as_a_workbook(officers_page, paper):
    assert officers_page.get(PAPERS, {"export": "xlsx"}).headers["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("path", [PAPERS, TRACES])
def test_thirty_rows_cost_as_many_queries_as_one(officers_page, county, officer, actor, at, path):
    def keep(number):
        commands.keep_paper(
            county=county,
            kind="roll",
            on=date(2016, 5, 1),
            title=str(number),
            files=[pdf(str(number))],
            by=actor(officer),
            at=at,
        )

    keep(0)
    officers_page.get(path)
    with CaptureQueriesContext(connection) as one:
        officers_page.get(path)
    for number in range(30):
        keep(number)
    with CaptureQueriesContext(connection) as many:
        officers_page.get(path)
    assert len(many) == len(one)


# Traces


def test_a_trace_tells_who_did_what_when_and_that_the_files_are_unchanged(officers_page, paper):
    told = text_of(officers_page.get(f"{TRACES}{paper.kept_by_id}/"))
    for words in (
        "文件存档",
        "2016-05-03",
        "2016-06-01 09:00",
        "王干事（干事）",
        "会议纪要、记录、签到",
        "通知.pdf",
    ):
        assert words in told
    assert told.count("未改动") == 2


def test_a_trace_shows_that_a_file_was_tampered_with(officers_page, paper):
    file = PaperFile.objects.select_related("blob").get(paper=paper, position=1)
    blobs.path_of(file.blob).write_bytes(b"something else")
    told = text_of(officers_page.get(f"{TRACES}{paper.kept_by_id}/"))
    assert told.count("已改动或遗失") == 1


def test_traces_are_filtered_by_deed_person_and_days(officers_page, paper):
    kept = "evidence.paper_kept"
    for query in (
        {"deed": kept},
        {"q": "王干"},
        {"since": "2016-06-01"},
        {"until": "2016-06-01", "deed": kept},
    ):
        assert str(paper.kept_by_id) in text_of(officers_page.get(TRACES, query))
    for query in (
        {"deed": "evidence.words_erased"},
        {"q": "李"},
        {"since": "2016-06-02"},
        {"until": "2016-05-31"},
    ):
        assert str(paper.kept_by_id) not in text_of(officers_page.get(TRACES, query))


# Who may not


def test_the_outsider_finds_nothing(client_of, outsider, paper):
    client, file = client_of(outsider), PaperFile.objects.get(paper=paper, position=1)
    for path in (f"{PAPERS}{paper.pk}/", f"/evidence/files/{file.pk}/", f"{TRACES}{paper.kept_by_id}/"):
        assert client.get(path).status_code == 404
    assert "主席办公会纪要" not in text_of(client.get(PAPERS))
    assert str(paper.kept_by_id) not in text_of(client.get(TRACES))


def test_an_inspector_of_the_city_reads_papers_of_the_county(client_of, inspector, paper):
    assert client_of(inspector).get(f"{PAPERS}{paper.pk}/").status_code == 200


def test_who_may_only_read_keeps_nothing(client_of, auditor, branch_officer, paper):
    assert client_of(auditor).post(KEEP, {}).status_code == 403
    assert client_of(branch_officer).get(PAPERS).status_code == 403
