"""同一本名册再来一次, and other books that share its lines: no yuan is lost and none counted twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands
from henji.mutual_aid.jobs import donations
from henji.mutual_aid.models import Donation, Giver
from henji.mutual_aid.tests.books import back, collected, counts, givers

MILL = "常山纺织"


# -- the same book again ------------------------------------------------------------------------------


def test_the_same_book_again_changes_nothing(take, whole, drive):
    assert counts(take(*whole)) == (6, 0, 0, 3, 2)
    before = list(Donation.objects.order_by("pk").values())
    assert counts(take(*whole)) == (0, 6, 0, 0, 2)
    assert list(Donation.objects.order_by("pk").values()) == before
    assert collected(drive) == Decimal("720.50")


def test_the_same_book_in_another_order_is_the_same_book(take, whole, drive):
    take(*whole)
    assert counts(take(*reversed(whole))) == (0, 6, 0, 0, 2)
    assert collected(drive) == Decimal("720.50")


def test_an_import_that_changes_nothing_leaves_a_trace_that_says_so(take, whole):
    take(*whole)
    job = take(*whole)
    trace = Trace.objects.get(pk=job.trace_id)
    assert (trace.facts["imported"], trace.facts["unchanged"], trace.rows_count) == (0, 6, 0)


def test_a_book_without_dates_is_the_same_book_on_another_day(take, enrol, open_drive, at):
    """While the drive still collects, the day of the import stands for the day that nobody wrote."""
    enrol("李会员", 1)
    still = open_drive(2017, collects_from=date(2017, 1, 1), collects_to=date(2017, 3, 31))
    line = ("李会员", number_of(1), MILL, 50, "", "")
    assert counts(take(line, into=still)) == (1, 0, 0, 0, 1)
    gift = Donation.objects.get()
    assert (gift.given_on, gift.dated) == (date(2017, 1, 6), False)
    assert counts(take(line, into=still, when=at + timedelta(days=9))) == (0, 1, 0, 0, 1)


def test_a_day_that_is_not_written_is_the_last_of_a_drive_that_has_ended(take):
    take(("集体", "", MILL, 500, "", ""))
    assert Donation.objects.get().given_on == date(2016, 12, 31)


def test_a_corrected_gift_stays_corrected_when_its_book_comes_again(take, whole, drive, signed):
    take(*whole)
    gift = Donation.objects.get(amount_yuan=50)
    told = {"amount_yuan": Decimal(5), "given_on": date(2016, 12, 1), "receipt": "B2", "reason": "抄错"}
    commands.correct_donation(donation=gift, **told, **signed)
    assert counts(take(*whole)) == (0, 6, 0, 0, 2)
    assert collected(drive) == Decimal("675.50")


def test_a_withdrawn_gift_stays_withdrawn_when_its_book_comes_again(take, whole, drive, signed):
    take(*whole)
    commands.withdraw_donation(donation=Donation.objects.get(amount_yuan=50), reason="重复", **signed)
    assert counts(take(*whole)) == (0, 6, 0, 0, 2)
    assert collected(drive) == Decimal("670.50")


def test_a_donor_named_by_hand_stays_named_when_the_book_comes_again(take, whole, enrol, drive, signed):
    take(*whole)
    stranger = Donation.objects.get(named="外来人")
    named = enrol("外来人", 9)
    commands.name_donor(donation=stranger, person=named, **signed)
    assert counts(take(*whole)) == (0, 6, 0, 0, 2)
    assert collected(drive) == Decimal("720.50")
    assert Donation.objects.known().get(line=stranger.line).person == named


def test_the_same_book_after_the_roster_names_those_who_were_not_known(take, enrol, drive):
    rows = [("李会员", number_of(1), MILL, 50, "", ""), ("王会员", "", MILL, 30, "", "")]
    assert counts(take(*rows)) == (2, 0, 0, 2, 0)
    li, wang = enrol("李会员", 1), enrol("王会员", 2)
    job = take(*rows)
    assert counts(job) == (2, 0, 0, 0, 2)
    assert (job.result["new"], job.result["changed"]) == (0, 2)
    assert givers() == [(Giver.MEMBER, li.pk, "", Decimal(50)), (Giver.MEMBER, wang.pk, "", Decimal(30))]
    assert collected(drive) == 80
    assert counts(take(*rows)) == (0, 2, 0, 0, 2)


def test_the_preview_shows_whom_a_book_names_before_and_after(take, check, enrol):
    lines = ("李会员", "", MILL, 50, "2016-11-20", ""), ("", number_of(2), "", 30, "2016-11-21", "")
    take(*lines)
    enrol("李会员", 1)
    enrol("王会员", 2)
    told = [
        (row.number, row.name, [(str(c.label), c.before, c.after) for c in row.changes])
        for row in donations.preview(check(*lines)).altered
    ]
    assert told == [
        (2, "¥50.00，2016-11-20", [("捐款人", "待确认（李会员）", "李会员")]),
        (3, "¥30.00，2016-11-21", [("捐款人", "待确认", "王会员")]),
    ]


def test_naming_by_a_book_keeps_what_was_corrected(take, enrol, drive, signed):
    row = ("李会员", number_of(1), MILL, 50, "", "")
    take(row)
    told = {"amount_yuan": Decimal(5), "given_on": date(2016, 12, 1), "receipt": "", "reason": "抄错"}
    commands.correct_donation(donation=Donation.objects.get(), **told, **signed)
    li = enrol("李会员", 1)
    take(row)
    gift = Donation.objects.known().get()
    assert (gift.person, gift.amount_yuan, gift.given_on, gift.dated) == (li, 5, date(2016, 12, 1), True)


def test_who_was_said_to_be_no_member_is_not_named_by_the_book(take, enrol, signed):
    row = ("李会员", number_of(1), MILL, 50, "", "")
    take(row)
    commands.name_donor(donation=Donation.objects.get(), person=None, **signed)
    enrol("李会员", 1)
    assert counts(take(row)) == (0, 1, 0, 0, 1)
    assert Donation.objects.known().get().giver == Giver.OTHER


def test_a_namesake_who_joins_later_does_not_double_the_gift(take, enrol, drive):
    enrol("李会员", 1)
    row = ("李会员", "", MILL, 50, "", "")
    take(row)
    enrol("李会员", 2)
    assert counts(take(row)) == (0, 1, 0, 0, 0)
    assert collected(drive) == 50


# -- other books --------------------------------------------------------------------------------------


def test_books_that_overlap_count_what_they_share_once(take, enrol, drive):
    for serial, name in enumerate(("李会员", "王会员", "赵会员"), 1):
        enrol(name, serial)
    li, wang, zhao = (
        (name, number_of(serial), MILL, 50, "", "")
        for serial, name in enumerate(("李会员", "王会员", "赵会员"), 1)
    )
    assert counts(take(li, wang)) == (2, 0, 0, 0, 2)
    assert counts(take(wang, zhao)) == (1, 1, 0, 0, 2)
    assert collected(drive) == 150


def test_the_unit_beside_an_identity_number_makes_no_other_gift(take, enrol, drive):
    enrol("李会员", 1)
    take(("李会员", number_of(1), MILL, 50, "", ""))
    assert counts(take(("李会员", number_of(1), "总厂", 50, "", ""))) == (0, 1, 0, 0, 1)


@pytest.mark.parametrize(
    "other",
    [
        ("李会员", number_of(1), MILL, 80, "", ""),  # another amount
        ("李会员", "", MILL, 50, "", ""),  # by name and not by number
        ("李会员", number_of(1), MILL, 50, "", "A7"),  # a receipt where there was none
        ("李会员", number_of(1), MILL, 50, "2016-11-20", ""),  # a day where there was none
    ],
)
def test_what_cannot_be_told_apart_comes_back_and_is_neither_lost_nor_doubled(take, enrol, drive, other):
    enrol("李会员", 1)
    take(("李会员", number_of(1), MILL, 50, "", ""))
    job = take(other)
    assert counts(job) == (0, 0, 1, 0, 0)
    assert back(job)[0][1] == "amount"
    assert "¥50.00（2016-12-31）" in back(job)[0][2]
    assert collected(drive) == 50


@pytest.mark.parametrize(("day", "receipt"), [("2016-11-21", "A1"), ("2016-11-20", "A2")])
def test_another_day_or_receipt_is_another_gift(take, enrol, drive, day, receipt):
    enrol("李会员", 1)
    take(("李会员", number_of(1), MILL, 50, "2016-11-20", "A1"))
    assert counts(take(("李会员", number_of(1), MILL, 50, day, receipt))) == (1, 0, 0, 0, 1)
    assert collected(drive) == 100


def test_a_gift_written_down_by_hand_is_not_doubled_by_a_book(take, give, enrol, drive):
    give(enrol("李会员", 1))
    job = take(("李会员", number_of(1), MILL, 50, "", ""))
    assert counts(job) == (0, 0, 1, 0, 0)
    assert collected(drive) == 50


def test_two_units_books_that_name_no_unit_are_not_taken_for_one(take, drive):
    """Nobody can tell whether 集体 500 of the second book is that of the first."""
    heads = ("姓名", "金额", "备注")
    take(("集体", 500, "甲厂"), heads=heads)
    job = take(("集体", 500, "乙厂"), heads=heads)
    assert counts(job) == (0, 0, 1, 0, 0)
    assert collected(drive) == 500


def test_two_units_books_are_told_apart_by_the_unit_chosen_for_each(take, drive, mill, employ):
    heads = ("姓名", "金额")
    take(("集体", 500), heads=heads, employer=mill)
    job = take(("集体", 500), ("集体", 20), heads=heads, employer=employ("恒山机械"))
    assert counts(job) == (2, 0, 0, 0, 0)
    assert collected(drive) == 1020


def test_a_book_that_named_no_unit_comes_again_with_its_unit_chosen(take, enrol, mill, drive):
    enrol("李会员", 1)
    rows = (("李会员", 50), ("集体", 500))
    take(*rows, heads=("姓名", "金额"))
    assert counts(take(*rows, heads=("姓名", "金额"), employer=mill)) == (1, 1, 0, 0, 1)
    assert collected(drive) == 550


def test_the_same_line_in_the_book_of_another_drive_is_another_gift(take, enrol, drive, open_drive):
    enrol("李会员", 1)
    line = ("李会员", number_of(1), MILL, 50, "", "")
    last_year = open_drive(2015)
    take(line)
    assert counts(take(line, into=last_year)) == (1, 0, 0, 0, 1)


def test_one_book_checked_for_two_units_is_taken_in_once(check, confirm, mill, employ, drive):
    rows, heads = (("集体", 500),), ("姓名", "金额")
    first, second = (check(*rows, heads=heads, employer=unit) for unit in (mill, employ("恒山机械")))
    assert confirm(first).state == "done"
    assert confirm(second).state == "failed"
    assert collected(drive) == 500


@pytest.mark.parametrize("first_with_unit", [True, False])
def test_a_line_with_a_unit_chosen_and_one_without_may_be_the_same_gift(take, mill, drive, first_with_unit):
    """The name alone says as little as the group: another book without a unit has the same line."""
    heads = ("姓名", "金额", "备注")
    units = (mill, None) if first_with_unit else (None, mill)
    for unit, remark in zip(units, ("一", "二"), strict=True):
        job = take(("集体", 500, remark), heads=heads, employer=unit)
    assert counts(job) == (0, 0, 1, 0, 0)
    assert collected(drive) == 500


def test_a_unit_that_gave_in_its_own_name_is_known_again_when_it_has_been_registered(take, employ, drive):
    line = ("恒山机械", "", "", 500, "", "")
    assert counts(take(line)) == (1, 0, 0, 1, 0)
    hengshan = employ("恒山机械")
    assert counts(take(line)) == (0, 1, 0, 0, 0)
    assert counts(take(("恒山机械", "", "", 700, "2016-12-01", "A1"))) == (0, 0, 1, 0, 0)
    assert counts(take(("恒山机械", "", "恒山机械", 700, "2016-12-01", "A1"))) == (1, 0, 0, 0, 0)
    assert Donation.objects.get(amount_yuan=700).employer == hengshan
