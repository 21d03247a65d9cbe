"""What this room offers to others: what papers may prove, where items are shown, what happened to them."""

from collections.abc import Iterator
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.assessment import queries
from henji.assessment.schema import Item
from henji.evidence.addresses import provable, shown_at
from henji.evidence.searching import Hit, searchable
from henji.evidence.timeline import Mention, tells_of
from henji.lib.reach import Reach


@provable("assessment.item", _("考核项目"))
def items(county: int) -> Iterator[tuple[str, str]]:
    """考核项目 that papers may prove, of the county's newest standard."""
    for item in _items_of(county):
        yield f"{queries.ITEM}:{item.code}", f"{item.code} {item.name}"


@provable("assessment.part", _("考核评分点"))
def parts(county: int) -> Iterator[tuple[str, str]]:
    """评分点 that papers may prove."""
    for item in _items_of(county):
        for part in item.parts:
            yield f"{queries.PART}:{item.code}.{part.code}", f"{item.code} {part.name}"


def _items_of(county: int) -> tuple[Item, ...]:
    held = queries.published(county)
    return held.standard.items if held else ()


@tells_of("assessment.item")
def deeds_about_item(key: str) -> Iterator[Mention]:
    """项目的时间线: values stated and papers filed about an item; the key is `county id:B10`."""
    county, _colon, code = key.partition(":")
    for value in queries.values_of_item(int(county), code):
        yield Mention(value.made_by_id, value.explanation)
    for item in _items_of(int(county)):
        if item.code == code:
            for paper in queries.papers_of_item(int(county), item):
                yield Mention(paper.kept_by_id, paper.title, reverse("evidence:paper", args=[paper.pk]))


@searchable(_("考核项目"), power="assessment.see")
def find_items(words: str, reach: Reach, most: int) -> list[Hit]:
    """考核项目 whose code or name, or a part's name, holds the words; of the county worked in."""
    found = (item for item in _items_of(reach.county or 0) if words in _said_of(item))
    return [Hit(f"{item.code} {item.name}", item_page(item.code)) for item in islice(found, most)]


def _said_of(item: Item) -> str:
    return " ".join([item.code, item.name, *(part.name for part in item.parts)])


@shown_at("assessment.item")
def item_page(key: str) -> str:
    """The page of an item, B10."""
    return reverse("assessment:item", args=[key])


@shown_at("assessment.part")
def part_page(key: str) -> str:
    """The page of a part, B10.participation: its place on its item's page."""
    return f"{item_page(key.partition('.')[0])}#{key.replace('.', '-')}"


@shown_at("assessment.signedscore")
def signed_page(key: str) -> str:
    """The page of a signed score."""
    return reverse("assessment:signed", args=[key])
