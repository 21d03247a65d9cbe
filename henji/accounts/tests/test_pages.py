"""Logging in, passwords, and the administration of accounts, as people meet them."""

from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from henji.accounts import commands
from henji.accounts.models import Post, User
from henji.accounts.powers import Role
from henji.lib import clock
from henji.lib.actors import INSTALLER
from tests.cast import PASSWORD

LOGIN, USERS, SLIP, OWN = "/accounts/login/", "/accounts/users/", "/accounts/slip/", "/accounts/password/"
NEW = "换成自己的-2016-x"


def log_in(username, password, **headers):
    client = Client()
    return client, client.post(LOGIN, {"username": username, "password": password}, **headers)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def admin(client_of, administrator):
    return client_of(administrator)


# Oneself


def test_a_login_name_may_be_typed_carelessly(county, appoint):
    appoint("wang", Role.OFFICER, county)
    _client, response = log_in(" WANG ", PASSWORD)
    assert (response.status_code, response.url) == (302, "/")


def test_a_wrong_password_is_told_in_words_and_the_name_stays(officer):
    _client, response = log_in("王干事", "不是这个")
    assert "登录名或密码不对" in text_of(response)
    assert 'value="王干事"' in text_of(response)


def test_guessing_is_locked_out_with_a_clear_page(officer):
    for _ in range(5):
        _client, response = log_in("王干事", "不是这个")
    assert response.status_code == 429
    assert "暂时不能登录" in text_of(response)
    assert "要等 15 分钟" in text_of(response)
    assert log_in("王干事", PASSWORD)[1].status_code == 429


def test_the_login_page_says_when_a_session_ends(db):
    assert "30 分钟没有操作会自动退出" in text_of(Client().get(LOGIN))


def test_one_logs_out_by_post_only(client_of, officer):
    client = client_of(officer)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == LOGIN
    assert client.get(USERS).url.startswith(LOGIN)


def test_a_one_time_password_opens_nothing_but_its_own_change(county):
    opened = commands.open_account(
        username="新人", name="新人", home=county, roles=[Role.OFFICER], by=INSTALLER, at=clock.now()
    )
    client, _response = log_in("新人", opened.password)
    assert client.get("/unions/").url == OWN
    assert "一次性密码只能用这一次" in text_of(client.get(OWN))
    changed = client.post(OWN, {"old": opened.password, "password": NEW, "again": NEW})
    assert changed.url == "/"
    assert client.get("/unions/").status_code == 200
    assert "登录名或密码不对" in text_of(log_in("新人", opened.password)[1])


