"""Erasing what was said about a trace."""

import pytest
from django.db import transaction

from henji.evidence import traces
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
    return lambda: erase_words(trace=said, county=county, by=actor(administrator), at=at)


def test_words_go_and_the_trace_stays_as_it_was(erase, said):
    before = Trace.objects.filter(pk=said.pk).values().get()
    erase()
    assert not Words.objects.exists()
    assert Trace.objects.filter(pk=said.pk).values().get() == before


def test_erasing_leaves_a_trace_about_the_trace(erase, said):
    erase()
    (left,) = Trace.objects.of(said)
    assert (left.deed, left.by_name, left.subject_id) == ("evidence.words_erased", "赵管理员", str(said.pk))


def test_erasing_twice_changes_nothing_and_says_so_again(erase, said):
    erase()
    erase()
    assert Trace.objects.of(said).count() == 2
