"""首次启用: a new installation, from the first page to the first log-in."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from henji.accounts.models import User
from henji.evidence.models import Trace
from henji.unions.models import Union
from henji.web import founding
from tests.cast import AT

START, FOUND, FOUNDED, DEMO, WAITING = "/start/", "/found/", "/founded/", "/demo/", "/demo/progress/"
SENT = {"code": "130123", "name": "正定县总工会", "person": "赵明", "username": "zhaoming"}


def text_of(response):
    return response.content.decode()


@pytest.fixture
def browser(db):
    return Client()


@pytest.fixture
def files():
    paths = [settings.DATA / name for name in ("demo.request", "demo.url")]
    yield dict(zip(("request", "url"), paths, strict=True))
    for path in paths:
        path.unlink(missing_ok=True)


def test_a_new_installation_opens_on_the_two_ways(browser):
    assert browser.get("/").url == START
    told = text_of(browser.get(START))
    assert "建立我县" in told
    assert "看演示县" in told


def test_the_founder_sees_a_password_once_and_must_change_it(browser):
    assert browser.post(FOUND, SENT).url == FOUNDED
    password = browser.get(FOUNDED).context["slip"].password
    assert browser.get(FOUNDED).url == "/"
    browser.post("/accounts/login/", {"username": "zhaoming", "password": password})
    assert browser.get("/").url == "/accounts/password/"


def test_founding_is_two_deeds_with_two_traces_and_three_posts(browser):
    browser.post(FOUND, SENT)
    assert set(Trace.objects.values_list("deed", flat=True)) == {
        "unions.county_founded",
        "accounts.account_opened",
    }
    posts = User.objects.get().posts.values_list("role", flat=True)
    assert set(posts) == {"administrator", "leader", "officer"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "130100"}, "区划代码"),
        ({"code": "正定"}, "区划代码"),
        ({"name": " "}, "请填写县总工会名称"),
        ({"username": "有 空格"}, "不含空格"),
        ({"person": ""}, "请填写您的姓名"),
    ],
)
def test_a_refused_founding_keeps_what_was_typed_and_founds_nothing(browser, change, words):
    response = browser.post(FOUND, {**SENT, **change})
    assert response.status_code == 200
    assert words in text_of(response)
    assert not Union.objects.exists()
    assert not Trace.objects.exists()


def test_a_second_press_of_the_button_founds_no_second_county(browser):
    browser.post(FOUND, SENT)
    again = Client().post(FOUND, {**SENT, "code": "130121"}, follow=True)
    assert "已经建立了县总工会，请直接登录" in text_of(again)
    assert Union.objects.counties().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_the_same_time_found_one_county():
    def press(number):
        try:
            founding.found(
                code=f"13012{number}",
                name=f"第{number}县总工会",
                username=f"founder{number}",
                person="赵明",
                at=AT,
                first=True,
            )
        except founding.AlreadyStarted:
            return "refused"
        finally:
            connection.close()
        return "founded"

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(press, range(1, 5)))
    assert sorted(ended) == ["founded", "refused", "refused", "refused"]
    assert Union.objects.counties().count() == 1


@pytest.mark.parametrize("path", [START, FOUND, WAITING])
def test_afterwards_the_first_run_pages_are_gone(browser, county, path):
    assert browser.get(path).url == "/"


@pytest.mark.parametrize(
    "elsewhere",
    [{"REMOTE_ADDR": "192.168.1.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"REMOTE_ADDR": ""}],
)
def test_from_another_machine_nobody_founds_anything(db, elsewhere):
    stranger = Client(**elsewhere)
    for response in (
        stranger.get(START),
        stranger.get(FOUND),
        stranger.post(FOUND, SENT),
        stranger.post(DEMO),
    ):
        assert response.status_code == 403
        assert "manage.py found" in text_of(response)
    assert not Union.objects.exists()


# The demonstration


def test_asking_for_the_demonstration_waits_and_then_goes_there(browser, files):
    assert browser.post(DEMO).url == WAITING
    assert files["request"].exists()
    assert "正在建立演示县" in text_of(browser.get(WAITING))
    files["request"].unlink()
    files["url"].write_text("http://127.0.0.1:8001/")
    assert browser.get(WAITING).url == "http://127.0.0.1:8001/"
    part = browser.get(WAITING, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "http://127.0.0.1:8001/"


def test_a_demonstration_that_did_not_start_is_told_with_a_way_on(browser, files):
    assert "演示县没有建起来" in text_of(browser.get(WAITING))


# The command line


def test_the_command_founds_and_prints_the_password_alone_on_the_last_line(db):
    out = StringIO()
    call_command("found", county="130123", name="正定县总工会", admin="赵明", stdout=out)
    password = out.getvalue().splitlines()[-1]
    assert User.objects.get(username="赵明").check_password(password)


def test_the_command_founds_a_neighbour_but_not_the_same_county_twice(county):
    call_command("found", county="130121", name="井陉县总工会", admin="钱明", stdout=StringIO())
    with pytest.raises(CommandError, match="已经建立"):
        call_command("found", county="130123", name="正定县总工会", admin="孙明", stdout=StringIO())
    assert not User.objects.filter(username="孙明").exists()
