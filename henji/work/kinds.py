"""任务种类: jobs of the kind `room.name` are handled by what stands in `henji.room.jobs` under the name."""

from typing import Any

from django.utils.module_loading import import_string


def handler(kind: str) -> Any:
    """What handles jobs of the kind. Raises ImportError where nothing does."""
    room, name = kind.split(".")
    return import_string(f"henji.{room}.jobs.{name}")


def title(kind: str) -> str:
    """What the kind is called."""
    return str(getattr(handler(kind), "title", kind))
