"""备份与恢复: from either database into either, by the real commands, each in an installation of its own."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tools import postgres

LONG = 120.0  # seconds, on a slow machine under load
PASSPHRASE = "滹沱河边的老槐树三月开花"


@dataclass(frozen=True)
class Installation:
    """One installation: where its data lies, and which database it uses."""

    data: Path
    database: str

    def run(self, *words: str) -> str:
        """A command's words; what it says goes wrong fails the test."""
        done = self.tried(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tried(self, *words: str) -> subprocess.CompletedProcess[str]:
        command, kept = self._command(*words)
        return subprocess.run(
            command, env=kept, cwd=settings.HOME, capture_output=True, text=True, timeout=LONG, check=False
        )

    def begun(self, *words: str) -> subprocess.Popen[bytes]:
        command, kept = self._command(*words)
        return subprocess.Popen(command, env=kept, cwd=settings.HOME)

    def _command(self, *words: str) -> tuple[tuple[str, ...], dict[str, str]]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        kept |= {"HENJI_DATA": str(self.data), "HENJI_PASSPHRASE": PASSPHRASE, "PYTHONUTF8": "1"}
        kept |= {"DATABASE_URL": self.database} if self.database else {}
        return (sys.executable, str(settings.HOME / "manage.py"), *words), kept

    def asked(self, name: str) -> str:
        """What a function of `installation.py` says in this installation."""
        return self.run("shell", "-v0", "-c", f"from henji.web.tests import installation as i; i.{name}()")

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.asked("describe"))
        return told


class Ground:
    """Where installations are made."""

    def __init__(self, folder: Path, server: str) -> None:
        self._folder, self._server = folder, server
        self._made = 0

    def new(self, vendor: str) -> Installation:
        """An installation without anything in it."""
        self._made += 1
        name = f"henji_{os.getpid()}_{self._made}"
        address = self._database(name) if vendor == "postgresql" else ""
        return Installation(self._folder / name, address)

    def _database(self, name: str) -> str:
        with psycopg.connect(self._server, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        return f"{self._server.rpartition('/')[0]}/{name}"


@pytest.fixture
def ground(tmp_path, monkeypatch) -> Iterator[Ground]:
    monkeypatch.setattr(
        tempfile, "tempdir", None
    )  # the server is another user, and our own folder is guarded
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.server())
        except postgres.Unavailable as reason:
            pytest.skip(str(reason))
        yield Ground(tmp_path, server)


def test_a_backup_of_either_database_becomes_the_same_installation_on_either(ground, tmp_path):
    first = ground.new("sqlite")
    first.asked("build")
    expected = first.told()
    assert expected["closed"]
    assert expected["sound"]
    assert expected["papers"]
    assert expected["opened"]
    second = _restored(ground, first, "postgresql", tmp_path / "first.henji")
    assert second.told() == expected
    for vendor, source in (("sqlite", first), ("postgresql", second), ("sqlite", second)):
        file = tmp_path / ("first.henji" if source is first else "second.henji")
        assert _restored(ground, source, vendor, file).told() == expected
    refused = second.tried("restore", str(tmp_path / "first.henji"))
    assert "已经有数据" in refused.stderr


def test_a_restore_that_is_killed_leaves_nothing_and_can_begin_again(ground, tmp_path):
    source, target = ground.new("sqlite"), ground.new("sqlite")
    source.asked("build_large")
    source.run("backup", str(tmp_path / "large.henji"))
    whole, pipe = (tmp_path / "large.henji").read_bytes(), tmp_path / "pipe"
    os.mkfifo(pipe)
    with target.begun("restore", str(pipe)) as restoring, pipe.open("wb") as feed:
        feed.write(whole[:-100])  # all but the end is there
        feed.flush()
        _wait(lambda: list(target.data.glob("restoring/blobs/*/*")))
        restoring.kill()
        restoring.wait()
    assert "已恢复" in target.run("restore", str(tmp_path / "large.henji"))
    left = {"restoring", "henji.sqlite3.restoring", "restore-unfinished"}
    assert {path.name for path in target.data.iterdir()} & left == set()


def _wait(true: Callable[[], Any]) -> None:
    limit = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.1)


def _restored(ground: Ground, source: Installation, vendor: str, file: Path) -> Installation:
    if not file.exists():
        assert "已备份到" in source.run("backup", str(file))
    made = ground.new(vendor)
    assert "已恢复正定县总工会" in made.run("restore", str(file))
    return made
