"""Pages of mutual aid, as 王干事, a township's officer and outsiders see them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from henji.evidence.models import Trace
from henji.lib.tests.books import cells_of
from henji.members.tests.rosters import number_of
from henji.mutual_aid import commands
from henji.mutual_aid.models import AidPayment, Donation, Drive, Giver
from henji.mutual_aid.tables import AidFilter, DonationFilter, DonorFilter
from henji.unions import commands as unions

REASON = {"reason": "回单上是 80"}


@pytest.fixture
def officers(client_of, officer):
    """王干事's."""
    return client_of(officer)


@pytest.fixture
def li(enrol):
    return enrol("李会员", 1)


@pytest.fixture
def gift(give, li):
    return give(li)


def url(name, *about):
    return reverse(f"mutual_aid:{name}", args=about)


def text(response):
    return response.content.decode()


def errors(response):
    """What stands beside which field."""
    return {name: list(words) for name, words in response.context["form"].errors.items()}


# -- one gift -----------------------------------------------------------------------------------------


def test_a_gifts_page_tells_who_gave_and_what_was_done(officers, gift, li):
    page = text(officers.get(url("donation", gift.line)))
    assert "¥50.00" in page
    assert "李会员" in page
    assert reverse("members:person", args=[li.pk]) in page
    assert reverse("evidence:trace", args=[gift.made_by_id]) in page


def test_every_version_is_shown_with_its_reason(officers, gift, signed):
    told = {"amount_yuan": Decimal(80), "given_on": date(2016, 12, 1), "receipt": ""}
    commands.correct_donation(donation=gift, **told, reason="回单上是 80", **signed)
    page = text(officers.get(url("donation", gift.line)))
    assert "¥50.00，2016-11-20" in page
    assert "回单上是 80；¥80.00，2016-12-01" in page
    assert "（已更正）" in page


def test_a_gift_withdrawn_can_be_seen_and_no_more_changed(officers, gift, signed):
    commands.withdraw_donation(donation=gift, reason="登记了两遍", **signed)
    page = text(officers.get(url("donation", gift.line)))
    assert "已作废" in page
    assert "登记了两遍" in page
    assert officers.get(url("correct_donation", gift.line)).status_code == 404
    assert url("correct_donation", gift.line) not in page


def test_a_gift_from_a_book_names_its_row_and_a_day_that_nobody_wrote(officers, take):
    take(("集体", "", "常山纺织", 500, "", ""))
    page = text(officers.get(url("donation", Donation.objects.get().line)))
    assert "名册第 2 行" in page
    assert "名册没写，暂按这一天计" in page


def test_a_trace_leads_to_the_gift_through_any_of_its_versions(officers, gift):
    assert officers.get(url("donation_version", gift.pk))["Location"] == url("donation", gift.line)
    trace = officers.get(reverse("evidence:trace", args=[gift.made_by_id]))
    assert url("donation_version", gift.pk) in text(trace)
    assert url("donation", gift.line) in text(trace)


def test_a_person_s_page_tells_of_gifts_and_aid(officers, li, take, pay):
    take(("李会员", number_of(1), "常山纺织", 50, "2016-11-20", ""))
    pay(li)
    page = text(officers.get(reverse("members:person", args=[li.pk])))
    assert "2016 年一日捐 ¥50.00，2016-11-20，名册第 2 行" in page
    assert "救1 ¥3,000.00，2017-01-05" in page


# -- correcting ---------------------------------------------------------------------------------------


def test_a_correction_changes_the_gift_and_leads_back(officers, gift):
    sent = {"version": gift.pk, "amount_yuan": "80元", "given_on": "2016.12.1", "receipt": "", **REASON}
    answer = officers.post(url("correct_donation", gift.line), sent)
    assert answer["Location"] == url("donation", gift.line)
    assert Donation.objects.known().get().amount_yuan == 80


def test_whoever_comes_second_is_told_and_overwrites_nothing(officers, gift):
    shown = {"initial-amount_yuan": "50.00"}
    first, second = (
        {
            **shown,
            "version": gift.pk,
            "amount_yuan": amount,
            "given_on": "2016-11-20",
            "receipt": "",
            **REASON,
        }
        for amount in ("80", "90")
    )
    officers.post(url("correct_donation", gift.line), first)
    answer = officers.post(url("correct_donation", gift.line), second)
    assert answer.status_code == 200
    assert errors(answer) == {"__all__": ["这条记录刚被别人更正过，请看过新的内容再改"]}
    assert 'value="90"' in text(answer)
    assert "别人刚由“50.00”改为“80.00”，上面是您填的" in text(answer)
    assert Donation.objects.known().get().amount_yuan == 80


