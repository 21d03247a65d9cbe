"""运行: `manage.py serve`, as `make run` starts it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from henji.web import demonstration, serving

LONG = 60.0  # seconds, on a slow machine under load


def command(data: Path, port: int | str) -> tuple[list[str], dict[str, str]]:
    """The command and its environment: data of its own, and no database but the one in there."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "HENJI_DATA": str(data), "PORT": str(port), "PYTHONUTF8": "1"}
    return [sys.executable, str(settings.HOME / "manage.py"), "serve"], environment


@contextlib.contextmanager
def served(data: Path, port: int, said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server that has said that it is up; told to stop, and waited for, at the end."""
    words, environment = command(data, port)
    with said.open("w") as output, subprocess.Popen(words, env=environment, stdout=output) as server:
        try:
            limit = time.monotonic() + LONG
            while "已启动" not in said.read_text():
                assert server.poll() is None, "ended before it answered"
                assert time.monotonic() < limit, "does not answer"
                time.sleep(0.1)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)


def refusal(data: Path, port: int | str) -> str:
    words, environment = command(data, port)
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=LONG, check=False)
    assert done.returncode == 1
    return done.stderr


@pytest.fixture
def port() -> int:
    return serving.next_free_port(21000 + os.getpid() % 1000)


def test_serving_says_where_it_is_refuses_a_second_and_ends_when_told(tmp_path, port):
    data, said = tmp_path / "data", tmp_path / "said"
    with served(data, port, said) as server:
        assert serving.answers(port)
        assert f"已在运行：{serving.address_of(port)}" in refusal(data, port + 1)
        assert f"端口 {port} 已被别的程序占用" in refusal(tmp_path / "other", port)
    assert server.returncode == 0
    assert serving.is_free(port)
    assert serving.address_of(port) in said.read_text()
    assert str(data) in said.read_text()
    assert said.read_text().endswith("已停止。\n")


def test_a_port_that_is_no_number_is_refused_in_words(tmp_path):
    assert "PORT 应是 1 到 65535 之间的数字" in refusal(tmp_path, "eighty")


def test_a_folder_with_data_is_never_taken_for_the_ruins_of_a_demonstration(tmp_path, settings):
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    database = tmp_path / "henji.sqlite3"
    database.write_bytes(b"real")
    with pytest.raises(demonstration.NotADemonstration):
        demonstration.clear_ruins()
    assert database.read_bytes() == b"real"


def test_what_a_demonstration_began_and_did_not_finish_is_cleared(tmp_path, settings):
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    demonstration.clear_ruins()
    (tmp_path / "henji.sqlite3").write_bytes(b"half")
    demonstration.clear_ruins()
    assert not (tmp_path / "henji.sqlite3").exists()
