"""试改: what a node of a draft says in words, and what a union would have for it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from henji.assessment import day_cache, reading_page
from henji.assessment.cards import ItemScore, PartScore, Scorecard
from henji.assessment.editing import trees
from henji.assessment.editing.trees import Node, Tree
from henji.assessment.reading_page import StandardTold
from henji.assessment.schema import Item, Part, Standard, UnionLevel, UnitType, Veto
from henji.assessment.scoring.kinds import SumOfParts
from henji.lib.data import Data
from henji.unions.models import Level, Union

Told = TypeVar("Told", bound=Data)

_UNIT_TYPES = TypeAdapter(tuple[UnitType, ...])


@dataclass(frozen=True, slots=True)
class Tried:
    """试改的结果. `told` is the node in words, if it is sound by itself; `whole` the draft, if all of it is.

    `item` and `part` are what the subject would have for the node; `card` for the whole.
    """

    told: StandardTold | None
    whole: Standard | None
    card: Scorecard | None = None
    item: ItemScore | None = None
    part: PartScore | None = None


def sound(tree: Tree) -> Standard | None:
    """整份: the standard that the tree describes; None where it is unsound."""
    return _sound(Standard, tree)


def level_of(tree: Tree) -> str:
    """考核对象 of the draft, as far as it says so."""
    said = tree.get("subject_level")
    return said if said in Level.values else ""


def tried(tree: Tree, node: Node, subject: Union | None, as_of: date) -> Tried:
    """试改: the node in words, and the points of the subject on the day."""
    whole = sound(tree)
    alone = _alone(tree, node, whole)
    told = reading_page.whole(alone) if alone else None
    if subject is None or alone is None:
        return Tried(told, whole)
    card = day_cache.trial(subject, whole or alone, as_of.year, as_of)
    item, part = _score(card, tree, node)
    return Tried(told, whole, card if whole else None, item, part)


def total(tree: Tree, subject: Union | None, as_of: date) -> Decimal | None:
    """总分 that the subject would have; None where the draft is unsound."""
    whole = sound(tree)
    if whole is None or subject is None:
        return None
    return day_cache.trial(subject, whole, as_of.year, as_of).grading.total


def _score(card: Scorecard, tree: Tree, node: Node) -> tuple[ItemScore | None, PartScore | None]:
    code, _dot, part = trees.code_of(tree, node).partition(".")
    item = next((item for item in card.items if item.code == code), None)
    found = next((one for one in item.parts if one.part.code == part), None) if item and part else None
    return item, found


def _alone(tree: Tree, node: Node, whole: Standard | None) -> Standard | None:
    """The standard as if it were nothing but the node; of the whole, all."""
    if node.model is Standard:
        return whole
    said = _sound(node.model, trees.at(tree, node))
    match said:
        case Part():
            item = _sound_item(tree, node.parent or node, said)
            return _standard(tree, (item,))
        case Item():
            return _standard(tree, (said,))
        case Veto():
            return _standard(tree, (), (said,))
    return None


def _sound_item(tree: Tree, node: Node, part: Part) -> Item:
    """The part's item as if it had no other part."""
    held = trees.at(tree, node) or {}
    kind: Literal["base", "bonus"] = "bonus" if held.get("kind") == "bonus" else "base"
    return Item.model_construct(
        code=trees.code_of(tree, node),
        kind=kind,
        name=str(held.get("name", "")),
        points=part.points,
        unit_types=(),
        rule=SumOfParts(),
        parts=(part,),
    )


def _standard(tree: Tree, items: tuple[Item, ...], vetoes: tuple[Veto, ...] = ()) -> Standard:
    points = sum((item.points for item in items), Decimal(0))
    return Standard.model_construct(
        code=str(tree.get("code", "")),
        version=str(tree.get("version", "")),
        name=str(tree.get("name", "")),
        label=str(tree.get("label", "")),
        excerpt=True,
        subject_level=cast("UnionLevel", level_of(tree) or Level.COUNTY.value),
        unit_types=_unit_types(tree),
        base_total=points,
        bonus_cap=points,
        graded_on="total",
        ranking=("total", "base"),
        filing_days=30,
        grades=(),
        vetoes=vetoes,
        items=items,
    )


def _unit_types(tree: Tree) -> tuple[UnitType, ...]:
    try:
        return _UNIT_TYPES.validate_python(tree.get("unit_types", []))
    except ValidationError:
        return ()


def _sound(model: type[Told], said: Mapping[str, Any] | None) -> Told | None:
    try:
        return model.model_validate(said)
    except ValidationError:
        return None
