"""草稿的枝叶: which nodes a standard has: the whole, its items, their parts, and vetoes."""

import re
from collections.abc import Iterator

from henji.assessment import reading
from henji.assessment.schema import Item, Part, Standard, Veto
from henji.lib.drafting import trees

WHOLE = trees.WHOLE
NODE = re.compile(r"whole|items\.\d{1,3}(\.parts\.\d{1,3})?|vetoes\.\d{1,3}")

Tree = trees.Tree
at, own, put, write = trees.at, trees.own, trees.put, trees.write
added, removed, moved = trees.added, trees.removed, trees.moved
code_of, same_node = trees.code_of, trees.same_node


class Node(trees.Node):
    """一处: which node of a draft: `whole`, `items.2`, `items.2.parts.0`, `vetoes.0`."""

    top = Standard
    lists = {Standard: {"items": Item, "vetoes": Veto}, Item: {"parts": Part}}


def read(text: str) -> Tree:
    """枝叶 of the text; raises what `reading.plain` raises, StandardUnreadable where it is no such tree."""
    try:
        return trees.read(Node.whole(), text)
    except trees.NotATree:
        raise reading.StandardUnreadable(str(reading.NOT_A_TREE)) from None


def nodes_of(tree: Tree) -> Iterator[Node]:
    """各处, in the order of the text: the whole, items each with its parts, vetoes."""
    return trees.nodes_of(tree, Node.whole())


def nearest(loc: tuple[int | str, ...]) -> tuple[Node, tuple[int | str, ...]]:
    """The node in which pydantic's place of an error lies, and the rest of the way."""
    return trees.nearest(Node.whole(), loc)
