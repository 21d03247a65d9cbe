"""草稿的枝叶: the plain text of a draft as a tree whose nodes are edited one by one.

A node is the whole (`whole`), an item (`items.2`), one of its parts (`items.2.parts.0`) or a veto
(`vetoes.0`). Each is edited without the nodes below it.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from henji.assessment import reading
from henji.assessment.editing.shapes import Group, group_of
from henji.assessment.schema import Item, Part, Standard, Veto
from henji.lib import ids
from henji.lib.data import Data

WHOLE = "whole"
NODE = re.compile(r"whole|items\.\d{1,3}(\.parts\.\d{1,3})?|vetoes\.\d{1,3}")
#: The lists of nodes that each model holds; they are no fields of its form.
_MODELS: Mapping[str, type[Data]] = {"items": Item, "parts": Part, "vetoes": Veto}
_BELOW: Mapping[type[Data], tuple[str, ...]] = {Standard: ("items", "vetoes"), Item: ("parts",)}
_WIDTH = 110

Tree = dict[str, Any]
Move = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Node:
    """一处: which node of a draft."""

    path: str

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The way to it from the top."""
        if self.path == WHOLE:
            return ()
        steps = [(step, ids.named(step)) for step in self.path.split(".")]
        return tuple(step if place is None else place for step, place in steps)

    @property
    def model(self) -> type[Data]:
        """What the schema calls it."""
        steps = self.steps
        if not steps:
            return Standard
        return _MODELS[str(steps[-2])]

    @property
    def below(self) -> tuple[str, ...]:
        """The lists of nodes in it."""
        return _BELOW.get(self.model, ())

    @property
    def shape(self) -> Group:
        """The shape of its form."""
        return group_of(self.model, *self.below)

    @property
    def parent(self) -> "Node | None":
        """The node that it lies in."""
        return None if not self.steps else Node(".".join(map(str, self.steps[:-2])) or WHOLE)

    @property
    def list_name(self) -> str:
        """In which list of its parent it stands."""
        return str(self.steps[-2])

    @property
    def place(self) -> int:
        """At which place of that list, from 0."""
        return int(self.steps[-1])

    def child(self, list_name: str, place: int) -> "Node":
        """A node in it."""
        way = f"{list_name}.{place}"
        return Node(way if self.path == WHOLE else f"{self.path}.{way}")


@functools.lru_cache(maxsize=128)
def read(text: str) -> Tree:
    """枝叶 of the text, read once per process: nobody changes a tree in place.

    Raises what `reading.plain` raises, and StandardUnreadable where the text is no such tree.
    """
    tree = reading.plain(text)
    if not _is_tree(tree):
        raise reading.StandardUnreadable(str(reading.NOT_A_TREE))
    return dict(tree)


def _is_tree(tree: Any) -> bool:
    if not isinstance(tree, Mapping):
        return False
    items, vetoes = tree.get("items", []), tree.get("vetoes", [])
    return _are_nodes(items) and _are_nodes(vetoes) and all(_are_nodes(one.get("parts", [])) for one in items)


def _are_nodes(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, Mapping) for one in told)


def write(tree: Tree) -> str:
    """原文: the text that reads back to the tree."""
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH
    )


class _Dumper(yaml.Dumper):
    """Writes every value as the words that it is: those who read the text take nothing for a number."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Always."""
        return True


_Dumper.yaml_implicit_resolvers = {}


def at(tree: Tree, node: Node) -> dict[str, Any] | None:
    """The node of the tree; None where there is none such."""
    found: Any = tree
    for step in node.steps:
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and step < len(found) else None
        else:
            found = found.get(step, []) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def own(tree: Tree, node: Node) -> dict[str, Any]:
    """What the node says itself, without the nodes in it."""
    return {key: value for key, value in (at(tree, node) or {}).items() if key not in node.below}


