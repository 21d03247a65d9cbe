"""Two people at two counters at the same instant, each with a connection of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from henji.evidence.models import Trace
from henji.lib.refusals import Refusal
from henji.members.cards import commands
from henji.members.cards.models import ENDED, Card

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do the deeds at the same instant; what each came to: "done", or the name of the refusal."""
    together = Barrier(len(deeds))

    def do(deed):
        try:
            together.wait(timeout=20)
            deed()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(do, deeds))


@pytest.fixture
def at_two_counters(office):
    """The same deed, told at two counters with what each has before the eyes."""

    def at_two_counters(command, **told):
        signed = office.signed
        return at_once(*[lambda: command(on=office.on, **told, **signed)] * 2)

    return at_two_counters


def _live(person):
    return Card.objects.known().filter(person=person).exclude(state__in=ENDED).count()


def test_a_card_handed_out_twice_at_once_is_handed_out_once(office, hire, at_two_counters):
    people = [hire(1), hire(3)]
    office.make(*people)
    cards = [office.card(person) for person in people]
    told = at_two_counters(commands.hand_out, county=office.county, cards=cards)
    assert Counter(told) == {"done": 1, "CardMoved": 1}
    assert Trace.objects.filter(deed="members.cards_handed_out").count() == 1


def test_a_card_replaced_and_closed_at_once_leaves_one_or_none(office, hire):
    person = hire()
    office.hand_out(person)
    card = Card.objects.known().select_related("person", "county").get()
    signed = office.signed
    told = at_once(
        lambda: commands.replace(card=card, on=office.on, **signed),
        lambda: commands.close(card=card, on=office.on, words="本人申请", **signed),
    )
    assert Counter(told) == {"done": 1, "CardMoved": 1}
    assert _live(person) == (told[0] == "done")


def test_whoever_applies_twice_at_once_has_one_card(office, hire):
    person = hire()
    signed = office.signed
    told = {"consent": "2016-1", "consented_on": office.on, **signed}
    found = at_once(
        *[lambda: commands.apply(county=office.county, persons=[person.pk], **told)] * 2,
    )
    assert Counter(found) == {"done": 1, "CardedAlready": 1}
    assert _live(person) == 1


def test_two_batches_formed_at_once_share_nobody(office, hire):
    office.apply(*[hire(serial) for serial in (1, 3, 5)])
    cards = list(Card.objects.known().select_related("person"))
    signed = office.signed
    checking = [lambda: commands.check(county=office.county, cards=cards, template="reference", **signed)] * 2
    assert Counter(at_once(*checking)) == {"done": 1, "CardMoved": 1}
    assert Card.objects.known().values("batch").distinct().count() == 1
    assert connection.in_atomic_block is False
