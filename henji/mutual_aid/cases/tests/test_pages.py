"""What people see: the desk, the notice that anybody reads, and the applicant's own page."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from henji.lib import clock
from henji.members.tests.rosters import number_of
from henji.mutual_aid.cases import commands, links, queries
from henji.mutual_aid.cases.models import AidCaseVersion, Notice, State
from henji.mutual_aid.cases.tests.conftest import CLERK, FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, officer):
    """王干事's browser."""
    return client_of(officer)


@pytest.fixture
def chair(client_of, leader):
    """陈主席's browser."""
    return client_of(leader)


def page(browser, name, *args):
    response = browser.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def told(**more):
    return {
        "applicant": number_of(1),
        "category": "S1",
        "relation": "self",
        "patient": "李会员乙",
        "identity": number_of(1),
        "disease": "恶性肿瘤",
        "event_on": "2016-02-01",
        "costs_yuan": "40000",
        "insured_yuan": "25000",
        "holder": "李会员乙",
        "card": "6222 0000 0000 0001",
        "phone": "13800138000",
        "on": "2016-03-01",
        **more,
    }


def test_an_officer_applies_for_a_member_and_hands_in_the_papers(office, desk):
    office.hire(1)
    sent = desk.post(reverse("mutual_aid:apply_aid"), told())
    case = AidCaseVersion.objects.known().get()
    there = reverse("mutual_aid:case_papers", args=[case.case_id])
    assert (sent.status_code, sent["Location"]) == (302, there)
    assert "还缺" in page(desk, "mutual_aid:case_papers", case.case_id)
    file = SimpleUploadedFile("身份证.jpg", b"\xff\xd8\xff photo")
    desk.post(there, {"version": case.pk, "slot": "identity", "attached": file})
    assert "已有" in page(desk, "mutual_aid:case_papers", case.case_id)


def test_what_was_typed_stays_when_the_application_is_refused(office, desk):
    office.hire(1)
    shown = desk.post(reverse("mutual_aid:apply_aid"), told(card="12", reason="家里困难")).content.decode()
    assert "收款账号应为 12 至 19 位数字" in shown
    assert "家里困难" in shown
    assert "恶性肿瘤" in shown
    assert not AidCaseVersion.objects.exists()


def test_a_member_of_another_county_is_nobody_here(office, desk, neighbour, client_of, outsider):
    office.hire(1)
    shown = client_of(outsider).post(reverse("mutual_aid:apply_aid"), told()).content.decode()
    assert not AidCaseVersion.objects.exists()
    assert "李会员乙" not in shown.replace('value="李会员乙"', "")


def test_the_page_of_an_application_masks_what_is_told(office, desk):
    case = office.apply(1)
    shown = page(desk, "mutual_aid:case", case.case_id)
    assert "恶性肿瘤" not in shown
    assert office.claim(1).card not in shown
    revealed = desk.post(
        reverse("mutual_aid:reveal_case", args=[case.case_id, "disease"]), {"reason": "核对"}
    )
    assert revealed.content.decode() == "恶性肿瘤"
    assert (
        "请用一两句话写明"
        in desk.post(reverse("mutual_aid:reveal_case", args=[case.case_id, "disease"]), {}).content.decode()
    )


def test_whoever_was_slower_is_told_beside_the_form(office, desk):
    seen = office.apply(1)
    commands.send_back(case=seen, words="缺材料", on=FIRST, **office.by(CLERK))
    url = reverse("mutual_aid:return_case", args=[seen.case_id])
    shown = desk.post(url, {"version": seen.pk, "words": "缺发票", "on": "2016-03-01"}).content.decode()
    assert "刚被别人更正过" in shown or "不能办" in shown
    assert "缺发票" in shown


