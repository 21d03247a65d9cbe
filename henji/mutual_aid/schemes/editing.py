"""改方案: a draft as a tree of nodes, each of them a form; what is wrong with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from henji.lib import plain_yaml
from henji.lib.drafting import desk, merging, trees
from henji.lib.drafting.trees import Tree
from henji.mutual_aid.schemes import reading, telling, wording
from henji.mutual_aid.schemes.labels import LABELS
from henji.mutual_aid.schemes.terms import (
    Approval,
    Category,
    Covered,
    Disease,
    Gifts,
    PaperAsked,
    Scheme,
)

LOOK = desk.Look(LABELS)
#: The lists of nodes, what each is called, and what its first code would be; no code where it has none.
LISTS = {
    "gifts": (gettext_lazy("捐款标准"), "gifts_1"),
    "covered": (gettext_lazy("保障对象"), ""),
    "diseases": (gettext_lazy("病种目录"), "D01"),
    "categories": (gettext_lazy("救助类别"), "S1"),
    "approvals": (gettext_lazy("审批步骤"), "step_1"),
    "papers": (gettext_lazy("申请材料"), ""),
}
PATH = re.compile(rf"whole|({'|'.join(LISTS)})\.\d{{1,3}}")


class Node(trees.Node):
    """一处: `whole`, or an entry of a list: `categories.2`."""

    top = Scheme
    lists = {
        Scheme: {
            "gifts": Gifts,
            "covered": Covered,
            "diseases": Disease,
            "categories": Category,
            "approvals": Approval,
            "papers": PaperAsked,
        }
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """目录的一行: a node, what it is called, and what is wrong with it."""

    node: Node
    code: str
    name: str
    faults: tuple[str, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """目录的一段: a list of nodes."""

    list_name: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """目录: what is wrong with the whole, and the lists."""

    faults: tuple[str, ...]
    shelves: tuple[Shelf, ...]


def tree_of(text: str) -> Tree | None:
    """枝叶 of the text; None where it cannot be read, or is no such tree."""
    try:
        return trees.read(Node.whole(), text)
    except plain_yaml.Unreadable:
        return None


def faults_in(tree: Tree) -> desk.Faults:
    """错误 of the whole text, node by node; empty where it is sound."""
    return desk.faults_in(Node.whole(), tree, reading.WRONG)


def outline(tree: Tree) -> Outline:
    """目录 of the draft."""
    faults = faults_in(tree)
    shelves = (
        Shelf(list_name, str(name), tuple(_entries(tree, list_name, faults)))
        for list_name, (name, _first) in LISTS.items()
    )
    return Outline(tuple(words for _rest, words in faults.get(trees.WHOLE, ())), tuple(shelves))


def _entries(tree: Tree, list_name: str, faults: desk.Faults) -> Iterator[Entry]:
    number = len(tree.get(list_name, []))
    for place in range(number):
        node = Node.whole().child(list_name, place)
        said = trees.own(tree, node)
        yield Entry(
            node=node,
            code=merging.in_words(said.get("code")),
            name=name_of(tree, node),
            faults=tuple(words for _rest, words in faults.get(node.path, ())),
            is_first=place == 0,
            is_last=place == number - 1,
        )


def name_of(tree: Tree, node: Node) -> str:
    """名称 of the node, as a person calls it."""
    if not node.steps:
        return _("方案总体")
    said = trees.own(tree, node)
    name = merging.in_words(said.get("name"))
    relation = wording.RELATIONS.get(merging.in_words(said.get("relation")))
    return name or (str(relation) if relation else "") or _("（未命名）")


def blank(tree: Tree, list_name: str) -> dict[str, Any]:
    """空白: an entry to be filled in, under the next free code."""
    first = LISTS[list_name][1]
    return {"code": desk.next_code(tree, Node.whole(), list_name, first)} if first else {}


def changes(old: str, new: str) -> list[str]:
    """改动 from one text to another, each in words; none where either cannot be read."""
    before, after = tree_of(old), tree_of(new)
    if before is None or after is None:
        return []
    amount = LABELS.name("Category", "amount")
    found = merging.changes(Node.whole(), LABELS, before, after)
    return [
        in_words(_with_amounts(change, old, new) if change.label == amount else change) for change in found
    ]


def _with_amounts(change: merging.Change, old: str, new: str) -> merging.Change:
    """The change of an amount, as the page of a scheme tells it; as it stands where a text is unsound."""
    try:
        schemes = reading.read(old), reading.read(new)
    except plain_yaml.Unsound:
        return change
    told = [
        telling.gives(category.amount, category, scheme)
        for scheme in schemes
        if (category := scheme.category(change.code))
    ]
    return replace(change, before=told[0], after=told[1]) if len(told) == 2 else change


def in_words(change: merging.Change) -> str:
    """一处改动."""
    said = {
        "what": f"{change.code} {change.label}".strip(),
        "before": change.before or _("空"),
        "after": change.after or _("空"),
    }
    if not (change.before or change.after):
        return said["what"]
    return _("%(what)s：“%(before)s”改为“%(after)s”") % said


def a_year_later(text: str) -> str:
    """下一年: the scheme with its year and all its days a year later, as the version of that year."""
    scheme = reading.read(text)
    tree = trees.read(Node.whole(), text)
    days = {name: _later(tree[name]) for name in ("valid_from", "valid_to", "aid_from", "aid_to")}
    if scheme.claims_until:
        days["claims_until"] = _later(tree["claims_until"])
    collection = tree["collection"] | {
        name: _later(tree["collection"][name]) for name in ("collects_from", "collects_to")
    }
    year, following = str(scheme.year), str(scheme.year + 1)
    told = {
        "year": following,
        "version": f"{following}.1",
        "name": scheme.name.replace(year, following),
        "collection": collection,
    }
    return desk.rewritten(text, tree | told | days)


def _later(day: str) -> str:
    """The same day a year later; the last of February for its 29th."""
    told = date.fromisoformat(day)
    try:
        return told.replace(year=told.year + 1).isoformat()
    except ValueError:
        return told.replace(year=told.year + 1, day=28).isoformat()
