"""捐款登记作废: what should not have been written down counts no more, and can still be seen."""

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.mutual_aid import commands, rules
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.books import collected


def test_a_gift_withdrawn_counts_no_more_and_stays(give, enrol, drive, signed):
    gift = give(enrol())
    commands.withdraw_donation(donation=gift, reason="登记了两遍", **signed)
    assert collected(drive) == 0
    ended = Donation.objects.get()
    trace = Trace.objects.get(pk=ended.unmade_by_id)
    assert trace.deed == "mutual_aid.donation_withdrawn"
    assert trace.words.text == "登记了两遍"
    assert trace.supersedes_id == gift.made_by_id


def test_a_withdrawal_needs_a_reason(give, enrol, signed):
    with pytest.raises(rules.NoReason):
        commands.withdraw_donation(donation=give(enrol()), reason="", **signed)


def test_a_gift_is_withdrawn_once(give, enrol, signed):
    gift = give(enrol())
    commands.withdraw_donation(donation=gift, reason="登记了两遍", **signed)
    with pytest.raises(Outdated):
        commands.withdraw_donation(donation=gift, reason="登记了两遍", **signed)
