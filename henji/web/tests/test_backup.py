"""备份: what is in it, and what it does not do to those who go on working."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from henji.evidence import blobs
from henji.evidence.models import Trace
from henji.lib import lockbox
from henji.lib.actors import INSTALLER
from henji.lib.lockbox import Lock
from henji.unions import commands as unions
from henji.unions.models import Level, Union
from henji.web.backup import archive, making, restoring, rows
from henji.web.deeds import Deed
from henji.work.models import Job

PASSPHRASE = "滹沱河边的老槐树三月开花"
LOCK = Lock.make(PASSPHRASE)
#: Kinds of field whose values both databases have been tried with.
TRIED = frozenset(
    {
        *("AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField"),
        *("PositiveIntegerField", "PositiveSmallIntegerField", "BooleanField", "CharField", "TextField"),
        *("DateField", "DateTimeField", "UUIDField", "JSONField", "BinaryField", "GenericIPAddressField"),
        "DecimalField",
    }
)


def ignored(_done: int, _total: int) -> None:
    """Nobody listens."""


def names_in(path: Path, lock: Lock = LOCK) -> dict[str, bytes]:
    """What the backup holds."""
    with path.open("rb") as source:
        source.seek(len(lock.head))
        return {name: content.read() for name, content in archive.Unpacker(source, lock)}


def union_names(path: Path) -> set[str]:
    names = names_in(path)
    tables = {table.name: table for table in archive.Manifest.load(names[archive.MANIFEST]).tables}
    place = [name for name, _kind in tables["unions_union"].columns].index("name")
    parts = [
        archive.rows_in(BytesIO(names[name])) for name in names if name.startswith("tables/unions_union/")
    ]
    return {row[place] for part in parts for row in part}


def test_every_table_of_the_database_is_in_a_backup_or_left_out_on_purpose(db):
    held = {model._meta.db_table for model in rows.models_after(rows.steps_of(connection))}
    left_out = {"django_migrations", *(name.replace(".", "_") for name in rows.SKIPPED)}
    left_out = {name.replace("sessions_session", "django_session") for name in left_out}
    assert set(connection.introspection.table_names()) == held | left_out


def test_every_kind_of_column_has_been_tried(db):
    tables = map(rows.Table.of, rows.models_after(rows.steps_of(connection)))
    assert {kind for table in tables for _name, kind in table.columns} <= TRIED


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_neither_hindered_nor_seen(county, at, tmp_path):
    def meanwhile(done: int, _total: int) -> None:
        if not Union.objects.filter(name="新安镇总工会").exists():
            unions.found_union(parent=county, level=Level.TOWNSHIP, name="新安镇总工会", by=INSTALLER, at=at)

    made = making.make(tmp_path / "one.henji", LOCK, at=at, tell=meanwhile)
    names = union_names(tmp_path / "one.henji")
    assert "正定县总工会" in names
    assert "新安镇总工会" not in names
    assert made.size == (tmp_path / "one.henji").stat().st_size
    assert Union.objects.filter(name="新安镇总工会").exists()


@pytest.mark.django_db(transaction=True)
def test_files_that_are_lost_or_altered_are_counted(county, at, tmp_path):
    kept = [
        blobs.keep(
            BytesIO(b"%PDF-1.7 " + text),
            county=county.pk,
            personal=False,
            media_type="application/pdf",
            at=at,
        )
        for text in (b"sound", b"lost", b"altered")
    ]
    blobs.path_of(kept[1]).unlink()
    blobs.path_of(kept[2]).write_bytes(b"something else")
    contents = making.make(tmp_path / "one.henji", LOCK, at=at, tell=ignored).contents
    assert (contents.files, contents.lacking) == (2, 2)
    names = names_in(tmp_path / "one.henji")
    assert names[f"blobs/{kept[0].digest[:2]}/{kept[0].digest[2:]}"] == b"%PDF-1.7 sound"
    assert "keys/ring.json" in names


def test_nobody_else_may_read_it_and_no_file_is_overwritten(county, at, tmp_path):
    path = tmp_path / "one.henji"
    making.make(path, LOCK, at=at, tell=ignored)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(making.AlreadyThere, match="没有覆盖"):
        making.make(path, LOCK, at=at, tell=ignored)
    assert path.read_bytes() == before


def test_a_backup_that_fails_leaves_no_file(county, at, tmp_path):
    def broken(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        making.make(tmp_path / "one.henji", LOCK, at=at, tell=broken)
    assert list(tmp_path.iterdir()) == []


# The command


@pytest.fixture
def passphrase(tmp_path):
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    return str(file)


def test_the_command_leaves_a_trace_with_the_digest_of_the_file(county, tmp_path, passphrase, capsys):
    call_command("backup", str(tmp_path), passphrase_file=passphrase)
    assert len(list(tmp_path.glob("*.henji"))) == 1
    trace = Trace.objects.get(deed=Deed.BACKED_UP)
    assert trace.county == county.pk
    assert trace.facts["digest"] in capsys.readouterr().out
    assert PASSPHRASE not in str(trace.facts)


@pytest.mark.parametrize(
    ("file", "said"), [("no/where.henji", "没有这个文件夹"), ("there.henji", "没有覆盖")]
)
def test_where_it_cannot_be_written_is_said_in_words(county, tmp_path, passphrase, file, said):
    (tmp_path / "there.henji").touch()
    with pytest.raises(CommandError, match=said):
        call_command("backup", str(tmp_path / file), passphrase_file=passphrase)
    assert not Trace.objects.filter(deed=Deed.BACKED_UP).exists()


@pytest.mark.parametrize(("content", "said"), [("短", "至少 12 个字"), ("", "没有口令")])
def test_a_passphrase_that_will_not_do_is_refused(county, tmp_path, content, said, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "")
    (tmp_path / "passphrase").write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("backup", str(tmp_path / "x.henji"), passphrase_file=str(tmp_path / "passphrase"))


def test_before_a_county_is_founded_there_is_nothing_to_back_up(db, tmp_path, passphrase):
    with pytest.raises(CommandError, match="没有可备份的"):
        call_command("backup", str(tmp_path / "x.henji"), passphrase_file=passphrase)


# What is refused when restoring


@pytest.fixture
def backed_up(county, at, tmp_path):
    making.make(tmp_path / "one.henji", LOCK, at=at, tell=ignored)
    return tmp_path / "one.henji"


def restored(content: bytes, at: datetime, passphrase: str = PASSPHRASE) -> None:
    restoring.restore(BytesIO(content), passphrase, by=INSTALLER, at=at)


@pytest.fixture
def vacant(settings, tmp_path):
    """A folder of data without any file in it; the tests before may have kept some."""
    settings.BLOBS = tmp_path / "blobs"


def everything(folder: Path) -> set[str]:
    """What lies in the folder, without what comes and goes by itself."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in names if not name.endswith(("-wal", "-shm", "serve.lock"))}


