"""演示申请: what the first-run page and the server beside it tell each other, by two small files.

The page writes `demo.request`; `demonstration.Beside` starts the demonstration and answers with `demo.url`.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from henji.web import demonstration

#: A demonstration is built in less; after that somebody should look at the server.
PATIENCE = timedelta(minutes=5)


def ask() -> None:
    """Ask for a demonstration, unless one is running."""
    if not address():
        _request().touch()


def is_asked() -> bool:
    """Whether an answer is still awaited."""
    return _request().exists()


def is_late(now: datetime) -> bool:
    """Whether the answer is awaited for longer than building a demonstration takes."""
    try:
        asked = _request().stat().st_mtime
    except FileNotFoundError:
        return False
    return now.timestamp() - asked > PATIENCE.total_seconds()


def address() -> str:
    """The address of the demonstration; empty while there is none."""
    try:
        return (Path(settings.DATA) / "demo.url").read_text().strip()
    except FileNotFoundError:
        return ""


@dataclass(frozen=True, slots=True)
class Progress:
    """进度: how much of the demonstration stands, in per cent, and what is being done."""

    percent: int
    words: str


def progress() -> Progress | None:
    """How far the building is; None before it begins and after it ends."""
    try:
        told = json.loads(demonstration.progress_of(Path(settings.DATA) / "demo").read_text())
    except FileNotFoundError:
        return None
    return Progress(round(100 * told["share"]), told["words"])


def _request() -> Path:
    return Path(settings.DATA) / "demo.request"
