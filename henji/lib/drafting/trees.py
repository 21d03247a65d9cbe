"""草稿的枝叶: the plain text of a draft as a tree whose nodes are edited one by one.

A node is the whole (`whole`), or an entry of a list of it (`items.2`) or of another node
(`items.2.parts.0`). Each is edited without the nodes below it. Which lists hold nodes, a
subclass of Node says.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeVar

import yaml

from henji.lib import ids, plain_yaml
from henji.lib.data import Data
from henji.lib.drafting.shapes import Group, group_of

WHOLE = "whole"
_WIDTH = 110

Tree = dict[str, Any]
Move = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Node:
    """一处: which node of a draft. `top` is the model of the whole, `lists` are those of nodes, by model."""

    top: ClassVar[type[Data]]
    lists: ClassVar[Mapping[type[Data], Mapping[str, type[Data]]]]

    path: str

    @classmethod
    def whole(cls) -> Self:
        """The whole."""
        return cls(WHOLE)

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
        model = self.top
        for step in self.steps[::2]:
            model = self.lists[model][str(step)]
        return model

    @property
    def below(self) -> tuple[str, ...]:
        """The lists of nodes in it."""
        return tuple(self.lists.get(self.model, {}))

    @property
    def shape(self) -> Group:
        """The shape of its form."""
        return group_of(self.model, *self.below)

    @property
    def parent(self) -> "Self | None":
        """The node that it lies in."""
        return None if not self.steps else type(self)(".".join(map(str, self.steps[:-2])) or WHOLE)

    @property
    def list_name(self) -> str:
        """In which list of its parent it stands."""
        return str(self.steps[-2])

    @property
    def place(self) -> int:
        """At which place of that list, from 0."""
        return int(self.steps[-1])

    def child(self, list_name: str, place: int) -> Self:
        """A node in it."""
        way = f"{list_name}.{place}"
        return type(self)(way if self.path == WHOLE else f"{self.path}.{way}")


N = TypeVar("N", bound=Node)


class NotATree(plain_yaml.Unreadable):
    """不成条目: lists of nodes are no lists, or hold no nodes."""


@functools.lru_cache(maxsize=128)
def read(top: Node, text: str) -> Tree:
    """枝叶 of the text, read once per process: nobody changes a tree in place.

    Raises what `plain_yaml.plain` raises, and NotATree where the text is no such tree.
    """
    tree = plain_yaml.plain(text)
    if not _is_tree(tree, top.top, top):
        raise NotATree("")
    return dict(tree)


def _is_tree(told: Any, model: type[Data], top: Node) -> bool:
    if not isinstance(told, Mapping):
        return False
    return all(_are_trees(told.get(name, []), below, top) for name, below in top.lists.get(model, {}).items())


def _are_trees(told: Any, model: type[Data], top: Node) -> bool:
    return isinstance(told, list) and all(_is_tree(one, model, top) for one in told)


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
        return {**said, **_kept(tree, node)}
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


def added(tree: Tree, parent: N, list_name: str, said: dict[str, Any]) -> tuple[Tree, N]:
    """添: the tree with another node at the end of the parent's list, and which it is."""
    nodes = [*_siblings(tree, parent, list_name), said]
    return _with(tree, parent, list_name, nodes), parent.child(list_name, len(nodes) - 1)


def removed(tree: Tree, node: Node) -> Tree:
    """删: the tree without the node."""
    parent = node.parent or node
    nodes = _siblings(tree, parent, node.list_name)
    return _with(tree, parent, node.list_name, nodes[: node.place] + nodes[node.place + 1 :])


def moved(tree: Tree, node: N, way: Move) -> tuple[Tree, N]:
    """移: the tree in which the node and its neighbour have changed places; at an end, as it was."""
    parent = node.parent or node
    nodes = _siblings(tree, parent, node.list_name)
    other = node.place + (1 if way == "down" else -1)
    if not 0 <= other < len(nodes):
        return tree, node
    nodes[node.place], nodes[other] = nodes[other], nodes[node.place]
    return _with(tree, parent, node.list_name, nodes), parent.child(node.list_name, other)


def nodes_of(tree: Tree, node: N) -> Iterator[N]:
    """各处 in the order of the text: the node, then what lies in it, list by list."""
    yield node
    for list_name in node.below:
        for place in range(len(_siblings(tree, node, list_name))):
            yield from nodes_of(tree, node.child(list_name, place))


def code_of(tree: Tree, node: Node) -> str:
    """代码: B03.chair_rank; what has no code yet is told by its place."""
    if not node.steps:
        return ""
    told = (at(tree, node) or {}).get("code")
    code = told if isinstance(told, str) and told else f"[{node.place + 1}]"
    above = code_of(tree, node.parent) if node.parent else ""
    return f"{above}.{code}" if above else code


def same_node(old: Tree, node: N, new: Tree) -> N | None:
    """同一处 of another text: the node with the same codes; None where there is none, or more than one."""
    wanted = code_of(old, node)
    nodes = nodes_of(new, node.whole())
    found = [one for one in nodes if one.model is node.model and code_of(new, one) == wanted]
    return found[0] if len(found) == 1 else None


def nearest(top: N, loc: tuple[int | str, ...]) -> tuple[N, tuple[int | str, ...]]:
    """The node in which pydantic's place of an error lies, and the rest of the way."""
    node, rest = top, loc
    while len(rest) > 1 and rest[0] in node.below and isinstance(rest[1], int):
        node, rest = node.child(str(rest[0]), rest[1]), rest[2:]
    return node, rest
