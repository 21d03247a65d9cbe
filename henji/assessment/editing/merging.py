"""两人同改: what either of two persons changed in a standard."""

from collections.abc import Iterator

from henji.assessment.editing.labels import LABELS
from henji.assessment.editing.trees import Node, Tree
from henji.lib.drafting import merging

Change = merging.Change
merge = merging.merge
in_words = merging.in_words


def changes(old: Tree, new: Tree) -> Iterator[Change]:
    """改动 from one text of a standard to another."""
    return merging.changes(Node.whole(), LABELS, old, new)
