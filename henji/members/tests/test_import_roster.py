"""Taking in rosters: what becomes of each row."""

from datetime import date, datetime, timedelta

import pytest

from henji.evidence.keys import vault
from henji.evidence.models import Trace
from henji.lib.identity import widen
from henji.members import commands, queries
from henji.members.deeds import Deed
from henji.members.jobs import roster
from henji.members.models import Membership, Particulars, Person, StagedMember, Unplaced
from henji.members.tests.rosters import HEADS, number_of
from henji.unions import commands as unions
from henji.work import jobs
from henji.work.models import Job, State, Verdict

LI = ("李会员", number_of(1), "13812345678", "", "2015-03-01")
WANG = ("王会员", number_of(3), "13912345678", "", "2015-04-01")


def counts(job):
    """read, imported, unchanged, rejected, questions."""
    return tuple(job.result[name] for name in ("read", "imported", "unchanged", "rejected", "questions"))


def reason_of(job, row=2):
    """Why the sheet's row came back, and beside which column."""
    staged = StagedMember.objects.get(job=job, number=row)
    assert staged.verdict == Verdict.REJECTED
    return staged.field, staged.reason


def test_new_members_are_taken_in(import_rows, county):
    job = import_rows([LI, WANG])
    assert (job.state, counts(job)) == (State.DONE, (2, 2, 0, 0, 0))
    assert queries.members_counted([county.pk], date(2015, 3, 31)) == {county.pk: 1}
    assert queries.members_counted([county.pk], date(2016, 6, 1)) == {county.pk: 2}


def test_the_same_file_twice_changes_no_row(import_rows, at):
    rows = [LI, WANG, ("赵会员", number_of(5), "", "没有的单位", "", "转出")]
    import_rows(rows)
    before = sorted(Particulars.objects.values_list("pk")), sorted(Membership.objects.values_list("pk"))
    job = import_rows(rows, at=at + timedelta(days=9))
    assert counts(job) == (3, 0, 3, 0, 0)
    assert before == (
        sorted(Particulars.objects.values_list("pk")),
        sorted(Membership.objects.values_list("pk")),
    )


def test_an_import_that_changes_nothing_leaves_a_trace_that_says_so(import_rows, county, at):
    import_rows([LI])
    job = import_rows([LI], at=at + timedelta(days=1))
    trace = Trace.objects.get(pk=job.trace_id)
    told = {
        name: trace.facts[name] for name in ("read", "new", "changed", "unchanged", "rejected", "questions")
    }
    assert (trace.deed, trace.subject_id) == (Deed.ROSTER_IMPORTED, str(county.pk))
    assert told == {"read": 1, "new": 0, "changed": 0, "unchanged": 1, "rejected": 0, "questions": 0}
    assert (trace.rows_count, trace.facts["job"]) == (0, str(job.pk))
    assert job.blob is not None
    assert trace.facts["file"] == job.blob.digest


def test_what_is_told_otherwise_supersedes_and_counts_as_imported(import_rows, at):
    import_rows([LI])
    job = import_rows([("李慧", number_of(1), "13700000000", "", "2015-03-02")], at=at + timedelta(days=1))
    assert (counts(job), job.result["changed"]) == ((1, 1, 0, 0, 0), 1)
    card = queries.card(Person.objects.get())
    assert (card.known.name, card.opened["phone"], card.latest.start_on) == (
        "李慧",
        "13700000000",
        date(2015, 3, 2),
    )
    assert Particulars.objects.count() == Membership.objects.count() == 2


def test_blank_cells_never_erase(import_rows, employ, at):
    employ("常山纺织")
    import_rows([("李会员", number_of(1), "13812345678", "常山纺织", "2015-03-01")])
    job = import_rows([("李会员", number_of(1))], at=at + timedelta(days=1))
    assert counts(job) == (1, 0, 1, 0, 0)