def test_an_installation_with_data_is_never_restored_into(county, backed_up, at):
    with pytest.raises(Exception, match="已经有数据"):
        restored(backed_up.read_bytes(), at)


def test_a_running_installation_is_never_restored_into(db, at, settings):
    with restoring._alone(), pytest.raises(restoring.StillRunning, match="先停下"):
        restored(b"", at)


def test_a_restore_killed_just_before_its_database_is_there_can_begin_again(db, settings, tmp_path):
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    settings.KEYRING = tmp_path / "keys" / "ring.json"
    staging = restoring._Staging.make()
    staging.put(f"blobs/ab/{'c' * 62}", BytesIO(b"a paper"))
    staging.settle()
    assert list(settings.BLOBS.glob("ab/*"))
    restoring._must_be_empty()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" * 9])
def test_the_file_of_another_program_changes_nothing(db, at, settings, vacant, content):
    before = everything(settings.DATA)
    with pytest.raises(lockbox.NotALockbox):
        restored(content, at)
    assert everything(settings.DATA) == before


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_a_newer_house_changes_nothing(at, settings, vacant):
    target = BytesIO()
    packer = archive.Packer(target, LOCK)
    steps = (("work", "0999_of_the_future"),)
    packer.put(archive.MANIFEST, archive.Manifest(at, ("正定县总工会",), steps, ()).dump())
    packer.finish()
    before = everything(settings.DATA)
    with pytest.raises(lockbox.NewerFormat):
        restored(target.getvalue(), at)
    assert everything(settings.DATA) == before


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_was_cut_short_changes_nothing(at, settings, vacant, tmp_path):
    """All is authentic, and yet its end is not there."""
    target = BytesIO()
    packer = archive.Packer(target, LOCK)
    with rows.snapshot() as held:
        tables = tuple(map(rows.Table.of, rows.models_after(held.steps)))
        manifest = archive.Manifest(at, ("正定县总工会",), tuple(held.steps), tables)
    packer.put(archive.MANIFEST, manifest.dump())
    packer.put("keys/ring.json", b"{}")
    packer.finish()
    before, tables_before = everything(settings.DATA), connection.introspection.table_names()
    with pytest.raises(lockbox.Damaged):
        restored(target.getvalue(), at)
    assert everything(settings.DATA) == before
    assert connection.introspection.table_names() == tables_before
    assert not Job.objects.exists()
    assert list(tmp_path.iterdir()) == []
