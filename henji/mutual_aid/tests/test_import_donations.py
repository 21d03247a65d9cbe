"""导入捐款名册: every line is money; who gave it is found, or asked; what is bad comes back."""

from datetime import date
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.members.jobs import roster
from henji.members.tests.rosters import number_of, workbook_of
from henji.mutual_aid import commands, promotion
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation, Giver, StagedDonation
from henji.mutual_aid.tests.books import back, collected, counts, givers, two_sheets
from henji.work.intake import take_in
from henji.work.models import Job

MILL = "常山纺织"


# -- who gave -----------------------------------------------------------------------------------------


def test_the_identity_number_says_who_gave(take, enrol):
    li, namesake = enrol("李会员", 1), enrol("李会员", 2)
    job = take(("李会员", number_of(2), MILL, 50, "2016-11-20", ""))
    assert counts(job) == (1, 0, 0, 0, 1)
    assert givers() == [(Giver.MEMBER, namesake.pk, "", Decimal(50))]
    assert li.pk != namesake.pk


def test_a_name_unique_in_its_unit_says_who_gave(take, enrol, employ):
    here = enrol("李会员", 1)
    enrol("李会员", 2, employer=employ("恒山机械"))
    assert counts(take(("李 会员", "", MILL, 50, "", ""))) == (1, 0, 0, 0, 1)
    assert givers()[0][:2] == (Giver.MEMBER, here.pk)


def test_two_namesakes_in_a_unit_are_a_question_and_both_count_as_collected(take, enrol, drive):
    enrol("李会员", 1)
    enrol("李会员", 2)
    job = take(("李会员", "", MILL, 50, "", ""), ("李会员", "", MILL, 50, "", ""))
    assert counts(job) == (2, 0, 0, 2, 0)
    assert collected(drive) == 100


def test_a_name_is_looked_for_among_the_members_of_the_counting_day(take, enrol):
    enrol("李会员", 1, start_on=date(2017, 1, 2))
    assert counts(take(("李会员", "", MILL, 50, "", ""))) == (1, 0, 0, 1, 0)


def test_a_name_without_a_unit_is_a_question(take, enrol):
    enrol("李会员", 1)
    assert counts(take(("李会员", "", "", 50, "", ""))) == (1, 0, 0, 1, 0)


def test_a_book_of_one_unit_may_leave_the_unit_to_be_chosen_once(take, enrol, mill):
    enrol("李会员", 1)
    job = take(("李会员", 50), heads=("姓名", "金额"), employer=mill)
    assert counts(job) == (1, 0, 0, 0, 1)
    assert Donation.objects.get().employer == mill


def test_a_name_is_found_in_a_unit_that_the_records_do_not_hold(take, county, officer, at):
    """A roster gave the unit's name; nobody has said yet which employer is meant."""
    source = workbook_of([("李会员", number_of(1), "", "无名小厂", "2015-03-01", "", "")])
    take_in(roster, source, file_name="花名册.xlsx", county=county, asker=officer, post="", at=at)
    assert counts(take(("李会员", "", "无名小厂", 50, "", ""))) == (1, 0, 0, 0, 1)
    gift = Donation.objects.get()
    assert (gift.employer, gift.named_unit) == (None, "无名小厂")


def test_somebody_who_is_no_member_is_a_question(take):
    assert counts(take(("外来人", number_of(9), MILL, 50, "", ""))) == (1, 0, 0, 1, 0)
    assert givers() == [(Giver.UNKNOWN, None, "外来人", Decimal(50))]


@pytest.mark.parametrize("name", ["", "集体", "单位捐款", "匿名", MILL])
def test_money_without_a_person_is_collected_and_no_question(take, drive, mill, name):
    assert counts(take((name, "", MILL, 5000, "", ""))) == (1, 0, 0, 0, 0)
    assert givers() == [(Giver.GROUP, None, "", Decimal(5000))]
    assert collected(drive) == 5000


def test_a_person_twice_in_a_book_gave_twice(take, enrol, drive):
    enrol("李会员", 1)
    job = take(("李会员", number_of(1), MILL, 50, "", ""), ("李会员", number_of(1), MILL, 80, "", ""))
    assert counts(job) == (2, 0, 0, 0, 2)
    assert collected(drive) == 130


def test_lines_that_say_the_same_are_as_many_gifts(take, enrol, drive):
    enrol("李会员", 1)
    line = ("李会员", number_of(1), MILL, 50, "", "")
    assert counts(take(line, line, line)) == (3, 0, 0, 0, 3)
    assert counts(take(line, line, line)) == (0, 3, 0, 0, 3)
    assert collected(drive) == 150


# -- rows that come back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("李会员", 130123198503120016, MILL, 50, "", ""), "identity"),  # Excel lost its last digits
        (("李会员", number_of(1)[:-1] + "A", MILL, 50, "", ""), "identity"),
        (("李会员", number_of(1), MILL, "", "", ""), "amount"),
        (("李会员", number_of(1), MILL, "五十", "", ""), "amount"),
        (("李会员", number_of(1), MILL, -50, "", ""), "amount"),
        (("李会员", number_of(1), MILL, 50.005, "", ""), "amount"),
        (("=cmd|' /C calc'!A0", number_of(1), MILL, 50, "", ""), "name"),
        (("李会员", number_of(1), MILL, 50, "2017-02-30", ""), "given_on"),
        (("李会员", number_of(1), MILL, 50, "2017-03-01", ""), "given_on"),  # not yet
        (("李会员", number_of(1), MILL, 50, "", "收" * 41), "receipt"),
        (("李会员", number_of(1), "厂" * 101, 50, "", ""), "unit"),
        (("", "", "", 550, "", ""), "name"),  # a sum without a word
    ],
)
def test_a_bad_row_comes_back_and_the_good_one_goes_in(take, drive, row, field):
    job = take(row, ("集体", "", MILL, 500, "", ""))
    assert counts(job) == (1, 0, 1, 0, 0)
    assert [(number, column) for number, column, _reason in back(job)] == [(2, field)]
    assert collected(drive) == 500


