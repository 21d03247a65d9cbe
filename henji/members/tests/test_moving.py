"""Leaving, keeping, coming back, and taking such a turn back."""

from datetime import date, timedelta

import pytest

from henji.evidence import figures
from henji.evidence.figures import Scope
from henji.evidence.models import Trace
from henji.evidence.versions import Outdated
from henji.lib.periods import Period
from henji.members import commands, history, queries
from henji.members.deeds import Deed
from henji.members.models import Membership, Standing, Turn
from henji.members.rules import moving
from henji.members.tests.rosters import number_of
from henji.members.tests.turns import latest

LEFT_ON = date(2016, 5, 1)


@pytest.fixture
def end(officer, actor, at):
    """退会、除名、去世 by 王干事."""

    def end(person, ending=Turn.LEFT, on=LEFT_ON, **more):
        deed = {"person": person, "seen": latest(person).pk, "ending": ending, "on": on}
        return commands.end_membership(**deed | {"by": actor(officer), "at": at} | more)

    return end


@pytest.fixture
def keep(officer, actor, at):
    """会籍状态变更 by 王干事."""

    def keep(person, standing=Standing.RETIRED, on=LEFT_ON, **more):
        deed = {"person": person, "seen": latest(person).pk, "standing": standing, "on": on}
        return commands.change_standing(**deed | {"by": actor(officer), "at": at} | more)

    return keep


@pytest.fixture
def step_back(officer, actor, at):
    """会籍变动撤回 by 王干事."""

    def step_back(person, reason="登记错了", later=1):
        seen = latest(person).pk
        when = at + timedelta(hours=later)
        return commands.withdraw_turn(person=person, seen=seen, reason=reason, by=actor(officer), at=when)

    return step_back


def members_on(county, day):
    return queries.members_counted([county.pk], day)[county.pk]


@pytest.mark.parametrize(
    ("ending", "deed"),
    [(Turn.LEFT, Deed.LEFT), (Turn.EXPELLED, Deed.EXPELLED), (Turn.DIED, Deed.DIED)],
)
def test_whoever_leaves_is_a_member_up_to_the_day_and_no_longer(enrol, end, county, at, ending, deed):
    person = enrol()
    end(person, ending, reason="多年不参加活动")
    assert members_on(county, date(2016, 4, 30)) == 1
    assert members_on(county, LEFT_ON) == 0
    trace = Trace.objects.of(person).get(deed=deed)
    assert (trace.on, trace.at) == (LEFT_ON, at)
    assert trace.words.text == "多年不参加活动"


def test_an_expulsion_needs_a_reason(enrol, end):
    with pytest.raises(moving.ReasonMissing):
        end(enrol(), Turn.EXPELLED, reason=" ")


def test_nobody_leaves_twice_nor_before_joining_nor_tomorrow(enrol, end, at):
    person = enrol()
    with pytest.raises(moving.BeforeJoining):
        end(person, on=date(2015, 2, 28))
    with pytest.raises(moving.NotYetHappened):
        end(person, on=at.date() + timedelta(days=1))
    end(person)
    with pytest.raises(moving.NotAMember):
        end(person)


def test_whoever_retires_stays_a_member_and_is_told_apart(enrol, keep, employ, county, at):
    person = enrol(employer=employ(workers=10))
    keep(person)
    assert members_on(county, date(2016, 4, 30)) == members_on(county, LEFT_ON) == 1
    assert not queries.members_on([county.pk], date(2016, 4, 30)).kept()
    assert queries.members_on([county.pk], LEFT_ON).kept().count() == 1
    scope = Scope((county.pk,), Period.year(2016), at.date(), None)
    for address in ("members.member_count", "members.membership_rate"):
        assert "含保留会籍的 1 人" in figures.compute(address, scope)[county.pk].note


def joined(county, year, day):
    """新增会员 of the year, as of the day."""
    scope = Scope((county.pk,), Period.year(year), day)
    return figures.compute("members.new_members", scope)[county.pk].number


