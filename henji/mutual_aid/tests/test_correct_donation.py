"""捐款更正: what was believed before stays to be seen; nothing is silently overwritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.mutual_aid import commands, rules
from henji.mutual_aid.models import Donation


@pytest.fixture
def correct(signed):
    def correct(gift, **changes):
        told = {"amount_yuan": gift.amount_yuan, "given_on": gift.given_on, "receipt": gift.receipt}
        return commands.correct_donation(donation=gift, **told | {"reason": "抄错"} | changes, **signed)

    return correct


def test_a_correction_is_a_new_version_of_the_same_gift(correct, give, enrol):
    gift = give(enrol())
    corrected = correct(gift, amount_yuan=Decimal("80.50"), receipt="A1", given_on=date(2016, 12, 1))
    assert corrected.line == gift.line
    assert Donation.objects.known().get() == corrected
    before = Donation.objects.get(pk=gift.pk)
    assert (before.amount_yuan, before.unmade_by) == (Decimal(50), corrected.made_by)


def test_the_trace_supersedes_the_one_before_and_says_why(correct, give, enrol):
    gift = give(enrol())
    corrected = correct(gift, amount_yuan=Decimal(80), reason="回单上是 80")
    trace = Trace.objects.get(pk=corrected.made_by_id)
    assert trace.supersedes == gift.made_by
    assert trace.words.text == "回单上是 80"
    assert (trace.facts["before_yuan"], trace.facts["amount_yuan"]) == ("50.00", "80.00")


def test_a_correction_needs_a_reason_and_a_change(correct, give, enrol):
    gift = give(enrol())
    with pytest.raises(rules.NoReason):
        correct(gift, amount_yuan=Decimal(80), reason=" ")
    with pytest.raises(rules.NothingChanged):
        correct(gift)
    with pytest.raises(rules.BadAmount):
        correct(gift, amount_yuan=Decimal(0))
    with pytest.raises(rules.NotYetHappened):
        correct(gift, given_on=date(2017, 2, 1))
    assert Donation.objects.get() == gift


def test_whoever_saw_an_older_version_is_told_so(correct, give, enrol):
    gift = give(enrol())
    correct(gift, amount_yuan=Decimal(80))
    with pytest.raises(Outdated):
        correct(gift, amount_yuan=Decimal(90))
    assert Donation.objects.known().get().amount_yuan == 80


def test_a_day_that_stood_for_another_becomes_a_day_that_was_written(correct, take):
    take(("集体", "", "常山纺织", 500, "", ""))
    gift = Donation.objects.get()
    only_amount = correct(gift, amount_yuan=Decimal(50))
    assert not only_amount.dated
    assert correct(only_amount, given_on=date(2016, 12, 5)).dated


def test_any_instant_can_be_asked_what_was_believed_then(give, enrol, signed, at):
    gift = give(enrol())
    later = {**signed, "at": at + timedelta(hours=1)}
    told = {"amount_yuan": Decimal(80), "given_on": gift.given_on, "receipt": "", "reason": "抄错"}
    commands.correct_donation(donation=gift, **told, **later)
    then, now = (Donation.objects.known(at + timedelta(minutes=minutes)).get() for minutes in (30, 90))
    assert (then.amount_yuan, now.amount_yuan) == (50, 80)
