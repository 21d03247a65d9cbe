"""捐款人确认: a person says what no book could."""

import pytest

from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.members.models import Person
from henji.mutual_aid import commands, queries, rules
from henji.mutual_aid.models import Donation, Giver
from henji.mutual_aid.tests.books import collected

LINE = ("李会员", "", "常山纺织", 50, "2016-11-20", "")


@pytest.fixture
def unknown(take, enrol):
    """A gift of 李会员's, of whom there are two."""
    enrol("李会员", 1)
    enrol("李会员", 2)
    take(LINE)
    return Donation.objects.get()


def test_a_member_is_named(unknown, signed, drive):
    li = Person.objects.get(pk=queries.candidates_for(unknown)[0].person)
    named = commands.name_donor(donation=unknown, person=li, **signed)
    assert (named.giver, named.person, named.named) == (Giver.MEMBER, li, "")
    assert collected(drive) == 50
    assert Trace.objects.get(pk=named.made_by_id).facts == {"giver": "member", "gift": str(named.line)}


def test_whoever_is_no_member_counts_as_money_only(unknown, signed, drive):
    named = commands.name_donor(donation=unknown, person=None, **signed)
    assert (named.giver, named.person, named.named) == (Giver.OTHER, None, "李会员")
    assert collected(drive) == 50


def test_a_donor_is_named_once(unknown, signed):
    named = commands.name_donor(donation=unknown, person=None, **signed)
    with pytest.raises(rules.NotUnknown):
        commands.name_donor(donation=named, person=None, **signed)
    with pytest.raises(Outdated):
        commands.name_donor(donation=unknown, person=None, **signed)


def test_the_candidates_are_the_members_of_that_name_with_what_they_gave(unknown, mill, give):
    first, second = queries.candidates_for(unknown)
    assert {first.place, second.place} == {mill.name}
    assert (first.given_yuan, second.given_yuan) == (0, 0)
    give(Person.objects.get(pk=first.person), "30")
    assert [one.given_yuan for one in queries.candidates_for(unknown)] == [30, 0]
