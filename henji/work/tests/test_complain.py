"""减负意见: that something asks too much of people."""

import pytest

from henji.evidence.models import Trace
from henji.work import commands, queries, rules
from henji.work.models import Complaint


@pytest.fixture
def complain(county, officer, actor, at):
    def complain(text="同一个数填了三遍", page="/members/"):
        return commands.complain(county=county, user=officer, page=page, text=text, by=actor(officer), at=at)

    return complain


def test_a_complaint_is_kept_with_the_page_where_it_was_felt(complain):
    said = complain("  同一个数填了三遍 ")
    assert (said.text, said.page) == ("同一个数填了三遍", "/members/")
    assert Trace.objects.of(said).get() == said.made_by


def test_the_trace_does_not_repeat_what_was_said(complain):
    assert complain().made_by.facts == {}


def test_a_complaint_says_something(complain):
    with pytest.raises(rules.NothingSaid):
        complain(" \n ")
    assert not Complaint.objects.exists()


def test_what_is_too_long_is_cut(complain):
    said = complain("长" * 3000, page="/" + "页" * 300)
    assert (len(said.text), len(said.page)) == (2000, 200)


def test_complaints_are_seen_within_the_county(complain, officer, outsider, reach_of):
    said = complain()
    assert list(queries.complaints_in(reach_of(officer))) == [said]
    assert not queries.complaints_in(reach_of(outsider))
