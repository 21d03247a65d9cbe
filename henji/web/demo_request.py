"""演示申请: what the first-run page and the server beside it tell each other, by two small files.

The page writes `demo.request`; `demonstration.Beside` starts the demonstration and answers with `demo.url`.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

#: A demonstration is built in less; after that somebody should look at the server.
PATIENCE = timedelta(minutes=2)


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


def _request() -> Path:
    return Path(settings.DATA) / "demo.request"
