"""源代码: the modules of the house as trees, and a few words for reading them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")

#: Parts of rooms that have layers of their own: henji/members/cards/commands.py.
PARTS = frozenset({"cards", "cases", "giving", "ledger", "schemes"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python: `path` begins at the root of the repository."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def room(self) -> str:
        """`unions` for henji/unions/…; empty for what stands beside the rooms."""
        return self.path.parts[1] if len(self.path.parts) > 2 else ""

    @property
    def layer(self) -> str:
        """`commands` for henji/members/commands.py and for henji/members/commands/enrolling.py."""
        inside = self.path.parts[3 if self._is_in_a_part else 2 :]
        return inside[0].removesuffix(".py") if self.room else ""

    @property
    def _is_in_a_part(self) -> bool:
        return len(self.path.parts) > 3 and self.path.parts[2] in PARTS

    @property
    def dotted(self) -> str:
        return ".".join(self.path.with_suffix("").parts)

    @property
    def functions(self) -> dict[str, Function]:
        """The functions at the top of the module."""
        return {node.name: node for node in self.tree.body if isinstance(node, Function)}

    @property
    def public_functions(self) -> list[Function]:
        return [function for name, function in self.functions.items() if not name.startswith("_")]

    @property
    def classes(self) -> list[ast.ClassDef]:
        """The classes at the top of the module."""
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)


@cache
def house() -> tuple[Module, ...]:
    """Every module of the product, without its tests and migrations."""
    return tuple(module for module in _under("henji") if module.layer not in {"tests", "migrations"})


@cache
def everything() -> tuple[Module, ...]:
    """Every module that people write: the product, its tests, the tools, the benchmarks; no migrations."""
    held = [read(path.relative_to(ROOT)) for path in sorted(ROOT.glob("*.py"))]
    held += [module for folder in ("henji", "tests", "tools", "bench") for module in _under(folder)]
    return tuple(module for module in held if module.layer != "migrations")


def read(path: Path) -> Module:
    return Module(path, (ROOT / path).read_text(encoding="utf-8"))


def _under(folder: str) -> list[Module]:
    return [read(path.relative_to(ROOT)) for path in sorted((ROOT / folder).rglob("*.py"))]


def dotted(node: ast.AST) -> str:
    """`timezone.now` for a name or a chain of attributes; empty for everything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def at(node: ast.AST, words: str) -> str:
    """The sentence with its line."""
    return f"{getattr(node, 'lineno', 1)}: {words}"


def parameters(function: Function) -> list[ast.arg]:
    """All that the function takes."""
    arguments = function.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def written(annotation: ast.expr | None) -> str:
    """An annotation as it is written."""
    return ast.unparse(annotation) if annotation else ""
