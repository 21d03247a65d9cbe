"""Questions about the score: what a scorecard says."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from henji.assessment import marking, rules
from henji.assessment.cards import ItemScore, PartScore, Scorecard, VetoScore
from henji.assessment.finds import Slot
from henji.assessment.models import StatedValue, ValueKind
from henji.assessment.queries.demands import Stock, addresses_of, stocks
from henji.assessment.queries.targets import target_numbers
from henji.assessment.schema import Item, Part, Standard
from henji.evidence import figures
from henji.evidence.figures import Figure, Figures, Missing, NotKept, Ratio, Scope
from henji.lib import counting
from henji.lib.periods import Period
from henji.unions.models import Union

#: What computes a figure by its address; `figures.compute`, or something that remembers.
Compute = Callable[[str, Scope], Figures]


def scorecard(
    county: Union,
    standard: Standard,
    period: Period,
    as_of: date,
    known_at: datetime | None = None,
    *,
    compute: Compute = figures.compute,
) -> Scorecard:
    """评分卡: the county under the standard, for the period, as the world was at the end of the day.

    As known now or, where an instant is given, as known then. Costs at most three queries for each indicator
    that the standard names, and three more.
    """
    cards = scorecards({county: standard}, period, as_of, known_at, compute=compute)
    return cards[county.pk]


def scorecards(
    standards: Mapping[Union, Standard],
    period: Period,
    as_of: date,
    known_at: datetime | None = None,
    *,
    compute: Compute = figures.compute,
) -> dict[int, Scorecard]:
    """评分卡集: many counties, each under its standard; as many queries for a hundred as for one."""
    seen = {county: rules.seen_by(standard, county) for county, standard in standards.items()}
    items = {county: (standard, standard.items) for county, standard in seen.items()}
    return {held.county.pk: _card(held) for held in _held(items, Scope((), period, as_of, known_at), compute)}


def item_scores(
    county: Union,
    standard: Standard,
    codes: Container[str],
    period: Period,
    as_of: date,
    *,
    known_at: datetime | None = None,
    compute: Compute = figures.compute,
) -> list[ItemScore]:
    """项目得分: some items of the scorecard, computed without the others."""
    seen = rules.seen_by(standard, county)
    items = tuple(item for item in seen.items if item.code in codes)
    wanted = {county: (seen, items)}
    (held,) = _held(wanted, Scope((), period, as_of, known_at), compute)
    return [held.item(item) for item in items]


def _card(held: "_Held") -> Scorecard:
    standard, scope = held.standard, held.scope
    items = tuple(held.item(item) for item in standard.items)
    vetoes = tuple(VetoScore(veto, held.stated.get(veto.code)) for veto in standard.vetoes)
    grading = marking.grade(
        standard,
        _sum(items, "base"),
        _sum(items, "bonus"),
        [veto.veto.code for veto in vetoes if veto.holds],
    )
    return Scorecard(standard, scope.period, scope.as_of, items, vetoes, grading)


def _sum(items: Sequence[ItemScore], kind: str) -> Decimal:
    return sum((item.points for item in items if item.item.kind == kind), Decimal(0))


_Wanted = Mapping[Union, tuple[Standard, tuple[Item, ...]]]


def _held(wanted: _Wanted, scope: Scope, compute: Compute) -> list["_Held"]:
    """What is held about each county, in at most six queries and those of each indicator once."""
    stated = _stated(wanted, scope)
    targets = target_numbers(
        (county.pk for county in wanted), scope.period.start.year, scope.as_of, scope.known_at
    )
    computed = _computed(wanted, scope, compute)
    held = _stocks(wanted, scope, computed)
    return [
        _Held(
            county=county,
            standard=standard,
            scope=replace(scope, unions=(county.pk,)),
            stated=stated[county.pk, standard.code],
            stock=held[county.pk],
            targets=targets.get(county.pk, {}),
            computed={address: by_union.get(county.pk) for address, by_union in computed.items()},
        )
        for county, (standard, _items) in wanted.items()
    ]


def _stated(wanted: _Wanted, scope: Scope) -> dict[tuple[int, str], dict[str, StatedValue]]:
    codes = {standard.code for standard, _items in wanted.values()}
    about = StatedValue.objects.filter(subject__in=wanted, standard__in=codes).known(scope.known_at)
    stated: dict[tuple[int, str], dict[str, StatedValue]] = defaultdict(dict)
    # A year that is over is judged by what held on its last day.
    for value in about.in_force(min(scope.as_of, scope.period.last_day)):
        stated[value.subject_id, value.standard][value.part] = value
    return stated


def _computed(wanted: _Wanted, scope: Scope, compute: Compute) -> dict[str, Figures]:
    asking: dict[str, list[int]] = defaultdict(list)
    for county, (_standard, items) in wanted.items():
        for address in {part.figure for item in items for part in item.parts if rules.is_computed(part)}:
            asking[address or ""].append(county.pk)
    with counting.remembering():
        return {
            address: compute(address, replace(scope, unions=tuple(unions)))
            for address, unions in asking.items()
        }


def _stocks(wanted: _Wanted, scope: Scope, computed: Mapping[str, Figures]) -> Mapping[int, Stock]:
    counted = (figure for by_union in computed.values() for figure in by_union.values())
    demands = (
        demand
        for _standard, items in wanted.values()
        for item in items
        for part in item.parts
        for demand in part.evidence
    )
    return stocks(
        list(wanted),
        about={address for figure in counted if isinstance(figure, Ratio) for address in figure.about},
        deeds={demand.deed for demand in demands if demand.deed},
        until=scope.as_of,
        known_at=scope.known_at,
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held about a county: values stated, papers and deeds, figures computed."""

    county: Union
    standard: Standard
    scope: Scope
    stated: Mapping[str, StatedValue]
    stock: Stock
    targets: Mapping[str, int]
    computed: Mapping[str, Figure | None]

    def item(self, item: Item) -> ItemScore:
        parts = tuple(self._part(item, part) for part in item.parts)
        together = marking.add_up((part.mark for part in parts), cap=item.points)
        mark = marking.void(together, self._vetoes_on(item))
        state = rules.state_of(item, mark, parts, period=self.scope.period, as_of=self.scope.as_of)
        return ItemScore(item, mark, parts, state)

    def _vetoes_on(self, item: Item) -> list[str]:
        against = (veto for veto in self.standard.vetoes if veto.zero_item == item.code)
        return [veto.name for veto in against if VetoScore(veto, self.stated.get(veto.code)).holds]

    def _part(self, item: Item, part: Part) -> PartScore:
        address = rules.address(item, part)
        computed = rules.is_computed(part)
        held = None if computed else self._stated(part, address)
        figure = self._figure_of(part) if computed else _figure(part, held)
        return PartScore(
            address=address,
            part=part,
            figure=figure,
            mark=self._mark(part, figure, held),
            is_computed=computed,
            stated=held,
            slots=self._slots(item, part, figure),
        )

    def _mark(self, part: Part, figure: Figure | None, held: StatedValue | None) -> marking.Mark:
        if figure is None and held is not None:
            return marking.award(held.part_value, part.points, name=part.name, words=held.explanation)
        known = figure or Missing(_("人工取值"))
        return marking.mark(part.rule, known, part.points, name=part.name, targets=self.targets)

    def _stated(self, part: Part, address: str) -> StatedValue | None:
        held = self.stated.get(address)
        return held if held and rules.may_stand(rules.blank_of(address, part), held) else None

    def _figure_of(self, part: Part) -> Figure:
        return self.computed[part.figure or ""] or NotKept(part.figure or "")

    def _slots(self, item: Item, part: Part, figure: Figure | None) -> tuple[Slot, ...]:
        about = addresses_of(item, part, figure)
        return rules.slots(
            [(demand, self.stock.found(demand, about)) for demand in part.evidence],
            self.scope.period,
            as_of=self.scope.as_of,
            filing_days=self.standard.filing_days,
        )


def _figure(part: Part, held: StatedValue | None) -> Figure | None:
    if held is None:
        by_points = rules.kind_of(part.rule) == ValueKind.POINTS
        return Missing(_("人工评分") if by_points else _("人工取值"))
    return rules.figure_stated(held, name=part.name)
