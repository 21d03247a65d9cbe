"""导入单位和工会 with the columns of the organisation record: all of them optional, none typed twice."""

from datetime import date
from decimal import Decimal

import pytest

from henji.unions import recording, records
from henji.unions.models import Employer, OfficeHolder, PastEmployer, Union, UnionRecord
from henji.web.jobs import employers
from henji.web.models import StagedEmployer
from henji.web.tests.lists import counts, only_reason
from henji.work import jobs
from henji.work.models import State, Verdict

PHONE = "13800138000"


@pytest.fixture
def bring_told(bring, staged):
    """Rows told by head, in as many columns as are named; checked only, or also said yes to."""

    def bring_told(*rows, take=True):
        heads = tuple(dict.fromkeys(head for row in rows for head in row))
        cells = [[row.get(head, "") for head in heads] for row in rows]
        return (bring if take else staged)(*cells, heads=heads)

    return bring_told


FULL = {
    "单位名称": "常山纺织",
    "所属乡镇": "正定镇",
    "工会名称": "常山纺织工会",
    "行业": "纺织",
    "单位性质": "私营",
    "地址": "正定镇恒山路 1 号",
    "职工数": "120",
    "女职工": "70",
    "农民工人数": "30",
    "统计日期": "2016.5.31",
    "审批单位": "正定镇总工会",
    "批复日期": "2010.3.1",
    "届次": "第二届",
    "换届日期": "2015-3-1",
    "任期": "5年",
    "职代会": "是",
    "集体合同": "2016-04-01",
    "职工之家": "县模范",
    "上年结余": "1,200.50",
    "工会主席": "赵主席",
    "工会主席电话": PHONE,
    "工会主席专兼职": "兼职",
    "女工主任": "钱主任",
}


def test_a_full_row_fills_the_records_of_employer_and_union(bring_told):
    assert counts(bring_told(FULL)) == (1, 0, 0)
    made = Employer.objects.get()
    assert (made.industry, made.unit_type, made.address) == ("03", "170", "正定镇恒山路 1 号")
    assert (made.women, made.migrants, made.dispatched, made.counted_on) == (70, 30, None, date(2016, 5, 31))
    kept = UnionRecord.objects.get()
    assert records.flat(kept) == {
        "approved_by": "正定镇总工会",
        "approved_on": date(2010, 3, 1),
        "congress": 2,
        "elected_on": date(2015, 3, 1),
        "term_years": 5,
        "carried_yuan": Decimal("1200.50"),
        "has_contract": "2016-04-01",
        "has_congress": "",
        "home_level": "21",
    }
    assert kept.due_on == date(2020, 3, 1)
    held = recording.held_of([made.union_id])[made.union_id]
    assert held.holder("chair") == {"name": "赵主席", "phone": PHONE, "time": "2"}
    assert held.holder("women") == {"name": "钱主任"}


def test_the_same_row_again_changes_nothing(bring_told):
    bring_told(FULL)
    assert counts(bring_told(FULL)) == (0, 1, 0)
    assert (UnionRecord.objects.count(), OfficeHolder.objects.count(), PastEmployer.objects.count()) == (
        1,
        2,
        0,
    )


def test_what_is_open_is_filled_and_shown_before(bring_told):
    bring_told({"单位名称": "常山纺织", "工会名称": "常山纺织工会", "职工数": 120})
    job = bring_told(FULL | {"所属乡镇": ""}, take=False)
    row = StagedEmployer.objects.get(job=job)
    assert row.verdict == Verdict.CHANGED
    (altered,) = employers.altered([row])
    said = {str(change.label): change.after for change in altered.changes}
    assert (said["行业"], said["工会主席电话"]) == ("制造业", "138****8000")


def test_what_is_filled_is_kept_beside_what_was_said_before(bring_told):
    bring_told({"单位名称": "常山纺织", "工会名称": "常山纺织工会", "职工数": 120})
    job = bring_told(FULL | {"所属乡镇": ""})
    assert counts(job) == (1, 0, 0)
    assert (PastEmployer.objects.get().unit_type, Employer.objects.get().unit_type) == ("", "170")
    assert (job.trace.facts["filled"], job.trace.facts["records"]) == (1, 1)


