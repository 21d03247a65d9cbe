"""语言: pages speak Chinese out of the source itself; a catalogue that lacks does no harm."""

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from henji.accounts.models import Post
from henji.accounts.powers import Role
from tests.cast import AT


def test_the_house_speaks_chinese(client, county):
    assert settings.LANGUAGE_CODE == "zh-hans"
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="zh-hans">' in page
    assert "登录名" in page


def test_djangos_own_words_are_chinese_as_well(client_of, officer):
    assert date_format(AT, "l") == "星期三"
    page = client_of(officer).post("/unions/employers/register/", {"name": "甲厂", "workers": "多"})
    assert "输入整数" in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en", "fr"])
def test_words_stay_where_no_catalogue_has_them(language, client_of, leader):
    with translation.override(language):
        assert gettext("单位和工会导入") == "单位和工会导入"
        assert Role.OFFICER.label == "干事"
        assert str(Post._meta.verbose_name) == "任职"
        assert gettext("共 %(n)s 行") % {"n": 3} == "共 3 行"
        page = client_of(leader).get("/unions/")
    assert page.status_code == 200
    assert "组织" in page.content.decode()


def test_the_browsers_language_changes_nothing(client, county):
    page = client.get("/accounts/login/", headers={"accept-language": "en-US,en;q=0.9"}).content.decode()
    assert "登录" in page
    assert "Log in" not in page
