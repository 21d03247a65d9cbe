"""导入单位和工会 where employers and unions stand already: nothing that is registered changes in silence."""

import pytest

from henji.unions import commands
from henji.unions.models import Employer, Level, Union
from henji.web.tests.lists import CODE, OTHER_CODE, counts, only_reason, tree
from henji.work import jobs
from henji.work.models import State


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        (("甲厂", OTHER_CODE), "credit_code", f"统一社会信用代码是“{CODE}”，与表里不同"),
        (("甲厂", "", "新安镇"), "township", "所属乡镇是“正定镇总工会”，与表里不同"),
        (("甲厂", "", "", "乙厂工会"), "union", "工会名称是“甲厂工会”，与表里不同"),
        (("甲厂", "", "", "", "否"), "union", "工会名称是“甲厂工会”，与表里不同"),
        (("甲厂", "", "", "", "", "", 121), "workers", "职工数是“120”，与表里不同"),
        (("甲厂", "", "", "", "", "", "", "2010-1-1"), "founded_on", "建会日期是 2008-05-01"),
        (("乙厂", CODE), "credit_code", "该信用代码已登记给“甲厂”"),
        (("丙厂", "", "", "正定镇总工会"), "union", "“正定镇总工会”是乡镇（街道）工会，请写单位自己的工会"),
    ],
)
def test_a_registered_employer_is_never_changed_in_silence(bring, told, field, words):
    bring(("甲厂", CODE, "正定镇", "甲厂工会", "", "", 120, "2008-5-1"))
    before = list(Employer.objects.values()), list(Union.objects.values())
    job = bring(told)
    assert counts(job) == (0, 0, 1)
    column, reason = only_reason(job)
    assert (column, words in reason) == (field, True), reason
    assert (list(Employer.objects.values()), list(Union.objects.values())) == before


def test_a_township_that_differs_is_told_for_an_employer_without_a_union(bring):
    bring(("甲厂", "", "正定镇"))
    assert only_reason(bring(("甲厂", "", "新安镇")))[0] == "township"
    assert set(tree()) == {"正定镇总工会"}


def test_what_a_row_leaves_empty_says_nothing_against_the_record(bring):
    bring(("甲厂", CODE, "正定镇", "甲厂工会", "", "家具", 120, "2008-5-1"))
    assert counts(bring(("甲厂",), ("甲厂", "", "", "", "是"), ("甲厂", CODE.lower()))) == (0, 3, 0)


def test_the_union_held_is_meant_where_only_said_to_be_there(bring):
    bring(("甲厂", "", "正定镇", "商贸联合工会"))
    assert counts(bring(("甲厂", "", "正定镇", "", "是"))) == (0, 1, 0)


def test_an_employer_registered_by_hand_is_known(bring, county, township, officer, actor, at):
    union = commands.found_union(
        parent=township, level=Level.PRIMARY, name="甲厂工会", by=actor(officer), at=at
    )
    commands.register_employer(county=county, name="甲厂", union=union, by=actor(officer), at=at)
    assert counts(bring(("甲厂", "", "新安镇", "甲厂工会"), ("甲厂",))) == (0, 2, 0)


def test_a_union_of_another_branch_is_not_taken_for_ones_own(bring):
    bring(("甲厂", "", "正定镇", "商贸联合工会"))
    job = bring(
        ("乙厂", "", "新安镇", "商贸联合工会"), ("丙厂", "", "", "商贸联合工会"), ("丁厂", "", "新安镇")
    )
    assert counts(job) == (2, 0, 1)
    assert only_reason(job) == ("union", "“商贸联合工会”在正定镇总工会之下，不在新安镇总工会，请核对")
    assert tree() == {
        "正定镇总工会": "正定县总工会",
        "商贸联合工会": "正定镇总工会",
        "新安镇总工会": "正定县总工会",
    }
    assert Employer.objects.get(name="丙厂").township == Union.objects.get(name="正定镇总工会")


def test_a_rejected_row_founds_nothing(bring):
    bring(("甲厂", CODE))
    bring(("乙厂", CODE, "新安镇", "乙厂工会"))
    assert tree() == {}


def test_a_name_that_is_no_townships_is_refused_as_one(bring):
    bring(("甲厂", "", "正定镇", "商贸总工会"))
    job = bring(("乙厂", "", "商贸"))
    assert only_reason(job) == ("township", "“商贸总工会”是基层工会，不是乡镇（街道）工会")


def test_a_union_right_below_the_county_may_lie_in_a_township(bring):
    bring(("县医院", "", "", "县医院工会"))
    assert counts(bring(("县医院门诊部", "", "正定镇", "县医院工会"))) == (1, 0, 0)
    assert tree()["县医院工会"] == "正定县总工会"


def test_the_same_file_twice_changes_nothing_but_leaves_its_trace(bring):
    rows = [
        ("甲厂", CODE, "正定镇", "商贸联合工会", "是", "家具", "120人", "2008.5.1"),
        ("乙厂", "", "", "商贸联合工会", "", "", "", ""),
        ("丙厂", "", "新安镇", "", "否", "", "", ""),
        ("丁厂", "", "", "", "是", "", "", ""),
        ("甲厂", OTHER_CODE, "", "", "", "", "", ""),
    ]
    assert counts(bring(*rows)) == (4, 0, 1)
    before = list(Employer.objects.values()), list(Union.objects.values())
    job = bring(*rows)
    assert counts(job) == (0, 4, 1)
    assert (list(Employer.objects.values()), list(Union.objects.values())) == before
    assert job.trace.facts["employers"] == job.trace.facts["unions"] == 0


def test_an_employer_registered_meanwhile_stops_the_import(staged, county, officer, actor, at):
    job = staged(("甲厂", "", "正定镇"), ("乙厂",))
    commands.register_employer(county=county, name="乙厂", by=actor(officer), at=at)
    jobs.say_yes(job, asker=officer, post="干事")
    jobs.run_here(job)
    assert job.state == State.FAILED
    assert "请重新检查" in job.problem
    assert Employer.objects.count() == 1
    assert tree() == {}
