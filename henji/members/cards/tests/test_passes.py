"""What a card shows to a merchant, and what whoever checks it knows."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from henji.lib import clock, signing
from henji.members.cards import commands, passes, queries
from henji.members.tests.rosters import number_of

_CODE = re.compile(r"HJ1\.[0-9a-f]{8}\.[\w-]{22}\.\d{9,11}\.[\w-]{86}")


@pytest.fixture
def card(office, hire):
    (card,) = office.hand_out(hire())
    return card


@pytest.fixture
def shown():
    """The holder's page, opened by the link, without a log-in."""

    def shown(card, mark=None):
        link = {"card": card.token, "mark": mark or passes.link_mark(card.token)}
        return Client().get(reverse("members:holder"), link)

    return shown


def body_of(told):
    return json.loads(told["body"])


def test_a_code_holds_nothing_of_the_person_and_ends_within_minutes(card, at):
    key = passes.signing_key()
    code = passes.code_of(card.token, at, key)
    assert _CODE.fullmatch(code.text)
    said, _dot, signature = code.text.rpartition(".")
    assert signing.is_signed(said, signature, key.public)
    assert not signing.is_signed(said.replace(card.token, "A" * 22), signature, key.public)
    assert int(said.rpartition(".")[2]) == int(at.timestamp()) + 300
    for known in (str(card.person_id), number_of(1), card.tail, "李会员"):
        assert known not in code.text


def test_the_holders_page_needs_the_link_and_tells_no_whole_name_or_number(card, shown):
    page = shown(card)
    text = page.content.decode()
    assert _CODE.search(text)
    assert "李***" in text
    assert "李会员" not in text
    assert shown(card, mark="0" * 32).status_code == 404
    assert page["Cache-Control"].startswith("max-age=0")


def test_what_merchants_see_does_not_open_the_holders_page(card, shown):
    token = _CODE.search(shown(card).content.decode())[0].split(".")[2]
    assert Client().get(reverse("members:holder"), {"card": token}).status_code == 404


def test_a_card_that_is_lost_closed_or_whose_holder_left_shows_no_code(office, card, shown):
    office.step(commands.lose, card)
    text = shown(card).content.decode()
    assert not _CODE.search(text)
    assert "已挂失" in text


def test_the_list_is_signed_dated_and_names_what_was_stopped_within_a_day(office, card, at):
    key = passes.signing_key()
    office.step(commands.lose, card)
    told = passes.checking_list(queries.stopped_since(office.at - passes.LIST_FOR), office.at, key)
    body = body_of(told)
    assert signing.is_signed(told["body"], told["signature"], key.public)
    assert body["stopped"] == [passes.digest_of(card.token)]
    assert body["ends"] - body["issued"] == 24 * 3600
    assert signing.as_bytes(body["keys"][key.number]) == key.public
    assert queries.stopped_since(office.at + timedelta(seconds=1)) == []


def test_the_checker_is_open_and_one_file_holds_all_of_it(card):
    told = Client().get(reverse("members:checking_list")).json()
    assert signing.is_signed(told["body"], told["signature"], passes.signing_key().public)
    page = Client().get(reverse("members:checker_file"))
    text = page.content.decode()
    assert "attachment" in page["Content-Disposition"]
    assert 'src="' not in text
    assert '<link rel="stylesheet' not in text
    assert "nacl" in text
    assert str(clock.today().year) in page["Content-Disposition"]
    worker = Client().get(reverse("members:checker_worker"))
    assert worker["Content-Type"].startswith("text/javascript")


def test_two_processes_that_begin_together_sign_with_the_same_key(tmp_path):
    place = tmp_path / "keys" / "cards.key"
    first, second = signing.SigningKey.at(place), signing.SigningKey.at(place)
    assert first == second
    assert place.stat().st_mode & 0o077 == 0
    assert [path.name for path in place.parent.iterdir()] == ["cards.key"]


def test_an_officer_gives_the_holder_the_link(card, client_of, officer):
    text = client_of(officer).get(reverse("members:pass_link", args=[card.line])).content.decode()
    assert passes.link_mark(card.token) in text
    assert "<svg" in text
