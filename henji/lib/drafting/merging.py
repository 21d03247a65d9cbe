"""两人同改: what of two persons' changes to one text stands together, and what either of them changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from henji.lib.drafting import trees
from henji.lib.drafting.labels import Labels
from henji.lib.drafting.trees import Node, Tree

#: A value told in words is cut after so many characters.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Merged:
    """合并: what a node says with both persons' changes, and the fields that both changed differently.

    There it says what the later of the two wrote (`mine`).
    """

    said: dict[str, Any]
    contested: tuple[str, ...]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """合并 field by field: whoever changed a field has it; where nobody did, it stays."""
    said: dict[str, Any] = {}
    contested = []
    for name in dict.fromkeys([*base, *theirs, *mine]):
        before, held, wanted = base.get(name), theirs.get(name), mine.get(name)
        value = held if wanted == before else wanted
        if value is not None:
            said[name] = value
        if wanted not in (before, held) and held != before:
            contested.append(name)
    return Merged(said, tuple(contested))


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动: where, of which field, and what stood there before and after; empty where nothing did."""

    node: Node
    code: str
    label: str
    before: str = ""
    after: str = ""


def changes(top: Node, labels: Labels, old: Tree, new: Tree) -> Iterator[Change]:
    """改动 from one text to another, node by node; a node is the same if its code is."""
    before = {trees.code_of(old, node): node for node in trees.nodes_of(old, top)}
    after = {trees.code_of(new, node): node for node in trees.nodes_of(new, top)}
    for code, node in after.items():
        if code in before:
            yield from _fields(labels, code, node, trees.own(old, before[code]), trees.own(new, node))
        else:
            yield Change(node, code, _("新加"), after=_name(new, node))
    for code, node in before.items():
        if code not in after:
            yield Change(top, code, _("删去"), before=_name(old, node))
    if [*before] != [*after] and before.keys() == after.keys():
        yield Change(top, "", _("移动了次序"))


def _fields(
    labels: Labels, code: str, node: Node, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            label = labels.name(node.model.__name__, name)
            yield Change(node, code, label, in_words(old.get(name)), in_words(new.get(name)))


def _name(tree: Tree, node: Node) -> str:
    return in_words((trees.at(tree, node) or {}).get("name"))


def in_words(value: Any) -> str:
    """A value of the text on one line."""
    if value is None:
        return ""
    told = value if isinstance(value, str) else yaml.dump(value, allow_unicode=True, default_flow_style=True)
    line = " ".join(told.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