def test_the_same_row_again_does_not_undo_what_was_corrected_by_hand(import_rows, officer, actor, at):
    import_rows([LI])
    person = Person.objects.get()
    card = queries.card(person)
    corrected = {"name": "李会圆", "phone": "13711112222", "employer": None, "start_on": date(2015, 5, 1)}
    later = at + timedelta(hours=1)
    commands.correct_person(
        person=person, seen=card.seen, end_on=None, by=actor(officer), at=later, **corrected
    )
    job = import_rows([LI], at=at + timedelta(days=1))
    assert counts(job) == (1, 0, 1, 0, 0)
    card = queries.card(person)
    assert (card.known.name, card.opened["phone"], card.latest.start_on) == (
        "李会圆",
        "13711112222",
        date(2015, 5, 1),
    )


def test_a_roster_may_name_a_unit_as_it_was_called_before(import_rows, employ, officer, actor, at):
    employer = employ("常山纺织")
    unions.correct_employer(
        employer=employer, seen=employer.made_by_id, name="常山纺织有限公司", by=actor(officer), at=at
    )
    assert import_rows([(*LI[:3], "常山纺织", LI[4])]).result["questions"] == 0
    assert Membership.objects.get().employer == employer


def test_a_closed_union_takes_nobody_in(import_rows, township, officer, actor, at):
    unions.close_union(union=township, closed_on=at.date(), by=actor(officer), at=at)
    assert import_rows([(*LI[:3], "新安镇总工会", LI[4])]).result["questions"] == 1


def test_one_fact_changed_writes_only_that_fact(import_rows, employ, at):
    employ("常山纺织")
    import_rows([LI])
    import_rows([(*LI[:3], "常山纺织", LI[4])], at=at + timedelta(days=1))
    assert (Particulars.objects.count(), Membership.objects.count()) == (1, 2)
    import_rows([(LI[0], LI[1], "13700000000")], at=at + timedelta(days=2))
    assert (Particulars.objects.count(), Membership.objects.count()) == (2, 2)


def test_a_person_named_again_is_unchanged_if_equal_and_rejected_if_different(import_rows):
    again = (" 李会员", f"{number_of(1)[:6]} {number_of(1)[6:]}", "13812345678", "", "2015年3月1日")
    job = import_rows([LI, again, ("李惠员", *LI[1:])])
    assert counts(job) == (3, 1, 1, 1, 0)
    assert reason_of(job, 4) == ("identity", "与第 2 行是同一身份证号，内容不同，请只留一行")


def test_a_row_that_came_back_does_not_stand_in_the_way_of_a_good_one(import_rows):
    job = import_rows([(*LI[:4], "2015-02-30"), LI])
    assert counts(job) == (2, 1, 0, 1, 0)


def test_the_order_of_the_rows_makes_no_difference(import_rows, neighbour, county, employ, outsider, at):
    employ("常山纺织")
    rows = [LI, WANG, ("赵会员", number_of(5), "", "常山纺织", "", "转出", "2016-01-05"), ("", number_of(7))]
    import_rows(rows)
    here = _world(county)
    job = import_rows(list(reversed(rows)), at=at + timedelta(days=1))
    assert counts(job) == (4, 0, 3, 1, 0)
    assert _world(county) == here


def _world(county):
    held = Membership.objects.known().filter(county=county).order_by("start_on", "end_on", "employer")
    return [(row.union_id, row.employer_id, row.start_on, row.end_on) for row in held]


def test_an_employer_is_known_by_its_credit_code_before_its_name(import_rows, employ):
    employer = employ("正定县常山纺织有限公司", credit_code="91130123700000003Y")
    job = import_rows(
        [("李会员", number_of(1), "常山纺织厂", "91130123700000003y")],
        heads=("姓名", "身份证号", "单位名称", "统一社会信用代码"),
    )
    assert counts(job) == (1, 1, 0, 0, 0)
    assert Membership.objects.get().employer == employer


def test_a_name_and_a_code_of_two_employers_are_not_guessed(import_rows, employ):
    employ("甲厂", credit_code="91130123700000003Y")
    employ("乙厂")
    job = import_rows(
        [("李会员", number_of(1), "乙厂", "91130123700000003Y")],
        heads=("姓名", "身份证号", "单位名称", "统一社会信用代码"),
    )
    assert reason_of(job) == ("unit", "单位名称和信用代码不是同一个单位，请核对")