@pytest.mark.parametrize(
    ("old", "password", "again", "words"),
    [
        ("记错了", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "x", "两次写的不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码要和现在的不同"),
        (PASSWORD, "12345", "12345", "密码"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(
    client_of, officer, old, password, again, words
):
    response = client_of(officer).post(OWN, {"old": old, "password": password, "again": again})
    assert response.status_code == 200
    assert words in text_of(response)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_somebody_without_a_post_is_told_so_and_not_sent_in_circles(client_of, officer, actor, at):
    commands.end_post(post=officer.posts.get(), by=actor(officer), at=at)
    client = client_of(officer)
    assert client.get("/").status_code == 403
    assert client.get(USERS).status_code == 403


def test_a_fragment_asked_for_after_the_session_ended_sends_the_whole_page_to_log_in(county):
    response = Client().get("/unions/employers/", headers={"HX-Request": "true", "HX-Target": "list"})
    assert response.headers["HX-Redirect"].startswith(LOGIN)


# Administration


def test_an_administrator_opens_an_account_and_sees_its_password_once(admin, county):
    response = admin.post(
        USERS + "open/", {"name": "李干事", "username": "李干事", "home": county.pk, "roles": ["officer"]}
    )
    assert response.url == SLIP
    first = admin.get(SLIP)
    assert "只显示这一次" in text_of(first)
    assert first.headers["Cache-Control"].startswith("max-age=0")
    password = first.context["slip"].password
    assert password in text_of(first)
    assert password not in text_of(admin.get(SLIP))
    assert log_in("李干事", password)[1].url == "/"


def test_no_password_lies_in_the_session_in_the_clear(admin, county):
    admin.post(USERS + "open/", {"name": "李", "username": "李干事", "home": county.pk, "roles": ["officer"]})
    held = [session.get_decoded() for session in Session.objects.all()]
    password = admin.get(SLIP).context["slip"].password
    assert password not in str(held)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "王干事"}, "已有人用"),
        ({"username": "有 空 格"}, "不含空格"),
        ({"roles": ["branch"]}, "没有“乡镇（企业）工会干部”这个职务"),
        ({"roles": []}, "请选择职务"),
        ({"home": "999999"}, "选择"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(admin, officer, county, change, words):
    typed = {"name": "李干事", "username": "李干事", "home": county.pk, "roles": ["officer"], **change}
    response = admin.post(USERS + "open/", typed)
    assert response.status_code == 200
    assert words in text_of(response)
    assert 'value="李干事"' in text_of(response)
    assert not User.objects.filter(name="李干事").exists()


def test_posts_are_given_and_ended_on_the_account_page(admin, officer, county):
    page = f"{USERS}{officer.pk}/"
    assert admin.post(page + "give/", {"role": "leader", "union": county.pk}).url == page
    leading = Post.objects.get(user=officer, role=Role.LEADER)
    assert admin.post(f"/accounts/posts/{leading.pk}/end/").url == page
    leading.refresh_from_db()
    assert leading.until_on is not None
    assert admin.post(f"/accounts/posts/{leading.pk}/end/").status_code == 404
    told = text_of(admin.get(page))
    assert "任职" in told
    assert "免职" in told


def test_a_post_held_already_is_refused_beside_its_field(admin, officer, county):
    response = admin.post(f"{USERS}{officer.pk}/give/", {"role": "officer", "union": county.pk})
    assert "已任此职" in text_of(response)


def test_the_last_administrator_stays(admin, administrator):
    page = f"{USERS}{administrator.pk}/"
    post = administrator.posts.get()
    for path in (f"/accounts/posts/{post.pk}/end/", page + "suspend/"):
        assert "最后一名管理员" in text_of(admin.post(path, follow=True))
    post.refresh_from_db()
    assert post.until_on is None


def test_a_suspended_account_cannot_log_in_until_it_is_restored(admin, officer):
    page = f"{USERS}{officer.pk}/"
    admin.post(page + "suspend/")
    assert "登录名或密码不对" in text_of(log_in("王干事", PASSWORD)[1])
    admin.post(page + "restore/")
    assert log_in("王干事", PASSWORD)[1].url == "/"


def test_a_reset_password_is_shown_on_a_slip_and_the_old_one_is_dead(admin, officer):
    assert admin.post(f"{USERS}{officer.pk}/reset/").url == SLIP
    password = admin.get(SLIP).context["slip"].password
    assert "登录名或密码不对" in text_of(log_in("王干事", PASSWORD)[1])
    assert log_in("王干事", password)[1].url == "/"


def test_a_reset_password_opens_at_once_for_whoever_was_locked_out(admin, officer):
    for _ in range(5):
        log_in("王干事", "不是这个")
    admin.post(f"{USERS}{officer.pk}/reset/")
    password = admin.get(SLIP).context["slip"].password
    assert log_in("王干事", password)[1].url == "/"


def test_the_list_is_searched_and_filtered(admin, officer, leader):
    assert "王干事" in text_of(admin.get(USERS, {"q": "王"}))
    assert "陈主席" not in text_of(admin.get(USERS, {"q": "王"}))
    assert "王干事" not in text_of(admin.get(USERS, {"role": "leader"}))
    assert "王干事" not in text_of(admin.get(USERS, {"active": "no"}))


def test_the_list_leaves_as_a_workbook(admin, officer):
    assert admin.get(USERS, {"export": "xlsx"}).headers["Content-Type"].endswith("sheet")


def test_thirty_accounts_cost_as_many_queries_as_one(admin, county, appoint):
    admin.get(USERS)
    with CaptureQueriesContext(
        connection,
    ) as one:
        admin.get(USERS)
    for number in range(30):
        appoint(f"干事{number}", Role.OFFICER, county)
    with CaptureQueriesContext(connection) as many:
        admin.get(USERS)
    assert len(many) == len(one)


def test_whoever_runs_the_server_can_let_an_administrator_in_again(administrator):
    out = StringIO()
    call_command("reset_password", user="赵管理员", stdout=out)
    assert log_in("赵管理员", out.getvalue().splitlines()[-1])[1].url == "/"
    with pytest.raises(CommandError, match="没有在用的账号"):
        call_command("reset_password", user="没有这人", stdout=out)


# Who may not


def test_an_administrator_neither_sees_nor_touches_another_countys_accounts(admin, outsider):
    page = f"{USERS}{outsider.pk}/"
    assert "外人" not in text_of(admin.get(USERS))
    assert admin.get(page).status_code == 404
    post = outsider.posts.get()
    for path in (
        *(page + deed for deed in ("give/", "reset/", "suspend/", "restore/")),
        f"/accounts/posts/{post.pk}/end/",
    ):
        assert admin.post(path).status_code == 404
    outsider.refresh_from_db()
    assert outsider.is_active
    assert outsider.check_password(PASSWORD)


def test_an_administrator_gives_no_post_in_another_county(admin, officer, neighbour):
    response = admin.post(f"{USERS}{officer.pk}/give/", {"role": "officer", "union": neighbour.pk})
    assert response.status_code == 200
    assert not Post.objects.filter(union=neighbour).exists()


def test_an_auditor_reads_accounts_and_changes_none(client_of, auditor, officer):
    client, page = client_of(auditor), f"{USERS}{officer.pk}/"
    assert client.get(page).status_code == 200
    assert "重置密码" not in text_of(client.get(page))
    assert client.post(page + "reset/").status_code == 403


def test_an_officer_sees_no_accounts(client_of, officer):
    assert client_of(officer).get(USERS).status_code == 403
