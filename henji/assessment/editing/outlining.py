"""目录: the items, parts and vetoes of a draft, each with what is wrong with it."""

from dataclasses import dataclass

from henji.assessment import reading
from henji.assessment.editing import desk, trees
from henji.assessment.editing.merging import in_words
from henji.assessment.editing.trees import Node, Tree
from henji.assessment.models import StandardDraft


@dataclass(frozen=True, slots=True)
class Line:
    """一行: a node, its name and points as the draft says them, how many faults, and the lines below it."""

    node: Node
    code: str
    name: str
    points: str
    faults: tuple[str, ...]
    lines: tuple["Line", ...] = ()
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """目录."""

    whole: Line
    items: tuple[Line, ...]
    vetoes: tuple[Line, ...]


def tree_of(draft: StandardDraft) -> Tree | None:
    """枝叶 of the draft; None where its text cannot be read, or is no such tree."""
    try:
        return trees.read(draft.body)
    except reading.StandardUnreadable:
        return None


def outline(tree: Tree) -> Outline:
    """目录 of the draft."""
    faults = desk.faults_in(tree)
    top = Node(trees.WHOLE)
    return Outline(
        _line(tree, top, faults), _lines(tree, top, "items", faults), _lines(tree, top, "vetoes", faults)
    )


def _lines(tree: Tree, parent: Node, list_name: str, faults: desk.Faults) -> tuple[Line, ...]:
    number = len((trees.at(tree, parent) or {}).get(list_name, []))
    return tuple(_line(tree, parent.child(list_name, place), faults, among=number) for place in range(number))


def _line(tree: Tree, node: Node, faults: desk.Faults, among: int = 1) -> Line:
    said = trees.own(tree, node)
    return Line(
        node=node,
        code=in_words(said.get("code")),
        name=in_words(said.get("name")),
        points=in_words(said.get("points")),
        faults=tuple(words for _rest, words in faults.get(node.path, ())),
        lines=_lines(tree, node, "parts", faults) if "parts" in node.below else (),
        is_first=not node.steps or node.place == 0,
        is_last=not node.steps or node.place == among - 1,
    )
