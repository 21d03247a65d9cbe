"""标准全文: a standard as a page shows it, every rule and demand in words. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from henji.assessment.rule_words import demand_in_words, part_in_words, veto_in_words
from henji.assessment.schema import Item, Part, Standard, Veto
from henji.assessment.scoring.kinds import Bonus
from henji.evidence import figures
from henji.unions.models import Level


@dataclass(frozen=True, slots=True)
class PartTold:
    """评分点, in words."""

    part: Part
    rule: str
    figure: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemTold:
    """项目, in words."""

    item: Item
    is_capped: bool
    parts: tuple[PartTold, ...]


@dataclass(frozen=True, slots=True)
class StandardTold:
    """标准全文."""

    standard: Standard
    subject: str
    base: tuple[ItemTold, ...]
    bonus: tuple[ItemTold, ...]
    vetoes: tuple[tuple[Veto, str], ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[ItemTold, ...]], ...]:
        """基础项 and 加分项 under their headings."""
        return (_("基础项"), self.base), (_("加分项"), self.bonus)


def whole(standard: Standard) -> StandardTold:
    """标准全文: all items, base before bonus, and the vetoes with what they do."""
    items = [_item(item, standard) for item in standard.items]
    return StandardTold(
        standard=standard,
        subject=str(Level(standard.subject_level).label),
        base=tuple(told for told in items if told.item.kind == "base"),
        bonus=tuple(told for told in items if told.item.kind == "bonus"),
        vetoes=tuple((veto, veto_in_words(veto)) for veto in standard.vetoes),
    )


def _figure(part: Part, standard: Standard) -> str:
    """指标 by its name, if this installation counts it; else nothing, and a person states it."""
    address = part.figure or ""
    return figures.addresses()[address] if figures.counts_for(address, standard.subject_level) else ""


def _item(item: Item, standard: Standard) -> ItemTold:
    parts = tuple(
        PartTold(
            part,
            part_in_words(part, standard),
            _figure(part, standard),
            tuple(map(demand_in_words, part.evidence)),
        )
        for part in item.parts
    )
    return ItemTold(item, isinstance(item.rule, Bonus), parts)
