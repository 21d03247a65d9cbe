"""When a person's words are erased, nobody reads of what they were ill; what was paid stays."""

import pytest

from henji.evidence.erasing import erase
from henji.mutual_aid.cases import commands, queries, rules
from henji.mutual_aid.cases.models import AidCaseVersion
from henji.mutual_aid.cases.tests.conftest import CHAIR, CLERK
from henji.mutual_aid.models import AidPayment

pytestmark = pytest.mark.django_db


def test_what_an_application_told_is_gone_and_the_payment_stays(office):
    case = office.paid(1)
    erase("members.person", [str(case.case.person_id)])
    now = office.now(case)
    assert queries.opened(now) == {}
    assert (now.patient_index, now.matter_index, now.bank_index) == ("", "", "")
    assert AidPayment.objects.known().get().paid_yuan == now.approved_yuan
    with pytest.raises(rules.ApplicationErased):
        commands.reveal(case=now, field="disease", reason="核对", **office.by(CHAIR))
    receipted = commands.keep_receipt(case=now, on=office.at.date(), **office.by(CLERK))
    assert receipted.state == "receipted"


def test_a_paper_that_somebody_else_holds_too_is_left_to_them(office):
    first, second = office.apply(1), office.apply(2)
    office.add_papers(first, b"theirs and mine")
    office.add_papers(second, b"theirs and mine")
    office.add_papers(first, b"mine")
    erase("members.person", [str(first.case.person_id)])
    destroyed = [paper.blob.is_destroyed for paper in first.case.papers.order_by("pk")]
    assert destroyed == [False, True]
    assert queries.opened(office.now(second))["disease"] == "恶性肿瘤"
    assert AidCaseVersion.objects.known().exclude(patient_index="").count() == 1
