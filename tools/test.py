"""测试: the checks, the tests and the journeys, on SQLite and on PostgreSQL, and what could not be run here.

Runs everything also when something has failed, so that one run tells all. The last line is like pytest's own,
summed over every run.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import browser, check, postgres

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "test"
#: What pytest's report calls an outcome, and what its last line does.
OUTCOMES = {"failure": "failed", "error": "error", "skipped": "skipped"}
#: A worker that is done takes tests from the other; journeys stay with the installation of their file.
SUITE = ("--dist", "worksteal")
JOURNEYS = ("--dist", "loadfile", "-m", "journey")
#: Measured once: watching every line makes Python half as fast again, and the lines are the same elsewhere.
MEASURED = ("--cov", "--cov-report=", "--cov-fail-under=0")


class Session:
    """一次测试: what was run, what failed, what this system lacks."""

    def __init__(self, data: Path) -> None:
        self.began = time.monotonic()
        self.counts: Counter[str] = Counter()
        self.failed: list[str] = []
        self.passed: set[str] = set()
        self.skipped: set[str] = set()
        self.once: set[str] = set()
        self.lacking: list[str] = []
        self.environment = {**os.environ, "HENJI_DATA": str(data)}
        self.environment["COVERAGE_FILE"] = str(RESULTS / "coverage")
        self.environment.pop("DATABASE_URL", None)

    def check(self) -> None:
        _headline("检查 / checks")
        failed = check.failed_checks(self.environment)
        self.failed += failed
        self.counts["error"] += len(failed)

    def pytest(self, name: str, *arguments: str, database: str = "") -> set[str]:
        """Run pytest once; its tests are added to the sum, and their names returned."""
        _headline(name)
        report = RESULTS / f"{len(list(RESULTS.glob('*.xml')))}.xml"
        command = (sys.executable, "-m", "pytest", "-q", "-n2", *arguments, f"--junit-xml={report}")
        environment = {**self.environment, **({"DATABASE_URL": database} if database else {})}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        outcomes = _outcomes(report)
        self.counts.update(outcomes.values())
        self.passed |= {test for test, outcome in outcomes.items() if outcome == "passed"}
        self.skipped |= {test for test, outcome in outcomes.items() if outcome == "skipped"}
        if done.returncode:
            self.failed.append(name)
            self.counts["error"] += not {"failed", "error"} & set(outcomes.values())
        return set(outcomes)

    def coverage(self) -> None:
        _headline("覆盖 / coverage of the domain")
        command = (sys.executable, "-m", "coverage", "report")
        if subprocess.run(command, cwd=ROOT, env=self.environment, check=False).returncode:
            self.failed.append("coverage")
            self.counts["error"] += 1

    def close(self) -> int:
        """Say what failed and what could not be run; return the exit code."""
        # A test that belongs to one database is skipped on the other; that is no loss.
        self.lacking += sorted(self.skipped - self.passed)
        print()
        for name in self.failed:
            print(f"未通过 / failed: {name}")
        if self.once:
            print(f"不用数据库，只运行一次 / without a database, so run once: {len(self.once)}")
        for reason in self.lacking:
            print(f"未能在此运行 / could not run here: {reason}")
        strict = os.environ.get("CI", "").lower() in {"1", "true"}
        if strict:
            self.counts["error"] += len(self.lacking)
        words = [f"{self.counts[word]} {word}" for word in ("failed", "passed", "skipped", "error")]
        summary = ", ".join(word for word in words if not word.startswith("0 ")) or "no tests ran"
        print(f" {summary} in {time.monotonic() - self.began:.2f}s ".center(80, "="), flush=True)
        return int(bool(self.failed) or (strict and bool(self.lacking)))


def _headline(title: str) -> None:
    print(f"\n── {title}", flush=True)


def _outcomes(report: Path) -> dict[str, str]:
    """What pytest wrote down: each test's name and its outcome."""
    outcomes: dict[str, str] = {}
    if report.exists():
        for case in ET.parse(report).getroot().iter("testcase"):
            found = next((OUTCOMES[child.tag] for child in case if child.tag in OUTCOMES), "passed")
            outcomes[f"{case.get('classname')}::{case.get('name')}"] = found
    return outcomes


def _run(session: Session) -> None:
    session.check()
    found = browser.chromium()
    if found is None:
        session.lacking.append("浏览器旅程：没有 Chromium / journeys: no Chromium")
    if not browser.has_chinese_font():
        session.lacking.append("中文截图：没有中文字体 / pictures: no Chinese fonts")
    with contextlib.ExitStack() as stack:
        alone = session.pytest("测试 / tests (SQLite)", *SUITE, *MEASURED, "-m", "not journey")
        if found:
            session.pytest("旅程 / journeys (SQLite)", *JOURNEYS)
        try:
            address = stack.enter_context(postgres.server())
        except postgres.Unavailable as reason:
            session.lacking.append(f"PostgreSQL 上的测试：{reason} / tests on PostgreSQL")
        else:
            again = session.pytest(
                "测试 / tests (PostgreSQL)", *SUITE, "-m", "database and not journey", database=address
            )
            session.once = alone - again
            if found:
                session.pytest("旅程 / journeys (PostgreSQL)", *JOURNEYS, database=address)
    session.coverage()


def main() -> None:
    postgres.stop_when_asked()
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="henji-test-") as data:
        session = Session(Path(data))
        _run(session)
    sys.exit(session.close())


if __name__ == "__main__":
    main()
