"""Cards of people who move: one remains of two records' cards, and a card goes along to another county."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.lib.periods import Period
from henji.members import commands as members
from henji.members import queries as people
from henji.members.cards import commands, following, queries, rules
from henji.members.cards.models import ENDED, Card, State
from henji.members.cards.tests.conftest import card_number
from henji.members.models import Merger
from henji.members.tests.turns import latest


@pytest.fixture
def merge(office):
    """合并 by 王干事."""

    def merge(kept, folded):
        seen = (people.card(kept).seen, people.card(folded).seen)
        told = {"kept": kept, "folded": folded, "seen": seen, "reason": "同一个人登记了两次"}
        return members.merge(**told, **office.signed)

    return merge


@pytest.fixture
def transfer(office, neighbour, outsider, actor):
    """会籍转移 to the neighbour county, taken in on the next day."""

    def transfer(person):
        told = {"person": person, "seen": latest(person).pk, "to": neighbour, "on": office.on}
        released = members.release(**told, **office.signed)
        accepted = office.signed | {"by": actor(outsider)}
        members.accept(transfer=released, employer=None, on=office.on, **accepted)

    return transfer


def now(person):
    """The cards of a person as they are now: state, tail, number in clear."""
    cards = Card.objects.known().filter(person=person).select_related("person").order_by("line")
    return [(card.state, card.tail, queries.number_of(card)) for card in cards]


def same(cards):
    return [(card.line, card.person_id, card.state, card.number_index, card.ended_on) for card in cards]


def current():
    return Card.objects.known().order_by("line")


def test_of_two_cards_in_hand_the_kept_record_keeps_its_own(office, hire, merge, reach_of, officer):
    kept, folded = hire(1), hire(3)
    office.hand_out(kept, folded)
    trace = merge(kept, folded).made_by
    assert now(kept) == [(State.ISSUED, card_number(1)[-4:], card_number(1))]
    (closed,) = Card.objects.known().filter(person=folded)
    assert (closed.state, closed.words) == (State.CLOSED, str(following.ONE_PERSON))
    assert trace.facts["cards"] == 1
    assert queries.doubts(reach_of(officer), office.county.pk, office.on) == {}


def test_the_card_that_has_come_further_goes_along_and_opens_under_the_kept_key(office, hire, merge):
    kept, folded = hire(1), hire(3)
    office.hand_out(folded)
    office.apply(kept)
    token = office.card(folded).token
    merge(kept, folded)
    assert sorted(now(kept)) == [(State.CLOSED, "", ""), (State.ISSUED, card_number(1)[-4:], card_number(1))]
    assert now(folded) == []
    assert office.card(kept).token == token  # the page on the holder's phone stays
    commands.replace(card=office.card(kept), on=office.on, **office.signed)


def test_taken_apart_again_everybody_has_the_card_of_before(office, hire, merge):
    kept, folded = hire(1), hire(3)
    office.hand_out(folded)
    office.apply(kept)
    before = same(current())
    merger = merge(kept, folded)
    assert same(current()) != before
    members.unmerge(merger=merger, reason="不是同一个人", **office.signed)
    assert same(current()) == before
    assert now(folded)[0][2] == card_number(1)


def test_a_card_that_was_used_since_stays_where_it_is_when_records_are_taken_apart(office, hire, merge):
    kept, folded = hire(1), hire(3)
    office.hand_out(folded)
    merger = merge(kept, folded)
    office.step(commands.lose, office.card(kept))
    members.unmerge(merger=merger, reason="不是同一个人", **office.signed)
    assert (office.card(kept).state, now(folded)) == (State.LOST, [])


def test_whoever_took_the_consent_back_has_the_card_closed_by_hand(office, hire, merge, reach_of, officer):
    kept, folded = hire(1), hire(3)
    office.hand_out(kept, folded)
    office.step(commands.withdraw_consent, office.card(folded))
    merge(kept, folded)
    assert office.card(folded).state == State.ISSUED
    assert queries.doubts(reach_of(officer), office.county.pk, office.on) == {"withdrawn": 1, "left": 1}


def test_the_bank_may_answer_under_the_number_of_the_folded_record(office, hire, merge):
    kept, folded = hire(1), hire(3)
    batch = office.send(folded)
    (identity,) = office.identities([folded])
    merge(kept, folded)
    job = office.take_in(batch, [(identity, "", card_number(9), "成功", "")])
    assert job.result["made"] == 1
    assert now(kept) == [(State.MADE, card_number(9)[-4:], card_number(9))]


@given(st.permutations([state for state in State if state not in ENDED]))
def test_the_card_that_remains_is_none_that_is_behind_the_other(states):
    one, other = Card(state=states[0]), Card(state=states[1])
    assert rules.furthest([one, other]).state == rules.furthest([other, one]).state
    assert rules.furthest([one, Card(state=one.state)]) is one


def test_after_erasure_no_index_and_no_last_places_stay_under_whichever_record(office, hire, merge):
    kept, folded = hire(1), hire(3)
    office.hand_out(folded)
    members.unmerge(merger=merge(kept, folded), reason="不是同一个人", **office.signed)
    members.erase_person(person=folded, reason="本人要求", **office.signed)
    assert set(Card.objects.values_list("number_index", "tail")) == {("", "")}
    assert Merger.objects.exclude(id_index="").count() == 0


def test_the_other_records_card_outlives_an_erasure_of_one_that_had_it_for_a_time(office, hire, merge):
    kept, folded = hire(1), hire(3)
    office.hand_out(folded)
    members.unmerge(merger=merge(kept, folded), reason="不是同一个人", **office.signed)
    members.erase_person(person=kept, reason="本人要求", **office.signed)
    assert now(folded) == [(State.ISSUED, card_number(1)[-4:], card_number(1))]


# -- to another county -----------------------------------------------------------------------------


def rate(county, day, known_at=None):
    figure = figures.compute("members.card_rate", Scope((county.pk,), Period.year(2016), day, known_at))
    return getattr(figure[county.pk], "part", None)


def test_a_card_in_hand_goes_along_to_the_other_county(office, hire, transfer, neighbour, county):
    person = hire()
    (card,) = office.hand_out(person)
    before = office.on
    transfer(person)
    ours, theirs = Card.objects.known().order_by("line")
    assert (ours.county, ours.state, ours.words) == (county, State.CLOSED, str(following.GONE_ALONG))
    assert (ours.tail, ours.number_index, ours.box) == ("", "", None)
    assert (theirs.county, theirs.state, theirs.replaces) == (neighbour, State.ISSUED, card.line)
    assert queries.number_of(theirs) == card_number(1)
    assert theirs.issued_on == card.issued_on
    assert theirs.token != card.token
    assert [rate(county, before), rate(neighbour, before)] == [1, None]
    assert [rate(county, office.on), rate(neighbour, office.on)] == [None, 1]


def test_an_application_ends_where_it_was_made(office, hire, transfer, neighbour, outsider, actor):
    person = hire()
    office.apply(person)
    transfer(person)
    (ended,) = Card.objects.known()
    assert (ended.state, ended.words) == (State.CLOSED, str(following.TO_APPLY_THERE))
    told = {"consent": "2016-1", "consented_on": office.on, **office.signed | {"by": actor(outsider)}}
    commands.apply(county=neighbour, persons=[person.pk], **told)


def test_back_again_the_card_is_the_countys_as_before(office, hire, transfer, county, actor, outsider):
    person = hire()
    office.hand_out(person)
    transfer(person)
    person.refresh_from_db()
    theirs = office.signed | {"by": actor(outsider)}
    told = {"person": person, "seen": latest(person).pk, "to": county, "on": office.on}
    released = members.release(**told, **theirs)
    members.accept(transfer=released, employer=None, on=office.on, **office.signed)
    assert (office.card(person).county, office.card(person).state) == (county, State.ISSUED)
    assert queries.number_of(office.card(person)) == card_number(1)


def test_the_former_county_sees_its_own_card_and_nothing_of_the_other(
    office, hire, transfer, client_of, officer, outsider
):
    person = hire()
    (card,) = office.hand_out(person)
    transfer(person)
    there = office.card(person)
    client = client_of(officer)
    page = client.get(reverse("members:card", args=[card.line]))
    words = page.content.decode()
    assert page.status_code == 200
    assert card_number(1)[-4:] not in words
    assert str(there.line) not in words
    assert "井陉" not in words
    assert client.get(reverse("members:card", args=[there.line])).status_code == 404
    assert client_of(outsider).get(reverse("members:card", args=[card.line])).status_code == 404
    theirs = client_of(outsider).get(reverse("members:card_of", args=[person.pk]))
    assert theirs.url == reverse("members:card", args=[there.line])


def test_recorded_late_no_card_ends_before_it_was_handed_out(office, hire, neighbour, outsider, actor):
    person = hire()
    early = office.on
    office.hand_out(person)
    told = {"person": person, "seen": latest(person).pk, "to": neighbour, "on": early}
    released = members.release(**told, **office.signed)
    accepted = office.signed | {"by": actor(outsider)}
    members.accept(transfer=released, employer=None, on=early, **accepted)
    ours = Card.objects.known().get(state=State.CLOSED)
    assert ours.ended_on == ours.issued_on > early
