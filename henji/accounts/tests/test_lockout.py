"""Guesses are counted: at the log-in, at the old password, behind a proxy, and when several come at once."""

import threading

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client

from henji.accounts import commands
from tests.cast import PASSWORD

LOGIN, OWN = "/accounts/login/", "/accounts/password/"
WRONG, NEW = "不是这个", "换成自己的-2016-x"


def log_in(password, **headers):
    return Client().post(LOGIN, {"username": "王干事", "password": password}, headers=headers)


def change(client, old):
    return client.post(OWN, {"old": old, "password": NEW, "again": NEW})


# The old password


def test_guesses_at_the_old_password_are_counted(client_of, officer):
    client = client_of(officer)
    for _ in range(4):
        assert "现在的密码不对" in change(client, WRONG).content.decode()
    assert change(client, WRONG).status_code == 429
    assert change(client, PASSWORD).status_code == 429
    assert log_in(PASSWORD).status_code == 429
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_guesses_at_the_log_in_count_for_the_old_password_too(client_of, officer):
    for _ in range(5):
        log_in(WRONG)
    assert change(client_of(officer), PASSWORD).status_code == 429


def test_a_changed_password_forgets_the_guesses(client_of, officer):
    client = client_of(officer)
    for _ in range(4):
        change(client, WRONG)
    assert change(client, PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()
    assert log_in(NEW).status_code == 302


def test_no_password_is_kept_with_a_guess(client_of, officer):
    change(client_of(officer), WRONG)
    kept = str(AccessAttempt.objects.values().get())
    assert WRONG not in kept
    assert NEW not in kept


# Behind a proxy


def test_a_header_that_nobody_vouches_for_is_not_believed(officer):
    for number in range(5):
        log_in(WRONG, X_Forwarded_For=f"203.0.113.{number}")
    assert log_in(PASSWORD, X_Forwarded_For="203.0.113.99").status_code == 429


def test_behind_our_proxy_one_address_locks_out_itself_only(officer, settings):
    settings.TRUSTED_PROXY = "X-Forwarded-For"
    for number in range(5):
        # What stands before the last is the visitor's own invention.
        log_in(WRONG, X_Forwarded_For=f"198.51.100.{number}, 203.0.113.7")
    assert log_in(PASSWORD, X_Forwarded_For="203.0.113.7").status_code == 429
    assert log_in(PASSWORD, X_Forwarded_For="203.0.113.8").status_code == 302


@pytest.mark.parametrize("told", ["", "unknown", "1.2.3", "2001:db8::1", "203.0.113.7, "])
def test_whatever_the_proxy_says_nobody_is_locked_out_by_an_error(officer, settings, told):
    settings.TRUSTED_PROXY = "X-Real-IP"
    assert log_in(WRONG, X_Real_IP=told).status_code == 200
    expected = "2001:db8::1" if ":" in told else "127.0.0.1"
    assert AccessAttempt.objects.get().ip_address == expected


# At once


@pytest.mark.django_db(transaction=True)
def test_log_ins_that_come_at_once_disturb_nobody(officer):
    found = []
    for _round in range(8):
        barrier = threading.Barrier(6)

        def come(password, barrier=barrier):
            try:
                barrier.wait(timeout=30)
                found.append(log_in(password).status_code)
            finally:
                connection.close()

        threads = [threading.Thread(target=come, args=(p,)) for p in [PASSWORD, PASSWORD, WRONG] * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 48
    assert set(found) <= {200, 302, 429}


def test_a_reset_password_lifts_the_lock(officer, administrator, actor, at):
    for _ in range(5):
        log_in(WRONG)
    commands.reset_password(user=officer, by=actor(administrator), at=at)
    assert not AccessAttempt.objects.exists()
