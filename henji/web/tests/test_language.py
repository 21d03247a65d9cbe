"""语言: pages speak Chinese out of the source itself, and English where somebody chose it; records stay."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from henji.accounts.models import Post
from henji.accounts.powers import Role
from henji.assessment import commands as assessment
from henji.assessment import library
from henji.assessment.models import SignedScore
from henji.evidence.models import Trace
from henji.members.tests.rosters import workbook_of
from henji.work import jobs
from henji.work.models import Job
from tests.cast import AT


@pytest.fixture
def english():
    """What makes a client one that chose English."""

    def choose(client):
        client.post("/language/", {"language": "en"})
        return client

    return choose


@pytest.fixture
def standard(county, leader, actor, at):
    text = library.shipped(library.REFERENCE)
    return assessment.publish_standard(publisher=county, text=text, by=actor(leader), at=at)


def page_of(client, path):
    return client.get(path).content.decode()


def test_the_house_speaks_chinese(client, county):
    assert settings.LANGUAGE_CODE == "zh-hans"
    page = page_of(client, "/accounts/login/")
    assert '<html lang="zh-hans">' in page
    assert "登录名" in page


def test_djangos_own_words_are_chinese_as_well(client_of, officer):
    assert date_format(AT, "l") == "星期三"
    page = client_of(officer).post("/unions/employers/register/", {"name": "甲厂", "workers": "多"})
    assert "输入整数" in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "fr"])
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


def test_who_chose_english_reads_english(client, county, english):
    page = page_of(english(client), "/accounts/login/")
    assert '<html lang="en">' in page
    assert "Log in" in page
    assert "登录" not in page
    assert client.get("/accounts/login/").headers["Content-Language"] == "en"


def test_the_switch_leads_back_to_the_page(client_of, officer):
    client = client_of(officer)
    page = "/unions/employers/?organised=yes"
    assert f'name="next" value="{page}"' in page_of(client, f"{page}&q=13012319800101001X")
    answer = client.post("/language/", {"language": "en", "next": page})
    assert answer.url == page
    assert 'lang="zh-hans">' in page_of(client, "/unions/")


def test_the_switch_leads_nowhere_else(client, county):
    assert client.post("/language/", {"language": "en", "next": "https://example.org/"}).url == "/"


def test_a_language_that_nobody_speaks_here_changes_nothing(client, county):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert '<html lang="zh-hans">' in page_of(client, "/accounts/login/")


def test_one_readers_language_is_nobody_elses(client, county, english):
    page_of(english(client), "/accounts/login/")
    assert translation.get_language() == "zh-hans"


def test_what_an_english_reader_does_is_recorded_in_chinese(client_of, officer, english):
    client = english(client_of(officer))
    client.post("/unions/employers/register/", {"name": "甲厂"})
    trace = Trace.objects.get(deed="unions.employer_registered")
    assert trace.by_post == "干事"
    page = page_of(client, f"/evidence/traces/{trace.pk}/")
    assert "王干事 (Officer)" in page


def test_a_job_speaks_the_language_of_who_asked(client_of, officer, english, at):
    client = english(client_of(officer))
    rows = [("王会员", ""), ("", "13012319800101001X")]
    file = SimpleUploadedFile("花名册.xlsx", workbook_of(rows, ("姓名", "身份证号")).read())
    client.post("/work/import/members.roster/", {"file": file})
    job = Job.objects.get()
    jobs.run_here(job)
    assert "Not filled in: Identity number" in page_of(client, f"/work/jobs/{job.pk}/")
    assert translation.get_language() == "zh-hans"


def test_what_is_signed_is_signed_in_chinese(client_of, leader, english, county, standard):
    client = english(client_of(leader))
    page = client.get("/assessment/sign/")
    shown = page.context["form"].initial
    client.post("/assessment/sign/", shown)
    body = SignedScore.objects.get().body
    assert "基础分 0" in body["grading"]
