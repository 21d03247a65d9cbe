"""变异: change the rules of marking in many small ways, and see whether a test notices each change.

`python -m tools.mutate`, by night: it prints what no test noticed, and ends with 1 where less than 85 % was
noticed. Only the bodies of functions are changed. Tests are collected once; each mutant lives in a child of
its own, which takes the new code into the functions in place and stops at the first test that fails.
"""

import ast
import copy
import gc
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
ROOM = "henji/assessment"
RULES = ("facts", "grading", "judging", "kinds")
#: The quick ones first: most mutants fall at once.
TESTS = ("test_excerpts", "test_grading", "test_marking", "test_rule_kinds", "test_scoring")
#: What slows a mutant down to this many seconds has been noticed.
PATIENCE = 60
WANTED = 85

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKON: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_NAMES = {
    "ROUND_FLOOR": "ROUND_CEILING",
    "ROUND_CEILING": "ROUND_FLOOR",
    "ROUND_HALF_UP": "ROUND_DOWN",
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "NOUGHT": "ONE",
    "ONE": "NOUGHT",
}


@dataclass(frozen=True)
class Mutant:
    """变异: the code of a module with one change in the function of that name."""

    module: str
    function: str
    line: int
    was: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.function}: {self.was}"


def mutants() -> Iterator[Mutant]:
    """Every change of every function, one by one."""
    for name in RULES:
        path = ROOT / ROOM / "scoring" / f"{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join([*Path(ROOM).parts, "scoring", name])
        for function, place in _functions(tree):
            for number, node in enumerate(_body(function)):
                for change in _changes(node):
                    changed = copy.deepcopy(tree)
                    _into(_body(_at(changed, place))[number], change)
                    whole = compile(ast.fix_missing_locations(changed), str(path), "exec")
                    line = getattr(node, "lineno", function.lineno)
                    was = ast.unparse(node).partition("\n")[0]
                    yield Mutant(module, ".".join(place), line, was, _code_of(whole, place))


def _functions(
    tree: ast.AST, within: tuple[str, ...] = ()
) -> Iterator[tuple[ast.FunctionDef, tuple[str, ...]]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield node, (*within, node.name)
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, (*within, node.name))


def _body(function: ast.FunctionDef) -> list[ast.AST]:
    return [node for statement in function.body for node in ast.walk(statement)]


def _at(tree: ast.AST, place: tuple[str, ...]) -> ast.FunctionDef:
    return next(function for function, found in _functions(tree) if found == place)


def _code_of(code: CodeType, place: tuple[str, ...]) -> CodeType:
    for name in place:
        code = next(held for held in code.co_consts if isinstance(held, CodeType) and held.co_name == name)
    return code


Change = dict[str, object]


def _changes(node: ast.AST) -> Iterable[Change]:
    """What may be changed about the node: fields and their new values."""
    match node:
        case ast.Compare(ops=ops):
            for number, op in enumerate(ops):
                yield {"ops": [*ops[:number], _COMPARE[type(op)](), *ops[number + 1 :]]}
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _RECKON:
            yield {"op": _RECKON[type(op)]()}
        case ast.BoolOp(op=op):
            yield {"op": ast.Or() if isinstance(op, ast.And) else ast.And()}
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield {"test": ast.UnaryOp(ast.Not(), test)}
        case ast.comprehension(ifs=[test]):
            yield {"ifs": [ast.UnaryOp(ast.Not(), test)]}
        case _:
            yield from _other_values(node)


def _other_values(node: ast.AST) -> Iterable[Change]:
    match node:
        case ast.Constant(value=bool() as value):
            yield {"value": not value}
        case ast.Constant(value=int() as value):
            yield {"value": value + 1}
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES:
            yield {"id": _NAMES[name]}
        case ast.Match(cases=cases) if len(cases) > 1:
            for number in range(len(cases)):
                yield {"cases": [*cases[:number], *cases[number + 1 :]]}


def _into(node: ast.AST, change: Change) -> None:
    for name, value in change.items():
        setattr(node, name, copy.deepcopy(value))


class Hunt:
    """猎: runs the collected tests against each mutant, in a child for each."""

    def __init__(self) -> None:
        self.left: list[Mutant] = []
        self.count = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Takes the place of pytest's own loop."""
        if session.testsfailed or not self._passes(session, None):
            raise pytest.UsageError("the tests fail before anything was changed")
        for mutant in mutants():
            self.count += 1
            if self._passes(session, mutant):
                self.left.append(mutant)
                print(f"\n{mutant}", flush=True)
        return True

    def _passes(self, session: pytest.Session, mutant: Mutant | None) -> bool:
        child = os.fork()
        if not child:
            signal.alarm(0 if mutant is None else PATIENCE)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            os._exit(_run(session, mutant))
        _child, status = os.waitpid(child, 0)
        return status == 0


def _run(session: pytest.Session, mutant: Mutant | None) -> int:
    if mutant:
        _take_in(mutant)
    following: list[pytest.Item | None] = [*session.items[1:], None]
    for item, after in zip(session.items, following, strict=True):
        if any(report.failed for report in runtestprotocol(item, nextitem=after, log=False)):
            return 1
    return 0


def _take_in(mutant: Mutant) -> None:
    for held in gc.get_objects():
        if isinstance(held, FunctionType) and _name(held) == (mutant.module, mutant.function):
            held.__code__ = mutant.code


def _name(function: FunctionType) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def main() -> int:
    """Hunt; print the figure; 1 where too few were noticed."""
    quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)
    settings.register_profile("mutants", quick, suppress_health_check=list(HealthCheck))
    settings.load_profile("mutants")
    hunt = Hunt()
    tests = [f"{ROOM}/tests/{name}.py" for name in TESTS]
    slow = ["-k", "not django and not milliseconds"]
    plain = ["-q", "-s", "-p", "no:cacheprovider", "-W", "ignore:Module already imported"]
    pytest.main([*tests, *slow, *plain], plugins=[hunt])
    noticed = hunt.count - len(hunt.left)
    share = 100 * noticed / hunt.count if hunt.count else 0
    print(f"\n{noticed} of {hunt.count} mutants noticed: {share:.1f} % (wanted {WANTED} %)")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
