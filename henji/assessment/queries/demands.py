"""Questions about what there is to answer demands: papers filed, deeds done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from henji.assessment import rules
from henji.assessment.finds import Find
from henji.assessment.queries.branches import UNION, branches_of
from henji.assessment.schema import Demand, Item, Part
from henji.evidence import doings, papers
from henji.evidence.figures import Figure, Ratio
from henji.evidence.papers import Filed
from henji.unions.models import Union

#: What papers about items and parts are filed under.
ITEM, PART = "assessment.item", "assessment.part"


@dataclass(slots=True)
class Stock:
    """家底: what one union holds: papers by what they are about and of which kind, deeds by their code."""

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
    subjects: Collection[Union],
    *,
    about: Collection[str],
    deeds: Collection[str],
    until: date,
    known_at: datetime | None = None,
) -> Mapping[int, Stock]:
    """家底 of each union up to and with the day: papers about items, parts and `about`, and the deeds.

    A union below a county has what is its own of the county's record; papers that name such a union are not
    the county's. Costs at most four queries for any number of counties, and three more for the unions below.
    """
    held: dict[int, Stock] = defaultdict(Stock)
    counties = {union.county_id or union.pk for union in subjects}
    prefixes = (f"{ITEM}:", f"{PART}:", f"{UNION}:")
    filed = papers.filed(counties, *prefixes, until=until, known_at=known_at, addresses=about)
    done = doings.done(counties, deeds, until=until, known_at=known_at)
    branches = branches_of(subjects)
    in_county: dict[int, list[int]] = defaultdict(list)
    for union in subjects:
        in_county[union.county_id or union.pk].append(union.pk)
    named = _unions_named(filed)
    for paper in filed:
        find = Find(paper.on, paper.filed_on, paper=paper.paper, late=paper.late)
        for subject in in_county[paper.county]:
            branch = branches.get(subject)
            if branch.filed(paper, named[paper.paper]) if branch else not named[paper.paper]:
                held[subject].papers[paper.address, paper.kind][paper.paper] = find
    for deed in done:
        for subject in in_county[deed.county]:
            if subject not in branches or branches[subject].did(deed):
                held[subject].deeds[deed.deed].append(Find(deed.on, deed.recorded_on, trace=deed.trace))
    return held


def _unions_named(filed: Iterable[Filed]) -> Mapping[int, set[str]]:
    """The unions that each paper is about, by their ids."""
    named: dict[int, set[str]] = defaultdict(set)
    for paper in filed:
        kind, _colon, key = paper.address.partition(":")
        if kind == UNION:
            named[paper.paper].add(key)
    return named