def test_a_reason_repeats_neither_name_nor_number(take, enrol):
    enrol("李会员", 1)
    take(("李会员", number_of(1), MILL, 50, "", ""))
    job = take(
        ("李会员", number_of(1), MILL, 80, "", ""),
        ("李会员", number_of(2)[:-1] + "A", MILL, 50, "", ""),
        ("50", "李会员", MILL, number_of(1), "李会员", ""),
    )
    assert counts(job)[2] == 3
    for _number, _field, reason in back(job):
        assert "李会员" not in reason
        assert number_of(1)[:6] not in reason
    kept = StagedDonation.objects.filter(job=job).values_list("named", "named_unit", "person", "gift_key")
    assert set(kept) == {("", "", None, "")}


def test_a_sum_row_is_not_money(take, drive):
    job = take(("李会员", "", MILL, 50, "", ""), ("合计", "", "", 50, "", ""))
    assert job.result["read"] == 1
    assert collected(drive) == 50


def test_a_row_that_was_mended_goes_in_alone(take, drive):
    job = take(("集体", "", MILL, 500, "", ""), ("外来人", "", MILL, "五十", "", ""))
    assert counts(job) == (1, 0, 1, 0, 0)
    assert counts(take(("外来人", "", MILL, 50, "", ""))) == (1, 0, 0, 1, 0)
    assert collected(drive) == 550


def test_a_day_outside_the_drive_and_a_person_twice_are_shown_but_kept(check, enrol):
    enrol("李会员", 1)
    line = ("李会员", number_of(1), MILL, 50, "2016-11-20", "")
    job = check(line, line, ("集体", "", MILL, 500, "2015-11-20", ""))
    preview = donations.preview(job)
    assert [(row.number, row.reason) for row in preview.doubtful] == [
        (3, "和第 2 行是同一人，日期、收据号也相同，按两笔计"),
        (4, "捐款日期不在募集期内"),
    ]
    assert preview.sample[0] == (2, "会员", "李会员", MILL, "¥50.00", "2016-11-20")


# -- the deed -----------------------------------------------------------------------------------------


def test_the_trace_commits_to_the_gifts_and_names_nobody(take, whole):
    job = take(*whole)
    trace = Trace.objects.get(pk=job.trace_id)
    assert trace.rows_count == 6
    assert promotion.rows_root(trace.pk).root == trace.rows_root
    assert trace.facts["matched"] == 2
    assert not {"李会员", "外来人"} & set(map(str, trace.facts.values()))


def test_every_gift_knows_the_row_that_it_came_from(take, whole):
    take(*whole)
    assert sorted(Donation.objects.values_list("source_row", flat=True)) == [2, 3, 4, 5, 6, 7]


def test_the_staged_rows_are_gone_when_the_deed_is_done(take, whole):
    job = take(*whole, ("李会员", "", MILL, "五十", "", ""))
    assert list(StagedDonation.objects.values_list("verdict", flat=True)) == ["rejected"]
    assert Job.objects.get().pk == job.pk


def test_a_book_checked_before_another_was_taken_in_must_be_checked_again(drive, take, enrol, check, confirm):
    enrol("李会员", 1)
    line = ("李会员", number_of(1), MILL, 50, "", "")
    job = check(line)
    take(line)
    confirm(job)
    assert job.state == "failed"
    assert job.problem == "检查之后数据有变动，请重新检查"
    assert collected(drive) == 50


def test_a_book_checked_before_the_gift_was_written_by_hand_must_be_checked_again(
    drive, give, enrol, check, confirm
):
    li = enrol("李会员", 1)
    job = check(("李会员", "", MILL, 50, "", ""))
    give(li)
    confirm(job)
    assert job.state == "failed"
    assert collected(drive) == 50


def test_a_book_that_names_a_giver_somebody_else_has_named_must_be_checked_again(
    take, enrol, check, confirm, signed
):
    line = ("李会员", number_of(1), MILL, 50, "", "")
    take(line)
    li = enrol("李会员", 1)
    job = check(line)
    commands.name_donor(donation=Donation.objects.get(), person=li, **signed)
    confirm(job)
    assert job.state == "failed"
    assert Donation.objects.known().get().person == li


def test_another_countys_members_are_nobodys_here(take, neighbour, enrol):
    enrol("李会员", 1, county=neighbour, employer=None)
    assert counts(take(("李会员", number_of(1), MILL, 50, "", ""))) == (1, 0, 0, 1, 0)


def test_a_sheet_that_was_not_read_is_told_of(take):
    job = take(source=two_sheets())
    assert job.result["read"] == 1
    assert job.remark == "只读了工作表“一厂”。“二厂”也有同样的表头，请另存成单独的文件再交"
