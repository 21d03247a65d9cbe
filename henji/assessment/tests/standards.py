"""The standards that tests speak of."""

from functools import cache
from pathlib import Path

from henji.assessment.schema import Standard, load

SHELF = Path(__file__).resolve().parents[1] / "standards"


@cache
def shelved(name: str) -> Standard:
    """The standard as it lies in the room, by its place on the shelf."""
    return load((SHELF / f"{name}.yaml").read_text(encoding="utf-8"))


def reference() -> Standard:
    """参考模板."""
    return shelved("reference")


def reference_2016() -> Standard:
    """参考模板, its first version, which counties may have published."""
    return shelved("earlier/reference@2016")
