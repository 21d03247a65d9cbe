"""A one-time password ends after some days."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from henji.accounts import commands, rules
from henji.accounts.models import User
from henji.lib import clock

LOGIN = "/accounts/login/"
NEW = "换成自己的-2016-x"


@pytest.fixture
def opened(county, administrator, actor):
    """An account that was opened so many days ago."""

    def opened(days):
        told = {"username": "李干事", "name": "李干事", "home": county, "roles": ["officer"]}
        at = clock.now() - timedelta(days=days)
        return commands.open_account(**told, by=actor(administrator), at=at)

    return opened


def log_in(opened):
    return Client().post(LOGIN, {"username": opened.user.username, "password": opened.password})


def test_for_seven_days_it_opens(opened):
    assert log_in(opened(6.9)).status_code == 302


def test_then_it_opens_no_more_and_a_sentence_says_so(opened):
    response = log_in(opened(7))
    assert response.status_code == 200
    assert "一次性密码 7 天内有效，已经过期。请找管理员重置" in response.content.decode()


def test_who_does_not_know_it_is_not_told_that_it_ended(opened):
    held = opened(7)
    response = Client().post(LOGIN, {"username": held.user.username, "password": "不是这个"})
    assert "登录名或密码不对" in response.content.decode()


def test_the_days_are_a_setting(opened, settings):
    settings.ONE_TIME_PASSWORD_DAYS = 1
    assert "1 天内有效" in log_in(opened(1)).content.decode()


def test_a_reset_begins_anew(opened, administrator, actor):
    held = opened(30)
    again = commands.reset_password(user=held.user, by=actor(administrator), at=clock.now())
    assert log_in(again).status_code == 302


def test_ones_own_password_never_ends(opened, actor):
    held = opened(30)
    user = commands.change_password(user=held.user, password=NEW, by=actor(held.user), at=clock.now())
    assert user.one_time_until is None
    rules.must_not_have_ended(user, at=clock.now() + timedelta(days=9999))


def test_the_account_page_says_until_when(opened, administrator, client_of):
    page = client_of(administrator).get(f"/accounts/users/{opened(0).user.pk}/")
    assert "还是一次性密码" in page.content.decode()
    assert "前有效" in page.content.decode()


def test_passwords_given_before_count_from_their_deed(opened, officer):
    held = opened(3).user
    given = held.password_given_at
    User.objects.update(password_given_at=None)
    import_module("henji.accounts.migrations.0002_one_time_passwords_end").days_run_from_when_they_were_given(
        apps, None
    )
    held.refresh_from_db()
    officer.refresh_from_db()
    assert held.password_given_at == given
    assert officer.password_given_at is None
