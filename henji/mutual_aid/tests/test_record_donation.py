"""捐款登记: one gift by hand, of a member or of a unit."""

from datetime import date
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import commands, rules
from henji.mutual_aid.models import Donation, Giver


def test_a_member_gives(give, enrol, drive):
    li = enrol()
    gift = give(li, receipt=" 收 1 ")
    assert (gift.giver, gift.person, gift.drive) == (Giver.MEMBER, li, drive)
    assert (gift.amount_yuan, gift.given_on, gift.dated) == (Decimal(50), date(2016, 11, 20), True)
    assert gift.receipt == "收 1"
    assert gift.source_row is None


def test_a_unit_gives_without_names(give, mill):
    gift = give(employer=mill, amount="500")
    assert (gift.giver, gift.person, gift.employer) == (Giver.GROUP, None, mill)


def test_the_trace_holds_the_amount_and_no_name(give, enrol):
    gift = give(enrol())
    trace = Trace.objects.of(gift).get()
    assert trace.facts == {"amount_yuan": "50.00", "gift": str(gift.line)}
    assert trace.on == date(2016, 11, 20)


def test_somebody_must_have_given(give):
    with pytest.raises(rules.GiverMissing):
        give()


@pytest.mark.parametrize("amount", ["0", "-50", "0.005", "100000000.01"])
def test_an_amount_is_positive_in_whole_fen_and_not_absurd(give, enrol, amount):
    with pytest.raises(rules.BadAmount):
        give(enrol(), amount)
    assert not Donation.objects.exists()


def test_a_gift_has_been_given(give, enrol):
    with pytest.raises(rules.NotYetHappened, match="2017-01-07"):
        give(enrol(), on=date(2017, 1, 7))


def test_the_same_gift_is_not_written_down_twice(give, enrol):
    li = enrol()
    give(li, receipt="A1")
    with pytest.raises(rules.AlreadyGiven):
        give(li, "80", receipt="A1")
    give(li, receipt="A2")
    give(li, receipt="A1", on=date(2016, 11, 21))
    assert Donation.objects.count() == 3


def test_two_members_or_a_member_and_the_unit_give_on_the_same_day(give, enrol, mill):
    give(enrol("李会员", 1), employer=mill)
    give(enrol("王会员", 2), employer=mill)
    give(employer=mill)
    assert Donation.objects.count() == 3


def test_a_gift_that_was_withdrawn_can_be_written_down_again(give, enrol, signed):
    from_li = give(enrol())
    commands.withdraw_donation(donation=from_li, reason="抄错", **signed)
    assert give(from_li.person).known_to is None


def test_a_gift_taken_in_by_a_book_is_not_written_down_again(give, enrol, take):
    li = enrol()
    take(("李会员", "", "常山纺织", 50, "2016-11-20", ""))
    with pytest.raises(rules.AlreadyGiven):
        give(li)
