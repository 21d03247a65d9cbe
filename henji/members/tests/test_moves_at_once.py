"""同时: two people move one member; one of them is told, and nothing is silently overwritten."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.members import commands, history, queries
from henji.members.deeds import Deed
from henji.members.models import Membership, Stage, Transfer, Turn
from henji.members.tests.rosters import number_of
from henji.members.tests.threads import at_once, refusals
from henji.members.tests.turns import latest

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2016, 5, 1)


@pytest.fixture
def signed(at):
    return {"by": INSTALLER, "at": at}


def test_two_transfers_of_one_person_at_once(enrol, township, neighbour, signed):
    person = enrol()
    deed = {"person": person, "seen": latest(person).pk, "on": DAY, **signed}
    outcomes = at_once(*(lambda to=to: commands.release(**deed, to=to) for to in (township, neighbour)))
    assert len(refusals(outcomes)) == 1
    assert Transfer.objects.known().open().filter(person=person).count() == 1
    assert Trace.objects.filter(deed=Deed.RELEASED).count() == 1


@pytest.mark.parametrize("answer", ["withdraw_release", "refuse"])
def test_acceptance_races_withdrawal(enrol, neighbour, signed, answer):
    person = enrol()
    transfer = commands.release(person=person, seen=latest(person).pk, to=neighbour, on=DAY, **signed)
    outcomes = at_once(
        lambda: commands.accept(transfer=transfer, employer=None, on=DAY, **signed),
        lambda: getattr(commands, answer)(transfer=transfer, reason="转错了", **signed),
    )
    assert len(refusals(outcomes)) == 1
    accepted = Transfer.objects.known().get().stage == Stage.ACCEPTED
    person.refresh_from_db()
    assert (person.county == neighbour) == accepted
    assert Membership.objects.known().on(DAY).get(person=person).county == person.county


def test_two_acceptances_at_once(enrol, neighbour, signed):
    person = enrol()
    transfer = commands.release(person=person, seen=latest(person).pk, to=neighbour, on=DAY, **signed)
    accept = {"transfer": transfer, "employer": None, "on": DAY, **signed}
    outcomes = at_once(lambda: commands.accept(**accept), lambda: commands.accept(**accept))
    assert len(refusals(outcomes)) == 1
    assert Membership.objects.known().on(DAY).filter(person=person).count() == 1


def test_two_people_exchange_members_of_two_counties_without_waiting_for_each_other(
    enrol, neighbour, county, signed
):
    """Both lock both counties, always in the same order."""
    going = enrol()
    coming = commands.enrol(county=neighbour, name="王会员", identity=number_of(2), **signed)
    there = commands.release(person=going, seen=latest(going).pk, to=neighbour, on=DAY, **signed)
    here = commands.release(person=coming, seen=latest(coming).pk, to=county, on=DAY, **signed)
    outcomes = at_once(
        *(
            lambda transfer=transfer: commands.accept(transfer=transfer, employer=None, on=DAY, **signed)
            for transfer in (there, here)
        )
    )
    assert refusals(outcomes) == []


def test_one_leaves_while_another_corrects(enrol, signed):
    person = enrol()
    card = queries.card(person)
    told = {"name": "李惠员", "employer": None, "start_on": date(2015, 4, 1), "end_on": None}
    outcomes = at_once(
        lambda: commands.end_membership(
            person=person, seen=card.latest.pk, ending=Turn.LEFT, on=DAY, **signed
        ),
        lambda: commands.correct_person(person=person, seen=card.seen, **told, **signed),
    )
    assert len(refusals(outcomes)) == 1
    # Whoever was second is shown what the first one changed.
    assert history.since(person, card.seen)
