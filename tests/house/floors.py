"""楼层: rooms are known to Django and to the import linter in the same order, none forgotten."""

import tomllib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from tests.house.source import ROOT

Contract = dict[str, Any]


def contracts() -> list[Contract]:
    """The import linter's, as pyproject.toml gives them."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[Contract] = held["tool"]["importlinter"]["contracts"]
    return found


def floors(found: Sequence[Contract]) -> dict[str, int]:
    """Each room's floor, from the bottom up; siblings share one."""
    (contract,) = (one for one in found if one.get("containers") == ["henji"])
    rooms = [[name.strip(" ()") for name in layer.split("|")] for layer in reversed(contract["layers"])]
    return {name: floor for floor, names in enumerate(rooms) for name in names}


def rooms_on_disk() -> set[str]:
    """Every folder that is an app."""
    return {path.parent.name for path in (ROOT / "henji").glob("*/apps.py")}


def out_of_order(installed: Sequence[str], floor_of: dict[str, int]) -> Iterator[str]:
    """Rooms that stand in INSTALLED_APPS before a room of a lower floor."""
    rooms = [name.removeprefix("henji.") for name in installed if name.startswith("henji.")]
    for below, above in pairwise(rooms):
        if floor_of[below] > floor_of[above]:
            yield f"{below} stands before {above}"


def layered(found: Sequence[Contract]) -> set[str]:
    """Rooms whose layers are checked."""
    return {
        container.split(".")[1]  # a part of a room has layers of its own
        for contract in found
        if contract["type"] == "layers" and contract["containers"] != ["henji"]
        for container in contract["containers"]
    }
