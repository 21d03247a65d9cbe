"""导入单位和工会 from the command line, and the way to its page."""

import json

import pytest
from django.core.management import CommandError, call_command

from henji.accounts.powers import Role
from henji.unions.models import Employer
from henji.web.tests.lists import book


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(book(("甲厂", "", "正定镇", "", "是"), ("乙厂", "坏代码"), ("甲厂",)).getvalue())
    return path


def test_the_command_line_says_what_became_of_the_rows(county, officer, file, capsys):
    call_command("import_employers", str(file), "--county", "130123", "--by", officer.username)
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said == {"read": 3, "imported": 1, "unchanged": 1, "rejected": 1, "questions": 0}
    assert Employer.objects.values_list("union__name", flat=True).get() == "甲厂工会"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--county": "130199"}, "没有区划代码为 130199 的县总工会"),
        ({"--by": "没有的人"}, "没有登录名为“没有的人”的账号"),
        ({"--by": "陈主席"}, "“陈主席”没有这项职权"),
        ({"--by": "外人"}, "“外人”没有这项职权"),
        ({"file": "没有.xlsx"}, "打不开文件"),
    ],
)
def test_the_command_line_refuses_in_words(county, officer, leader, outsider, file, changed, words):
    given = {"file": str(file), "--county": "130123", "--by": officer.username, **changed}
    arguments = [given.pop("file"), *(part for pair in given.items() for part in pair)]
    with pytest.raises(CommandError, match=words):
        call_command("import_employers", *arguments)
    assert not Employer.objects.exists()


@pytest.mark.parametrize(("role", "shown"), [(Role.OFFICER, True), (Role.LEADER, False)])
def test_who_may_import_finds_the_way(county, appoint, client_of, role, shown):
    browser = client_of(appoint("李某", role, county))
    for page in ("/unions/", "/unions/employers/"):
        assert ("/work/import/web.employers/" in browser.get(page).content.decode()) is shown
    assert browser.get("/work/import/web.employers/").status_code == (200 if shown else 403)
