"""Opening an account."""

import re

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from henji.accounts import queries, rules
from henji.accounts.commands import open_account
from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.evidence.models import Trace
from henji.unions.commands import close_union
from henji.unions.rules import UnionClosed


@pytest.fixture
def opened(county, administrator, actor, at):
    """赵管理员 opens an account."""

    def opened(username="liganshi", **more):
        given = {"name": "李干事", "home": county, "roles": [Role.OFFICER]}
        return open_account(username=username, by=actor(administrator), at=at, **given | more)

    return opened


def test_an_officer_can_log_in_with_the_password_that_was_handed_over(opened):
    made = opened()
    known = authenticate(RequestFactory().post("/"), username="liganshi", password=made.password)
    assert known == made.user
    assert made.user.must_change_password


@pytest.mark.parametrize("roles", [[], [Role.BRANCH]])
def test_no_account_is_opened_at_a_union_that_was_closed(opened, township, administrator, actor, at, roles):
    closed = close_union(union=township, closed_on=at.date(), by=actor(administrator), at=at)
    with pytest.raises(UnionClosed, match="新安镇总工会"):
        opened(home=closed, roles=roles)


def test_an_account_comes_with_its_posts(opened, county, at):
    user = opened(roles=[Role.OFFICER, Role.ADMINISTRATOR, Role.OFFICER]).user
    posts = Post.objects.filter(user=user).order_by("pk")
    assert [(post.role, post.union, post.since_on, post.until_on) for post in posts] == [
        (Role.OFFICER, county, at.date(), None),
        (Role.ADMINISTRATOR, county, at.date(), None),
    ]


def test_the_trace_names_the_roles_and_neither_the_person_nor_the_password(opened, county):
    made = opened()
    trace = Trace.objects.of(made.user).get()
    assert (trace.deed, trace.county, trace.by_name) == ("accounts.account_opened", county.pk, "赵管理员")
    assert trace.facts == {"roles": ["officer"]}
    assert {made.user.made_by_id, *made.user.posts.values_list("made_by", flat=True)} == {trace.pk}


def test_passwords_are_long_random_and_easy_to_read_aloud(opened):
    passwords = {opened(username=f"user{n}").password for n in range(20)}
    assert len(passwords) == 20
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}", word) for word in passwords)


def test_no_password_lies_in_the_clear(opened):
    made = opened()
    assert made.password not in str(User.objects.filter(pk=made.user.pk).values().get())


def test_login_names_are_tidied_and_know_no_capitals(opened):
    user = opened(username=" Ｌi.Ganshi\u200b ").user
    assert user.username == "li.ganshi"
    assert queries.user_named(" LI.GANSHI ") == user


def test_a_login_name_may_be_chinese(opened):
    assert opened(username="李干事").user.username == "李干事"


@pytest.mark.parametrize("username", ["", "李", "a b", "a/b", "=cmd", "x" * 41, "<script>"])
def test_what_is_no_login_name_is_refused(opened, username):
    with pytest.raises(rules.BadUsername):
        opened(username=username)


def test_a_login_name_is_taken_once(opened):
    opened()
    with pytest.raises(rules.UsernameTaken, match="liganshi"):
        opened(username="LIGANSHI", name="另一人")


@pytest.mark.parametrize("name", ["", " ", "\u200b", "长" * 51])
def test_what_is_no_name_is_refused(opened, name):
    with pytest.raises(rules.NoName):
        opened(name=name)


def test_a_role_is_held_only_where_it_exists(opened, county, city, township):
    assert opened("a1", home=city, roles=[Role.INSPECTOR]).user.home == city
    assert opened("a2", home=township, roles=[Role.BRANCH]).user.home == township
    for home, role in (
        (county, Role.INSPECTOR),
        (county, Role.BRANCH),
        (township, Role.OFFICER),
        (city, Role.LEADER),
    ):
        with pytest.raises(rules.PostNotThere):
            opened("a3", home=home, roles=[role])
    assert not User.objects.filter(username="a3").exists()
