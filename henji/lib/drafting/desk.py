"""案头: one node of a draft as a form: what stands in it, what is wrong with it, and what is to be kept."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from django.utils.translation import gettext as _
from pydantic import ValidationError

from henji.lib import plain_yaml
from henji.lib.drafting import filling, trees
from henji.lib.drafting.boxes import Box, Drawing, Groups, place_of
from henji.lib.drafting.filling import Filled, Posted
from henji.lib.drafting.labels import Labels
from henji.lib.drafting.merging import merge
from henji.lib.drafting.trees import N, Node, Tree

#: The name under which a form sends its boxes.
ROOT = "f"

#: What is wrong, by the path of the node, and where in it.
Faults = Mapping[str, Sequence[tuple[tuple[int | str, ...], str]]]


@dataclass(frozen=True, slots=True)
class NodeForm:
    """一处的表单. `errors` belong to no single box; `above` are those of the node that it lies in."""

    node: Node
    boxes: tuple[Box, ...]
    errors: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def slots(self) -> list[Box]:
        """Every box that can be told what is wrong with it."""
        return [box for top in self.boxes for box in top.all]


def faults_in(top: Node, tree: Tree, told: plain_yaml.Told) -> Faults:
    """错误 of the whole text, node by node, in the words that are told by type; empty where it is sound."""
    try:
        top.top.model_validate(tree)
    except ValidationError as error:
        found: dict[str, list[tuple[tuple[int | str, ...], str]]] = defaultdict(list)
        for fault in error.errors(include_url=False):
            node, rest = trees.nearest(top, fault["loc"])
            found[node.path].append((rest, plain_yaml.fault_in_words(fault, told)))
        return found
    return {}


def filled_of(tree: Tree, node: Node) -> Filled:
    """填好的: what the node's boxes hold."""
    return filling.shown(node.shape, trees.own(tree, node))


def fits(tree: Tree, node: Node) -> bool:
    """放得下: whether the form can show all that the node says."""
    return filling.fits(node.shape, trees.own(tree, node))


def posted(node: Node, told: Posted) -> Filled:
    """寄来的: what the browser says the boxes hold."""
    return filling.posted(node.shape, told, ROOT)


@dataclass(frozen=True, slots=True)
class Look:
    """样子: what forms of a kind of data file have in common: the words, and what is offered by sort."""

    labels: Labels
    offered: Mapping[str, Callable[[str], Groups]] = field(default_factory=dict)


def form(
    look: Look,
    tree: Tree,
    node: Node,
    filled: Filled,
    faults: Faults,
    *,
    more: Mapping[str, Sequence[str]] | None = None,
) -> NodeForm:
    """表单 of the node, with the faults of the tree and more of them beside their boxes."""
    errors: dict[str, list[str]] = defaultdict(list)
    said = trees.own(tree, node)
    for rest, words in faults.get(node.path, ()):
        errors[place_of(node.shape, _in_form(node, rest), said, ROOT)].append(words)
    for name, words_of in (more or {}).items():
        errors[name].extend(words_of)
    boxes = Drawing(look.labels, errors, look.offered).group(node.shape, filled, ROOT)
    parent = node.parent
    above = faults.get(parent.path, ()) if parent and parent.steps else ()
    return NodeForm(node, boxes, tuple(errors.get(ROOT, ())), tuple(words for _rest, words in above))


def _in_form(node: Node, rest: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """What is wrong with a whole list of nodes is told of the node."""
    return () if rest[:1] and rest[0] in node.below else rest


def twice(node: Node, filled: Filled) -> dict[str, list[str]]:
    """写了两次: the names that a table cannot hold twice."""
    return {name: [_("这个名称上面已经写过")] for name in filling.written_twice(node.shape, filled, ROOT)}


@dataclass(frozen=True, slots=True)
class Kept(Generic[N]):
    """可存的: the text with what was said about the node, and where the node stands in it.

    Where `contested` names boxes, others have changed these meanwhile, and nothing is to be saved yet.
    """

    tree: Tree
    node: N
    contested: Mapping[str, str]


def kept(base: Tree, held: Tree, node: N, filled: Filled) -> Kept[N] | None:
    """合并: what is to be kept when the node of `base` was filled in and the draft says `held` by now.

    None where the node is not there any more.
    """
    where = node if base == held else trees.same_node(base, node, held)
    if where is None:
        return None
    before, theirs = trees.own(base, node), trees.own(held, where)
    merged = merge(before, theirs, _as_it_stood(node, before, filling.settled(node.shape, filled)))
    contested = {f"{ROOT}.{name}": _told(theirs, name) for name in merged.contested}
    return Kept(trees.put(held, where, merged.said), where, contested)


def _told(theirs: Mapping[str, Any], name: str) -> str:
    held = theirs.get(name)
    words = held if isinstance(held, str) else ""
    if name not in theirs:
        return _("别人刚删去了这一栏；再存一次就以您填的为准")
    if words:
        return _("别人刚改成“%(words)s”；再存一次就以您填的为准") % {"words": words}
    return _("别人刚改过这一栏；再存一次就以您填的为准")


def _as_it_stood(node: Node, before: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Fields that say the same keep the words in which they said it."""
    same = filling.settled(node.shape, filling.shown(node.shape, before))
    return {
        name: before[name] if name in before and same.get(name) == said.get(name) else said[name]
        for name in dict.fromkeys([*before, *said])
        if name in said or same.get(name) == said.get(name)
    }


def next_code(tree: Tree, parent: Node, list_name: str, first: str) -> str:
    """下一个代码: the next free one of the list, after the manner of those that are there."""
    held = [one.get("code") for one in (trees.at(tree, parent) or {}).get(list_name, [])]
    return _next_code([one for one in held if isinstance(one, str)], first)


def _next_code(held: Iterable[str], first: str) -> str:
    codes = list(held)
    numbered = [found for code in codes if (found := re.fullmatch(r"(.*?)([0-9]{1,4})", code))]
    if not numbered:
        return first
    prefix, digits = numbered[-1].groups()
    highest = max(int(found[2]) for found in numbered if found[1] == prefix)
    return f"{prefix}{highest + 1:0{len(digits)}d}"


def rewritten(text: str, tree: Tree) -> str:
    """新的原文, under the remarks that stood above all else."""
    found = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)+", text)
    return (found[0] if found else "") + trees.write(tree)
