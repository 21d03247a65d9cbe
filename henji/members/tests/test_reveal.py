"""Revealing what is masked."""

import pytest

from henji.evidence.models import Trace
from henji.members import commands, rules
from henji.members.deeds import Deed
from henji.members.tests.rosters import number_of


@pytest.fixture
def reveal(officer, actor, at):
    """王干事 asks."""

    def reveal(person, field="identity", reason="核对身份"):
        return commands.reveal(person=person, field=field, reason=reason, by=actor(officer), at=at)

    return reveal


def test_the_value_is_told_and_who_asked_why_is_written_down(enrol, reveal, officer):
    person = enrol()
    assert reveal(person) == number_of(1)
    trace = Trace.objects.of(person).get(deed=Deed.REVEALED)
    assert (trace.by_id, trace.facts, trace.words.text) == (officer.pk, {"field": "identity"}, "核对身份")


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "查"])
def test_without_a_reason_nothing_is_told(enrol, reveal, reason):
    with pytest.raises(rules.NoReason):
        reveal(enrol(), reason=reason)


@pytest.mark.parametrize("field", ["name", "key", "", "phone\0"])
def test_only_what_is_masked_can_be_revealed(enrol, reveal, field):
    with pytest.raises(rules.NotMasked):
        reveal(enrol(), field=field)


def test_what_is_not_held_is_told_as_empty(enrol, reveal):
    assert reveal(enrol(), field="phone") == ""


def test_who_was_erased_stays_unknown(enrol, reveal):
    person = enrol()
    type(person).objects.filter(pk=person.pk).update(key=None)
    person.refresh_from_db()
    with pytest.raises(rules.Erased):
        reveal(person)
