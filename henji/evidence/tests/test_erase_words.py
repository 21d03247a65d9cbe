"""Erasing what was said about a trace."""

import pytest
from django.db import transaction

from henji.evidence import rules, traces
from henji.evidence.commands import erase_words
from henji.evidence.models import Trace, Words


@pytest.fixture
def said(county, officer, actor, at):
    """A trace about which 王干事 said something."""
    with transaction.atomic():
        return traces.leave(
            "evidence.tried",
            id=traces.new_id(at),
            subject=county,
            county=county,
            by=actor(officer),
            at=at,
            on=at.date(),
            words="李会员家中有人生病",
        )


@pytest.fixture
def erase(said, county, administrator, actor, at):
    """赵管理员 erases the words."""
    signed = {"by": actor(administrator), "at": at}
    return lambda reason="本人要求": erase_words(trace=said, county=county, reason=reason, **signed)


def test_words_go_and_the_trace_stays_as_it_was(erase, said):
    before = Trace.objects.filter(pk=said.pk).values().get()
    erase()
    assert not Words.objects.filter(trace=said).exists()
    assert Trace.objects.filter(pk=said.pk).values().get() == before


def test_erasing_leaves_a_trace_about_the_trace(erase, said):
    erase()
    (left,) = Trace.objects.of(said)
    assert (left.deed, left.by_name, left.subject_id) == ("evidence.words_erased", "赵管理员", str(said.pk))
    assert left.words.text == "本人要求"
    assert "生病" not in str(vars(left))


def test_what_has_been_erased_is_not_erased_again(erase, said):
    erase()
    with pytest.raises(rules.NoWords) as refused:
        erase()
    assert refused.value.words
    assert Trace.objects.of(said).count() == 1


def test_words_are_not_erased_without_a_reason(erase, said):
    with pytest.raises(rules.NoReason):
        erase(" ")
    assert Words.objects.filter(trace=said).exists()
