"""交表的四步, as an officer walks them, and who else may look."""

from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from henji.lib.sheets import XLSX_TYPE
from henji.lib.spreadsheet import open_book
from henji.lib.tests.books import as_csv, as_xls
from henji.lib.xlsx_package import MIB, Limits
from henji.members import commands as members
from henji.members.tests.rosters import number_of
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.books import book, two_sheets
from henji.work import jobs
from henji.work.models import Job, State

HAND_IN = reverse("work:hand_in", args=["mutual_aid.donations"])
POLL = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def officers(client_of, officer):
    """王干事's browser."""
    return client_of(officer)


def page_of(job, name="job"):
    return reverse(f"work:{name}", args=[job.pk])


def text(response):
    return response.content.decode()


def workbook(*rows, name="捐款名册.xlsx"):
    return SimpleUploadedFile(name, book(*rows).getvalue())


# -- handing in ---------------------------------------------------------------------------------------


def test_a_workbook_is_handed_in_and_its_page_opens(officers, drive):
    answer = officers.post(HAND_IN, {"file": workbook(("集体", "", "甲厂", 50, "", "")), "drive": drive.pk})
    job = Job.objects.get()
    assert answer["Location"] == page_of(job)
    assert (job.state, job.file_name, job.params) == (
        State.QUEUED,
        "捐款名册.xlsx",
        {"drive": drive.pk, "employer": None},
    )
    assert "排队中" in text(officers.get(page_of(job)))


def test_the_address_may_name_the_drive(officers, drive):
    form = officers.get(f"{HAND_IN}?drive={drive.pk}").context["params"]
    assert form.initial["drive"] == str(drive.pk)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("名册.xlsx", b"%PDF-1.7 and so on"), "不是 Excel"),
        (SimpleUploadedFile("名册.xlsx", b""), "空文件"),
        (None, "请选择Excel 表格"),
    ],
)
def test_what_is_no_workbook_is_refused_beside_the_field_and_makes_no_job(officers, drive, file, words):
    answer = officers.post(HAND_IN, {"drive": drive.pk} | ({"file": file} if file else {}))
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors["file"])
    assert not Job.objects.exists()


def test_what_may_be_handed_in_is_what_this_installation_can_take(officers, drive, settings):
    settings.UPLOAD_LIMIT = 200 * MIB
    assert "不超过 200 MB" in text(officers.get(HAND_IN))
    settings.IMPORT_LIMITS = Limits(file_bytes=100)
    answer = officers.post(HAND_IN, {"file": workbook(("集体", "", "甲厂", 50, "", "")), "drive": drive.pk})
    assert "文件超过" in str(answer.context["form"].errors["file"])


def test_a_drive_of_another_county_cannot_be_chosen(client_of, outsider, drive):
    answer = client_of(outsider).post(
        HAND_IN, {"file": workbook(("集体", "", "甲厂", 50, "", "")), "drive": drive.pk}
    )
    assert "drive" in answer.context["params"].errors
    assert not Job.objects.exists()


def test_a_template_can_be_handed_in_again_as_it_is(officers, drive):
    template = officers.get(reverse("work:template", args=["mutual_aid.donations"]))
    content = b"".join(template)
    with open_book(BytesIO(content)) as opened:
        assert opened.sheets == ("填写", "说明")
    file = SimpleUploadedFile("模板.xlsx", content)
    officers.post(HAND_IN, {"file": file, "drive": drive.pk})
    job = Job.objects.get()
    jobs.run_here(job)
    assert (job.state, job.result["read"]) == (State.READY, 0)


@pytest.mark.parametrize(
    ("written", "kept_as"), [(as_csv, "text/csv"), (as_xls, "application/vnd.ms-excel"), (None, XLSX_TYPE)]
)
def test_every_format_goes_in_and_what_comes_back_is_xlsx(officers, drive, written, kept_as):
    lines = book(("集体", "", "甲厂", 50, "", ""), ("乙", "", "乙厂", "五十", "", ""))
    file = SimpleUploadedFile("名册.xls.csv", (written(lines) if written else lines).getvalue())
    officers.post(HAND_IN, {"file": file, "drive": drive.pk})
    job = Job.objects.get()
    jobs.run_here(job)
    assert (job.state, job.result["imported"], job.result["rejected"]) == (State.READY, 1, 1), job.problem
    assert job.blob.media_type == kept_as
    back = officers.post(page_of(job, "rejected"), {"reason": "退回修改"})
    assert "名册.xls.xlsx" in unquote(back["Content-Disposition"])
    with open_book(BytesIO(b"".join(back))) as opened:
        assert [row.cells[0] for row in opened.rows("退回")][1:] == ["乙"]


@pytest.mark.parametrize("kind", ["mutual_aid.nothing", "nowhere.donations", "work.enqueue"])
def test_a_kind_that_is_none_is_not_found(officers, kind):
    assert officers.get(f"/work/import/{kind}/").status_code == 404


# -- looking, confirming, cancelling ------------------------------------------------------------------


def test_while_it_works_the_page_asks_again_and_then_opens_anew(officers, hand_in):
    job = hand_in()
    assert 'hx-trigger="every 2s"' in text(officers.get(page_of(job)))
    fragment = officers.get(page_of(job), **POLL)
    assert "<html" not in text(fragment)
    assert "<progress" not in text(fragment)  # nobody knows yet how many rows there are
    jobs.run_here(job)
    over = officers.get(page_of(job), **POLL)
    assert (over["HX-Refresh"], text(over)) == ("true", "")


def test_a_running_job_says_how_many_rows_were_read(officers, hand_in):
    job = hand_in()
    Job.objects.update(state=State.RUNNING, done=2000)
    assert "已读 2,000 行" in text(officers.get(page_of(job), **POLL))


