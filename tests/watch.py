"""守望: the run-time half of "one deed, one trace", on in every test of every room.

Every public command is wrapped for the whole session. It may write a trace only inside a transaction of its
own; when it succeeds it has written exactly one; when it raises, none of its traces is left. It may not call
another command. What is counted is what reaches the database, through whatever door; nothing is asked of it,
so that tests which count queries count the same. Each thread has a connection, and a count, of its own.
"""

import functools
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from henji.evidence.models import Trace
from tests.house.source import PARTS

Command = Callable[..., Any]

_INSERT = f'INSERT INTO "{Trace._meta.db_table}"'
_running: ContextVar[str] = ContextVar("running", default="")


class DeedWithoutItsTrace(AssertionError):
    """A command broke the house's first rule."""


def pytest_sessionstart() -> None:
    """Wrap every public command, wherever a module holds it by name."""
    wrapped = {command: watched(command) for module in command_modules() for command in public(module)}
    for name, module in list(sys.modules.items()):
        if name.startswith("henji."):
            for held, value in list(vars(module).items()):
                if inspect.isfunction(value) and value in wrapped:
                    setattr(module, held, wrapped[value])


def command_modules() -> Iterator[ModuleType]:
    """`commands.py` of every room and of its parts, or each of a `commands/` but shared steps."""
    for config in apps.get_app_configs():
        if config.name.startswith("henji."):
            for room in (config.module, *_parts(config.module)):
                yield from _commands_of(room)


def _parts(room: ModuleType | None) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(room.__path__ if room else ()):
        if room and found.ispkg and found.name in PARTS:
            yield import_module(f"{room.__name__}.{found.name}")


def _commands_of(room: ModuleType | None) -> Iterator[ModuleType]:
    if room is None or not _is_there(room, "commands"):
        return
    package = import_module(f"{room.__name__}.commands")
    yield package
    for found in pkgutil.iter_modules(getattr(package, "__path__", ())):
        if not found.name.startswith("_"):
            yield import_module(f"{package.__name__}.{found.name}")


def _is_there(room: ModuleType | None, name: str) -> bool:
    return room is not None and any(found.name == name for found in pkgutil.iter_modules(room.__path__))


def public(module: ModuleType) -> Iterator[Command]:
    """The commands written in the module."""
    for name, value in vars(module).items():
        written_here = inspect.isfunction(value) and value.__module__ == module.__name__
        if written_here and not name.startswith("_"):
            yield value


def watched(command: Command) -> Command:
    """The command, raising DeedWithoutItsTrace where it does not leave exactly one trace."""
    name = f"{command.__module__}.{command.__qualname__}"

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        if _running.get():
            raise DeedWithoutItsTrace(f"{_running.get()} calls {name}: a command never calls a command")
        token = _running.set(name)
        ledger = _Ledger(name)
        try:
            with connection.execute_wrapper(ledger):
                result = command(*args, **kwargs)
        except Exception:
            ledger.must_be_undone()
            raise
        finally:
            _running.reset(token)
        ledger.must_hold_one()
        return result

    return run


class _Ledger:
    """The traces that one run of a command wrote."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = len(connection.atomic_blocks)
        self._ids: list[Any] = []

    def __call__(self, execute: Command, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(_INSERT):
            if len(connection.atomic_blocks) <= self._depth:
                raise DeedWithoutItsTrace(f"{self._name} leaves its trace outside a transaction of its own")
            self._ids += _ids_in(params)
        return execute(sql, params, many, context)

    def must_hold_one(self) -> None:
        if len(self._ids) != 1:
            raise DeedWithoutItsTrace(f"{self._name} left {len(self._ids)} traces, not one")

    def must_be_undone(self) -> None:
        if self._ids and not connection.needs_rollback and Trace.objects.filter(pk__in=self._ids).exists():
            raise DeedWithoutItsTrace(f"{self._name} failed and yet left a trace")


def _ids_in(params: Any) -> list[Any]:
    """The first value of each row; PostgreSQL gets many rows as one array a column."""
    firsts = params[:: len(Trace._meta.concrete_fields)]
    return [one for first in firsts for one in (first if isinstance(first, list) else [first])]


@pytest.fixture(scope="session")
def watched_commands() -> list[str]:
    """The names of all commands that are watched."""
    return [f"{command.__module__}.{command.__name__}" for m in command_modules() for command in public(m)]
