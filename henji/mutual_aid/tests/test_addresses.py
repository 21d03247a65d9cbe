"""地址: what papers may be filed about, where things are shown, what a search finds."""

from io import BytesIO

import pytest
from django.urls import reverse

from henji.evidence import addresses, commands, searching
from henji.evidence.kinds import Kind


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


def test_every_thing_has_its_page(drive, give, pay, enrol):
    li = enrol()
    gift, payment = give(li), pay(li)
    for kind, key, name, about in (
        ("mutual_aid.drive", drive.pk, "drive", drive.pk),
        ("mutual_aid.gift", gift.line, "donation", gift.line),
        ("mutual_aid.aid", payment.line, "payment", payment.line),
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


def test_a_township_finds_no_aid(found, pay, enrol, branch_officer):
    pay(enrol(), voucher="救2017-001")
    assert found(branch_officer, "救2017") == {}
