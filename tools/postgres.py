"""数据库服务: a PostgreSQL of one's own for the length of a test run.

`python -m tools.postgres pytest henji/evidence` runs a command with DATABASE_URL set to it.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

STARTS_WITHIN = 30.0  # seconds
#: Speed before safety: the data is thrown away at the end.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class Unavailable(Exception):
    """没有 PostgreSQL: the reason, in one line."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server: the one TEST_DATABASE_URL names, else a new one on a socket of its own.

    Raises Unavailable where there is none and none can be started.
    """
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    programs = _programs()
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="henji-pg-"))
    try:
        if account:
            os.chown(home, account.pw_uid, account.pw_gid)
        with _started(programs, home, account.pw_name if account else None):
            yield f"postgres://henji@{quote(str(home), safe='')}/postgres"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """The folder that holds both initdb and postgres, the newest first."""
    packaged = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    packaged.sort(key=lambda folder: float(folder.parent.name.removeprefix("pgsql-")), reverse=True)
    on_path = [Path(folder) for folder in os.get_exec_path()]
    for folder in (*packaged, *on_path):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("没有找到 PostgreSQL 服务端（initdb、postgres）")


def _account() -> pwd.struct_passwd | None:
    """The account to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Unavailable("以 root 运行，而系统里没有 postgres 或 nobody 用户")


@contextlib.contextmanager
def _started(programs: Path, home: Path, user: str | None) -> Iterator[None]:
    data, log = home / "data", home / "log"
    initdb = (programs / "initdb", "-D", data, "-U", "henji", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    made = subprocess.run(
        initdb, cwd=home, user=user, extra_groups=_groups(user), capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Unavailable(f"initdb 未成：{_last_line(made.stderr)}")
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    postgres: tuple[str | Path, ...] = (programs / "postgres", "-D", data, "-k", home, "-h", "", *settings)
    with log.open("w") as output:
        running = subprocess.Popen(
            postgres, cwd=home, user=user, extra_groups=_groups(user), stdout=output, stderr=output
        )
    try:
        _wait(running, data / "postmaster.pid", log)
        yield
    finally:
        running.send_signal(signal.SIGINT)  # the fast way down: it waits for nobody
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(timeout=10)
        running.kill()


def _groups(user: str | None) -> list[int] | None:
    return [] if user else None


def _wait(running: subprocess.Popen[bytes], status: Path, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and running.poll() is None:
        # The last line of this file says how far the server has come.
        if status.exists() and status.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    raise Unavailable(f"服务没有起来：{_last_line(log.read_text())}")


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def stop_when_asked() -> None:
    """Make SIGTERM unwind like Ctrl-C, so that no server is left behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main() -> None:
    stop_when_asked()
    try:
        with server() as address:
            environment = {**os.environ, "DATABASE_URL": address}
            done = subprocess.run(sys.argv[1:], env=environment, check=False)
    except Unavailable as reason:
        sys.exit(f"PostgreSQL: {reason}")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