def test_a_unions_name_in_the_place_of_the_employer_is_understood(import_rows, township):
    import_rows([("李会员", number_of(1), "新安镇总工会")], heads=("姓名", "身份证号", "所属工会"))
    held = Membership.objects.get()
    assert (held.union, held.employer, held.unplaced) == (township, None, None)


def test_a_unit_merged_over_several_rows_is_that_of_each_of_them(hand_in, employ):
    unit = employ().name
    rows = [(*LI[:3], unit), WANG[:3], ("赵会员", number_of(5)), ("孙会员", number_of(7))]
    job = hand_in(rows, merged=["D2:D4"])
    jobs.run_here(job)
    remark = "工作单位取自上方的合并单元格"
    staged = StagedMember.objects.filter(job=job).order_by("number")
    assert [row.employer is not None for row in staged] == [True, True, True, False]
    assert [(row.field, row.reason) for row in staged] == [("", ""), *[("unit", remark)] * 2, ("", "")]


def test_an_identity_number_merged_over_two_rows_is_that_of_neither_more(hand_in):
    job = hand_in([LI, ("王会员", ""), WANG], merged=["B2:B3"])
    jobs.run_here(job)
    assert reason_of(job, row=3) == ("identity", "合并单元格只有第一行有内容，请取消合并并填满")
    assert job.result["new"] == 2


def test_an_unknown_employer_is_a_question_and_the_member_the_countys(import_rows, county):
    job = import_rows([(*LI[:3], "没有的 单位", LI[4]), (*WANG[:3], "没有的单位", WANG[4])])
    assert counts(job) == (2, 2, 0, 0, 2)
    assert [(row.name, row.memberships.count()) for row in Unplaced.objects.all()] == [("没有的单位", 2)]
    assert {row.union for row in Membership.objects.all()} == {county}


def test_a_question_is_asked_once(import_rows, at):
    import_rows([(*LI[:3], "没有的单位", LI[4])])
    import_rows([(*WANG[:3], "没有的单位", WANG[4])], at=at + timedelta(days=1))
    assert Unplaced.objects.count() == 1


def test_an_employer_registered_since_is_recognised(import_rows, employ, at):
    rows = [(*LI[:3], "没有的单位", LI[4])]
    import_rows(rows)
    employer = employ("没有的单位")
    job = import_rows(rows, at=at + timedelta(days=1))
    assert counts(job) == (1, 1, 0, 0, 0)
    assert Membership.objects.known().get().employer == employer


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (("", number_of(1)), "name", "没有填写姓名"),
        (("=cmd|' /C calc'!A0", number_of(1)), "name", "姓名不能以"),
        (("李会员", ""), "identity", "没有填写身份证号"),
        (("李会员", number_of(1)[:17] + "A"), "identity", "身份证号"),
        (("李会员", number_of(1, born="19850231")), "identity", "出生日期不存在"),
        (("李会员", 130123198503120012), "identity", "数字格式"),
        (("李会员", number_of(1), "", "", "2015-02-30"), "start_on", "没有这一天"),
        (("李会员", number_of(1), "", "", "", "说不清"), "standing", "会籍状态不认识"),
        (("李会员", number_of(1), "", "", "2015-03-01", "退会", "2014-03-01"), "left_on", "早于入会日期"),
        (("李会员", number_of(1), "", "=1+1|x", "2015-03-01"), "unit", "单位名称"),
        (("李会员", number_of(1), "", "#REF!", "2015-03-01"), "unit", "错误值"),
    ],
)
def test_bad_rows_come_back_with_the_reason_beside_the_cell(import_rows, row, field, words):
    job = import_rows([row, WANG])
    assert counts(job) == (2, 1, 0, 1, 0)
    where, why = reason_of(job)
    assert where == field
    assert words in why
    assert "李" not in why
    assert not any(part in why for part in (number_of(1), number_of(1)[6:14]))


