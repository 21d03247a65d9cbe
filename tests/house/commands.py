"""Deeds: atomic, keyword-only, signed, dated, exactly one trace; a command never calls a command."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import (
    ROOT,
    Function,
    Module,
    at,
    calls,
    dotted,
    parameters,
    read,
    written,
)

_COMMANDS = re.compile(r"henji\.(\w+)\.commands(\.\w+)*")
_LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LEAVE = "traces.leave"


def a_command_is_atomic(module: Module) -> Iterator[str]:
    """Deed and trace stand or fall together."""
    for command in commands_of(module):
        if "transaction.atomic" not in map(dotted, command.decorator_list):
            yield at(command, f"{command.name} is not @transaction.atomic")


def a_command_takes_keywords_only(module: Module) -> Iterator[str]:
    """Every value stands beside its name where a deed is done."""
    for command in commands_of(module):
        taken = command.args
        if taken.posonlyargs or taken.args or taken.vararg or taken.kwarg:
            yield at(command, f"{command.name} takes more than named keywords")


def a_command_is_signed_and_dated(module: Module) -> Iterator[str]:
    """`by: Actor`, `at: datetime`."""
    for command in commands_of(module):
        taken = {parameter.arg: written(parameter.annotation) for parameter in parameters(command)}
        for name, kind in (("by", "Actor"), ("at", "datetime")):
            if taken.get(name) != kind:
                yield at(command, f"{command.name} lacks {name}: {kind}")


def a_command_leaves_one_trace(module: Module) -> Iterator[str]:
    """Exactly one call of `traces.leave`, its own or a shared step's; never in a loop, never skipped."""
    for command in commands_of(module):
        left = list(_leaving(command, module))
        if len(left) != 1:
            yield at(command, f"{command.name} leaves {len(left)} traces")
        for call, in_a_loop in left:
            if in_a_loop:
                yield at(call, f"{command.name} leaves traces in a loop")
            if any(back.lineno < call.lineno for back in ast.walk(command) if isinstance(back, ast.Return)):
                yield at(command, f"{command.name} can return before it leaves its trace")


def a_command_calls_no_command(module: Module) -> Iterator[str]:
    """Shared steps are private functions."""
    if module.layer != "commands":
        return
    own = {function.name for function in commands_of(module)}
    for command in module.functions.values():
        for call in calls(command):
            if dotted(call.func) in own:
                yield at(call, f"{command.name} calls the command {dotted(call.func)}")
    for node in module.nodes():
        for name in _imported(node):
            found = _COMMANDS.match(name)
            if found and found[1] != module.room:
                yield at(node, f"imports commands: {name}")


def a_view_does_one_deed(module: Module) -> Iterator[str]:
    """At the door, then one query or one command, then render."""
    if module.layer == "views":
        for view in module.functions.values():
            done = [
                call for call in calls(view) if ".".join(dotted(call.func).split(".")[-2:-1]) == "commands"
            ]
            if len(done) > 1:
                yield at(view, f"{view.name} does {len(done)} deeds")


def commands_of(module: Module) -> list[Function]:
    """The commands of a module; steps that commands share are none."""
    return [] if module.layer != "commands" or _is_shared(module) else module.public_functions


def _leaving(
    function: Function, module: Module, above: tuple[str, ...] = ()
) -> Iterator[tuple[ast.Call, bool]]:
    """The calls through which the function leaves traces, private helpers followed, and whether in a loop."""
    looped = {inner for loop in ast.walk(function) if isinstance(loop, _LOOPS) for inner in ast.walk(loop)}
    for call in calls(function):
        name = dotted(call.func)
        if name == LEAVE:
            yield call, call in looped
        elif name not in above:
            for step, where in _shared(name, module):
                for _call, in_a_loop in _leaving(step, where, (*above, name)):
                    yield call, in_a_loop or call in looped


def _shared(name: str, module: Module) -> Iterator[tuple[Function, Module]]:
    """The step so called: `_leave` of the module, `_steps.leave` of `commands/_steps.py` beside it."""
    beside, _dot, step = name.rpartition(".")
    path = module.path.with_name(f"{beside}.py")
    where = read(path) if beside.startswith("_") and (ROOT / path).exists() else module
    if step in where.functions and (step.startswith("_") or _is_shared(where)):
        yield where.functions[step], where


def _is_shared(module: Module) -> bool:
    """Whether it holds steps that a room's commands share: a module of a private name."""
    return module.path.stem.startswith("_") and module.path.stem != "__init__"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
