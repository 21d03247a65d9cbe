"""What may not be done where: writes outside commands, the clock below the door."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module, at, calls, dotted

READING = frozenset({"views", "forms", "admin", "queries", "rules", "offers", "tables"})
TIMELESS = frozenset({"models", "rules", "queries", "offers", "commands"})

_WRITES = frozenset(
    {
        *("create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"),
        *("save", "delete", "acreate", "asave", "adelete", "aupdate", "abulk_create"),
    }
)
_SQL_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|REPLACE|DROP|ALTER|CREATE)\s")
_CLOCKS = (
    *("timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "functions.Now"),
)
#: The clock itself, and the leases of jobs, which must not stand still on the demonstration's day.
_BY_THE_REAL_CLOCK = frozenset({"henji.lib.clock", "henji.work.jobs"})
#: Our own; only the doors look at it.
_THE_CLOCK = ("clock.now", "clock.today")
_CLOCKS_BY_NAME = frozenset(
    {
        ("django.utils.timezone", "now"),
        ("time", "time"),
        ("henji.lib.clock", "now"),
        ("henji.lib.clock", "today"),
    }
)
#: With a moment they convert it; without one they read the clock.
_CONVERTERS = frozenset({"localdate", "localtime", "timezone.localdate", "timezone.localtime"})


def only_commands_write(module: Module) -> Iterator[str]:
    """No create, save, update or delete where people look, ask and judge."""
    if module.layer not in READING:
        return
    for call in calls(module.tree):
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func.attr):
            yield at(call, f"writes: {ast.unparse(call.func)}(…)")
    for node in module.nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL_WRITES.match(node.value):
            yield at(node, f"writes: {node.value.strip()[:40]}")


def nothing_below_the_door_reads_the_clock(module: Module) -> Iterator[str]:
    """The instant is passed in: `at`, `today`, `as_of`."""
    if module.layer in TIMELESS:
        yield from _clocks(module, (*_CLOCKS, *_THE_CLOCK))


def there_is_one_clock(module: Module) -> Iterator[str]:
    """The demonstration lives on a day of its own: whoever reads the time asks `henji.lib.clock`."""
    if module.dotted not in _BY_THE_REAL_CLOCK:
        yield from _clocks(module, _CLOCKS)


def _clocks(module: Module, clocks: tuple[str, ...]) -> Iterator[str]:
    converting = {call.func for call in calls(module.tree) if call.args or call.keywords}
    for node in module.nodes():
        name = dotted(node)
        if name and f".{name}".endswith(tuple(f".{clock}" for clock in clocks)):
            yield at(node, f"reads the clock: {name}")
        elif name in _CONVERTERS and node not in converting:
            yield at(node, f"reads the clock: {name} without a moment")
        elif isinstance(node, ast.ImportFrom):
            yield from (
                at(node, f"reads the clock: {node.module}.{alias.name}")
                for alias in node.names
                if (node.module, alias.name) in _CLOCKS_BY_NAME or alias.name == "Now"
            )
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield at(node, f"reads the clock: {node.arg}")


def _writes(call: ast.Call, name: str) -> bool:
    """`update` is also a deed of dicts and digests, which pass a value; query sets are told fields."""
    return name in _WRITES or (name == "update" and bool(call.keywords) and not call.args)
