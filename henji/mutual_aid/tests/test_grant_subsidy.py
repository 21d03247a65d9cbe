"""工会补贴拨入: a source of its own, never a donation."""

from datetime import date
from decimal import Decimal

import pytest

from henji.evidence.models import Trace
from henji.mutual_aid import commands, queries, rules
from henji.mutual_aid.tests.books import collected


@pytest.fixture
def grant(drive, signed):
    def grant(amount="500000", on=date(2016, 12, 1), voucher="补1"):
        return commands.grant_subsidy(
            drive=drive, granted_yuan=Decimal(amount), granted_on=on, voucher=voucher, **signed
        )

    return grant


def test_a_subsidy_is_no_donation(grant, drive):
    subsidy = grant()
    assert collected(drive) == 0
    assert queries.state_of(drive).subsidy_yuan == 500000
    assert subsidy.made_by.deed == "mutual_aid.subsidy_granted"
    assert Trace.objects.of(drive).get(pk=subsidy.made_by_id).facts["granted_yuan"] == "500000.00"


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
