"""同意书: the texts to which people agree when they apply for a card, each version kept."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

SHELF = Path(__file__).resolve().parent / "shelf" / "consents.yaml"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """同意书的一版: in force from a day on, until another version is."""

    version: str
    label: str
    valid_from: date
    text: str


@functools.cache
def texts() -> Mapping[str, ConsentText]:
    """All versions, the oldest first."""
    found = [ConsentText(**told) for told in yaml.safe_load(SHELF.read_text(encoding="utf-8"))]
    return {one.version: one for one in sorted(found, key=lambda one: one.valid_from)}


def text_on(day: date) -> ConsentText | None:
    """The version in force on the day; None before there was any."""
    return next((one for one in reversed(list(texts().values())) if one.valid_from <= day), None)
