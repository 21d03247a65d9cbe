"""manage.py import_roster."""

import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from henji.members.models import Person
from henji.members.tests.rosters import number_of, workbook_of

ROWS = [
    ("李会员", number_of(1), "", "没有的单位", ""),
    ("", number_of(3)),
    ("李会员", number_of(1), "", "没有的单位", ""),
]


@pytest.fixture
def file(tmp_path):
    """A roster on the disk."""
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook_of(ROWS).read())
    return path


@pytest.fixture
def run(county, officer, capsys):
    """Run the command, and give its last line."""

    def run(file, *more, by="王干事", code="130123"):
        call_command("import_roster", str(file), "--county", code, "--by", by, *more)
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


def test_the_last_line_tells_what_became_of_the_rows(run, file):
    told = {"read": 3, "imported": 1, "unchanged": 1, "rejected": 1, "questions": 1}
    assert run(file) == told
    assert run(file) == told | {"imported": 0, "unchanged": 2, "questions": 0}


def test_what_a_person_should_know_stands_on_stderr(county, officer, tmp_path, capsys):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook_of([("李会员", number_of(1), "A")], ("姓名", "身份证号", "血型")).read())
    call_command("import_roster", str(path), "--county", "130123", "--by", "王干事")
    told = capsys.readouterr()
    assert "没有认出这些列，不会导入：血型" in told.err
    assert [json.loads(line)["read"] for line in told.out.splitlines()] == [1]


def test_bad_rows_are_written_beside(run, file, tmp_path):
    run(file, "--rejected", str(tmp_path / "退回.xlsx"))
    cells = [cell for row in load_workbook(tmp_path / "退回.xlsx").active.values for cell in row]
    assert number_of(3) in cells
    assert any(cell and "没有填写姓名" in str(cell) for cell in cells)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"by": "没有这人"}, "没有登录名"),
        ({"code": "130999"}, "没有区划代码"),
        ({"by": "钱经审"}, "没有这项职权"),
        ({"by": "外人"}, "没有这项职权"),
    ],
)
def test_who_may_not_is_told_so_in_one_sentence(run, file, auditor, outsider, more, words):
    with pytest.raises(CommandError, match=words):
        run(file, **more)
    assert not Person.objects.exists()


@pytest.mark.parametrize("bad", [b"%PDF-1.7 not a workbook", b"", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(run, tmp_path, bad):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(bad)
    with pytest.raises(CommandError) as refused:
        run(path)
    assert "\n" not in str(refused.value)
    assert not Person.objects.exists()


def test_a_missing_file_is_told(run, tmp_path):
    with pytest.raises(CommandError, match="打不开文件"):
        run(tmp_path / "没有.xlsx")


def test_columns_that_lack_are_named(run, tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(workbook_of([("李会员",)], ("姓名",)).read())
    with pytest.raises(CommandError, match="身份证号"):
        run(path)
