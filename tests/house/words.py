"""Names and words: what things are called, and that people are spoken to through gettext."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import HAN, Function, Module, at, calls, dotted, parameters, written

LONGEST = 400
#: Folders that hold the domain; a page or a table explains itself by what it shows.
_DOMAIN = frozenset({"models", "deeds", "rules", "queries", "commands", "offers", "jobs"})
#: What a name with the ending is never annotated as.
_NOT = (("_on", {"datetime", "int", "float"}), ("_at", {"date", "str", "int"}), ("_yuan", {"float", "int"}))


def a_module_is_short(module: Module) -> Iterator[str]:
    """Past the limit it becomes a package, split by noun. Migrations are written by Django, whole."""
    if "migrations" in str(module.path).split("/"):
        return
    count = len(module.text.splitlines())
    if count > LONGEST:
        yield f"1: {count} lines, more than {LONGEST}"


def what_is_public_is_explained(module: Module) -> Iterator[str]:
    """A docstring on every module, public class and public function."""
    if not ast.get_docstring(module.tree) and module.text.strip():
        yield "1: the module has no docstring"
    for node in (*module.public_functions, *module.classes):
        if not node.name.startswith("_") and not ast.get_docstring(node):
            yield at(node, f"{node.name} has no docstring")


def what_officers_name_is_named_in_chinese(module: Module) -> Iterator[str]:
    """Nouns, deeds, refusals and indicators begin with the word that officers use."""
    if module.layer not in _DOMAIN:
        return
    nodes: list[ast.ClassDef | Function] = [
        node for node in module.classes if module.layer in {"models", "deeds", "rules"}
    ]
    nodes += module.public_functions if module.layer == "commands" else []
    nodes += [function for function in module.public_functions if _indicated(function)]
    for node in nodes:
        first = (ast.get_docstring(node) or "").partition("\n")[0]
        if not node.name.startswith("_") and not HAN.search(first):
            yield at(node, f"{node.name}: its docstring begins without the Chinese term")


def an_indicator_has_a_chinese_name(module: Module) -> Iterator[str]:
    """And answers for a scope: `@indicator(gettext_lazy("职工入会率")) def …(scope: Scope) -> Figures`."""
    for function in module.functions.values():
        for decorator in _indicated(function):
            lazy = decorator.args[0] if decorator.args else None
            name = lazy.args[0] if isinstance(lazy, ast.Call) and lazy.args else None
            if not (isinstance(name, ast.Constant) and HAN.search(str(name.value))):
                yield at(function, f"{function.name}: the indicator has no Chinese name")
            taken = [(one.arg, written(one.annotation)) for one in parameters(function)]
            if taken != [("scope", "Scope")] or written(function.returns) != "Figures":
                yield at(function, f"{function.name} is not (scope: Scope) -> Figures")
            if module.layer != "offers":
                yield at(function, f"{function.name}: indicators stand in offers")


def a_rule_keeps_its_word(module: Module) -> Iterator[str]:
    """`may_…` answers bool, `must_…` raises a refusal named as the fact."""
    if module.layer != "rules":
        return
    for name, rule in module.functions.items():
        if name.startswith("may_") and written(rule.returns) != "bool":
            yield at(rule, f"{name} does not answer bool")
        if name.startswith("must_") and not _can_raise(rule):
            yield at(rule, f"{name} cannot raise")
    for node in module.classes:
        if "Refusal" in map(dotted, node.bases) and node.name.endswith(("Error", "Exception", "Refusal")):
            yield at(node, f"{node.name}: a refusal is named as the fact")


def a_refusal_speaks_to_the_user(module: Module) -> Iterator[str]:
    """Its words go through gettext, and it is of a kind of its own."""
    for node in module.nodes():
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if dotted(node.exc.func) == "Refusal":
                yield at(node, "raises Refusal itself, not a refusal named as the fact")
            for argument in node.exc.args:
                bare = argument.left if isinstance(argument, ast.BinOp) else argument
                if isinstance(bare, ast.Constant | ast.JoinedStr) and HAN.search(ast.unparse(bare)):
                    yield at(node, "Chinese words without gettext")


def a_name_tells_its_kind(module: Module) -> Iterator[str]:
    """Days end `_on`, instants `_at`, money `_yuan`; an amount is never a float."""
    for name, annotation, node in _annotated(module):
        kinds = set(re.findall(r"\w+", written(annotation)))
        if any(name.endswith(ending) and kinds & wrong for ending, wrong in _NOT):
            yield at(node, f"{name}: {written(annotation)}")


def _indicated(function: Function) -> list[ast.Call]:
    return [
        decorator
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and dotted(decorator.func).split(".")[-1] == "indicator"
    ]


def _can_raise(rule: Function) -> bool:
    """By itself, or through another judgment or a parser that raises."""
    raising = ("must_", "exact_", "parse", "normalise")
    return any(isinstance(node, ast.Raise) for node in ast.walk(rule)) or any(
        dotted(call.func).split(".")[-1].lstrip("_").startswith(raising) for call in calls(rule)
    )


def _annotated(module: Module) -> Iterator[tuple[str, ast.expr, ast.AST]]:
    for node in module.nodes():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.annotation, node
        elif isinstance(node, ast.arg) and node.annotation:
            yield node.arg, node.annotation, node
