"""Questions: which standard, and what the scorecard says. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from henji.assessment import library, marking, rules
from henji.assessment.cards import ItemScore, PartScore, Scorecard, Slot, VetoScore
from henji.assessment.models import (
    Column,
    PublishedStandard,
    PublishedStandardQuerySet,
    SignedScore,
    SignedScoreQuerySet,
    StatedValue,
    StatedValueQuerySet,
    ValueKind,
)
from henji.assessment.schema import Item, Part, Standard
from henji.evidence import figures, papers
from henji.evidence.figures import Figure, Missing, NotKept, Scope
from henji.evidence.papers import Paper, PaperQuerySet
from henji.lib.periods import Period
from henji.lib.refusals import Refusal
from henji.unions.models import Union

#: What papers about items and parts are filed under.
ITEM, PART = "assessment.item", "assessment.part"


class StandardUnknown(Refusal):
    """没有这个标准."""


# Standards


def published(county: Union | int, reference: str = "") -> PublishedStandard | None:
    """已发布标准: the county's standard asked for as code or code@version, the latest published of these."""
    code, _at, version = reference.partition("@")
    held = standards_of(county)
    if code:
        held = held.filter(code=code)
    if version:
        held = held.filter(version=version)
    return held.first()


def standards_of(county: Union | int) -> PublishedStandardQuerySet:
    """已发布标准集: those of the county, the latest first."""
    return PublishedStandard.objects.filter(county=county).select_related("made_by").newest_first()


def standard_for(county: Union, reference: str) -> Standard:
    """适用标准: the county's own as code or code@version, else the one that comes with the installation.

    Raises StandardUnknown.
    """
    held = published(county, reference)
    if held:
        return held.standard
    code, _at, version = reference.partition("@")
    text = library.shipped(code)
    if text and version in ("", library.read(text).version):
        return library.read(text)
    raise StandardUnknown(
        _("没有标准“%(reference)s”。可用：%(known)s")
        % {"reference": reference[:60], "known": "、".join(_known(county))}
    )


def _known(county: Union) -> list[str]:
    return [held.reference for held in standards_of(county)] or [library.REFERENCE]


def item_of(standard: Standard, code: str) -> Item | None:
    """考核项目 of the code."""
    return next((item for item in standard.items if item.code == code), None)


# Scorecards


def scorecard(
    county: Union, standard: Standard, period: Period, as_of: date, known_at: datetime | None = None
) -> Scorecard:
    """评分卡: the county under the standard, for the period, as the world was at the end of the day.

    As known now or, where an instant is given, as known then. Costs at most three queries for each indicator
    that the standard names, and two more.
    """
    held = _Held.of(county, standard, period, as_of, known_at)
    items = tuple(held.item(item) for item in standard.items)
    vetoes = tuple(VetoScore(veto, held.stated.get(veto.code)) for veto in standard.vetoes)
    grading = marking.grade(
        standard,
        _sum(items, "base"),
        _sum(items, "bonus"),
        [veto.veto.code for veto in vetoes if veto.holds],
    )
    return Scorecard(standard, period, as_of, items, vetoes, grading)


def item_score(county: Union, standard: Standard, code: str, period: Period, as_of: date) -> ItemScore | None:
    """项目得分: one item of the scorecard, computed alone; None where the standard has no such item."""
    wanted = item_of(standard, code)
    return _Held.of(county, standard, period, as_of, None).item(wanted) if wanted else None