@pytest.mark.parametrize("name", ["correct_donation", "withdraw_donation", "name_donor"])
def test_a_form_filled_in_before_a_correction_overwrites_nothing(officers, take, signed, name):
    take(("无此人", "", "常山纺织", 50, "", ""))
    seen = Donation.objects.get()
    told = {"amount_yuan": Decimal(80), "given_on": seen.given_on, "receipt": "", "reason": "抄错"}
    now = commands.correct_donation(donation=seen, **told, **signed)
    told = {"amount_yuan": "9", "given_on": "2016-12-01", "reason": "抄错", "person": "other"}
    answer = officers.post(url(name, seen.line), {"version": seen.pk, **told})
    assert answer.status_code == 200
    assert Donation.objects.known().get() == now


def test_a_version_of_another_gift_is_not_corrected_by_the_way(officers, gift, give, enrol):
    other = give(enrol("王会员", 2))
    sent = {"version": other.pk, "amount_yuan": "80", "given_on": "2016-11-20", "receipt": "", **REASON}
    assert officers.post(url("correct_donation", gift.line), sent).status_code == 404


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"amount_yuan": "0"}, "amount_yuan"),
        ({"amount_yuan": "八十"}, "amount_yuan"),
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"reason": ""}, "reason"),
        ({}, "__all__"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_every_word(officers, gift, changed, where):
    sent = {"version": gift.pk, "amount_yuan": "50", "given_on": "2016-11-20", "receipt": "", **REASON}
    answer = officers.post(url("correct_donation", gift.line), sent | changed)
    assert list(errors(answer)) == [where]
    assert changed.get("reason", "回单上是 80") in text(answer)
    assert Donation.objects.get() == gift


def test_a_withdrawal_is_done_with_a_reason(officers, gift):
    officers.post(url("withdraw_donation", gift.line), {"version": gift.pk, "reason": "登记了两遍"})
    assert not Donation.objects.known().exists()


# -- who gave -----------------------------------------------------------------------------------------


@pytest.fixture
def unknown(take, enrol):
    """A gift of 赵会员's, of whom there are two."""
    enrol("赵会员", 11)
    enrol("赵会员", 12)
    take(("赵会员", "", "常山纺织", 50, "", ""))
    return Donation.objects.get()


def test_a_gift_nobody_is_known_for_offers_the_members_of_that_name(officers, unknown):
    page = officers.get(url("name_donor", unknown.line))
    offered = [label for _value, label in page.context["form"].fields["person"].choices]
    assert offered == ["常山纺织", "常山纺织", "不是本县会员（钱照计，不计人数）"]
    assert url("donations") + "?giver=unknown" in text(officers.get(url("drives")))


def test_a_donor_is_chosen_or_named_by_number_or_said_to_be_no_member(officers, unknown, enrol):
    page = url("name_donor", unknown.line)
    assert list(errors(officers.post(page, {"version": unknown.pk}))) == ["identity"]
    stranger = {"version": unknown.pk, "identity": number_of(99)}
    assert errors(officers.post(page, stranger)) == {"identity": ["会员名册上没有这个身份证号"]}
    qian = enrol("钱会员", 13)
    officers.post(page, {"version": unknown.pk, "identity": number_of(13)})
    assert Donation.objects.known().get().person == qian


def test_another_countys_member_cannot_be_named(officers, unknown, enrol, neighbour):
    other = enrol("赵会员", 14, county=neighbour, employer=None)
    page = url("name_donor", unknown.line)
    answer = officers.post(page, {"version": unknown.pk, "identity": number_of(14)})
    assert errors(answer) == {"identity": ["会员名册上没有这个身份证号"]}
    assert "person" in errors(officers.post(page, {"version": unknown.pk, "person": other.pk}))
    assert Donation.objects.known().get().giver == Giver.UNKNOWN


# -- new records --------------------------------------------------------------------------------------


def test_a_drive_is_opened_and_its_refusals_stand_beside_their_fields(officers):
    days = ("collects_from", "2016-11-15"), ("collects_to", "2016-12-31"), ("aid_from", "2017-01-01")
    sent = {"name": "一日捐", "code": "2016", **dict(days), "aid_to": "2017-12-31"}
    assert list(errors(officers.post(url("open_drive"), sent | {"code": ""}))) == ["code"]
    reversed_days = sent | {"collects_to": "2016-01-01"}
    assert list(errors(officers.post(url("open_drive"), reversed_days))) == ["__all__"]
    answer = officers.post(url("open_drive"), sent)
    assert answer["Location"] == url("drive", Drive.objects.get().pk)
    assert list(errors(officers.post(url("open_drive"), sent))) == ["code"]


def test_the_next_drive_is_proposed_after_the_last(officers, open_drive):
    assert officers.get(url("open_drive")).context["form"].initial == {}
    open_drive(2015, collects_to=date(2016, 2, 29))
    assert officers.get(url("open_drive")).context["form"].initial == {
        "code": "2016",
        "name": "2016 年一日捐",
        "collects_from": date(2016, 11, 15),
        "collects_to": date(2017, 2, 28),
        "aid_from": date(2017, 1, 1),
        "aid_to": date(2017, 12, 31),
    }
    open_drive(2016, code="第八次", name="第八次")
    assert officers.get(url("open_drive")).context["form"].initial["code"] == ""


def test_a_gift_is_recorded_for_a_member_or_a_unit(officers, drive, li, mill):
    sent = {"drive": drive.pk, "amount_yuan": "50", "given_on": "2016-11-20"}
    assert list(errors(officers.post(url("record_donation"), sent))) == ["identity"]
    spaced = f" {number_of(1)[:6]} {number_of(1)[6:].lower()}"
    officers.post(url("record_donation"), sent | {"identity": spaced})
    officers.post(url("record_donation"), sent | {"employer": mill.pk, "receipt": "A1"})
    assert [gift.giver for gift in Donation.objects.order_by("pk")] == [Giver.MEMBER, Giver.GROUP]
    again = officers.post(url("record_donation"), sent | {"identity": number_of(1)})
    assert list(errors(again)) == ["receipt"]
    nobody = officers.post(url("record_donation"), sent | {"identity": number_of(50)})
    assert errors(nobody) == {"identity": ["会员名册上没有这个身份证号"]}


def test_aid_is_paid_and_corrected(officers, li):
    sent = {"category": "大病", "paid_yuan": "3000", "paid_on": "2017-01-05", "voucher": "救1"}
    assert list(errors(officers.post(url("pay_aid"), sent))) == ["identity"]
    officers.post(url("pay_aid"), sent | {"identity": number_of(1)})
    payment = AidPayment.objects.get()
    taken = officers.post(url("pay_aid"), sent | {"identity": number_of(1)})
    assert list(errors(taken)) == ["voucher"]
    changed = sent | {"version": payment.pk, "paid_yuan": "2000", "reason": "抄错"}
    for expected in ({}, {"__all__": ["这条记录刚被别人更正过，请看过新的内容再改"]}):
        answer = officers.post(url("correct_aid", payment.line), changed)
        assert (errors(answer) if answer.status_code == 200 else {}) == expected
        changed["paid_yuan"] = "1000"
    page = text(officers.get(url("payment", payment.line)))
    assert "救1 ¥3,000.00，2017-01-05" in page
    assert "抄错；救1 ¥2,000.00，2017-01-05" in page
    moved = officers.get(url("payment_version", payment.pk))
    assert moved["Location"] == url("payment", payment.line)


def test_a_subsidy_is_shown_on_its_drive(officers, drive):
    sent = {"granted_yuan": "500000", "granted_on": "2016-12-01", "voucher": "补1"}
    assert officers.post(url("grant_subsidy", drive.pk), sent)["Location"] == url("drive", drive.pk)
    assert "¥500,000.00" in text(officers.get(url("drive", drive.pk)))
    assert list(errors(officers.post(url("grant_subsidy", drive.pk), sent))) == ["voucher"]


# -- lists --------------------------------------------------------------------------------------------


def test_the_donations_of_a_name_a_unit_or_a_receipt_are_found(officers, give, enrol, mill, take):
    give(enrol("李会员", 1), receipt="A1")
    give(employer=mill, amount="500")
    take(("无此人", "", "恒山机械", 30, "", ""))
    for words, found in (("李会", 1), ("常山", 1), ("A1", 1), ("无此", 1), ("恒山", 1), ("没有", 0)):
        assert officers.get(url("donations"), {"q": words}).context["listing"].total == found, words
    assert officers.get(url("donations"), {"giver": "unknown"}).context["listing"].total == 1


def test_the_workbook_of_donations_has_a_row_for_each(officers, give, enrol):
    give(enrol("李会员", 1))
    answer = officers.post(url("donations"), {"reason": "报送上级"})
    heads, row, footer = cells_of(BytesIO(b"".join(answer)))
    assert heads[:4] == ["捐款方", "单位", "类别", "金额"]
    assert row[:4] == ["李会员", None, "会员", 50]
    assert "王干事" in footer[0]


@pytest.mark.parametrize(
    "query", ["county=x&from=2016&to=1&as_of=9999", "county=99999", "known_at=2016", "from=2016-02-30"]
)
@pytest.mark.parametrize("name", ["donations", "donors", "aid"])
def test_nonsense_in_the_address_is_passed_over(officers, gift, name, query):
    assert officers.get(f"{url(name)}?{query}").status_code == 200


def test_lists_cost_the_same_for_one_row_and_for_thirty(officers, enrol, give, pay, drive, open_drive):
    lists = [url(name) for name in ("drives", "donations", "donors", "aid")]
    li = enrol("李会员", 1)
    give(li)
    pay(li)
    costs = [_cost(officers, page) for page in lists]
    for serial in range(2, 32):
        other = enrol("李会员", serial)
        give(other)
        pay(other, voucher=f"救{serial}")
        open_drive(1980 + serial)
    assert [_cost(officers, page) for page in lists] == costs


def _cost(officers, page):
    officers.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert officers.get(page).status_code == 200
    return len(asked)


# -- who sees what ------------------------------------------------------------------------------------


def test_an_outsider_finds_nothing(client_of, outsider, gift, li, pay, drive):
    payment = pay(li)
    officers = client_of(outsider)
    for name, about in (
        ("drive", drive.pk),
        ("donation", gift.line),
        ("donation_version", gift.pk),
        ("correct_donation", gift.line),
        ("withdraw_donation", gift.line),
        ("name_donor", gift.line),
        ("grant_subsidy", drive.pk),
        ("payment", payment.line),
        ("payment_version", payment.pk),
        ("correct_aid", payment.line),
    ):
        assert officers.get(url(name, about)).status_code == 404, name
    for name in ("donations", "donors", "aid", "drives"):
        page = officers.get(f"{url(name)}?county={drive.county_id}")
        assert page.context["listing"].total == 0
        assert "李会员" not in text(page)


def test_a_township_sees_the_gifts_of_its_own_members_and_no_aid(
    client_of, branch_officer, township, county, signed, enrol, give, pay
):
    inside = unions.register_employer(county=county, name="新安木器厂", township=township, **signed)
    own, other = enrol("李会员", 1, employer=inside), enrol("王会员", 2)
    mine, theirs = give(own), give(other)
    payment = pay(own)
    officers = client_of(branch_officer)
    assert officers.get(url("donation", mine.line)).status_code == 200
    assert officers.get(url("donation", theirs.line)).status_code == 404
    assert officers.get(url("payment", payment.line)).status_code == 404
    assert officers.get(url("donors")).context["listing"].total == 1
    assert officers.get(url("aid")).context["listing"].total == 0
    assert reverse("evidence:trace", args=[mine.made_by_id]) not in text(
        officers.get(url("donation", mine.line))
    )


def test_reading_leaves_no_trace(officers, gift):
    before = Trace.objects.count()
    for name in ("drives", "donations", "donors", "aid"):
        officers.get(url(name))
    officers.get(url("donation", gift.line))
    assert Trace.objects.count() == before


@pytest.mark.parametrize("filters", [DonationFilter, DonorFilter, AidFilter])
def test_a_list_searches_as_one_types(filters):
    # The tool bar listens to boxes of this type only.
    assert filters.base_filters["q"].field.widget.input_type == "search"
