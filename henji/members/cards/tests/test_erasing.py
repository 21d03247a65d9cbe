"""删除个人信息: of a card its days stay, and no number."""

from henji.evidence.models import Trace
from henji.members import commands as members
from henji.members.cards import moving
from henji.members.cards.models import Card


def test_the_number_of_the_card_goes_and_every_seal_still_verifies(office, hire):
    person, other = hire(1), hire(3)
    office.hand_out(person, other)
    members.erase_person(person=person, reason="本人要求", **office.signed)
    gone = Card.objects.filter(person=person)
    assert gone.count() > 1
    assert {(card.number_index, card.tail, card.words) for card in gone} == {("", "", "")}
    assert Card.objects.known().get(person=person).issued_on is not None
    assert Card.objects.known().exclude(tail="").get().person == other
    for trace in Trace.objects.filter(deed__startswith="members.card", rows_count__gt=0):
        assert moving.rows_root(trace.pk).root == trace.rows_root