def _sum(items: Sequence[ItemScore], kind: str) -> Decimal:
    return sum((item.points for item in items if item.item.kind == kind), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held about a county: values stated, papers filed, and the scope to compute figures in."""

    county: Union
    scope: Scope
    stated: Mapping[str, StatedValue]
    days: Mapping[tuple[str, str], Mapping[int, date]]

    @classmethod
    def of(
        cls, county: Union, standard: Standard, period: Period, as_of: date, known_at: datetime | None
    ) -> "_Held":
        values = StatedValue.objects.about(county.pk, standard.code).known(known_at)
        # A year that is over is judged by what held on its last day.
        in_force = values.in_force(min(as_of, period.last_day))
        filed = papers.filed(county.pk, f"{ITEM}:", f"{PART}:", until=as_of, known_at=known_at)
        days: dict[tuple[str, str], dict[int, date]] = defaultdict(dict)
        for paper in filed:
            days[paper.address, paper.kind][paper.paper] = paper.on
        scope = Scope((county.pk,), period, as_of, known_at)
        return cls(county, scope, {value.part: value for value in in_force}, days)

    def item(self, item: Item) -> ItemScore:
        parts = tuple(self._part(item, part) for part in item.parts)
        mark = marking.add_up(part.mark for part in parts)
        state = rules.state_of(item, mark, parts, period=self.scope.period, as_of=self.scope.as_of)
        return ItemScore(item, mark, parts, state)

    def _part(self, item: Item, part: Part) -> PartScore:
        address = rules.address(item, part)
        computed = rules.is_computed(part)
        held = None if computed else self._stated(part, address)
        figure = self._computed(part) if computed else _figure(part, held)
        return PartScore(
            address=address,
            part=part,
            figure=figure,
            mark=_mark(part, figure, held),
            is_computed=computed,
            stated=held,
            slots=self._slots(item, part),
        )

    def _stated(self, part: Part, address: str) -> StatedValue | None:
        held = self.stated.get(address)
        place = rules.Blank(address, part.name, part.demand, rules.kind_of(part.rule), part.points)
        return held if held and rules.may_stand(place, held) else None

    def _computed(self, part: Part) -> Figure:
        computed = figures.compute(part.figure or "", self.scope)
        return computed.get(self.county.pk, NotKept(part.figure or ""))

    def _slots(self, item: Item, part: Part) -> tuple[Slot, ...]:
        addresses = (f"{ITEM}:{item.code}", f"{PART}:{rules.address(item, part)}")
        slots = []
        for demand in part.evidence:
            # A paper about the whole item serves each of its parts; one filed twice still counts once.
            days: dict[int, date] = {}
            for address in addresses:
                days |= self.days.get((address, demand.kind), {})
            slots.append(rules.slot(demand, days.values(), self.scope.period))
        return tuple(slots)


def _figure(part: Part, held: StatedValue | None) -> Figure | None:
    if held is None:
        by_points = rules.kind_of(part.rule) == ValueKind.POINTS
        return Missing(_("人工评分") if by_points else _("人工取值"))
    return rules.figure_stated(held, name=part.name)


def _mark(part: Part, figure: Figure | None, held: StatedValue | None) -> marking.Mark:
    if figure is None and held is not None:
        return marking.award(held.part_value, part.points, name=part.name, words=held.explanation)
    return marking.mark(part.rule, figure or Missing(_("人工取值")), part.points, name=part.name)


# Values stated by hand


def values_about(standard: PublishedStandard, part: str) -> StatedValueQuerySet:
    """人工取值: all that was ever stated about the part or veto, the latest first."""
    held = StatedValue.objects.about(standard.county_id, standard.code, part)
    return held.select_related("made_by", "unmade_by").order_by("-known_from", "-from_on")


def values_overlapping(
    standard: PublishedStandard, part: str, first: date, last: date | None
) -> StatedValueQuerySet:
    """重叠的取值: those believed now that hold on any of the days, the latest first."""
    return values_about(standard, part).known().overlapping(first, last)


def values_of_item(county: int, code: str) -> list[StatedValue]:
    """项目的人工取值: each value stated about a part of the item, once, under the trace that stated it."""
    held = StatedValue.objects.filter(county=county, part__startswith=f"{code}.").select_related("made_by")
    # What an overlapping value left of an older one was written by the same deed, but not stated by it.
    return [value for value in held if value.made_by.subject_id == str(value.pk)]


def line_of(standard: PublishedStandard, part: str) -> UUID | None:
    """线号: what names all that was stated about the part."""
    return values_about(standard, part).values_list("line", flat=True).first()


# Papers


def papers_of_item(county: int, item: Item, until: date | None = None) -> PaperQuerySet:
    """项目的佐证文件: papers filed about the item or one of its parts, the latest first."""
    parts = (f"{PART}:{rules.address(item, part)}" for part in item.parts)
    return papers.about(county, f"{ITEM}:{item.code}", *parts, until=until)


@dataclass(frozen=True, slots=True)
class Shelf:
    """一格佐证: what a part asks for of one kind, and the papers that meet it."""

    slot: Slot
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """项目的佐证: by the address of each part what its slots count, and papers that nobody asked for."""

    shelves: Mapping[str, list[Shelf]]
    others: list[Paper]


def evidence_of(county: Union, score: ItemScore, period: Period, as_of: date) -> Evidence:
    """项目的佐证: the papers filed about the item and its parts by the day. Costs two queries."""
    held = list(papers_of_item(county.pk, score.item, as_of))
    shelves = {
        part.address: [_shelf(part, slot, held, period) for slot in part.slots] for part in score.parts
    }
    shelved = {paper.pk for part in shelves.values() for shelf in part for paper in shelf.papers}
    return Evidence(shelves, [paper for paper in held if paper.pk not in shelved])


def _shelf(part: PartScore, slot: Slot, held: Sequence[Paper], period: Period) -> Shelf:
    proving = {f"{ITEM}:{part.address.partition('.')[0]}", f"{PART}:{part.address}"}
    return Shelf(
        slot,
        tuple(
            paper
            for paper in held
            if paper.kind == slot.demand.kind
            and (paper.on in period or slot.demand.period == "standing")
            and proving & {about.address for about in paper.about.all()}
        ),
    )


# Signed scores


def signed_scores(county: Union) -> SignedScoreQuerySet:
    """已签评分: those of the county, the latest first."""
    return SignedScore.objects.filter(county=county).select_related("standard", "made_by").newest_first()


def signed_self(county: Union, code: str, year: int) -> SignedScore | None:
    """自评签字: the latest self-score signed for the year under the standard (any version of it)."""
    held = signed_scores(county).filter(column=Column.SELF, year=year, standard__code=code)
    return held.first()
