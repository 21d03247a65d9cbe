"""命令行: the last line is the result as JSON; a mistake is one clear sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

from henji.members.tests.rosters import number_of
from henji.mutual_aid.models import Donation, Drive
from henji.mutual_aid.tests.books import book, two_sheets

WHERE = ("--county", "130123")
SPAN = ("--collects", "2016-11-15", "2016.12.31", "--aids", "2017年1月1日", "2017-12-31")


@pytest.fixture
def by(officer):
    """Signed by 王干事."""
    return ("--by", officer.username)


@pytest.fixture
def run(capsys):
    """The lines that a command prints."""

    def run(*arguments):
        call_command(*map(str, arguments))
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def file(tmp_path):
    """A book on disk."""

    def file(*rows):
        path = tmp_path / "捐款名册.xlsx"
        path.write_bytes(book(*rows).getvalue())
        return path

    return file


def test_a_book_is_imported_and_again_changes_nothing(run, file, drive, by, enrol):
    enrol("李会员", 1)
    enrol("赵会员", 2)
    path = file(
        ("李会员", number_of(1), "常山纺织", 50, "", ""),
        ("赵会员", "", "常山纺织", 50, "", ""),
        ("无此人", "", "常山纺织", 50, "", ""),
        ("李会员", 130123198503120016, "常山纺织", 50, "", ""),
    )
    command = ("import_donations", path, *WHERE, "--drive", "2016", *by)
    assert json.loads(run(*command)[-1]) == {
        "read": 4,
        "imported": 3,
        "unchanged": 0,
        "rejected": 1,
        "questions": 1,
        "matched": 2,
    }
    assert json.loads(run(*command)[-1])["unchanged"] == 3
    assert Donation.objects.count() == 3


def test_the_unit_of_a_book_that_names_none_is_told_once(run, tmp_path, drive, by, enrol):
    enrol("李会员", 1)
    path = tmp_path / "名册.xlsx"
    path.write_bytes(book(("李会员", 50), heads=("姓名", "金额")).getvalue())
    command = ("import_donations", path, *WHERE, "--drive", "2016", *by, "--unit")
    with pytest.raises(CommandError, match="没有登记过单位“恒山”"):
        call_command(*map(str, command), "恒山")
    assert json.loads(run(*command, "常山纺织")[-1])["matched"] == 1


def test_a_drive_is_opened(run, county, by):
    assert run("open_drive", "2016", *WHERE, *by, *SPAN, "--name", "第七次一日捐") == ["2016"]
    drive = Drive.objects.get()
    assert (drive.name, str(drive.collects_to), str(drive.counted_on)) == (
        "第七次一日捐",
        "2016-12-31",
        "2016-12-31",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--county", "130999", "--drive", "2016", "--by", "王干事"), "没有区划代码为 130999 的县总工会"),
        ((*WHERE, "--drive", "2016", "--by", "无此人"), "没有登录名为“无此人”的账号"),
        ((*WHERE, "--drive", "2019", "--by", "王干事"), "没有代号为“2019”的一日捐活动，现有：2016"),
        ((*WHERE, "--drive", "2016", "--by", "陈主席"), "“陈主席”没有这项职权"),
        ((*WHERE, "--drive", "2016", "--by", "外人"), "“外人”没有这项职权"),
    ],
)
def test_a_mistake_is_told_in_words(file, drive, officer, leader, outsider, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_donations", str(file(("集体", "", "", 5, "", ""))), *arguments)
    assert not Donation.objects.exists()


def test_a_file_that_is_not_there_or_no_workbook_is_told_in_words(tmp_path, drive, by):
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_donations", str(tmp_path / "没有.xlsx"), *WHERE, "--drive", "2016", *by)
    paper = tmp_path / "名册.xlsx"
    paper.write_bytes(b"%PDF-1.7 and so on")
    with pytest.raises(CommandError, match="不是 Excel"):
        call_command("import_donations", str(paper), *WHERE, "--drive", "2016", *by)


def test_a_book_without_amounts_is_told_in_words(tmp_path, drive, by):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(book(("李会员",), heads=("姓名",)).getvalue())
    with pytest.raises(CommandError, match="捐款金额"):
        call_command("import_donations", str(path), *WHERE, "--drive", "2016", *by)


def test_a_code_used_or_days_reversed_are_told_in_words(drive, by):
    with pytest.raises(CommandError, match="已经用过"):
        call_command("open_drive", "2016", *WHERE, *by, *SPAN)
    reversed_days = ("--collects", "2016-12-31", "2016-11-15", "--aids", "2017-01-01", "2017-12-31")
    with pytest.raises(CommandError, match="早于开始日期"):
        call_command("open_drive", "2017", *WHERE, *by, *reversed_days)


def test_a_sheet_that_was_not_read_is_told_of_beside_the_result(capsys, tmp_path, drive, by):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(two_sheets().getvalue())
    call_command("import_donations", path, *WHERE, "--drive", "2016", *by)
    told = capsys.readouterr()
    assert "只读了工作表“一厂”" in told.err
    assert json.loads(told.out.splitlines()[-1])["read"] == 1