def put(tree: Tree, node: Node, said: Mapping[str, Any]) -> Tree:
    """The tree in which the node says this itself; the nodes in it stay."""
    if not node.steps:
        return {**said, **{key: tree[key] for key in _BELOW[Standard] if key in tree}}
    return dict(_mended(tree, node.steps, {**said, **_kept(at(tree, node) or {}, node)}))


def _kept(held: Mapping[str, Any], node: Node) -> dict[str, Any]:
    return {key: held[key] for key in node.below if key in held}


def _mended(held: Any, steps: tuple[str | int, ...], said: Any) -> Any:
    if not steps:
        return said
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return [*held[:step], _mended(held[step], rest, said), *held[step + 1 :]]
    return {**held, step: _mended(held[step], rest, said)}


def _siblings(tree: Tree, parent: Node, list_name: str) -> list[dict[str, Any]]:
    held = at(tree, parent) or {}
    return list(held.get(list_name, []))


def _with(tree: Tree, parent: Node, list_name: str, nodes: list[dict[str, Any]]) -> Tree:
    if not parent.steps:
        return {**tree, list_name: nodes}
    return dict(_mended(tree, parent.steps, {**(at(tree, parent) or {}), list_name: nodes}))


def added(tree: Tree, parent: Node, list_name: str, said: dict[str, Any]) -> tuple[Tree, Node]:
    """添: the tree with another node at the end of the parent's list, and which it is."""
    nodes = [*_siblings(tree, parent, list_name), said]
    return _with(tree, parent, list_name, nodes), parent.child(list_name, len(nodes) - 1)


def removed(tree: Tree, node: Node) -> Tree:
    """删: the tree without the node."""
    parent = node.parent or node
    nodes = _siblings(tree, parent, node.list_name)
    return _with(tree, parent, node.list_name, nodes[: node.place] + nodes[node.place + 1 :])


def moved(tree: Tree, node: Node, way: Move) -> tuple[Tree, Node]:
    """移: the tree in which the node and its neighbour have changed places; at an end, as it was."""
    parent = node.parent or node
    nodes = _siblings(tree, parent, node.list_name)
    other = node.place + (1 if way == "down" else -1)
    if not 0 <= other < len(nodes):
        return tree, node
    nodes[node.place], nodes[other] = nodes[other], nodes[node.place]
    return _with(tree, parent, node.list_name, nodes), parent.child(node.list_name, other)


def nodes_of(tree: Tree) -> Iterator[Node]:
    """各处, in the order of the text: the whole, items each with its parts, vetoes."""
    yield Node(WHOLE)
    for place, item in enumerate(tree.get("items", [])):
        node = Node(WHOLE).child("items", place)
        yield node
        yield from (node.child("parts", part) for part in range(len(item.get("parts", []))))
    yield from (Node(WHOLE).child("vetoes", place) for place in range(len(tree.get("vetoes", []))))


def code_of(tree: Tree, node: Node) -> str:
    """代码: B03.chair_rank; what has no code yet is told by its place."""
    if not node.steps:
        return ""
    told = (at(tree, node) or {}).get("code")
    code = told if isinstance(told, str) and told else f"[{node.place + 1}]"
    above = code_of(tree, node.parent) if node.parent else ""
    return f"{above}.{code}" if above else code


def same_node(old: Tree, node: Node, new: Tree) -> Node | None:
    """同一处 of another text: the node with the same codes; None where there is none, or more than one."""
    wanted = code_of(old, node)
    found = [one for one in nodes_of(new) if one.model is node.model and code_of(new, one) == wanted]
    return found[0] if len(found) == 1 else None


def nearest(loc: tuple[int | str, ...]) -> tuple[Node, tuple[int | str, ...]]:
    """The node in which pydantic's place of an error lies, and the rest of the way."""
    length = 0
    if loc[:1] in (("items",), ("vetoes",)) and len(loc) > 1 and isinstance(loc[1], int):
        length = 4 if loc[2:3] == ("parts",) and len(loc) > 3 and isinstance(loc[3], int) else 2
    return Node(".".join(map(str, loc[:length])) or WHOLE), loc[length:]