def test_what_would_be_done_is_shown_before_anybody_says_yes(officers, ready):
    job = ready(source=book(("集体", "", "甲厂", 50, "2015-12-01", ""), ("乙", "", "乙厂", "五十", "", "")))
    page = officers.get(page_of(job))
    assert [(row.number, row.label) for row in page.context["preview"].rejected] == [(3, "捐款金额")]
    for words in ("将导入", "捐款日期不在募集期内", "下载退回表", "确认导入"):
        assert words in text(page)
    assert not Donation.objects.exists()


def test_a_sheet_that_was_not_read_is_told_of(officers, ready):
    assert "“二厂”也有同样的表头" in text(officers.get(page_of(ready(source=two_sheets()))))


def test_confirming_wakes_a_worker_and_confirming_again_only_says_so(officers, ready):
    job = ready()
    for _click in range(2):
        assert officers.post(page_of(job, "confirm"))["Location"] == page_of(job)
    page = text(officers.get(page_of(job)))
    assert "这次导入排队中，不用再确认" in page
    job.refresh_from_db()
    assert (job.state, job.step) == (State.QUEUED, "promote")


def test_a_job_is_cancelled_from_its_page(officers, ready):
    job = ready()
    officers.post(page_of(job, "cancel"))
    assert "已取消，没有改动任何数据。" in text(officers.get(page_of(job)))


def test_what_is_done_says_so_and_cannot_be_cancelled(officers, done):
    job = done()
    officers.post(page_of(job, "cancel"))
    page = text(officers.get(page_of(job)))
    assert "取消时已经导入完了" in page
    assert "已完成。" in page
    assert reverse("evidence:trace", args=[job.trace_id]) in page


def test_a_failed_job_says_why_and_can_be_checked_again(officers, hand_in):
    job = hand_in(source=book(("李会员",), heads=("姓名",)))
    jobs.run_here(job)
    assert "缺少必需的列：捐款金额" in text(officers.get(page_of(job)))
    officers.post(page_of(job, "again"))
    job.refresh_from_db()
    assert job.state == State.QUEUED
    officers.post(page_of(job, "again"))
    assert "不用重新检查" in text(officers.get(page_of(job)))


# -- what comes back ----------------------------------------------------------------------------------


def test_the_bad_rows_come_back_with_their_reasons_and_go_in_when_they_are_mended(officers, done, drive):
    job = done(
        source=book(
            ("甲", "", "甲厂", 50, "", ""), ("乙", number_of(1), "乙厂", "五十", "", ""), title="一日捐名册"
        )
    )
    content = b"".join(officers.post(page_of(job, "rejected"), {"reason": "退回修改"}))
    with open_book(BytesIO(content)) as opened:
        rows = [row.cells for row in opened.rows(opened.sheets[0])]
    assert rows[0][0] == "一日捐名册"
    assert rows[1][-2:] == ["原因", "原行号"]
    (row,) = rows[2:]
    assert row[:4] == ["乙", number_of(1), "乙厂", "五十"]
    assert row[-2:] == ["这里不是金额，请只填数字", 4]


def test_where_nothing_came_back_there_is_no_workbook(officers, done):
    assert officers.get(page_of(done(), "rejected")).status_code == 404


# -- who may look -------------------------------------------------------------------------------------


def test_another_countys_job_is_not_found(client_of, outsider, ready):
    job = ready()
    page = client_of(outsider)
    for name in ("job", "rejected"):
        assert page.get(page_of(job, name)).status_code == 404
    for name in ("confirm", "cancel", "again"):
        assert page.post(page_of(job, name)).status_code == 404
    assert page.get(reverse("work:jobs")).context["listing"].total == 0
    job.refresh_from_db()
    assert job.state == State.READY


def test_a_job_that_is_not_there_is_not_found(officers, county):
    assert officers.get(reverse("work:job", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("who", ["administrator", "leader", "auditor"])
def test_whoever_may_not_import_sees_counts_and_no_names(client_of, request, ready, who):
    job = ready(source=book(("捐款人", "", "甲厂", 50, "", ""), ("乙", "", "乙厂", "五十", "", "")))
    page = client_of(request.getfixturevalue(who))
    shown = text(page.get(page_of(job)))
    assert "将导入" in shown
    assert "捐款人" not in shown.replace("待确认捐款人", "")
    assert "确认导入" not in shown
    assert page.get(page_of(job, "rejected")).status_code == 403
    assert page.post(page_of(job, "confirm")).status_code == 403
    assert page.get(HAND_IN).status_code == 403


def test_the_list_of_jobs_costs_the_same_for_one_and_for_thirty(officers, hand_in):
    hand_in()
    url = reverse("work:jobs")

    def cost():
        officers.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert officers.get(url).status_code == 200
        return len(asked)

    one = cost()
    for _n in range(30):
        hand_in(1)
    assert cost() == one
    assert officers.get(url, {"q": "没有"}).context["listing"].total == 0
    assert "导入捐款名册" in text(officers.get(url))


def test_the_file_itself_lies_closed(officers, ready, settings, county, officer, actor, at):
    """Neither the database nor the blob store holds an identity number in the clear."""
    members.enrol(county=county, name="李会员", identity=number_of(1), by=actor(officer), at=at)
    ready(source=book(("李会员", number_of(1), "甲厂", 50, "", "")))
    stored = b"".join(path.read_bytes() for path in settings.BLOBS.rglob("*") if path.is_file())
    assert stored
    assert b"xl/worksheets" not in stored
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mutual_aid_stageddonation")
        assert number_of(1) not in repr(cursor.fetchall())
