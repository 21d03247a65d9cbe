"""Questions about what there is to answer demands: papers filed, deeds done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from henji.assessment import rules
from henji.assessment.finds import Find
from henji.assessment.schema import Demand, Item, Part
from henji.evidence import doings, papers
from henji.evidence.figures import Figure, Ratio

#: What papers about items and parts are filed under.
ITEM, PART = "assessment.item", "assessment.part"


@dataclass(slots=True)
class Stock:
    """家底: what one county holds: papers by what they are about and of which kind, deeds by their code."""

    papers: dict[tuple[str, str], dict[int, Find]] = field(default_factory=lambda: defaultdict(dict))
    deeds: dict[str, list[Find]] = field(default_factory=lambda: defaultdict(list))

    def found(self, demand: Demand, addresses: Iterable[str]) -> Collection[Find]:
        """What may answer the demand: papers about any of the addresses, each once, or deeds."""
        if demand.deed:
            return self.deeds.get(demand.deed, ())
        finds: dict[int, Find] = {}
        for address in addresses:
            finds |= self.papers.get((address, demand.kind or ""), {})
        return finds.values()


def addresses_of(item: Item, part: Part, figure: Figure | None) -> tuple[str, ...]:
    """佐证对象: what papers are about that prove the part: it, its item, what its figure was counted from.

    So a paper filed about a drive need not be filed again.
    """
    counted_from = figure.about if isinstance(figure, Ratio) else ()
    return (f"{ITEM}:{item.code}", f"{PART}:{rules.address(item, part)}", *counted_from)


def stocks(
    counties: Collection[int],
    *,
    about: Collection[str],
    deeds: Collection[str],
    until: date,
    known_at: datetime | None = None,
) -> Mapping[int, Stock]:
    """家底 of each county up to and with the day: papers about items, parts and `about`, and the deeds.

    Costs at most four queries for any number of counties.
    """
    held: dict[int, Stock] = defaultdict(Stock)
    for filed in papers.filed(
        counties, f"{ITEM}:", f"{PART}:", until=until, known_at=known_at, addresses=about
    ):
        find = Find(filed.on, filed.filed_on, paper=filed.paper, late=filed.late)
        held[filed.county].papers[filed.address, filed.kind][filed.paper] = find
    for done in doings.done(counties, deeds, until=until, known_at=known_at):
        held[done.county].deeds[done.deed].append(Find(done.on, done.recorded_on, trace=done.trace))
    return held
