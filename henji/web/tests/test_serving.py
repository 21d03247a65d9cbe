"""运行: programs beside this one live, die, come back and end."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from henji.web import serving

SOON = 5.0  # seconds


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[str], serving.Child]]:
    """Start a line of shell as a child; whatever still runs at the end of the test is stopped."""
    children = []

    def started(line: str) -> serving.Child:
        child = serving.Child(["sh", "-c", line], home=tmp_path, environment=os.environ, patience=0.3)
        child.start()
        children.append(child)
        return child

    yield started
    serving.stop_all(children)


def until(fact: Callable[[], bool]) -> None:
    limit = time.monotonic() + SOON
    while not fact():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A dead process that nobody has waited for still has its number.
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_program_that_died_is_started_again_after_a_second(run):
    child = run("exit 1")
    until(lambda: not child.is_alive())
    now = time.monotonic()
    child.tend(now=now)
    child.tend(now=now + 0.9)
    assert not child.is_alive()
    assert child.failures == 1
    child.tend(now=now + 1)
    assert child.failures == 1
    until(lambda: not child.is_alive())
    child.tend(now=now + 1)
    assert child.failures == 2


def test_a_program_that_keeps_dying_is_started_more_and_more_slowly(run):
    child = run("exit 1")
    now = time.monotonic()
    for pause in (1, 2, 4):
        until(lambda: not child.is_alive())
        child.tend(now=now)
        child.tend(now=now + pause - 0.1)
        assert not child.is_alive()
        now += pause
        child.tend(now=now)


def test_a_program_that_lived_long_is_started_again_at_once_almost(run):
    child = run("exit 1")
    until(lambda: not child.is_alive())
    child.tend(now=time.monotonic() + serving.LONGEST_PAUSE + 1)
    assert child.failures == 1


def test_stopping_ends_a_program_that_does_not_listen_and_all_that_it_started(run, tmp_path):
    child = run("trap '' TERM; sleep 60 & echo $! > started; wait")
    until(lambda: (tmp_path / "started").exists() and (tmp_path / "started").read_text().endswith("\n"))
    grandchild = int((tmp_path / "started").read_text())
    assert lives(grandchild)
    serving.stop_all([child])
    assert not child.is_alive()
    until(lambda: not lives(grandchild))


def test_a_program_that_listens_may_end_in_its_own_way(run, tmp_path):
    child = run("trap 'echo ended > word; exit' TERM; echo > ready; while :; do sleep 0.02; done")
    until((tmp_path / "ready").exists)
    serving.stop_all([child])
    assert (tmp_path / "word").read_text() == "ended\n"


def test_supervision_ends_and_stops_everybody_when_a_round_raises(run):
    child = run("sleep 60")

    def each_round() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        serving.supervise([child], each_round=each_round)
    assert not child.is_alive()


def test_a_port_that_somebody_listens_on_is_not_free():
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not serving.is_free(port)
        assert serving.next_free_port(port - 1) != port
    assert serving.is_free(port)


def test_nobody_answers_on_a_port_without_a_server():
    assert not serving.answers(serving.next_free_port(20000))


def test_a_server_answers_when_it_is_up(run):
    port = serving.next_free_port(20000)
    run(f"exec '{sys.executable}' -m http.server --bind {serving.HOST} {port} 2>&1")
    until(lambda: serving.answers(port))
