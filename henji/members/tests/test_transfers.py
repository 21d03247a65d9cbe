"""转移: one union releases, another accepts or refuses; nobody is in two unions on one day."""

from datetime import date, timedelta

import pytest

from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.evidence.models import Trace
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.members import commands, queries, rules
from henji.members.deeds import Deed
from henji.members.models import Membership, Particulars, Stage, Standing, Transfer, Turn
from henji.members.queries import transfers
from henji.members.rules import moving
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest
from henji.unions import commands as unions

RELEASED_ON, ACCEPTED_ON = date(2016, 4, 1), date(2016, 4, 11)


@pytest.fixture
def release(officer, actor, at):
    """会籍转出 by 王干事."""

    def release(person, to, on=RELEASED_ON, **more):
        deed = {"person": person, "seen": latest(person).pk, "to": to, "on": on}
        return commands.release(**deed | {"by": actor(officer), "at": at} | more)

    return release


@pytest.fixture
def accept(outsider, actor, at):
    """会籍接收 by 外人 or, inside the county, by whom it may be."""

    def accept(transfer, on=ACCEPTED_ON, employer=None, **more):
        deed = {"transfer": transfer, "employer": employer, "on": on}
        return commands.accept(**deed | {"by": actor(outsider), "at": at + timedelta(hours=1)} | more)

    return accept


def members_on(day, *counties):
    counted = queries.members_counted([county.pk for county in counties], day)
    return [counted[county.pk] for county in counties]


def test_until_it_is_accepted_nothing_has_moved(enrol, release, county, neighbour, at):
    release(enrol(), neighbour)
    assert members_on(at.date(), county, neighbour) == [1, 0]


def test_the_membership_goes_on_elsewhere_from_the_day_of_acceptance(
    enrol, release, accept, county, neighbour
):
    person = enrol()
    accept(release(person, neighbour))
    before = ACCEPTED_ON - timedelta(days=1)
    assert members_on(before, county, neighbour) == [1, 0]
    assert members_on(ACCEPTED_ON, county, neighbour) == [0, 1]
    held = Membership.objects.known().filter(person=person).order_by("start_on")
    assert [(row.ended_by, row.began_by) for row in held] == [(Turn.MOVED, Turn.JOINED), ("", Turn.MOVED)]
    released, accepted = Trace.objects.filter(deed__in=(Deed.RELEASED, Deed.ACCEPTED)).order_by("at")
    assert (released.on, released.county) == (RELEASED_ON, county.pk)
    assert (accepted.on, accepted.county) == (ACCEPTED_ON, None)


def test_the_person_stays_one_record_and_goes_along(enrol, release, accept, county, neighbour):
    person = enrol(phone="13800138000")
    accept(release(person, neighbour))
    person.refresh_from_db()
    assert person.county == neighbour
    assert queries.holder_of(number_of(1)) == person
    assert queries.card(person).opened["phone"] == "13800138000"
    assert queries.find_by_identity(county.pk, [number_of(1)]) == {}
    assert Particulars.objects.known().get(person=person).county == neighbour


def test_the_county_left_behind_lists_its_members_of_the_past(
    enrol, release, accept, county, neighbour, officer, outsider, reach_of, at
):
    enrol("王会员", 2)
    person = enrol()
    accept(release(person, neighbour))
    commands.correct_person(
        person=person,
        seen=queries.card(person).seen,
        name="李新名",
        employer=None,
        start_on=ACCEPTED_ON,
        end_on=None,
        by=INSTALLER,
        at=at + timedelta(hours=2),
    )
    reach = reach_of(officer)

    def names(day):
        rows = queries.listed(reach, queries.Wanted(county.pk, day)).order_by("name")
        return [row.name for row in rows], rows.count()

    # What the person is called since, the old county does not learn.
    assert names(date(2016, 4, 10)) == (["李会员", "王会员"], 2)
    assert names(ACCEPTED_ON) == (["王会员"], 1)
    elsewhere = queries.listed(reach_of(outsider), queries.Wanted(neighbour.pk, ACCEPTED_ON))
    assert [row.name for row in elsewhere] == ["李新名"]


def test_the_county_left_behind_sees_what_was_there_and_no_more(
    enrol, release, accept, neighbour, officer, outsider, client_of
):
    person = enrol(phone="13800138000")
    accept(release(person, neighbour))
    page = client_of(officer).get(f"/members/{person.pk}/")
    assert page.status_code == 200
    words = page.content.decode()
    assert "会籍已转到其他县（区）" in words
    assert "138" not in words
    assert "井陉县" not in words
    reveal = client_of(officer).post(f"/members/{person.pk}/reveal/phone/", {"reason": "核对"})
    assert reveal.status_code == 404
    assert client_of(outsider).get(f"/members/{person.pk}/").status_code == 200


def test_who_comes_back_is_listed_once(enrol, release, accept, county, neighbour, officer, reach_of):
    person = enrol()
    accept(release(person, neighbour))
    person.refresh_from_db()
    accept(release(person, county, on=date(2016, 4, 20)), on=date(2016, 4, 21))
    for day, number in ((ACCEPTED_ON, 0), (date(2016, 4, 10), 1), (date(2016, 4, 21), 1)):
        rows = queries.listed(reach_of(officer), queries.Wanted(county.pk, day))
        assert len(rows) == rows.count() == number


