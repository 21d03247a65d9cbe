"""导入单位和工会: what becomes of the rows of a list of employers, through the same steps as on the page."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from henji.evidence.models import Trace
from henji.unions import commands, planting
from henji.unions.models import Employer, Level, Union
from henji.web.jobs import employers
from henji.web.models import StagedEmployer
from henji.web.tests.lists import CODE, HEADS, OTHER_CODE, counts, only_reason, tree
from henji.work import jobs
from henji.work.intake import take_in
from henji.work.models import State


def test_employers_bring_their_townships_and_unions(bring):
    job = bring(
        ("常山纺织", CODE, "正定镇", "常山纺织工会", "", "纺织", 120, "2008.5.1"),
        ("恒山机械", "", "正定镇", "", "", "", "", ""),
        ("县医院", "", "", "县医院工会", "", "", "", ""),
    )
    assert counts(job) == (3, 0, 0)
    assert tree() == {
        "正定镇总工会": "正定县总工会",
        "常山纺织工会": "正定镇总工会",
        "县医院工会": "正定县总工会",
    }
    made = Employer.objects.get(name="常山纺织")
    assert (made.credit_code, made.industry, made.workers) == (CODE, "03", 120)
    assert (str(made.township), str(made.union)) == ("正定镇总工会", "常山纺织工会")
    assert Union.objects.get(name="常山纺织工会").founded_on == date(2008, 5, 1)
    assert Employer.objects.get(name="恒山机械").union is None


def test_every_union_has_its_place_in_the_tree(bring, county):
    bring(
        ("甲厂", "", "正定镇", "甲厂工会"), ("乙厂", "", "", "乙厂工会"), ("丙厂", "", "新安镇", "丙厂工会")
    )
    for union in Union.objects.filter(level__in=(Level.TOWNSHIP, Level.PRIMARY)).select_related("parent"):
        assert union.path == f"{union.parent and union.parent.path}{union.pk:06x}"
    assert set(Union.objects.below(county.path)) == set(Union.objects.filter(county=county))


def test_a_township_by_its_own_name_and_by_that_of_its_union_is_one(bring, county, officer, actor, at):
    commands.found_union(
        parent=county, level=Level.TOWNSHIP, name="南牛乡工会联合会", by=actor(officer), at=at
    )
    bring(
        ("甲厂", "", "正定镇"),
        ("乙厂", "", "正定镇总工会"),
        ("丙厂", "", "南牛乡"),
        ("丁厂", "", "正定县"),
        ("戊厂", "", "县直属"),
    )
    assert set(tree()) == {"正定镇总工会", "南牛乡工会联合会"}
    named = dict(Employer.objects.values_list("name", "township__name"))
    assert named == {
        "甲厂": "正定镇总工会",
        "乙厂": "正定镇总工会",
        "丙厂": "南牛乡工会联合会",
        "丁厂": None,
        "戊厂": None,
    }


@pytest.mark.parametrize(
    ("told", "union"),
    [
        ({"是否建会": "是"}, "甲厂工会"),
        ({"是否建会": "已建"}, "甲厂工会"),
        ({"是否建会": "√"}, "甲厂工会"),
        ({"建会日期": "2010年3月8日"}, "甲厂工会"),
        ({"是否建会": "是", "工会名称": "商贸联合工会"}, "商贸联合工会"),
        ({"是否建会": "是", "工会名称": "/"}, "甲厂工会"),
        ({"是否建会": "否"}, None),
        ({"工会名称": "无"}, None),
        ({"是否建会": "否", "工会名称": "未建会"}, None),
        ({}, None),
    ],
)
def test_whether_there_is_a_union_can_be_said_in_several_ways(bring, told, union):
    assert counts(bring([{"单位名称": "甲厂", **told}.get(head, "") for head in HEADS])) == (1, 0, 0)
    assert Employer.objects.values_list("union__name", flat=True).get() == union


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"是否建会": "否", "工会名称": "甲厂工会"}, "union", "写了没有建会，又写了工会名称"),
        ({"是否建会": "是", "工会名称": "未建会"}, "union", "写了没有建会，又写了工会名称"),
        ({"是否建会": "否", "建会日期": "2010-3-8"}, "union", "写了没有建会，又写了工会名称"),
        ({"是否建会": "正在筹建"}, "organised", "请填“是”或“否”"),
        ({"建会日期": "2016-6-2"}, "founded_on", "还没有到"),
        ({"建会日期": "2010年"}, "founded_on", "日期要写到日"),
        ({"信用代码": "91350100M000100Y44"}, "credit_code", "校验位不符"),
        ({"信用代码": "130123000000123"}, "credit_code", "应为 18 位"),
        ({"信用代码": 913501000000000000}, "credit_code", "数字格式"),
        ({"职工数": "约100"}, "workers", "人数要填整数"),
        ({"职工数": "120.5"}, "workers", "人数要填整数"),
        ({"职工数": -3}, "workers", "人数要填整数"),
        ({"职工数": "99999999"}, "workers", "人数要填整数"),
        ({"行业": "业" * 41}, "industry", "最长 40 字"),
        ({"单位名称": ""}, "name", "没有填写单位名称"),
        ({"单位名称": "=cmd|' /C calc'!A0"}, "name", "不能以"),
        ({"工会名称": "@SUM(1)"}, "union", "不能以"),
        ({"单位名称": "厂" * 101}, "name", "最长 100 字"),
        ({"单位名称": "厂" * 99, "是否建会": "是"}, "union", "最长 100 字"),
        ({"所属乡镇": "正定镇", "工会名称": "正定镇总工会"}, "union", "请写单位自己的工会"),
        ({"工会名称": "正定县总工会"}, "union", "请写单位自己的工会"),
    ],
)
def test_a_row_that_cannot_be_taken_comes_back_with_its_reason(bring, told, field, words):
    given = {"单位名称": "甲厂", "行业": "家具", **told}
    job = bring([given.get(head, "") for head in HEADS])
    assert counts(job) == (0, 0, 1)
    column, reason = only_reason(job)
    assert (column, words in reason) == (field, True), reason
    assert not Employer.objects.exists()
    assert tree() == {}


@pytest.mark.parametrize("told", ["120", "120人", "120 人", "120.0", "１２０", 120, 120.0, " 120 ", "0120"])
def test_a_number_of_workers_is_read_however_it_is_written(bring, told):
    bring(("甲厂", told), heads=("单位名称", "职工人数(人)"))
    assert Employer.objects.get().workers == 120


def test_thousands_may_be_parted(bring):
    bring(("甲厂", "1,200人"), ("乙厂", "1，200"), ("丙厂", "/"), heads=("单位名称", "职工数"))
    assert list(Employer.objects.order_by("pk").values_list("workers", flat=True)) == [1200, 1200, None]


def test_names_are_the_same_whatever_spaces_they_have(bring):
    job = bring(
        ("正定县 恒润（集团）有限公司", "正定镇 "), ("正定县恒润(集团)有限公司", "正定 镇"), heads=HEADS[:3:2]
    )
    assert counts(job) == (1, 1, 0)
    assert Employer.objects.get().name == "正定县恒润(集团)有限公司"


def test_title_rows_repeated_heads_empty_rows_and_sum_rows_are_not_read(bring):
    job = bring(
        (1, "甲厂", 10),
        ("", "", ""),
        ("序号", "单位名称", "职工数"),
        (2, "乙厂", 20),
        ("合计", "", 30),
        heads=("序号", "单位名称", "职工数"),
    )
    assert counts(job) == (2, 0, 0)
    assert set(Employer.objects.values_list("name", flat=True)) == {"甲厂", "乙厂"}


def test_a_row_repeated_in_the_file_is_unchanged_where_it_says_nothing_else(bring):
    row = ("甲厂", CODE, "正定镇", "甲厂工会", "", "家具", 120, "")
    assert counts(bring(row, row, ("甲厂",), ("甲厂", CODE))) == (1, 3, 0)
    assert Employer.objects.count() == 1


@pytest.mark.parametrize(
    ("second", "field", "words"),
    [
        (("甲厂", OTHER_CODE), "credit_code", "与第 3 行是同一单位，统一社会信用代码不同"),
        (("甲厂", "", "新安镇"), "township", "与第 3 行是同一单位，所属乡镇不同"),
        (("甲厂", "", "", "乙厂工会"), "union", "与第 3 行是同一单位，工会名称不同"),
        (("甲厂", "", "", "", "否"), "union", "与第 3 行是同一单位，工会名称不同"),
        (("甲厂", "", "", "", "", "", 121), "workers", "与第 3 行是同一单位，职工数不同"),
        (
            ("甲厂", "", "", "", "", "", "", "2010-1-1"),
            "founded_on",
            "“甲厂工会”已有的建会日期是 （没有登记）",
        ),
        (("乙厂", CODE), "credit_code", "与第 3 行的信用代码相同，单位名称不同"),
    ],
)
def test_a_row_repeated_otherwise_comes_back(bring, second, field, words):
    job = bring(("甲厂", CODE, "正定镇", "甲厂工会", "", "家具", 120, ""), second)
    assert counts(job) == (1, 0, 1)
    column, reason = only_reason(job)
    assert (column, words in reason) == (field, True), reason


def test_one_trace_commits_to_all_the_rows(bring, county, officer):
    job = bring(("甲厂", CODE, "正定镇", "甲厂工会"), ("乙厂", "", "正定镇"))
    trace = Trace.objects.get(deed="unions.employers_imported")
    assert (job.trace, trace.subject_id, trace.by_id) == (trace, str(county.pk), officer.pk)
    assert trace.facts == {"employers": 2, "unions": 2, "file": job.blob.digest}
    assert (trace.rows_count, trace.rows_root) == (2, planting.rows_root(trace.pk).root)
    Employer.objects.filter(name="乙厂").update(workers=7)
    assert planting.rows_root(trace.pk).root != trace.rows_root


def test_the_preview_shows_what_would_be_made(staged):
    job = staged(("甲厂", CODE, "正定镇", "", "是", "", "120人", ""), ("乙厂", "坏代码"))
    preview = employers.preview(job)
    assert list(preview.sample) == [("甲厂", CODE, "正定镇总工会", "甲厂工会", 120)]
    ((number, label, reason),) = [(row.number, row.label, row.reason) for row in preview.rejected]
    assert (number, label) == (4, "统一社会信用代码")
    assert "18 位" in reason
    assert not Employer.objects.exists()


def test_a_job_taken_up_again_remembers_the_rows_staged(staged):
    rows = [("甲厂", CODE, "正定镇", "商贸联合工会"), ("乙厂", CODE), ("丙厂", "", "新安镇", "商贸联合工会")]
    job = staged(*rows)
    StagedEmployer.objects.filter(job=job, number__gt=3).delete()  # the worker died after the first row
    job.state = State.QUEUED
    job.save(update_fields=["state"])
    jobs.run_here(job)
    assert (job.result["new"], job.result["rejected"]) == (1, 2)


def test_rows_sent_back_can_be_mended_and_handed_in_again(bring, county, officer, at):
    job = bring(("甲厂", CODE), ("乙厂", "坏代码"))
    back = BytesIO()
    employers.write_rejected(job, back)
    made = openpyxl.load_workbook(back)
    sheet = made.active
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "坏代码")
    cell.value = OTHER_CODE
    mended = BytesIO()
    made.save(mended)
    mended.seek(0)
    again = take_in(
        employers, mended, file_name="退回.xlsx", county=county, asker=officer, post="干事", at=at
    )
    assert counts(again) == (1, 0, 0)
    assert Employer.objects.get(name="乙厂").credit_code == OTHER_CODE


def test_the_template_can_be_handed_in_as_it_is(county, client_of, officer, bring, at):
    page = client_of(officer).get("/work/import/web.employers/template/")
    template = BytesIO(b"".join(page.streaming_content))
    job = take_in(
        employers, template, file_name="模板.xlsx", county=county, asker=officer, post="干事", at=at
    )
    assert job.result["rejected"] == 0


def queries_of(bring, rows):
    with CaptureQueriesContext(connection) as captured:
        assert counts(bring(*rows)) == (len(rows), 0, 0)
    return len(captured)


def test_three_hundred_rows_cost_as_many_queries_as_three(bring, county):
    towns = [f"{name}镇" for name in "甲乙丙丁戊己庚辛壬"]

    def rows(start, count):
        return [
            (f"第{n}厂", "", towns[n % 9], f"第{n}厂工会", "", "家具", n, "2010-1-1")
            for n in range(start, start + count)
        ]

    bring(*rows(0, 1))
    few = queries_of(bring, rows(1000, 3))
    many = queries_of(bring, rows(2000, 300))
    assert many == few
    assert Employer.objects.count() == 304
    assert Union.objects.filter(county=county, level=Level.TOWNSHIP).count() == 9


def test_an_employer_under_its_former_name_is_not_registered_again(bring, officer, actor, at):
    bring(("常山纺织", "", "正定镇"))
    held = Employer.objects.get()
    told = {"name": "常山纺织有限公司", "township": held.township, "by": actor(officer), "at": at}
    commands.correct_employer(employer=held, seen=held.made_by_id, **told)
    job = bring(("常山纺织", "", "正定镇"))
    assert counts(job) == (0, 0, 1)
    assert "单位名称是“常山纺织有限公司”" in only_reason(job)[1]


def test_a_union_that_was_closed_is_not_named_again(bring, officer, actor, at):
    bring(("常山纺织", "", "", "常山纺织工会"))
    union = Union.objects.get(name="常山纺织工会")
    commands.close_union(union=union, closed_on=at.date(), by=actor(officer), at=at)
    assert "已于 2016-06-01 撤销" in only_reason(bring(("恒山机械", "", "", "常山纺织工会")))[1]
