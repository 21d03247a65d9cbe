"""查人: by the number of a card that is still good."""

from henji.members import finding
from henji.members.cards import commands
from henji.members.cards.tests.conftest import card_number


def test_a_member_is_found_by_the_number_of_a_good_card(office, hire, reach_of, officer, outsider):
    hers, _his = hire(1), hire(3)
    (card, _other) = office.hand_out(hers, _his)
    number = card_number(1)

    def found(words, by=officer):
        return [row.person_id for row in finding.found(reach_of(by), words, 10)]

    for words in (number, f"{number[:4]} {number[4:]}", f"{number[-4:]} 常山"):
        assert found(words) == [hers.pk]
        assert found(words, by=outsider) == []
    assert hers.pk in found(number[-4:])
    office.step(commands.close, card, words="退会")
    assert found(number) == []
