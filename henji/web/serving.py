"""运行: start programs beside this one, keep them running, and leave none behind."""

import contextlib
import http.client
import itertools
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

HOST = "127.0.0.1"
ROUND = 0.2  # seconds between two looks at the children
PATIENCE = 8.0  # seconds from SIGTERM to SIGKILL
LONGEST_PAUSE = 60.0  # seconds before a program that keeps dying is started again


def address_of(port: int) -> str:
    """The address that a person opens."""
    return f"http://{HOST}:{port}/"


def is_free(port: int) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def next_free_port(after: int) -> int:
    """The first free port above this one; from 1024 again where there is none."""
    candidates = itertools.chain(range(after + 1, 65536), range(1024, after))
    return next(port for port in candidates if is_free(port))


def answers(port: int) -> bool:
    """Whether a web server on this port answers, be it with a refusal."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


class Child:
    """子进程: one program, with all that it starts, in a process group of its own."""

    def __init__(
        self,
        command: Iterable[str | Path],
        *,
        home: Path,
        environment: Mapping[str, str],
        patience: float = PATIENCE,
    ) -> None:
        self.failures = 0
        self.patience = patience
        self._command = (*_leash(), *map(str, command))
        self._home = home
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0

    def start(self) -> None:
        """Start the program."""
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            cwd=self._home,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        """Whether the program runs now."""
        return self._process is not None and self._process.poll() is None

    def tend(self, *, now: float) -> None:
        """Start a dead program again, after a pause that doubles with each early death."""
        if self.is_alive():
            return
        if self._process is not None:
            _kill_group(self._process)  # what it started goes with it
            self._process = None
            lived_long = now - self._started_at > LONGEST_PAUSE
            self.failures = 1 if lived_long else self.failures + 1
            self._start_again_at = now + min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
        elif now >= self._start_again_at:
            self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the program; it knows best how to end what it started."""
        if self._process is not None:
            self._process.terminate()

    def stop(self, *, asked_at: float) -> None:
        """Wait for the end as long as patience lasts, then kill the whole group."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=max(0.0, asked_at + self.patience - time.monotonic()))
        _kill_group(self._process)
        self._process.wait()
        self._process = None


def _leash() -> Sequence[str]:
    """On Linux: a child hears SIGTERM also when its parent was killed and could not tell it."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def supervise(children: Sequence[Child], *, each_round: Callable[[], None]) -> None:
    """Keep the children running until a signal asks to stop, or `each_round` raises; then stop them all.

    `each_round` is called several times a second; a child that it adds to `children` is started and kept too.
    """
    asked = threading.Event()
    heard = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup asks not to hear the terminal close
        heard.append(signal.SIGHUP)
    for number in heard:
        signal.signal(number, lambda *_: asked.set())
    try:
        while not asked.wait(ROUND):
            for child in children:
                child.tend(now=time.monotonic())
            each_round()
    finally:
        stop_all(children)


def stop_all(children: Sequence[Child]) -> None:
    """Ask all to stop, then wait for each."""
    asked_at = time.monotonic()
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(asked_at=asked_at)