def test_a_bad_birth_date_comes_back_and_a_contradicting_one_is_only_remarked(import_rows):
    heads = ("姓名", "身份证号", "性别", "出生日期")
    job = import_rows(
        [("李会员", number_of(1), "男", "不详"), ("王会员", number_of(3), "女", "1986.3.12")], heads
    )
    assert counts(job) == (2, 1, 0, 1, 0)
    assert reason_of(job)[0] == "birth_on"


def test_what_looks_odd_is_shown_before_somebody_says_yes(hand_in):
    job = hand_in([("王会员", number_of(3), "女", "1986.3.12")], ("姓名", "身份证号", "性别", "出生日期"))
    jobs.run_here(job)
    (remark,) = roster.preview(job).doubtful
    assert (remark.label, remark.reason) == ("性别", "性别与身份证号不符；出生日期与身份证号不符")


def test_only_resident_identity_cards_are_taken(import_rows):
    job = import_rows([("李会员", "护照", number_of(1))], heads=("姓名", "证件类型", "证件号码"))
    assert reason_of(job)[0] == "document"


def test_a_number_held_in_another_county_is_told_no_more(import_rows, enrol, neighbour):
    enrol("赵会员", serial=1, county=neighbour)
    job = import_rows([LI, WANG])
    assert counts(job) == (2, 1, 0, 1, 0)
    assert reason_of(job) == ("identity", "该身份证号已在其他县（区）登记，请到“会籍转移”请求转入")


def test_who_has_left_is_a_member_up_to_the_day_of_change(import_rows, county):
    import_rows([("李会员", number_of(1), "", "", "2015-03-01", "转出", "2016-01-05")])
    assert queries.members_counted([county.pk], date(2016, 1, 4)) == {county.pk: 1}
    assert queries.members_counted([county.pk], date(2016, 1, 5)) == {county.pk: 0}


def test_who_has_left_without_a_day_has_left_on_the_day_of_the_import(import_rows, county, at):
    import_rows([("李会员", number_of(1), "", "", "2015-03-01", "退会")])
    assert Membership.objects.get().end_on == date(2016, 6, 1)
    job = import_rows([("李会员", number_of(1), "", "", "2015-03-01", "退会")], at=at + timedelta(days=3))
    assert counts(job) == (1, 0, 1, 0, 0)


def test_who_has_left_comes_back_only_with_a_later_day(import_rows, at, county):
    import_rows([("李会员", number_of(1), "", "", "2010-03-01", "转出", "2012-01-05")])
    job = import_rows([("李会员", number_of(1), "", "", "2010-03-01", "正常")], at=at + timedelta(days=1))
    assert reason_of(job)[0] == "start_on"
    job = import_rows([("李会员", number_of(1), "", "", "2014-03-01", "正常")], at=at + timedelta(days=2))
    assert counts(job) == (1, 1, 0, 0, 0)
    days = [date(2011, 1, 1), date(2013, 1, 1), date(2015, 1, 1)]
    assert [queries.members_counted([county.pk], day)[county.pk] for day in days] == [1, 0, 1]


def test_every_particular_of_the_roster_is_kept(import_rows):
    heads = ("姓名", "身份证号", "民族", "政治面貌", "学历", "会员编号", "备注")
    import_rows([("李会员", number_of(1), "汉族", "群众", "本科", "ZD00000001", "农民工")], heads)
    told = queries.card(Person.objects.get()).opened
    assert told == {
        "name": "李会员",
        "identity": number_of(1),
        "ethnicity": "01",
        "politics": "13",
        "education": "20",
        "member_number": "ZD00000001",
        "remark": "农民工",
    }


