"""改标准的规则: what of two persons' changes stands together; forms follow the schema."""

from decimal import Decimal
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from henji.assessment.editing import trees
from henji.assessment.editing.labels import LABELS
from henji.assessment.editing.merging import changes, merge
from henji.assessment.editing.trees import Node
from henji.assessment.scoring.kinds import PartRule
from henji.lib.data import Data
from henji.lib.drafting import filling
from henji.lib.drafting.boxes import Drawing, Words
from henji.lib.drafting.filling import Posted
from henji.lib.drafting.shapes import Text, Variant, shape_of

said = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2", "3"]))
#: What a box can hold: lines end in one way only.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), max_size=30)


@given(base=said, theirs=said)
def test_who_changed_nothing_has_what_the_other_wrote(base, theirs):
    assert (merge(base, theirs, base).said, merge(base, theirs, base).contested) == (theirs, ())
    assert (merge(base, base, theirs).said, merge(base, base, theirs).contested) == (theirs, ())


@given(base=said, theirs=said, mine=said)
def test_nothing_that_one_alone_changed_is_lost(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for name in {*base, *theirs, *mine}:
        before, held, wanted = (one.get(name) for one in (base, theirs, mine))
        both = before not in (held, wanted) and held != wanted
        assert (name in merged.contested) == both
        if wanted != before:
            assert merged.said.get(name) == wanted
        else:
            assert merged.said.get(name) == held


@given(theirs=said, mine=said)
def test_of_two_changes_to_different_fields_the_order_does_not_matter(theirs, mine):
    base: dict[str, str] = {}
    if not theirs.keys() & mine.keys():
        assert merge(base, theirs, mine).said == merge(base, mine, theirs).said


@given(st.lists(st.sampled_from(["up", "down"]), max_size=8), st.integers(0, 3))
def test_a_node_moved_about_is_found_again_by_its_code(ways, place):
    tree = {"items": [{"code": f"B{number}", "parts": []} for number in range(4)]}
    node, moved = Node(f"items.{place}"), tree
    for way in ways:
        moved, node = trees.moved(moved, node, way)
    assert trees.same_node(tree, Node(f"items.{place}"), moved) == node
    assert sorted(one["code"] for one in moved["items"]) == ["B0", "B1", "B2", "B3"]


@given(st.dictionaries(WORDS, WORDS, max_size=4))
def test_whatever_is_written_reads_back(words):
    tree = {"name": "标准", "items": [], **{key: value for key, value in words.items() if key not in _LISTS}}
    assert trees.read(trees.write(tree)) == tree


_LISTS = {"items", "vetoes"}


def test_the_same_text_has_no_changes():
    tree = {"name": "标准", "items": [{"code": "B1", "parts": [{"code": "one"}]}]}
    assert list(changes(tree, tree)) == []


# A kind of rule that nobody has thought of yet


class Doubled(Data):
    """加倍: a kind that this test invents."""

    kind: Literal["doubled"]
    factor: Annotated[Decimal, Field(gt=0)]
    only: tuple[Annotated[str, Field(max_length=9)], ...] = ()
    strictly: bool = True


def test_a_new_kind_of_rule_has_its_form_by_itself():
    shape = shape_of(PartRule | Doubled)
    assert isinstance(shape, Variant)
    filled = filling.shown(shape, {"kind": "doubled", "factor": "2", "only": ["x"]})
    box = Drawing(LABELS).box(shape, filled, "f.rule", Words(LABELS, "Part", "rule"))
    assert [(one.name, one.sort) for one in box.inside] == [
        ("f.rule.factor", "number"),
        ("f.rule.only", "rows"),
        ("f.rule.strictly", "tick"),
    ]
    sent = Posted({"f.kind": "doubled", "f.factor": "3", "f.only.n": "0", "f.strictly": "false"})
    told = filling.settled(shape, filling.posted(shape, sent, "f"))
    assert told == {"kind": "doubled", "factor": "3", "strictly": "false"}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_kept_as_one(end):
    assert filling.posted(Text("long"), Posted({"f": f"一行{end}又一行"}), "f") == "一行\n又一行"
