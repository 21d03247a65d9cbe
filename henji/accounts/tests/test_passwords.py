"""Passwords: chosen, reset, refused; accounts suspended and restored."""

import pytest
from django.urls import reverse

from henji.accounts import commands, queries, rules
from henji.accounts.models import User
from henji.evidence.models import Trace
from tests.cast import PASSWORD


def change(user, password, actor, at):
    return commands.change_password(user=user, password=password, by=actor(user), at=at)


def test_a_chosen_password_opens_and_need_not_be_changed(officer, actor, at):
    change(officer, "学雷锋-2017-树新风", actor, at)
    held = User.objects.get(pk=officer.pk)
    assert held.check_password("学雷锋-2017-树新风")
    assert not held.check_password(PASSWORD)
    assert not held.must_change_password


@pytest.mark.parametrize("password", ["", "short", "1234567890123", "password123", "王干事王干事王干事"])
def test_a_weak_password_is_refused_with_all_reasons(officer, actor, at, password):
    with pytest.raises(rules.WeakPassword) as refused:
        change(officer, password, actor, at)
    assert refused.value.words
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_a_reset_password_works_once(officer, administrator, actor, at):
    opened = commands.reset_password(user=officer, by=actor(administrator), at=at)
    held = User.objects.get(pk=officer.pk)
    assert held.check_password(opened.password)
    assert held.must_change_password


def test_passwords_leave_traces_without_words(officer, administrator, actor, at):
    commands.reset_password(user=officer, by=actor(administrator), at=at)
    traces = Trace.objects.of(officer).order_by("pk")
    assert {trace.deed for trace in traces} == {
        "accounts.account_opened",
        "accounts.password_changed",
        "accounts.password_reset",
    }
    assert all(not trace.facts or set(trace.facts) == {"roles"} for trace in traces)


def test_a_suspended_account_is_shut_out_at_once(officer, administrator, actor, at, client_of):
    browser = client_of(officer)
    assert browser.get(reverse("unions:employers")).status_code == 200
    commands.suspend_account(user=officer, by=actor(administrator), at=at)
    assert browser.get(reverse("unions:employers")).status_code == 302
    assert queries.user_named("王干事") is None
    commands.restore_account(user=officer, by=actor(administrator), at=at)
    assert queries.user_named("王干事") == officer


def test_the_last_administrator_is_not_suspended(administrator, actor, at):
    with pytest.raises(rules.LastAdministrator):
        commands.suspend_account(user=administrator, by=actor(administrator), at=at)
    assert User.objects.get(pk=administrator.pk).is_active


def test_a_reset_ends_the_sessions_of_the_old_password(officer, administrator, actor, at, client_of):
    browser = client_of(officer)
    commands.reset_password(user=officer, by=actor(administrator), at=at)
    response = browser.get(reverse("unions:employers"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:login"))


def test_who_holds_a_one_time_password_is_sent_to_change_it(county, administrator, actor, at, client_of):
    opened = commands.open_account(
        username="new", name="新干事", home=county, roles=["officer"], by=actor(administrator), at=at
    )
    browser = client_of(opened.user)
    assert browser.get(reverse("unions:employers"))["Location"] == reverse("accounts:password")
    assert browser.get(reverse("accounts:password")).status_code == 200
