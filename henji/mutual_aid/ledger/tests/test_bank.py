"""银行对账: what the bank says is taken in once, ticked by another, and explained to the fen."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.mutual_aid.ledger import commands, matching, rules
from henji.mutual_aid.ledger.jobs import statements
from henji.mutual_aid.ledger.matching import Match
from henji.mutual_aid.ledger.models import BankLine, Posting, StagedBankLine, Tick
from henji.mutual_aid.ledger.statements import shown
from henji.mutual_aid.tests.books import book, undone
from henji.work.intake import take_in
from henji.work.models import State

HEADS = ("交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要", "交易流水号")
DAY = date(2016, 12, 31)


@pytest.fixture
def read(county, officer, at):
    """导入银行对账单: rows by HEADS."""

    def read(*rows, heads=HEADS):
        source = book(*rows, heads=heads)
        told = {"county": county, "asker": officer, "post": "干事", "at": at}
        job = take_in(statements, source, file_name="对账单.xlsx", **told)
        assert job.state == State.DONE, job.problem
        return job

    return read


@pytest.fixture
def enter(county, signed):
    """记一张凭证."""

    def enter(amount="500", entry="paid_in", on=date(2016, 12, 5), **more):
        told = {"county": county, "entry": entry, "amount_yuan": Decimal(amount), "on": on, "slip": ""}
        return commands.enter_voucher(**told | more, **signed)

    return enter


@pytest.fixture
def tick(county, leader, actor, at):
    """勾对 by 陈主席, who books nothing."""

    def tick(*matches, by=None):
        return commands.confirm_matches(county=county, matches=matches, by=actor(by or leader), at=at)

    return tick


def lines():
    return [(line.on, line.amount_yuan, line.party) for line in BankLine.objects.order_by("id")]


def proposed(county):
    found = matching.proposals(list(matching.open_lines(county)), list(matching.open_postings(county)))
    return [(one.line.serial, one.posting.voucher.number, one.sure) for one in found]


def test_money_in_and_money_out_are_told_apart(read, mill):
    read(
        ("2016-12-05", "", "500.00", "500.00", "常山纺织", "一日捐", "1"),
        ("2016-12-06 10:20:30", "120.50", "0.00", "379.50", "王示例", "救助金", "2"),
    )
    assert lines() == [(date(2016, 12, 5), 500, "常山纺织"), (date(2016, 12, 6), Decimal("-120.50"), "王某")]
    assert BankLine.objects.order_by("id")[0].employer == mill


def test_banks_that_write_one_amount_and_its_side_are_read_too(read):
    heads = ("交易时间", "交易金额", "借贷标志", "对方户名")
    read(("20161205", 500, "贷", ""), ("20161206", 20, "借", ""), ("20161207", -3, "", ""), heads=heads)
    assert [amount for _day, amount, _party in lines()] == [500, -20, -3]


def test_the_same_statement_again_and_one_that_overlaps_bring_only_what_is_new(read):
    first = ("2016-12-05", "", "500.00", "500.00", "常山纺织", "一日捐", "1")
    second = ("2016-12-06", "", "500.00", "1000.00", "常山纺织", "一日捐", "2")
    read(first)
    job = read(first, second)
    assert (job.result["unchanged"], job.result["imported"], BankLine.objects.count()) == (1, 1, 2)


def test_two_lines_that_say_the_same_are_two(read):
    line = ("2016-12-05", "", "50.00", "", "", "", "")
    read(line, line)
    assert BankLine.objects.count() == 2


def test_rows_that_say_no_amount_come_back(read):
    job = read(("2016-12-05", "", "", "500", "", "期初", ""), ("2016-12-06", "", "1", "501", "", "", ""))
    back = StagedBankLine.objects.get(job=job, verdict="rejected")
    assert back.reason.startswith("看不出收了还是付了多少")


@pytest.mark.parametrize(
    ("party", "seen"),
    [
        ("王示例", "王某"),
        ("欧阳示例", "欧某"),
        ("常山纺织厂", "常山纺织厂"),
        ("县财政局", "县财政局"),
        ("", ""),
    ],
)
def test_of_a_person_the_surname_alone_is_kept(party, seen):
    assert shown(party) == seen


def test_the_likeliest_is_proposed_by_number_then_unit_then_day(read, enter, mill, employ, county):
    other = employ("恒山机械")
    enter(employer=mill, on=date(2016, 12, 5))
    enter(employer=other, on=date(2016, 12, 6))
    enter(employer=mill, on=date(2016, 12, 9), slip="回9")
    read(
        ("2016-12-06", "", "500", "", "", "", "回9"),
        ("2016-12-05", "", "500", "", "恒山机械", "", "甲"),
        ("2016-12-07", "", "500", "", "", "", "乙"),
        ("2016-12-07", "", "501", "", "", "", "丙"),
    )
    assert sorted(proposed(county)) == [("乙", 1, True), ("回9", 3, True), ("甲", 2, True)]


def test_what_lies_too_far_apart_is_not_proposed(read, enter, mill, county):
    enter(employer=mill, on=date(2016, 11, 1))
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    assert proposed(county) == []


def test_what_is_ticked_is_open_no_more_until_it_is_taken_back(read, enter, mill, tick, county, signed):
    posting = enter(employer=mill).postings.get(account="1002")
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    match = Match((BankLine.objects.get().pk,), (posting.pk,))
    tick(match)
    assert not matching.open_lines(county).exists()
    assert not matching.open_postings(county).exists()
    with pytest.raises(rules.AlreadyTicked):
        tick(match)
    group = Tick.objects.known()[0].line
    commands.withdraw_match(county=county, group=group, reason="配错", **signed)
    assert matching.open_lines(county).count() == matching.open_postings(county).count() == 1
    with pytest.raises(rules.NotTicked):
        commands.withdraw_match(county=county, group=group, reason="配错", **signed)


def test_whoever_booked_a_voucher_does_not_tick_it(read, enter, mill, tick, officer):
    posting = enter(employer=mill).postings.get(account="1002")
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    with pytest.raises(rules.OwnVoucher, match="2016-0001 是您自己记的"):
        tick(Match((BankLine.objects.get().pk,), (posting.pk,)), by=officer)


def test_sides_that_differ_by_a_fen_are_refused(read, enter, mill, tick):
    posting = enter("500.01", employer=mill).postings.get(account="1002")
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    with pytest.raises(rules.NotEqual, match=r"¥500\.00"):
        tick(Match((BankLine.objects.get().pk,), (posting.pk,)))


def test_one_sum_of_the_bank_may_be_several_vouchers(read, enter, mill, tick, county):
    postings = [enter(amount, employer=mill).postings.get(account="1002").pk for amount in ("200", "300")]
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    tick(Match((BankLine.objects.get().pk,), tuple(postings)))
    assert not matching.open_postings(county).exists()


def test_what_was_booked_and_taken_back_is_ticked_without_the_bank(enter, mill, signed, tick, county):
    voucher = enter(employer=mill)
    commands.reverse_voucher(voucher=voucher, reason="记错", **signed)
    (pair,) = matching.undone(list(matching.open_postings(county)))
    tick(Match.read(pair.value))
    assert not matching.open_postings(county).exists()


def test_nothing_of_another_county_is_ticked(read, enter, mill, neighbour, leader, actor, at):
    posting = enter(employer=mill).postings.get(account="1002")
    read(("2016-12-06", "", "500", "", "", "", "甲"))
    match = Match((BankLine.objects.get().pk,), (posting.pk,))
    with pytest.raises(rules.AlreadyTicked):
        commands.confirm_matches(county=neighbour, matches=[match], by=actor(leader), at=at)


def test_on_a_day_between_the_two_what_is_ticked_later_was_still_open(read, enter, mill, tick, county):
    posting = enter(employer=mill, on=date(2016, 12, 5)).postings.get(account="1002")
    read(("2016-12-08", "", "500", "500", "", "", "甲"))
    tick(Match((BankLine.objects.get().pk,), (posting.pk,)))
    then = matching.reconciliation(county, date(2016, 12, 6))
    assert (then.booked_yuan, then.said_yuan, then.postings_in, then.apart_yuan) == (500, 0, 500, 0)
    after = matching.reconciliation(county, date(2016, 12, 8))
    assert (after.booked_yuan, after.said_yuan, after.postings, after.apart_yuan) == (500, 500, [], 0)


def test_what_was_brought_forward_has_no_line_of_its_own(enter, read, county):
    enter("1000", "opening", on=date(2016, 12, 1))
    read(("2016-12-05", "", "500", "1500", "", "", "甲"))
    table = matching.reconciliation(county, DAY)
    assert (table.booked_yuan, table.lines_in, table.said_yuan, table.apart_yuan) == (1000, 500, 1500, 0)


AMOUNTS = st.lists(st.sampled_from([1, 2, 3, -1, -2]), max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=AMOUNTS, booked=AMOUNTS, seed=st.randoms())
def test_whatever_is_ticked_the_two_sides_agree_when_what_is_open_is_added(
    county, post, tick, said, booked, seed
):
    with undone():
        for n, amount in enumerate(said):
            told = {"on": date(2016, 12, 1 + n), "amount_yuan": amount, "source_row": n, "key": f"{n:032}"}
            BankLine.objects.create(county=county, trace_id=county.made_by_id, **told)
        for n, amount in enumerate(booked):
            post(str(amount), on=date(2016, 12, 3 + n))
        for one in matching.proposals(
            list(matching.open_lines(county)), list(matching.open_postings(county))
        ):
            if seed.random() < 0.7:
                tick(Match.read(one.value))
        for day in range(1, 12):
            table = matching.reconciliation(county, date(2016, 12, day))
            assert table.apart_yuan == 0
        assert Tick.objects.filter(posting__isnull=False).count() <= Posting.objects.count()


def test_a_statement_may_be_csv(read, county, officer, at):
    text = "交易日期,借方发生额,贷方发生额\r\n2016-12-05,,500.00\r\n".encode("gb18030")
    told = {"county": county, "asker": officer, "post": "干事", "at": at}
    take_in(statements, BytesIO(text), file_name="对账单.csv", **told)
    assert BankLine.objects.get().amount_yuan == 500
