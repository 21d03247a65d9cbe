"""The row of the book from which a gift came, as it was handed in."""

import pytest
from django.urls import reverse

from henji.evidence import blobs
from henji.members.models import Person
from henji.members.tests.rosters import number_of
from henji.mutual_aid.models import Donation
from henji.mutual_aid.tests.books import HEADS

PHONE = "13912345678"


@pytest.fixture
def gift(take, enrol):
    """李会员's, the second row of a book."""
    enrol("李会员", 1)
    take(
        ("集体", "", "甲厂", 500, "", "", ""),
        ("李会员", number_of(1), "甲厂", 50, "", "", PHONE),
        heads=(*HEADS, "电话"),
    )
    return Donation.objects.get(person__isnull=False)


@pytest.fixture
def page(gift, client_of, officer):
    def page(user=officer):
        return client_of(user).get(reverse("mutual_aid:donation_row", args=[gift.line]))

    return page


def test_the_row_is_shown_with_its_numbers_masked(page):
    handed_in = page().context["handed_in"]
    cells = dict(handed_in.cells)
    assert (handed_in.number, cells["姓名"]) == (3, "李会员")
    text = page().content.decode()
    assert number_of(1) not in text
    assert PHONE not in text


def test_the_gift_and_its_timeline_lead_to_it(page, gift, client_of, officer):
    told = client_of(officer).get(reverse("mutual_aid:donation", args=[gift.line])).content.decode()
    assert told.count(page().request["PATH_INFO"]) == 2


def test_the_outsider_finds_nothing(page, outsider):
    assert page(outsider).status_code == 404


def test_a_gift_recorded_by_hand_has_no_row(page, gift):
    Donation.objects.filter(line=gift.line).update(source_row=None)
    assert page().status_code == 404


def test_a_book_destroyed_and_a_giver_erased_are_told_of(page, gift):
    Person.objects.filter(pk=gift.person_id).update(key=None)
    assert "已按规定删除" in page().context["refused"]
    Person.objects.filter(pk=gift.person_id).update(key=b"key")
    blobs.destroy(blobs.Blob.objects.get())
    assert page().context["refused"] == "原表已按规定销毁，只留下导入时的记录"
