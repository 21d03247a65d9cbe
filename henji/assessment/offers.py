"""What this room offers to others: what papers may prove, where items are shown, what happened to them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from henji.assessment import queries
from henji.assessment.models import Acceptance, Charge, StandardDraft, StatedValue, Target
from henji.assessment.schema import Item
from henji.evidence.addresses import provable, shown_at
from henji.evidence.naming import Told
from henji.evidence.searching import Hit, searchable
from henji.evidence.telling import tells
from henji.evidence.timeline import Mention, tells_of
from henji.evidence.traces import Trace
from henji.lib import tags
from henji.lib.reach import Reach


@provable("assessment.item", _("考核项目"))
def items(county: int) -> Iterator[tuple[str, str]]:
    """考核项目 that papers may prove, of the county's newest standard."""
    for item in _provable_items(county):
        yield f"{queries.ITEM}:{item.code}", f"{item.code} {item.name}"


@provable("assessment.part", _("考核评分点"))
def parts(county: int) -> Iterator[tuple[str, str]]:
    """评分点 that papers may prove."""
    for item in _provable_items(county):
        for part in item.parts:
            yield f"{queries.PART}:{item.code}.{part.code}", f"{item.code} {part.name}"


def _items_of(county: int) -> tuple[Item, ...]:
    held = queries.published(county)
    return held.standard.items if held else ()


def _provable_items(county: int) -> list[Item]:
    """考核项目 of the county's newest standard, then those of its newest standard for unions below it.

    An item with the same code is offered once: the union that a paper is about tells the two apart.
    """
    own = _items_of(county)
    codes = {item.code for item in own}
    below = queries.published_below(county)
    return [*own, *(item for item in (below.standard.items if below else ()) if item.code not in codes)]


@tells_of("assessment.item")
def deeds_about_item(key: str) -> Iterator[Mention]:
    """项目的时间线: values stated and papers filed about an item; the key is `county id:B10`."""
    county, _colon, code = key.partition(":")
    for value in queries.values_of_item(int(county), code):
        yield Mention(value.made_by_id, value.explanation)
    for charge in queries.charges_ever(int(county), code):
        yield Mention(charge.made_by_id, gettext("责任人 %(name)s") % {"name": charge.person})
    for item in _items_of(int(county)):
        if item.code == code:
            for paper in queries.papers_of_item(int(county), item):
                yield Mention(paper.kept_by_id, paper.title, reverse("evidence:paper", args=[paper.pk]))


@tells("assessment.value_stated")
def what_was_stated(trace: Trace) -> Iterator[Told]:
    """人工取值: which part of which item, what was stated about it, and why."""
    value = StatedValue.objects.filter(pk=trace.subject_id).first()
    if value is None:
        return
    name, points = _place_of(value)
    yield Told(gettext("评分点"), name, part_page(value.part) if points is not None else "")
    yield Told(gettext("取值"), render_to_string("assessment/_value.html", {"value": value}).strip())
    if points is not None:
        yield Told(gettext("满分"), gettext("%(points)s 分") % {"points": tags.points(points)})
    yield Told(gettext("说明"), value.explanation)


@tells("assessment.item_assigned")
def who_was_assigned(trace: Trace) -> Iterator[Told]:
    """责任分工: who sees to the item and who stands in, by name."""
    charge = Charge.objects.filter(pk=trace.subject_id).select_related("person", "deputy").first()
    if charge is None:
        return
    yield Told(gettext("责任人"), charge.person.name)
    yield Told(gettext("协办人"), charge.deputy.name if charge.deputy else "—")


def _place_of(value: StatedValue) -> tuple[str, Decimal | None]:
    """What the value is about, by name, and how many points it is worth: none for a veto."""
    held = queries.published(value.subject_id, value.standard)
    for item in held.standard.items if held else ():
        for part in item.parts:
            if f"{item.code}.{part.code}" == value.part:
                said = {"what": f"{item.code} {item.name}", "words": part.name}
                return gettext("%(what)s：%(words)s") % said, part.points
    vetoes = held.standard.vetoes if held else ()
    return next((veto.name for veto in vetoes if veto.code == value.part), value.part), None


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


@shown_at("assessment.charge")
def charge_page(key: str) -> str:
    """The page of the item that somebody sees to."""
    return item_page(Charge.objects.get(pk=key).item)


@shown_at("assessment.part")
def part_page(key: str) -> str:
    """The page of a part, B10.participation: its place on its item's page."""
    return f"{item_page(key.partition('.')[0])}#{key.replace('.', '-')}"


@shown_at("assessment.publishedstandard")
def standard_page(key: str) -> str:
    """The page of a published standard."""
    return reverse("assessment:standard", args=[key])


@shown_at("assessment.standarddraft")
def draft_page(key: str) -> str:
    """The page of a draft, as long as there is one."""
    return reverse("assessment:draft", args=[key]) if StandardDraft.objects.filter(pk=key).exists() else ""


@shown_at("assessment.signedscore")
def signed_page(key: str) -> str:
    """The page of a signed score."""
    return reverse("assessment:signed", args=[key])


@shown_at("assessment.acceptance")
def acceptance_page(key: str) -> str:
    """The page on which the year's day of acceptance is set."""
    year = Acceptance.objects.filter(pk=key).values_list("year", flat=True).first()
    return reverse("assessment:acceptance") + (f"?period={year}" if year else "")


@shown_at("assessment.target")
def targets_page(key: str) -> str:
    """The page of the year's targets, of which one was handed down."""
    year = Target.objects.filter(pk=key).values_list("year", flat=True).first()
    return reverse("assessment:targets") + (f"?period={year}" if year else "")
