"""案头: one node of a draft standard as a form: what stands in it, what is wrong with it, what it offers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from henji.assessment import reading
from henji.assessment.editing.labels import LABELS
from henji.assessment.editing.trees import Node, Tree
from henji.evidence import figures, naming
from henji.lib.drafting import desk
from henji.lib.drafting.boxes import Groups, plain

ROOT = desk.ROOT
Faults = desk.Faults
filled_of, fits, posted, twice = desk.filled_of, desk.fits, desk.posted, desk.twice
kept, rewritten = desk.kept, desk.rewritten

_FIRST = {"items": "B01", "parts": "part_1", "vetoes": "V01"}


def faults_in(tree: Tree) -> Faults:
    """错误 of the whole text, node by node; empty where it is sound."""
    return desk.faults_in(Node.whole(), tree, reading.WRONG)


def form(
    tree: Tree,
    node: Node,
    filled: Any,
    faults: Faults,
    more: Mapping[str, Sequence[str]] | None = None,
) -> desk.NodeForm:
    """表单 of the node, with the faults of the tree and more of them beside their boxes."""
    level = tree.get("subject_level", "")
    return desk.form(look(level if isinstance(level, str) else ""), tree, node, filled, faults, more=more)


def look(level: str) -> desk.Look:
    """样子: what a part may be judged by, for those of the level; and which deeds may be demanded."""

    def addresses(value: str) -> Groups:
        known = sorted(figures.addresses().items(), key=lambda one: one[0])
        return plain([(one, _figure(one, name, level)) for one, name in known], value)

    return desk.Look(LABELS, {"address": addresses, "deed": _deeds})


def _figure(address: str, name: str, level: str) -> str:
    """An indicator by its name; where it is not counted for those who are assessed, this is said."""
    if figures.counts_for(address, level):
        return name
    return _("%(name)s（对这一级还算不出，由人取值）") % {"name": name}


def _deeds(value: str) -> Groups:
    rooms = tuple((room, tuple(deeds)) for room, deeds in naming.deeds_by_room())
    known = {code for _room, deeds in rooms for code, _name in deeds}
    return rooms if value in ("", *known) else (("", ((value, value),)), *rooms)


def blank(tree: Tree, parent: Node, list_name: str) -> dict[str, Any]:
    """空白: a node to be filled in, under the next free code."""
    code = desk.next_code(tree, parent, list_name, _FIRST[list_name])
    return {"code": code, "kind": "base"} if list_name == "items" else {"code": code}