def test_a_new_standing_is_no_new_member(enrol, keep, county):
    person = enrol(start_on=date(2015, 3, 1))
    keep(person)
    assert joined(county, 2016, date(2016, 12, 31)) == 0
    assert joined(county, 2015, date(2016, 4, 30)) == 1


def test_the_same_standing_again_is_refused(enrol, keep):
    with pytest.raises(moving.NoSuchStanding):
        keep(enrol(), Standing.WORKING)
    with pytest.raises(moving.NoSuchStanding):
        keep(enrol(serial=2), "nonsense")


def test_a_roster_does_not_undo_that_a_membership_is_kept(enrol, keep, import_rows, employ, at):
    person = enrol(employer=employ())
    keep(person, Standing.UNEMPLOYED)
    row = ("李会员", number_of(1), "13800138000", "正定县新厂有限公司", "", "正常", "")
    import_rows([row], at=at + timedelta(hours=1))
    assert latest(person).standing == Standing.UNEMPLOYED
    assert latest(person).began_by == Turn.STANDING
    assert latest(person).unplaced is None


def test_whoever_left_comes_back_as_the_same_person(enrol, end, employ, officer, actor, county, at):
    person = enrol()
    end(person)
    deed = {"person": person, "employer": employ(), "by": actor(officer), "at": at}
    with pytest.raises(moving.BeforeLeaving):
        commands.rejoin(**deed, seen=latest(person).pk, on=date(2016, 4, 1))
    commands.rejoin(**deed, seen=latest(person).pk, on=date(2016, 5, 20))
    assert [members_on(county, day) for day in (LEFT_ON, date(2016, 5, 20))] == [0, 1]
    assert joined(county, 2016, date(2016, 12, 31)) == 1
    with pytest.raises(moving.StillAMember):
        commands.rejoin(**deed, seen=latest(person).pk, on=date(2016, 5, 25))


def test_the_dead_do_not_come_back_unless_it_was_a_mistake(enrol, end, step_back, officer, actor, county, at):
    person = enrol()
    end(person, Turn.DIED)
    with pytest.raises(moving.Dead):
        commands.rejoin(
            person=person, seen=latest(person).pk, employer=None, on=at.date(), by=actor(officer), at=at
        )
    step_back(person)
    assert members_on(county, at.date()) == 1
    assert latest(person).ended_by == ""


def test_a_turn_taken_back_leaves_the_membership_as_it_was(enrol, end, keep, step_back, county, at):
    person = enrol()
    before = latest(person)
    keep(person)
    end(person, on=date(2016, 5, 20))
    step_back(person)
    assert latest(person).standing == Standing.RETIRED
    step_back(person, later=2)
    after = latest(person)
    assert (after.line, after.start_on, after.end_on) == (before.line, before.start_on, None)
    assert (after.standing, after.ended_by) == (Standing.WORKING, "")
    assert Membership.objects.known().filter(person=person).count() == 1
    withdrawn = Trace.objects.of(person).newest_first()[0]
    assert withdrawn.supersedes is not None
    # What was believed meanwhile can still be asked.
    assert queries.members_on([county.pk], LEFT_ON, known_at=at).kept().count() == 1
    with pytest.raises(moving.NothingToWithdraw):
        step_back(person, later=3)


def test_whoever_looked_before_somebody_else_did_something_is_told(enrol, end, keep, officer, actor, at):
    person = enrol()
    seen = latest(person)
    keep(person)
    with pytest.raises(Outdated):
        end(person, seen=seen.pk)
    card = queries.card(person)
    said = {
        change.label: change.after for change in history.since(person, queries.Seen(card.known.pk, seen.pk))
    }
    assert said["会籍状态"] == "退休保留会籍"


def test_a_correction_that_opens_a_membership_again_forgets_how_it_ended(enrol, end, officer, actor, at):
    person = enrol()
    end(person, Turn.EXPELLED, reason="严重违纪")
    card = queries.card(person)
    commands.correct_person(
        person=person,
        seen=card.seen,
        name=card.known.name,
        employer=None,
        start_on=card.latest.start_on,
        end_on=None,
        by=actor(officer),
        at=at,
    )
    assert latest(person).ended_by == ""
