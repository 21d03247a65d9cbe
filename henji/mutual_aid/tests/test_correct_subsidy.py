"""工会补贴更正、作废: the sum is always that of the subsidies that stand."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.mutual_aid import commands, queries, rules
from henji.mutual_aid.models import Subsidy


@pytest.fixture
def correct(signed):
    def correct(subsidy, **changes):
        told = {name: getattr(subsidy, name) for name in ("granted_yuan", "granted_on", "voucher")}
        return commands.correct_subsidy(subsidy=subsidy, **told | {"reason": "抄错"} | changes, **signed)

    return correct


@pytest.fixture
def withdraw(signed):
    return lambda subsidy, reason="重复": commands.withdraw_subsidy(subsidy=subsidy, reason=reason, **signed)


@pytest.fixture
def granted(drive, reach_of, officer):
    """The drive's sum of subsidies, as 王干事 sees it."""
    return lambda: queries.state_of(drive, reach_of(officer)).subsidy_yuan


def test_what_was_believed_before_stays_and_counts_no_more(correct, grant, granted):
    subsidy = grant("500000")
    corrected = correct(subsidy, granted_yuan=Decimal(480000), granted_on=date(2016, 12, 2))
    assert granted() == 480000
    assert Subsidy.objects.get(pk=subsidy.pk).granted_yuan == 500000
    trace = Trace.objects.get(pk=corrected.made_by_id)
    assert (trace.deed, trace.supersedes_id) == ("mutual_aid.subsidy_corrected", subsidy.made_by_id)
    assert trace.facts == {
        "before_yuan": "500000.00",
        "granted_yuan": "480000.00",
        "grant": str(subsidy.line),
    }


def test_one_withdrawn_counts_no_more_and_its_voucher_is_free(withdraw, grant, granted):
    subsidy, _other = grant("500000"), grant("1", voucher="补2")
    withdraw(subsidy)
    assert granted() == 1
    trace = Trace.objects.get(deed="mutual_aid.subsidy_withdrawn")
    assert (trace.facts["before_yuan"], trace.words.text) == ("500000.00", "重复")
    grant("400000", voucher=subsidy.voucher)
    assert granted() == 400001


def test_it_may_keep_its_own_voucher_but_take_no_others(correct, grant):
    subsidy, _other = grant(), grant(voucher="补2")
    subsidy = correct(subsidy, granted_yuan=Decimal(1))
    with pytest.raises(rules.VoucherTaken, match="凭证号 补2 已登记过一笔工会补贴"):
        correct(subsidy, voucher="补2")


def test_refusals_change_nothing(correct, withdraw, grant, granted):
    subsidy = grant("500000")
    for changes, refusal in (
        ({}, rules.NothingChanged),
        ({"granted_yuan": Decimal(1), "reason": " "}, rules.NoReason),
        ({"granted_yuan": Decimal(0)}, rules.BadAmount),
        ({"granted_on": date(2999, 1, 1)}, rules.NotYetHappened),
        ({"voucher": ""}, rules.NoVoucher),
    ):
        with pytest.raises(refusal):
            correct(subsidy, **changes)
    with pytest.raises(rules.NoReason):
        withdraw(subsidy, "")
    assert granted() == 500000


def test_whoever_saw_an_older_version_is_told_so(correct, withdraw, grant):
    subsidy = grant()
    correct(subsidy, granted_yuan=Decimal(1))
    for late in (withdraw, lambda held: correct(held, granted_yuan=Decimal(2))):
        with pytest.raises(Outdated):
            late(subsidy)


# -- pages --------------------------------------------------------------------------------------------


def url(name, *about):
    return reverse(f"mutual_aid:{name}", args=about)


def test_a_subsidy_is_corrected_and_withdrawn_on_screen(client_of, officer, grant, drive):
    officers, subsidy = client_of(officer), grant("500000")
    sent = {"version": subsidy.pk, "granted_yuan": "480000", "granted_on": "2016-12-01", "voucher": "补1"}
    page, sent = url("correct_subsidy", subsidy.line), sent | {"reason": "抄错"}
    refused = officers.post(page, sent | {"granted_yuan": "0"})
    assert list(refused.context["form"].errors) == ["granted_yuan"]
    answer = officers.post(page, sent)
    assert answer["Location"] == url("subsidy", subsidy.line)
    withdrawal = {"version": subsidy.pk, "reason": "登记了两遍"}
    late = officers.post(url("withdraw_subsidy", subsidy.line), withdrawal)
    assert "补1 ¥480,000.00，2016-12-01" in late.content.decode()
    now = Subsidy.objects.known().get()
    officers.post(url("withdraw_subsidy", subsidy.line), withdrawal | {"version": now.pk})
    shown = officers.get(url("subsidy", subsidy.line)).content.decode()
    assert "<del>¥480,000.00</del>" in shown
    for words in ("已作废", "登记了两遍", "补1 ¥500,000.00，2016-12-01", "抄错；补1 ¥480,000.00"):
        assert words in shown
    assert page not in shown
    assert officers.get(page).status_code == 404
    assert "补1 ¥480,000.00" in officers.get(url("drive", drive.pk)).content.decode()


def test_a_trace_leads_to_the_subsidy(client_of, officer, grant):
    officers, subsidy = client_of(officer), grant()
    assert officers.get(url("subsidy_version", subsidy.pk))["Location"] == url("subsidy", subsidy.line)
    trace = officers.get(reverse("evidence:trace", args=[subsidy.made_by_id])).content.decode()
    assert url("subsidy", subsidy.line) in trace
