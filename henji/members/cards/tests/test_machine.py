"""Random deeds in random order never leave two live cards, or a card in a state that cannot be."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from henji.lib.refusals import Refusal
from henji.members.cards import commands, rules
from henji.members.cards.models import ENDED, HANDED_OUT, Card, State
from henji.members.cards.tests.conftest import card_number
from henji.members.deeds import Deed

PEOPLE = st.integers(0, 2)
DAYS = st.integers(-2, 2)
SINGLE = {
    "hand": (Deed.CARDS_HANDED_OUT, lambda **told: _of_many(commands.hand_out, **told)),
    "unhand": (
        Deed.CARD_HAND_OUT_WITHDRAWN,
        lambda **told: commands.withdraw_hand_out(words="签错了", **told),
    ),
    "activate": (Deed.CARDS_ACTIVATED, lambda **told: _of_many(commands.activate, **told)),
    "reapply": (Deed.CARD_REAPPLIED, lambda **told: _of_many(commands.reapply, **told)),
    "lose": (Deed.CARD_LOST, commands.lose),
    "find": (Deed.CARD_FOUND, commands.find),
    "replace": (Deed.CARD_REPLACED, commands.replace),
    "close": (Deed.CARD_CLOSED, lambda **told: commands.close(words="本人申请", **told)),
    "withdraw": (Deed.CARD_CONSENT_ENDED, commands.withdraw_consent),
}


def _of_many(command, *, card, **told):
    command(county=card.county, cards=[card], **told)


class Machine(RuleBasedStateMachine):
    """Three members and a clumsy office."""

    office = None
    people = ()

    def __init__(self):
        super().__init__()
        Card.objects.all().delete()
        self.numbers = 0

    def _current(self, nth):
        cards = Card.objects.known().filter(person=self.people[nth]).select_related("person", "county")
        return cards.order_by("-line").first()

    @rule(nth=PEOPLE)
    def apply(self, nth):
        with contextlib.suppress(rules.CardedAlready):
            self.office.apply(self.people[nth])

    @rule()
    def check_and_send(self):
        with contextlib.suppress(rules.NothingToSend):
            batch = self.office.check().batch
            if batch:
                commands.export(batch=batch, reason="送银行开卡", **self.office.signed)

    @rule(nth=PEOPLE, outcome=st.sampled_from(("成功", "失败", "已激活")))
    def answer(self, nth, outcome):
        card = self._current(nth)
        if card and card.batch:
            self.numbers += 1
            number = "" if outcome == "失败" else card_number(self.numbers)
            identity = self.office.identities([self.people[nth]])[0]
            self.office.take_in(card.batch, [(identity, "", number, outcome, "")])

    @rule(nth=PEOPLE, name=st.sampled_from(sorted(SINGLE)), days=DAYS)
    def step(self, nth, name, days):
        card = self._current(nth)
        if card is None:
            return
        deed, command = SINGLE[name]
        signed = self.office.signed
        told = {"card": card, "on": self.office.on + timedelta(days=days), **signed}
        follows = deed == Deed.CARD_CONSENT_ENDED or rules.may_follow(deed, card.state)
        try:
            command(**told)
        except Refusal:
            assert Card.objects.known().get(line=card.line).pk == card.pk
        else:
            assert follows
            assert days <= 0

    @invariant()
    def nobody_has_two(self):
        live = list(Card.objects.known().exclude(state__in=ENDED).values_list("person", flat=True))
        assert len(live) == len(set(live))

    @invariant()
    def every_state_can_be(self):
        for card in Card.objects.known():
            assert card.has_ended == (card.ended_on is not None)
            assert (card.state in (*HANDED_OUT, State.MADE)) <= bool(card.box and card.number_index)
            assert (card.state in HANDED_OUT) <= bool(card.issued_on)
            assert (card.state == State.ACTIVATED) <= bool(card.activated_on)
            assert (card.state == State.SENT) <= bool(card.batch_id and card.sent_on)
            assert card.token

    @invariant()
    def a_card_is_in_one_version(self):
        lines = list(Card.objects.known().values_list("line", flat=True))
        assert len(lines) == len(set(lines))


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_random_deeds_never_leave_two_cards_or_an_impossible_one(office, hire):
    class Here(Machine):
        pass

    Here.office, Here.people = office, [hire(1), hire(3), hire(5)]
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
