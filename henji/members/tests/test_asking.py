"""他县已登记: who is held elsewhere stands in the queue, and is asked for; nothing more is shown."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from henji.evidence.models import Trace
from henji.members import commands, queries, rules
from henji.members.deeds import Deed
from henji.members.models import Answer, Doubt, Kind, StagedMember
from henji.members.queries import asking
from henji.members.rules import doubts
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest

HELD = "欧阳采薇"
NUMBER = number_of(1)


@pytest.fixture
def theirs(enrol, neighbour, actor, outsider):
    """A member of the neighbour county."""
    return enrol(HELD, county=neighbour, by=actor(outsider))


@pytest.fixture
def named(theirs, import_rows):
    """王干事's roster names the neighbour's member, on two rows."""

    def named(name="王会员", **more):
        rows = [(name, NUMBER, "", "", "", "", ""), (name, NUMBER, "", "", "", "", "")]
        return import_rows(rows, **more)

    return named


@pytest.fixture
def signed(officer, actor, at):
    return {"by": actor(officer), "at": at + timedelta(hours=1)}


def queue():
    return Doubt.objects.known().open().filter(kind=Kind.ELSEWHERE)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_row_held_elsewhere_comes_into_the_queue_once(named, county, at):
    job = named()
    doubt = queue().get()
    assert (doubt.county, doubt.told_name, doubt.person, doubt.source_row) == (county, "王会员", None, 2)
    assert job.trace.facts["elsewhere"] == 1
    again = named("王惠员", at=at + timedelta(days=1))
    assert "elsewhere" not in again.trace.facts
    assert queue().get() == doubt


def test_the_queue_says_what_to_do_and_nothing_of_the_other_county(named, client_of, officer):
    named()
    client = client_of(officer)
    assert "王会员" in text(client.get(reverse("members:doubts")))
    line = queue().get().line
    page = text(client.get(reverse("members:doubt", args=[line])))
    assert "请求转入" in page
    row = text(client.get(reverse("members:doubt_row", args=[line])))
    assert "王会员" in row
    for told in (page, row):
        assert not {HELD, "井陉", NUMBER} & {word for word in (HELD, "井陉", NUMBER) if word in told}


def test_whoever_holds_the_member_sees_who_asks_and_releases(
    named, theirs, client_of, officer, outsider, county, actor, at
):
    named()
    line = queue().get().line
    client_of(officer).post(reverse("members:ask_for_transfer", args=[line]))
    assert not queue().exists()
    assert Trace.objects.get(deed=Deed.TRANSFER_ASKED).facts == {"doubt": "elsewhere"}
    holder = client_of(outsider)
    assert "其他县（区）请求转入 1 人" in text(holder.get(reverse("members:list")))
    page = text(holder.get(reverse("members:transfers")))
    assert HELD in page
    assert county.name in page
    assert "王会员" not in page  # what the other county's roster says is its own
    release = reverse("members:release", args=[theirs.pk])
    form = holder.get(f"{release}?to={county.pk}").context["form"]
    sent = {"to": form["to"].value(), "seen": form["seen"].value(), "on": "2016-04-01"}
    assert holder.post(release, sent).status_code == 302
    assert HELD not in text(holder.get(reverse("members:transfers"), {"side": "to"}))
    transfer = theirs.transfers.known().get()
    signed = {"by": actor(officer), "at": at + timedelta(days=1)}
    commands.accept(transfer=transfer, employer=None, on=date(2016, 4, 2), **signed)
    assert not Doubt.objects.known().asked().exists()
    assert latest(theirs).county == county


def test_declining_leaves_the_reason_where_it_was_given(named, client_of, officer, outsider, neighbour):
    named()
    line = queue().get().line
    client = client_of(officer)
    client.post(reverse("members:ask_for_transfer", args=[line]))
    decline = reverse("members:decline_asking", args=[line])
    assert client.get(decline).status_code == 404  # nobody declines what he asks himself
    assert client_of(outsider).post(decline, {"reason": "仍在本县上班"}).status_code == 302
    assert client_of(outsider).get(decline).status_code == 404
    trace = Trace.objects.get(deed=Deed.ASKING_DECLINED)
    assert trace.county == neighbour.pk
    page = text(client.get(reverse("members:doubt", args=[line])))
    assert "对方不同意转出" in page
    assert "仍在本县上班" not in page
    client.post(reverse("members:reopen_doubt", args=[line]))
    assert queue().get().line == line
    assert Trace.objects.get(deed=Deed.SETTLING_WITHDRAWN).supersedes is None


def test_somebody_at_the_counter_is_asked_for_without_a_roster(theirs, client_of, officer, county):
    client = client_of(officer)
    sent = {"name": "王会员", "identity": NUMBER}
    assert client.post(reverse("members:ask"), sent).status_code == 302
    assert Doubt.objects.known().asked().get().county == county
    again = client.post(reverse("members:ask"), sent)
    assert "已经请求过" in str(again.context["form"].errors["identity"])


def test_nobody_is_asked_for_whom_nobody_or_the_county_itself_holds(enrol, county, signed):
    enrol(serial=3)
    with pytest.raises(rules.AlreadyHeld):
        commands.ask_for(county=county, name="李会员", identity=number_of(3), **signed)
    with pytest.raises(doubts.NotHeldElsewhere):
        commands.ask_for(county=county, name="李会员", identity=number_of(5), **signed)


def test_a_mistaken_number_is_settled_for_good(named, signed, at):
    named()
    commands.settle_doubt(doubt=queue().get(), answer=Answer.MISTAKEN, **signed)
    named(at=at + timedelta(days=2))
    assert not queue().exists()
    with pytest.raises(doubts.DoubtSettled):
        commands.ask_for_transfer(doubt=Doubt.objects.known().get(), **signed)


def test_a_record_folded_into_another_is_held_elsewhere_too(
    enrol, neighbour, actor, outsider, named, theirs, reach_of, client_of, officer, county, at
):
    kept = enrol("欧阳采微", 7, county=neighbour, by=actor(outsider))
    seen = tuple(queries.card(person).seen for person in (kept, theirs))
    more = {"reason": "同一个人", "by": actor(outsider), "at": at}
    commands.merge(kept=kept, folded=theirs, seen=seen, **more)
    named(at=at + timedelta(hours=2))
    client_of(officer).post(reverse("members:ask_for_transfer", args=[queue().get().line]))
    (asked,) = asking.asked_of(reach_of(outsider))
    assert (asked.person, asked.name, asked.county) == (kept.pk, "欧阳采微", county)


def test_whoever_is_erased_is_asked_for_no_more(named, theirs, actor, outsider, at):
    named()
    erased = {"reason": "本人要求", "by": actor(outsider), "at": at + timedelta(days=3)}
    commands.erase_person(person=theirs, **erased)
    assert not queue().exists()
    assert set(Doubt.objects.values_list("told_name", "id_index")) == {("", "")}
    assert set(StagedMember.objects.values_list("name", "id_index")) == {("", "")}
