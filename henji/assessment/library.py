"""标准库: standards that come with the installation, and texts read once."""

import functools
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from henji.assessment import schema

SHELF = Path(__file__).resolve().parent / "standards"
#: The standard that a county may adopt to begin with; it says of itself that it is a reference.
REFERENCE = "reference"


def shipped(code: str, version: str = "") -> str | None:
    """The text of the standard that comes with the installation, or None.

    Its newest version where none is asked for; earlier ones are kept under `earlier`.
    """
    if not re.fullmatch(r"[a-z0-9_]+", code):
        return None
    newest = _text(SHELF / f"{code}.yaml")
    if not version or (newest and read(newest).version == version):
        return newest
    return (
        _text(SHELF / "earlier" / f"{code}@{version}.yaml") if re.fullmatch(r"[a-z0-9.]+", version) else None
    )


def on_the_shelf() -> list[schema.Standard]:
    """附带的标准: the newest version of each that comes with the installation, references before excerpts."""
    standards = [read(path.read_text(encoding="utf-8")) for path in sorted(SHELF.glob("*.yaml"))]
    return sorted(standards, key=lambda one: (one.excerpt, one.code != REFERENCE))


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


@functools.lru_cache(maxsize=64)
def read(text: str) -> schema.Standard:
    """The standard that the text describes, read once per process; raises what `schema.load` raises."""
    return schema.load(text)


def digest(text: str) -> str:
    """摘要: 64 hexadecimal digits over the text as it stands."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(body: Any) -> str:
    """摘要 of what JSON can hold, whatever the order of its keys."""
    return digest(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