def test_a_meeting_decides_one_by_one_in_a_list(office, chair):
    for serial in (1, 2):
        case = office.visit(office.answer_all(office.apply(serial)))
        office.post(office.answer_all(case))
    first, second = AidCaseVersion.objects.known().order_by("case__number")
    told = {f"choice_{first.pk}": "grant", f"amount_{first.pk}": "2500"}
    told |= {f"choice_{second.pk}": "refuse", f"words_{second.pk}": ""}
    url, head = reverse("mutual_aid:decide_cases"), {"name": "第 3 次会议", "held_on": "2016-04-01"}
    shown = chair.post(url, {**head, **told}).content.decode()
    assert "请用一两句话写明" in shown
    assert "2500" in shown
    assert chair.post(url, {**head, **told, f"words_{second.pk}": "自费项目"}).status_code == 302
    assert [office.now(case).state for case in (first, second)] == [State.APPROVED, State.REFUSED]
    assert office.now(first).approved_yuan == Decimal(2500)


def test_a_payment_file_is_handed_out_once(office, desk):
    batch = office.batch(office.approved(1))
    url = reverse("mutual_aid:payment_file", args=[batch.pk])
    assert desk.post(url)["Content-Disposition"].startswith("attachment")
    assert "再送会重复付款" in desk.post(url).content.decode()


# -- what anybody may read --------------------------------------------------------------------------------


@pytest.fixture
def running(office):
    """A notice in force today, of an application."""
    case = office.visit(office.answer_all(office.apply(1)))
    notice = office.post(office.answer_all(case))
    Notice.objects.filter(pk=notice.pk).update(starts_on=clock.today(), ends_on=clock.today())
    return notice


def test_anybody_reads_a_notice_in_force_and_nothing_of_the_illness(office, running):
    shown = page(Client(), "mutual_aid:public_notices")
    assert "李***" in shown
    assert "0311-88012345" in shown
    for hidden in ("李会员", "恶性肿瘤", number_of(1), office.claim(1).card, "县人民医院"):
        assert hidden not in shown


def test_a_notice_that_is_over_is_shown_to_nobody(running):
    Notice.objects.update(starts_on=date(2016, 3, 1), ends_on=date(2016, 3, 8))
    assert "李***" not in page(Client(), "mutual_aid:public_notices")
    asked = Client().get(reverse("mutual_aid:public_notices"), {"notice": running.pk})
    assert asked.status_code == 404


def test_whoever_has_the_link_sees_where_the_application_stands(office, desk):
    case = office.apply(1)
    token = case.case.token
    url = reverse("mutual_aid:my_case")
    shown = Client().get(url, {"case": token, "mark": links.link_mark(token)}).content.decode()
    assert "申请已收到，正在审核" in shown
    assert "最迟 2016-03-15" in shown
    for hidden in ("李会员", "恶性肿瘤", number_of(1), office.claim(1).card):
        assert hidden not in shown
    assert Client().get(url, {"case": token, "mark": "0" * 32}).status_code == 404
    assert links.link_mark(token) in page(desk, "mutual_aid:case_link", case.case_id)


WORDS = st.text("张王李赵重症肿瘤白血病甲乙丙丁", min_size=4, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=WORDS, disease=WORDS, patient=WORDS)
def test_no_public_page_tells_who_is_ill_of_what(office, name, disease, patient):
    claim = {"disease": disease, "patient": patient, "holder": name, "relation": "child", "category": "S3"}
    case = office.visit(office.answer_all(office.apply(**claim)))
    notice = office.post(office.answer_all(case))
    Notice.objects.filter(pk=notice.pk).update(starts_on=clock.today(), ends_on=clock.today())
    token = case.case.token
    mine = {"case": token, "mark": links.link_mark(token)}
    shown = page(Client(), "mutual_aid:public_notices")
    shown += Client().get(reverse("mutual_aid:my_case"), mine).content.decode()
    applicant = queries.applicants([office.now(case)])[case.line]
    for hidden in (
        disease,
        patient,
        name,
        applicant,
        office.claim(office.serial).card,
        case.case.person_id.hex,
    ):
        assert hidden not in shown
