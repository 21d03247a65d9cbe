"""The pages of cards, as the county's officer and a township's see them."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from henji.members.cards.models import Card, State
from henji.members.cards.tests.conftest import card_number
from henji.members.tests.rosters import number_of


@pytest.fixture
def see(client_of, officer):
    client = client_of(officer)

    def see(name, *args, **query):
        return client.get(reverse(f"members:{name}", args=args), query)

    return see


@pytest.fixture
def post(client_of, officer):
    client = client_of(officer)

    def post(name, *args, query="", **sent):
        return client.post(reverse(f"members:{name}", args=args) + query, sent)

    return post


def test_an_officer_goes_from_the_application_to_the_file_by_buttons(hire, factory, see, post):
    person, other = hire(1), hire(3)
    listed = see("apply_card", employer=factory.pk).content.decode()
    assert str(person.pk) in listed
    assert str(other.pk) in listed
    agreed = {"consent": "2016-1", "on": "2016-06-01"}
    answer = post("apply_card", query=f"?employer={factory.pk}", person=[str(person.pk)], **agreed)
    assert answer.status_code == 302
    assert Card.objects.known().get().person == person
    assert str(person.pk) not in see("apply_card", employer=factory.pk).content.decode()
    answer = post("check_cards", template="reference")
    batch = Card.objects.known().get().batch
    assert answer.url == reverse("members:card_batch", args=[batch.pk])
    file = post("card_file", batch.pk, reason="送银行开卡")
    assert number_of(1) in str(list(openpyxl.load_workbook(BytesIO(file.content)).worksheets[0].values))
    assert Card.objects.known().get().state == State.SENT


def test_nobody_is_chosen_and_the_form_says_so(hire, factory, post):
    hire()
    answer = post("apply_card", query=f"?employer={factory.pk}", consent="2016-1", on="2016-06-01")
    assert "还没有勾选人" in answer.content.decode()
    assert not Card.objects.exists()


def test_a_day_to_come_is_refused_beside_the_field(hire, factory, post):
    person = hire()
    answer = post(
        "apply_card", query=f"?employer={factory.pk}", consent="2016-1", on="2099-01-01", person=[person.pk]
    )
    assert answer.context["form"].errors["on"] == ["日期还没有到"]


def test_a_file_without_a_reason_stays_here(office, hire, post):
    office.apply(hire())
    batch = office.check().batch
    answer = post("card_file", batch.pk, reason="")
    assert "请填写用途" in answer.content.decode()
    assert Card.objects.known().get().state == State.CHECKED


def test_what_is_ticked_on_the_signed_list_is_handed_out(office, hire, factory, see, post):
    given, absent = hire(1), hire(3)
    office.make(given, absent)
    listed = see("slips", factory.pk).content.decode()
    assert number_of(1) not in listed
    assert card_number(1) not in listed
    post("slips", factory.pk, card=[str(office.card(given).line)], on=office.on.isoformat())
    assert (office.card(given).state, office.card(absent).state) == (State.ISSUED, State.MADE)
    assert see("cards_waiting").context["waiting"][0].number == 1


def test_the_list_is_found_by_tail_by_name_and_by_what_is_asked(office, hire, see):
    person, bare = hire(1), hire(3, phone="")
    office.make(person)
    office.apply(bare)
    office.check()
    for query, holders in (
        ({"q": card_number(1)[-4:]}, [person]),
        ({"q": card_number(1)}, [person]),
        ({"q": number_of(3)}, [bare]),
        ({"q": "李会员"}, [bare, person]),
        ({"doubt": "faults"}, [bare]),
        ({"state": "made"}, [person]),
        ({"state": "nonsense"}, [bare, person]),
    ):
        table = see("cards", **query).context["listing"].table
        assert [row.record.person for row in table.rows] == holders, query


def test_a_card_shows_its_number_covered_and_opens_it_for_a_reason(office, hire, see, post):
    (card,) = office.hand_out(hire())
    shown = see("card", card.line).content.decode()
    assert "6222********0001" in shown
    assert card_number(1) not in shown
    assert post("reveal_card", card.line, reason="").status_code == 400
    assert post("reveal_card", card.line, reason="柜台核对").content.decode() == card_number(1)


def test_a_township_sees_the_cards_of_its_own_members_only(office, hire, client_of, branch_officer, employ):
    own, others = hire(1), hire(3, employer=employ("正定县别处机械厂"))
    office.hand_out(own, others)
    client = client_of(branch_officer)
    listed = client.get(reverse("members:cards")).context["listing"].table
    assert [row.record.person for row in listed.rows] == [own]
    assert client.get(reverse("members:card", args=[office.card(others).line])).status_code == 404
    assert client.get(reverse("members:card_batch", args=[office.card(own).batch_id])).status_code == 404
    lost = client.post(reverse("members:lose_card", args=[office.card(own).line]), {"on": office.on})
    assert lost.status_code == 302
    assert office.card(own).state == State.LOST


def test_a_step_that_does_not_follow_is_refused_in_words(office, hire, post):
    person = hire()
    office.apply(person)
    answer = post("lose_card", office.card(person).line, on=office.on.isoformat())
    assert "不能办“会员卡挂失”" in answer.content.decode()


def test_a_person_leads_to_the_card_and_the_card_to_the_person(office, hire, see):
    person = hire()
    assert see("card_of", person.pk).url == reverse("members:person", args=[person.pk])
    office.apply(person)
    assert see("card_of", person.pk).url == reverse("members:card", args=[office.card(person).line])
    assert "会员卡申领" in see("person", person.pk).content.decode()