def test_a_transfer_brings_no_new_member(enrol, release, accept, neighbour):
    accept(release(enrol(), neighbour))
    scope = Scope((neighbour.pk,), Period.year(2016), date(2016, 12, 31))
    assert figures.compute("members.new_members", scope)[neighbour.pk].number == 0


def test_inside_the_county_the_employer_is_one_of_the_receivers(enrol, release, accept, employ, township):
    far, near = employ(), employ("正定县新安食品有限公司", township=township)
    person = enrol(employer=far)
    transfer = release(person, township)
    with pytest.raises(moving.NotUnderReceiver):
        accept(transfer, employer=far)
    joined = accept(transfer, employer=near)
    assert (joined.union, joined.employer) == (township, near)
    assert Trace.objects.get(deed=Deed.ACCEPTED).county == person.county_id


def test_an_employer_of_another_county_is_refused(enrol, release, accept, employ, neighbour):
    with pytest.raises(rules.NotInCounty):
        accept(release(enrol(), neighbour), employer=employ())


def test_whoever_finds_work_again_works_and_whoever_does_not_stays_kept(
    enrol, release, accept, employ, township, officer, actor, at
):
    works, waits = enrol(), enrol("王会员", 2)
    for person in (works, waits):
        commands.change_standing(
            person=person,
            seen=latest(person).pk,
            standing=Standing.UNEMPLOYED,
            on=RELEASED_ON,
            by=actor(officer),
            at=at,
        )
    near = employ(township=township)
    assert accept(release(works, township), employer=near).standing == Standing.WORKING
    assert accept(release(waits, township)).standing == Standing.UNEMPLOYED


def test_a_refusal_says_why_and_all_stays_as_it_was(enrol, release, neighbour, county, outsider, actor, at):
    person = enrol()
    transfer = release(person, neighbour)
    with pytest.raises(moving.ReasonMissing):
        commands.refuse(transfer=transfer, reason="", by=actor(outsider), at=at)
    commands.refuse(transfer=transfer, reason="本人没有来", by=actor(outsider), at=at)
    assert members_on(at.date(), county, neighbour) == [1, 0]
    assert Transfer.objects.known().get().stage == Stage.REFUSED
    release(person, neighbour)


def test_a_release_is_taken_back_before_it_is_accepted_and_not_after(
    enrol, release, accept, neighbour, officer, actor, at
):
    person = enrol()
    signed = {"reason": "转错了", "by": actor(officer), "at": at}
    first = release(person, neighbour)
    commands.withdraw_release(transfer=first, **signed)
    with pytest.raises(moving.TransferAnswered):
        accept(first)
    second = release(person, neighbour)
    accept(second)
    with pytest.raises(moving.TransferAnswered):
        commands.withdraw_release(transfer=second, **signed)


def test_who_waits_to_be_accepted_neither_leaves_nor_is_released_again(
    enrol, release, neighbour, officer, actor, at
):
    person = enrol()
    release(person, neighbour)
    with pytest.raises(moving.InTransfer):
        release(person, neighbour)
    with pytest.raises(moving.InTransfer):
        commands.end_membership(
            person=person, seen=latest(person).pk, ending=Turn.LEFT, on=at.date(), by=actor(officer), at=at
        )


def test_days_run_forwards(enrol, release, accept, neighbour, at):
    person = enrol()
    with pytest.raises(moving.NotYetHappened):
        release(person, neighbour, on=at.date() + timedelta(days=1))
    with pytest.raises(moving.BeforeJoining):
        release(person, neighbour, on=date(2015, 2, 1))
    transfer = release(person, neighbour)
    with pytest.raises(moving.BeforeRelease):
        accept(transfer, on=RELEASED_ON - timedelta(days=1))
    with pytest.raises(moving.NotYetHappened):
        accept(transfer, on=at.date() + timedelta(days=9))


def test_a_closed_union_receives_nobody(enrol, release, township, at):
    closed = unions.close_union(union=township, closed_on=at.date(), by=INSTALLER, at=at)
    with pytest.raises(moving.UnionClosed):
        release(enrol(), closed)


def test_both_sides_see_the_transfer_and_nobody_else(
    enrol, release, county, neighbour, township, officer, outsider, branch_officer, reach_of
):
    release(enrol(), neighbour)
    release(enrol("王会员", 2), township)
    seen = [transfers.transfers_in(reach_of(user)).count() for user in (officer, outsider, branch_officer)]
    assert seen == [2, 1, 1]
    waiting = [transfers.awaiting(reach_of(user)) for user in (officer, outsider, branch_officer)]
    assert waiting == [1, 1, 1]


def test_a_township_cannot_accept_what_another_union_is_to_receive(
    enrol, release, employ, township, county, branch_officer, client_of
):
    leaving = release(enrol(employer=employ(township=township)), county)
    assert client_of(branch_officer).get(f"/members/transfers/{leaving.line}/").status_code == 200
    answer = {"on": "2016-04-11"}
    posted = client_of(branch_officer).post(f"/members/transfers/{leaving.line}/accept/", answer)
    assert posted.status_code == 404
