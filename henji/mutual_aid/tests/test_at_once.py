"""同时: two people at one record, two books with the same lines: nothing doubled, nothing overwritten."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from henji.evidence.versions import Outdated
from henji.lib.refusals import Refusal
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands, rules
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.books import collected

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do all of them in threads of their own, started together; give what each returned or refused."""
    together = threading.Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def do(place, deed):
        try:
            together.wait()
            outcomes[place] = deed()
        except Refusal as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_corrections_at_once_one_is_told_that_somebody_was_quicker(give, enrol, signed):
    gift = give(enrol())

    def correct(amount):
        told = {"amount_yuan": Decimal(amount), "given_on": gift.given_on, "receipt": "", "reason": "抄错"}
        return lambda: commands.correct_donation(donation=gift, **told, **signed)

    outcomes = at_once(correct(80), correct(90))
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Outdated)]
    (stands,) = [outcome for outcome in outcomes if outcome is not refused]
    assert Donation.objects.known().get() == stands
    assert Donation.objects.filter(line=gift.line).count() == 2


def test_of_two_books_that_overlap_confirmed_at_once_no_gift_is_doubled(check, confirm, enrol, drive):
    enrol("李会员", 1)
    line = ("李会员", number_of(1), "常山纺织", 50, "", "")
    first = check(line, ("集体", "", "常山纺织", 500, "", ""))
    second = check(line, ("集体", "", "常山纺织", 700, "2016-12-01", ""))
    at_once(lambda: confirm(first), lambda: confirm(second))
    states = sorted(job.state for job in (first, second))
    assert states == ["done", "failed"]
    failed = first if first.state == "failed" else second
    assert failed.problem == "检查之后数据有变动，请重新检查"
    assert collected(drive) in (550, 750)


def test_books_that_write_the_same_giver_differently_are_not_both_taken_in(check, confirm, enrol, drive):
    enrol("李会员", 1)
    by_number = check(("李会员", number_of(1), "常山纺织", 50, "", ""))
    by_name = check(("李会员", "", "常山纺织", 50, "", ""))
    at_once(lambda: confirm(by_number), lambda: confirm(by_name))
    assert sorted(job.state for job in (by_number, by_name)) == ["done", "failed"]
    assert collected(drive) == 50


def test_books_that_share_nothing_are_both_taken_in(check, confirm, drive):
    one, other = check(("甲", "", "常山纺织", 50, "", "")), check(("乙", "", "常山纺织", 30, "", ""))
    at_once(lambda: confirm(one), lambda: confirm(other))
    assert collected(drive) == 80


def test_the_same_gift_written_by_hand_twice_at_once_stands_once(give, enrol, drive):
    li = enrol()
    outcomes = at_once(lambda: give(li), lambda: give(li))
    assert sum(isinstance(outcome, rules.AlreadyGiven) for outcome in outcomes) == 1
    assert collected(drive) == 50


def test_a_voucher_used_twice_at_once_pays_once(pay, enrol):
    li = enrol()
    outcomes = at_once(lambda: pay(li), lambda: pay(li, on=date(2017, 1, 4)))
    assert sum(isinstance(outcome, rules.VoucherTaken) for outcome in outcomes) == 1


def test_a_drive_opened_twice_at_once_is_opened_once(open_drive, county, officer):
    outcomes = at_once(open_drive, open_drive)
    assert sum(isinstance(outcome, rules.DriveThere) for outcome in outcomes) == 1
