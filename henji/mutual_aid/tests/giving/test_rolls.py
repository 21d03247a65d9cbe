"""生成名单: one deed for all employers; who moved, left, retired or was merged stands where they should."""

from datetime import date

import pytest

from henji.evidence.models import Trace
from henji.members import commands as members
from henji.members import queries as roster
from henji.members.models import Membership
from henji.members.tests.rosters import number_of
from henji.mutual_aid.giving import commands, queries
from henji.mutual_aid.giving.models import Roll, RollLine
from henji.unions import commands as unions


@pytest.fixture
def turn(signed):
    """Somebody's membership ends, or goes on otherwise."""

    def turn(command, person, **more):
        seen = Membership.objects.known().latest_first().filter(person=person)[0].pk
        return command(person=person, seen=seen, on=date(2016, 12, 1), **more, **signed)

    return turn


def test_last_years_givers_and_new_members_stand_on_the_lists(desk, before, enrol, give, mill, employ):
    gave, silent = enrol("李会员", 1), enrol("王会员", 2)
    fresh = enrol("赵会员", 3, start_on=date(2016, 6, 1))
    other = enrol("钱会员", 4, employer=employ("新安木器厂"))
    give(gave, into=before, on=date(2015, 12, 1))
    give(other, into=before, on=date(2015, 12, 1))
    made = desk.make()
    assert desk.listed() == {gave.pk: "carried", fresh.pk: "joined", other.pk: "carried"}
    assert silent.pk not in desk.listed()
    assert (made.rolls, made.fresh, made.ended) == (2, 3, 0)


def test_made_again_nothing_changes_and_the_trace_says_so(desk, enrol):
    enrol("李会员", 1, start_on=date(2016, 6, 1))
    desk.make()
    lines = list(RollLine.objects.values_list("pk", flat=True))
    again = desk.make()
    assert (again.rolls, again.fresh, again.ended) == (0, 0, 0)
    assert list(RollLine.objects.values_list("pk", flat=True)) == lines
    traces = Trace.objects.filter(deed="mutual_aid.rolls_made")
    assert sorted(trace.facts["listed"] for trace in traces) == [0, 1]


def test_where_there_was_no_drive_before_all_who_work_are_new(before, enrol, signed, county):
    li = enrol("李会员", 1)
    commands.make_rolls(drive=before, **signed)
    assert dict(RollLine.objects.known().values_list("person", "origin")) == {li.pk: "joined"}


def test_an_employer_without_members_has_an_empty_list(desk, employ):
    firm = employ("空壳公司")
    desk.make()
    roll = desk.roll(firm)
    assert desk.listed(firm) == {}
    assert queries.sheet_of(roll, date(2017, 1, 6)).rows == ()
    assert queries.balance_of(roll).owing_yuan == 0


def test_who_retires_or_leaves_goes_from_the_list(desk, enrol, turn):
    new = {"start_on": date(2016, 6, 1)}
    retired, left, stays = enrol("李会员", 1, **new), enrol("王会员", 2, **new), enrol("赵会员", 3, **new)
    desk.make()
    turn(members.change_standing, retired, standing="retired")
    turn(members.end_membership, left, ending="left")
    assert desk.make().ended == 2
    assert set(desk.listed()) == {stays.pk}


def test_who_gave_stays_where_the_money_came_from_also_after_leaving(desk, enrol, give, mill, turn):
    li = enrol("李会员", 1, start_on=date(2016, 6, 1))
    desk.make()
    give(li, employer=mill)
    turn(members.end_membership, li, ending="left")
    assert desk.make().ended == 0
    assert set(desk.listed(mill)) == {li.pk}


def test_who_changes_employers_moves_to_the_others_list(desk, enrol, mill, employ, signed):
    woodwork = employ("新安木器厂")
    li = enrol("李会员", 1, start_on=date(2016, 6, 1))
    desk.make()
    held = Membership.objects.known().get(person=li)
    Membership.objects.filter(pk=held.pk).update(employer=woodwork)
    made = desk.make()
    assert (made.fresh, made.ended) == (1, 1)
    assert (desk.listed(mill), set(desk.listed(woodwork))) == ({}, {li.pk})


def test_merged_records_are_one_person_on_one_list(desk, before, enrol, give, signed, mill):
    kept, folded = enrol("李会员", 1), enrol("李会员", 2, start_on=date(2016, 6, 1))
    give(folded, into=before, on=date(2015, 12, 1))
    desk.make()
    assert set(desk.listed()) == {folded.pk}
    _merge(kept, folded, signed)
    desk.make()
    assert desk.listed() == {kept.pk: "carried"}


def test_a_merged_giver_keeps_the_place_on_the_list(desk, enrol, give, signed, mill):
    kept, folded = enrol("李会员", 1), enrol("李会员", 2, start_on=date(2016, 6, 1))
    desk.make()
    give(folded, employer=mill)
    _merge(kept, folded, signed)
    desk.make()
    assert set(desk.listed(mill)) == {kept.pk}
    (row,) = queries.sheet_of(desk.roll(mill), date(2017, 1, 6)).rows
    assert row.gave_yuan == 50


def _merge(kept, folded, signed):
    seen = roster.card(kept).seen, roster.card(folded).seen
    members.merge(kept=kept, folded=folded, reason="同一个人", seen=seen, **signed)


def test_two_counties_lists_have_nothing_to_do_with_each_other(desk, neighbour, enrol, signed):
    theirs = unions.register_employer(county=neighbour, name="井陉石料", **signed)
    members.enrol(
        county=neighbour,
        name="孙会员",
        identity=number_of(50),
        employer=theirs,
        start_on=date(2016, 6, 1),
        **signed,
    )
    enrol("李会员", 1, start_on=date(2016, 6, 1))
    desk.make()
    assert not Roll.objects.filter(employer=theirs).exists()
    assert len(desk.listed()) == 1