def test_a_real_roster_is_messy(import_rows, county):
    """Title rows, odd heads, full-width digits, a small x, fifteen places, serials, a sum row."""
    fifteen = number_of(9)[:6] + number_of(9)[8:17]
    rows = [
        (None, "正定县会员花名册"),
        ("序号", "会 员 姓 名", "公民身份号码 （必填）", "联系电话", "入会时间"),
        (1, "李\u200b 会员", "".join(chr(ord(c) + 0xFEE0) for c in number_of(1)), 13812345678, "2016.7.8"),
        (2, "王会员", number_of(3).lower(), "", datetime(2015, 4, 1)),  # noqa: DTZ001 - as openpyxl writes days
        (None, None, None, None, None),
        (3, "赵会员", fifteen, "", 42000),
        ("合计", "3 人", None, None, None),
    ]
    job = import_rows(rows[1:], heads=rows[0])
    assert (job.state, counts(job)) == (State.DONE, (3, 3, 0, 0, 0))
    assert set(queries.find_by_identity(county.pk, [widen(fifteen)])) == {number_of(9)}
    days = sorted(Membership.objects.values_list("start_on", flat=True), key=str)
    assert days == [date(2014, 12, 27), date(2015, 4, 1), date(2016, 7, 8)]


def test_a_sheet_without_the_mandatory_columns_is_refused_in_one_sentence(import_rows):
    job = import_rows([("李会员",)], heads=("姓名", "电话"))
    assert job.state == State.FAILED
    assert "身份证号" in job.problem
    assert not Person.objects.exists()


def test_heads_of_the_template_are_understood(import_rows):
    heads = [str(column.label) for column in roster.columns]
    assert len(set(heads)) == len(heads)
    job = import_rows([LI[:2]], heads=heads)
    assert counts(job)[0] == 1
    assert set(HEADS) <= set(heads)
    assert Job.objects.count() == 1


def test_a_month_without_a_day_keeps_nobody_out_and_is_shown(import_rows):
    job = import_rows(
        [("李会员", number_of(1), "", "", "2016.07"), ("王会员", number_of(3), "", "", "2016年7月")]
    )
    assert counts(job) == (2, 2, 0, 0, 0)
    assert set(Membership.objects.known().values_list("start_on", flat=True)) == {None}


@pytest.mark.parametrize("unit", ["张三 13812345678", f"厂办{number_of(1)}", "卡号6222021234567890123"])
def test_a_number_in_the_column_of_units_comes_back(import_rows, unit):
    import_rows([("李会员", number_of(3), "", unit, "")])
    assert not Unplaced.objects.exists()


def test_a_roster_tells_details_by_code_name_or_other_name(import_rows):
    heads = ("姓名", "身份证号", "民族", "政治面貌", "户口类型", "参加工作时间", "劳模")
    import_rows([("李会员", number_of(1), "汉", "1", "农村", "2005.7.1", "否")], heads=heads)
    held = queries.opened(Particulars.objects.select_related("person").get())
    told = {name: held[name] for name in ("ethnicity", "politics", "hukou", "first_work_on", "model_worker")}
    assert told == {
        "ethnicity": "01",
        "politics": "01",
        "hukou": "1",
        "first_work_on": "2005-07-01",
        "model_worker": "0",
    }


def test_an_unknown_word_is_a_doubt_and_kept(hand_in):
    heads = ("姓名", "身份证号", "民族", "参加工作时间")
    job = hand_in([("李会员", number_of(1), "火星族", "2005年")], heads=heads)
    jobs.run_here(job)
    row = StagedMember.objects.get(job=job)
    assert row.verdict == Verdict.NEW
    assert "民族“火星族”不认识，按原文登记" in row.reason
    assert "参加工作日期“2005年”不认识，按原文登记" in row.reason


def test_words_kept_before_there_were_codes_stay_where_they_mean_the_same(enrol, import_rows, at):
    person = enrol()
    held = queries.card(person)
    box = vault().reseal({**held.opened, "ethnicity": "汉族"}, bytes(person.key))
    Particulars.objects.update(box=box)
    import_rows(
        [("李会员", number_of(1), "汉")], heads=("姓名", "身份证号", "民族"), at=at + timedelta(days=1)
    )
    assert queries.card(person).opened["ethnicity"] == "汉族"
    assert Particulars.objects.count() == 1
