"""Giving and ending posts, and what they open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from henji.accounts import commands, queries, rules
from henji.accounts.models import Post
from henji.accounts.powers import POWERS, Role
from henji.evidence.models import Trace
from henji.lib.reach import NOWHERE
from henji.unions import commands as unions
from henji.unions.rules import UnionClosed


@pytest.fixture
def give(administrator, county, actor, at):
    """赵管理员 gives a post."""

    def give(user, role=Role.LEADER, union=county, days=0):
        later = at + timedelta(days=days)
        return commands.give_post(user=user, role=role, union=union, by=actor(administrator), at=later)

    return give


@pytest.fixture
def end(administrator, actor, at):
    """赵管理员 ends a post."""

    def end(post, days=0):
        return commands.end_post(post=post, by=actor(administrator), at=at + timedelta(days=days))

    return end


def reach(user, at, days=0):
    return queries.reach_of(user, today=localdate(at) + timedelta(days=days))


# Giving


def test_a_post_adds_its_powers_to_those_held(give, officer, at):
    give(officer)
    held = reach(officer, at)
    assert held.powers == POWERS[Role.OFFICER] | POWERS[Role.LEADER]
    assert held.actor.post == "干事、领导"


def test_giving_leaves_a_trace_about_the_user(give, officer, county):
    post = give(officer)
    trace = Trace.objects.of(officer).get(deed="accounts.post_given")
    assert trace.facts == {"role": "leader", "union": county.pk}
    assert post.made_by_id == trace.pk


def test_a_post_is_held_once(give, officer, county):
    with pytest.raises(rules.AlreadyHeld, match="王干事"):
        give(officer, Role.OFFICER)
    held = Post.objects.get(user=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            user=officer, role=Role.OFFICER, union=county, since_on=held.since_on, made_by=held.made_by
        )


def test_a_post_is_given_only_where_its_role_exists(give, officer, township):
    with pytest.raises(rules.PostNotThere, match="乡镇"):
        give(officer, Role.OFFICER, township)


def test_nobody_gives_a_post_to_himself_and_another_administrator_does(
    give, appoint, administrator, county, actor, at
):
    with pytest.raises(rules.OwnPost, match="另一名管理员"):
        give(administrator)
    assert reach(administrator, at).powers == POWERS[Role.ADMINISTRATOR]
    second = appoint("钱管理员", Role.ADMINISTRATOR, county)
    commands.give_post(user=administrator, role=Role.LEADER, union=county, by=actor(second), at=at)
    assert reach(administrator, at).powers == POWERS[Role.ADMINISTRATOR] | POWERS[Role.LEADER]


def test_nobody_is_given_a_post_at_a_union_that_was_closed(give, officer, township, actor, at):
    closed = unions.close_union(union=township, closed_on=at.date(), by=actor(officer), at=at)
    with pytest.raises(UnionClosed, match="新安镇总工会"):
        give(officer, Role.BRANCH, closed)


def test_a_post_opens_from_its_day_on(give, officer, at):
    give(officer, days=3)
    assert "assessment.self_signed" not in reach(officer, at, days=2).powers
    assert "assessment.self_signed" in reach(officer, at, days=3).powers


# Ending


def test_an_ended_post_opens_nothing_from_that_day_on(end, officer, at):
    post = Post.objects.get(user=officer)
    end(post, days=5)
    assert reach(officer, at, days=4).powers == POWERS[Role.OFFICER]
    assert reach(officer, at, days=5) == NOWHERE


def test_ending_leaves_a_trace_and_the_post_stays_on_file(end, officer, county, at):
    post = end(Post.objects.get(user=officer))
    trace = Trace.objects.of(officer).get(deed="accounts.post_ended")
    assert (post.until_on, post.ended_by_id) == (at.date(), trace.pk)
    assert trace.facts == {"role": "officer", "union": county.pk}
    assert Post.objects.get(pk=post.pk).until_on == at.date()


def test_a_post_ends_once(end, officer, at):
    stale = Post.objects.get(user=officer)
    end(Post.objects.get(user=officer))
    with pytest.raises(rules.NotHeld, match="王干事"):
        end(stale, days=9)
    assert Post.objects.get(user=officer).until_on == at.date()


def test_a_post_that_ended_can_be_given_again(end, give, officer, at):
    end(Post.objects.get(user=officer))
    give(officer, Role.OFFICER, days=10)
    assert reach(officer, at, days=9) == NOWHERE
    assert reach(officer, at, days=10).powers == POWERS[Role.OFFICER]
    assert Post.objects.filter(user=officer).count() == 2


def test_the_last_administrator_stays(end, give, administrator, officer):
    with pytest.raises(rules.LastAdministrator):
        end(Post.objects.get(user=administrator))
    give(officer, Role.ADMINISTRATOR)
    assert end(Post.objects.get(user=administrator)).until_on


def test_another_countys_administrator_does_not_count(end, appoint, administrator, neighbour):
    appoint("邻县管理员", Role.ADMINISTRATOR, neighbour)
    with pytest.raises(rules.LastAdministrator):
        end(Post.objects.get(user=administrator))


def test_an_administrator_who_cannot_log_in_does_not_count(end, give, administrator, officer, actor, at):
    give(officer, Role.ADMINISTRATOR)
    commands.suspend_account(user=officer, by=actor(administrator), at=at)
    with pytest.raises(rules.LastAdministrator):
        end(Post.objects.get(user=administrator))


# Reach


def test_each_role_opens_what_its_table_says(
    administrator, leader, officer, auditor, inspector, branch_officer, reach_of
):
    cast = (administrator, leader, officer, auditor, inspector, branch_officer)
    roles = ("administrator", "leader", "officer", "auditor", "inspector", "branch")
    assert [reach_of(user).powers for user in cast] == [POWERS[role] for role in roles]


def test_a_post_at_a_union_that_was_closed_opens_nothing_until_it_stands_again(
    branch_officer, township, administrator, actor, at
):
    signed = {"by": actor(administrator), "at": at}
    held = reach(branch_officer, at)
    unions.close_union(union=township, closed_on=localdate(at), **signed)
    assert reach(branch_officer, at) == NOWHERE
    unions.withdraw_closing(union=township, **signed)
    assert reach(branch_officer, at) == held


def test_a_countys_post_opens_the_county(officer, county, reach_of):
    held = reach_of(officer)
    assert (held.counties, held.county, held.trees) == ({county.pk}, county.pk, (county.path,))
    assert held.whole_county
    assert (held.actor.id, held.actor.name, held.actor.post) == (officer.pk, "王干事", "干事")


def test_a_townships_post_opens_its_branch_of_the_county(branch_officer, county, township, reach_of):
    held = reach_of(branch_officer)
    assert (held.counties, held.county, held.trees) == ({county.pk}, county.pk, (township.path,))
    assert not held.whole_county


def test_a_citys_post_opens_the_counties_below_and_none_in_particular(
    inspector, county, neighbour, city, reach_of
):
    held = reach_of(inspector)
    assert (held.counties, held.county, held.trees) == ({county.pk, neighbour.pk}, None, (city.path,))


def test_an_account_without_a_post_reaches_nothing(appoint, county, at, administrator, actor):
    opened = commands.open_account(
        username="guest", name="无职", home=county, roles=[], by=actor(administrator), at=at
    )
    assert reach(opened.user, at) == NOWHERE


def test_reach_costs_two_queries_at_most(officer, inspector, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        reach(officer, at)
    with django_assert_num_queries(2):
        reach(inspector, at)


def test_users_of_other_counties_are_told_apart(officer, outsider, reach_of):
    assert list(queries.users_in(reach_of(officer))) == [officer]
    assert list(queries.users_in(reach_of(outsider))) == [outsider]


def test_nobody_holds_a_post_in_another_county(officer, neighbour, actor, administrator, at):
    with pytest.raises(rules.PostNotThere, match="不在这个县"):
        commands.give_post(user=officer, role=Role.OFFICER, union=neighbour, by=actor(administrator), at=at)