def test_a_row_that_says_less_of_an_officer_takes_nothing_away(bring_told):
    bring_told(FULL)
    more = {"工会主席": "赵主席", "工会主席电话": "", "工会主席专兼职": "", "工会主席级别": "副科"}
    assert counts(bring_told(FULL | more)) == (1, 0, 0)
    union = Union.objects.get(name="常山纺织工会").pk
    assert recording.held_of([union])[union].holder("chair")["phone"] == PHONE


def test_what_stands_is_not_changed(bring_told):
    bring_told(FULL)
    assert only_reason(bring_told(FULL | {"地址": "别处"}))[0] == "address"
    assert only_reason(bring_told(FULL | {"审批单位": "县总工会"}))[0] == "approved_by"
    assert only_reason(bring_told(FULL | {"工会主席电话": "13900139000"}))[0] == "chair_phone"


def test_numbers_of_people_of_a_later_day_take_the_place_of_older_ones(bring_told):
    bring_told(FULL)
    assert only_reason(bring_told(FULL | {"职工数": "130"}))[0] == "workers"
    assert counts(bring_told(FULL | {"职工数": "130", "统计日期": "2016-06-01"})) == (1, 0, 0)
    assert (Employer.objects.get().workers, PastEmployer.objects.get().workers) == (130, 120)


def test_an_unknown_word_is_a_doubt_and_kept_as_it_is(bring_told):
    told = {"单位名称": "甲厂", "行业": "养龙", "单位性质": "私营"}
    row = StagedEmployer.objects.get(job=bring_told(told, take=False))
    assert (row.field, row.reason) == ("industry", "行业“养龙”不在代码表里，按原文登记")
    assert counts(bring_told(told)) == (1, 0, 0)
    assert (Employer.objects.get().industry, Employer.objects.get().unit_type) == ("养龙", "170")


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"审批单位": "县总工会"}, "union", "没有写工会名称"),
        ({"职工数": "10", "女职工": "11"}, "workers", "女职工数多于职工数"),
        ({"统计日期": "2030-1-1"}, "counted_on", "还没有到"),
        ({"工会名称": "甲厂工会", "工会信用代码": "91350100M000100Y43"}, "union_code", "以 81 或 89 开头"),
        ({"工会名称": "甲厂工会", "批复日期": "2030-1-1"}, "founded_on", "还没有到"),
        ({"工会名称": "甲厂工会", "届次": "好几届"}, "congress", "整数"),
        ({"工会名称": "甲厂工会", "集体合同": "在谈"}, "has_contract", "写“是”"),
        ({"地址": "电话13800138000"}, "address", "像有电话"),
    ],
)
def test_what_cannot_be_comes_back(bring_told, told, field, words):
    column, reason = only_reason(bring_told({"单位名称": "甲厂", **told}))
    assert (column, words in reason) == (field, True), reason


def test_two_rows_of_one_union_fit_together_or_come_back(bring_told):
    joint = {"工会名称": "商贸联合工会", "审批单位": "正定镇总工会"}
    job = bring_told(
        {"单位名称": "甲店", **joint, "届次": ""},
        {"单位名称": "乙店", **joint, "届次": "2"},
        {"单位名称": "丙店", **joint, "审批单位": "县总工会"},
    )
    assert counts(job) == (2, 0, 1)
    assert only_reason(job) == ("approved_by", "第 3 行也写了这个工会，审批单位不同，请核对")
    assert records.flat(UnionRecord.objects.get()) == {"approved_by": "正定镇总工会", "congress": 2}


def test_no_officer_lies_in_clear_while_a_list_waits(bring_told):
    bring_told(FULL, take=False)
    (row,) = StagedEmployer.objects.values()
    assert row["box"]
    assert not any(word in str(row) or word.encode() in bytes(row["box"]) for word in (PHONE, "赵主席"))


def test_a_union_described_meanwhile_stops_the_import(bring_told, county, officer, actor, at):
    bring_told({"单位名称": "常山纺织", "工会名称": "常山纺织工会"})
    job = bring_told(FULL | {"所属乡镇": ""}, take=False)
    union = Union.objects.get(name="常山纺织工会")
    trace = Employer.objects.get().made_by_id
    recording.write([recording.Telling(union.pk, county.pk, {"approved_by": "别人"})], trace=trace, at=at)
    jobs.say_yes(job, asker=officer, post="干事")
    jobs.run_here(job)
    assert job.state == State.FAILED
    assert "请重新检查" in job.problem
