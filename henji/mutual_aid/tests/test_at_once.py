"""同时: two people at one record, two books with the same lines: nothing doubled, nothing overwritten."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from henji.evidence.versions import Outdated
from henji.lib.refusals import Refusal
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands, queries, rules
from henji.mutual_aid.models import AidPayment, Donation, DriveVersion, Subsidy
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


@pytest.fixture
def payment(pay, enrol, signed):
    """A payment: its line, how it is corrected to an amount, and withdrawn."""
    held = pay(enrol())
    told = {"category": held.category, "paid_on": held.paid_on, "voucher": held.voucher, "reason": "抄错"}
    return (
        AidPayment.objects.filter(line=held.line),
        lambda yuan: commands.correct_aid(payment=held, **told, paid_yuan=Decimal(yuan), **signed),
        lambda: commands.withdraw_aid(payment=held, reason="重复", **signed),
    )


@pytest.fixture
def subsidy(grant, signed):
    """A subsidy, likewise."""
    held = grant()
    told = {"granted_on": held.granted_on, "voucher": held.voucher, "reason": "抄错"}
    return (
        Subsidy.objects.filter(line=held.line),
        lambda yuan: commands.correct_subsidy(subsidy=held, **told, granted_yuan=Decimal(yuan), **signed),
        lambda: commands.withdraw_subsidy(subsidy=held, reason="重复", **signed),
    )


@pytest.fixture(params=["payment", "subsidy"])
def money(request):
    return request.getfixturevalue(request.param)


def one_was_quicker(outcomes):
    """Exactly one was told that somebody else was; what the other returned."""
    refused = [isinstance(outcome, Outdated) for outcome in outcomes]
    assert sorted(refused) == [False, True], outcomes
    return outcomes[refused.index(False)]


def test_of_two_corrections_of_money_at_once_one_wins_and_the_other_is_told(money):
    line, correct, _withdraw = money
    stands = one_was_quicker(at_once(lambda: correct(80), lambda: correct(90)))
    assert line.known().get() == stands
    assert line.count() == 2


def test_of_a_correction_and_a_withdrawal_at_once_one_wins_and_the_other_is_told(money):
    line, correct, withdraw = money
    stands = one_was_quicker(at_once(lambda: correct(80), withdraw))
    assert list(line.known()) == ([stands] if stands else [])
    assert line.count() == (2 if stands else 1)


def test_of_two_withdrawals_at_once_one_is_told(money):
    line, _correct, withdraw = money
    one_was_quicker(at_once(withdraw, withdraw))
    assert not line.known().exists()


def test_a_drive_corrected_twice_at_once_shows_what_stands(drive, signed):
    seen = queries.version_of(drive)
    terms = ("collects_from", "collects_to", "aid_from", "aid_to", "counted_on")
    told = {name: getattr(seen, name) for name in terms} | {"reason": "抄错"}

    def correct(name):
        return lambda: commands.correct_drive(version=seen, name=name, **told, **signed)

    one_was_quicker(at_once(correct("甲"), correct("乙")))
    drive.refresh_from_db()
    assert DriveVersion.objects.known().get(drive=drive).name == drive.name
    assert drive.versions.count() == 2


def test_a_drive_is_corrected_while_a_book_comes_in(drive, check, confirm, signed):
    seen, job = queries.version_of(drive), check(("甲", "", "常山纺织", 50, "", ""))
    terms = ("collects_from", "collects_to", "aid_from", "aid_to", "counted_on")
    told = {name: getattr(seen, name) for name in terms} | {"name": "改了名", "reason": "抄错"}
    at_once(lambda: confirm(job), lambda: commands.correct_drive(version=seen, **told, **signed))
    drive.refresh_from_db()
    assert (drive.name, collected(drive)) == ("改了名", 50)


def test_a_voucher_set_free_is_taken_once(money, grant, pay, enrol, request):
    _line, _correct, withdraw = money
    withdraw()
    if "payment" in request.node.name:
        qian = enrol("钱会员", 9)
        outcomes = at_once(lambda: pay(qian), lambda: pay(qian))
    else:
        outcomes = at_once(grant, grant)
    assert sum(isinstance(outcome, rules.VoucherTaken) for outcome in outcomes) == 1


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
