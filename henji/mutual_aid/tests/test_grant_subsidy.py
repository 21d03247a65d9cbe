"""工会补贴拨入: a source of its own, never a donation."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import queries, rules
from henji.mutual_aid.tests.books import collected


def test_a_subsidy_is_no_donation(grant, drive, reach_of, officer):
    subsidy = grant()
    assert collected(drive) == 0
    assert queries.state_of(drive, reach_of(officer)).subsidy_yuan == 500000
    assert subsidy.made_by.deed == "mutual_aid.subsidy_granted"
    assert Trace.objects.of(subsidy).get().facts["granted_yuan"] == "500000.00"


def test_a_voucher_grants_once(grant):
    grant()
    with pytest.raises(rules.VoucherTaken):
        grant("1")
    with pytest.raises(rules.NoVoucher):
        grant(voucher="")
    with pytest.raises(rules.BadAmount):
        grant("0")
    with pytest.raises(rules.NotYetHappened):
        grant(on=date(2017, 2, 1))
