"""The standards that tests speak of."""

from functools import cache
from pathlib import Path

from henji.assessment.schema import Standard, load

REFERENCE = Path(__file__).resolve().parents[1] / "standards" / "reference.yaml"


@cache
def reference() -> Standard:
    """参考模板: the reference standard as it lies in the room."""
    return load(REFERENCE.read_text(encoding="utf-8"))
