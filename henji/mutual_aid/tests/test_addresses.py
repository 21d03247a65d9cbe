"""地址: what papers may be filed about, where things are shown, what a search finds."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from henji.evidence import addresses, commands, searching
from henji.evidence.figures import Scope
from henji.evidence.kinds import Kind
from henji.lib.periods import Period
from henji.mutual_aid import offers


@pytest.fixture
def found(reach_of):
    """What a user finds for the words: titles under their headings."""

    def found(user, words):
        return {
            group.name: [hit.title for hit in group.hits] for group in searching.search(words, reach_of(user))
        }

    return found


def test_a_paper_filed_about_a_drive_is_shown_there(county, drive, client_of, officer, signed):
    about = f"mutual_aid.drive:{drive.pk}"
    assert ("一日捐活动", [(about, "2016 年一日捐")]) in addresses.choices(county.pk)
    commands.keep_paper(
        county=county,
        kind=Kind.OFFICIAL_DOCUMENT,
        on=drive.collects_from,
        title="关于开展一日捐的通知",
        files=[commands.Offered("通知.pdf", BytesIO(b"%PDF-1.7"))],
        about=[about],
        **signed,
    )
    page = client_of(officer).get(addresses.page_at(about)).content.decode()
    assert "关于开展一日捐的通知" in page
    assert f"{reverse('evidence:keep')}?about={about}" in page


def test_a_rate_says_papers_about_which_drives_prove_it(county, neighbour, drive, open_drive):
    """So that whoever asks for papers about the rate need not ask twice for those about its drives."""
    spring = {"collects_from": date(2016, 3, 1), "collects_to": date(2016, 3, 31)}
    other = open_drive(2016, code="春", **spring)
    open_drive(2016, county=neighbour)
    open_drive(2015)

    def about(rate, year):
        scope = Scope((county.pk, neighbour.pk), Period.year(year), date(2017, 1, 6))
        return rate(scope)[county.pk].about

    both = tuple(f"mutual_aid.drive:{one.pk}" for one in (other, drive))
    assert about(offers.participation_rate, 2016) == both
    assert sorted(about(offers.payout_rate, 2017)) == sorted(both)
    assert set(both) <= set(addresses.labels(county.pk))


def test_every_thing_has_its_page(drive, give, pay, grant, enrol):
    li = enrol()
    gift, payment, subsidy = give(li), pay(li), grant()
    for kind, key, name, about in (
        ("mutual_aid.drive", drive.pk, "drive", drive.pk),
        ("mutual_aid.gift", gift.line, "donation", gift.line),
        ("mutual_aid.aid", payment.line, "payment", payment.line),
        ("mutual_aid.grant", subsidy.line, "subsidy", subsidy.line),
        ("mutual_aid.subsidy", subsidy.pk, "subsidy_version", subsidy.pk),
        ("mutual_aid.donation", gift.pk, "donation_version", gift.pk),
        ("mutual_aid.aidpayment", payment.pk, "payment_version", payment.pk),
    ):
        assert addresses.page_of(kind, str(key)) == reverse(f"mutual_aid:{name}", args=[about])


def test_drives_and_vouchers_are_found_within_reach(found, drive, pay, enrol, officer, outsider):
    pay(enrol(), voucher="救2017-001")
    assert found(officer, "2016") == {"一日捐活动": ["2016 年一日捐"]}
    assert found(officer, "救2017") == {"救助金支付": ["救2017-001"]}
    assert found(outsider, "2016") == {}
    assert found(outsider, "救2017") == {}


def test_a_township_finds_no_aid_and_no_subsidy(found, pay, grant, enrol, branch_officer, officer):
    pay(enrol(), voucher="救2017-001")
    grant(voucher="补2016-001")
    assert found(officer, "补2016") == {"工会补贴": ["补2016-001"]}
    assert found(branch_officer, "救2017") == found(branch_officer, "补2016") == {}
