"""The row of the roster that told something of a person, as it was handed in."""

from datetime import date

import pytest
from django.urls import reverse

from henji.evidence import blobs
from henji.members.models import Particulars, Person
from henji.members.tests.rosters import HEADS, number_of

ADDRESS = "河北省石家庄市正定县某路9号"
CARD = "6222021234567891234"
HEADS_MORE = (*HEADS, "家庭住址", "工资卡号", "血型", "家属电话", "出生年月日", "紧急电话", "配偶身份证")
LI = (
    "李会员",
    number_of(1),
    13812345678,
    "常山纺织",
    "2015-03-01",
    "",
    "",
    ADDRESS,
    CARD,
    "A",
    "13987654321",
    date(1980, 1, 1),
    "0311-88012345",
    "130123 19850312 0020",
)


@pytest.fixture
def told(import_rows):
    """What the second row of the workbook told of 李会员."""
    import_rows([("王会员", number_of(3)), LI], heads=HEADS_MORE)
    return Particulars.objects.get(name="李会员")


@pytest.fixture
def page(told, client_of, officer):
    """The row's page, as somebody sees it."""

    def page(user=officer, **other):
        values = {"key": told.person_id, "trace": told.made_by_id, "number": told.source_row}
        return client_of(user).get(reverse("members:row", kwargs=values | other))

    return page


def test_every_cell_stands_beside_its_head_and_numbers_are_masked(page):
    cells = dict(page().context["handed_in"].cells)
    assert (cells["姓名"], cells["工作单位"], cells["血型"]) == ("李会员", "常山纺织", "A")
    assert cells["身份证号"] == f"130***********{number_of(1)[-4:]}"
    assert cells["手机号"] == "138****5678"
    assert cells["家属电话"] == "139****4321"
    assert cells["工资卡号"] == "6222***********1234"
    text = page().content.decode()
    for secret in (number_of(1), "13812345678", CARD, ADDRESS, "13987654321", "王会员"):
        assert secret not in text
    assert "第 3 行" in text


def test_numbers_written_with_gaps_are_masked_by_their_heads(page):
    cells = dict(page().context["handed_in"].cells)
    assert cells["紧急电话"] == "031******2345"
    assert cells["配偶身份证"] == "130*************0020"


def test_no_day_of_birth_stands_beside_the_masked_number(page):
    assert dict(page().context["handed_in"].cells)["出生年月日"] == "****"


def test_the_person_leads_to_it(told, page, client_of, officer):
    person = client_of(officer).get(reverse("members:person", args=[told.person_id])).content.decode()
    assert person.count(page().request["PATH_INFO"]) >= 2


def test_a_row_of_somebody_else_is_not_shown(page, told):
    assert page(number=2).status_code == 404
    assert page(key=Person.objects.exclude(pk=told.person_id).get().pk).status_code == 404


def test_the_outsider_and_another_township_find_nothing(page, outsider, branch_officer):
    assert page(outsider).status_code == 404
    assert page(branch_officer).status_code == 404


def test_a_workbook_destroyed_is_told_of(page, told):
    job_blob = blobs.Blob.objects.get()
    blobs.destroy(job_blob)
    answer = page()
    assert (answer.status_code, answer.context["refused"]) == (200, "原表已按规定销毁，只留下导入时的记录")


def test_of_somebody_erased_nothing_is_read_again(page, told):
    Person.objects.filter(pk=told.person_id).update(key=None)
    answer = page()
    assert "已按规定删除" in answer.context["refused"]
    assert "常山纺织" not in answer.content.decode()


def test_a_file_that_is_gone_is_told_of(page, told):
    blobs.path_of(blobs.Blob.objects.get()).unlink()
    assert page().context["refused"] == "原表读不出来，请告诉管理员"
