"""旅程的地基: a real installation on a free port, and a real browser that looks at every page for faults."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Playwright, Response, expect

from tools import browser

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
EYES = Path(__file__).with_name("eyes.js").read_text(encoding="utf-8")
expect.set_options(timeout=20_000)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True)
class Installation:
    """安装: where it answers, where its data lies, and how its commands are run."""

    address: str
    data: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@contextlib.contextmanager
def _database(environment: dict[str, str]) -> Iterator[None]:
    """A database of its own, where the tests run on PostgreSQL."""
    address = environment.get("DATABASE_URL")
    if not address:
        yield
        return
    name = f"henji_journey_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    environment["DATABASE_URL"] = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    yield
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A new installation, started as `make run` starts it."""
    with _started(tmp_path_factory.mktemp("installation")) as started:
        yield started


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration county, a small one, started as `make demo` starts it."""
    with _started(tmp_path_factory.mktemp("demonstration"), "--demo", "--members", "600") as started:
        yield started


@contextlib.contextmanager
def _started(data: Path, *options: str) -> Iterator[Installation]:
    port = _free_port()
    environment = {**os.environ, "HENJI_DATA": str(data), "PORT": str(port)}
    with _database(environment):
        log = data / "serve.log"
        with log.open("w") as out:
            server = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "serve", *options],
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, log)
            yield Installation(address, data, environment)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
        assert "Traceback" not in log.read_text(), log.read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, log: Path) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise TimeoutError(log.read_text())


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    launched = playwright.chromium.launch(executable_path=browser.chromium(), args=list(browser.FLAGS))
    yield launched
    launched.close()


class Visitor:
    """来访者: somebody with a browser window of their own, who notes what is wrong on every page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("response", self._answered)
        page.on("request", lambda request: self._asked(request.url))

    def go(self, path: str) -> Response | None:
        """Go to the page, and look at it."""
        response = self.page.goto(self.address + path)
        self.look()
        return response

    def look(self) -> None:
        """Look at the page as it stands, and let axe look at it."""
        self.measure()
        self.ask_axe()

    def measure(self, words: str = "") -> None:
        """Look for what lies over another, is cut, sticks out or is too small to touch."""
        self.page.wait_for_load_state("domcontentloaded")
        self.page.evaluate(EYES)
        self.faults += [f"{self.page.url} {words}: {fault}" for fault in self.page.evaluate("eyes()")]

    def ask_axe(self, *rules: str) -> None:
        """Let axe look, by all rules of WCAG 2.2 AA or by those named."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
        found = self.page.evaluate("only => axe.run({runOnly: only}).then(r => r.violations)", only)
        self.faults += [
            f"{self.page.url}: {violation['id']}: {node['html'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and "404" not in text:
            self.faults.append(f"{self.page.url}: console: {text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked outside: {url}")


@pytest.fixture
def visitor(chromium: Browser, installation: Installation) -> Iterator[Visitor]:
    """A visitor whose pages must all be without fault."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    arrived = Visitor(context.new_page(), installation.address)
    arrived.page.set_default_timeout(20_000)
    yield arrived
    context.close()
    assert not arrived.faults, "\n".join(arrived.faults)
