"""Questions about the papers and deeds that prove items and parts, as they are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from henji.assessment import rules
from henji.assessment.cards import ItemScore
from henji.assessment.finds import Answer, Slot
from henji.assessment.queries.branches import UNION
from henji.assessment.queries.demands import ITEM, PART
from henji.assessment.schema import Item
from henji.evidence import papers, traces
from henji.evidence.papers import Paper, PaperQuerySet
from henji.evidence.traces import Trace
from henji.unions.models import Level, Union


def papers_of_item(county: int, item: Item, until: date | None = None) -> PaperQuerySet:
    """项目的佐证文件: papers filed about the item or one of its parts, the latest first."""
    parts = (f"{PART}:{rules.address(item, part)}" for part in item.parts)
    return papers.about(county, f"{ITEM}:{item.code}", *parts, until=until)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """一件佐证: an answer to a demand with its paper, or with the trace of its deed."""

    answer: Answer
    paper: Paper | None = None
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """一格佐证: what a part asks for of one kind, and what was found for it."""

    slot: Slot
    exhibits: tuple[Exhibit, ...]


#: By the address of each part what its slots count.
Shelves = Mapping[str, list[Shelf]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """项目的佐证: what its slots count, and papers that nobody asked for."""

    shelves: Shelves
    others: list[Paper]


def evidence_of(subject: Union, score: ItemScore, as_of: date) -> Evidence:
    """项目的佐证: what was found for the item and its parts by the day. Costs at most six queries.

    Of a union below a county, what was filed about it and the unions below it.
    """
    shelves = shelves_of([score])
    held = papers_of_item(subject.county_id or subject.pk, score.item, as_of)
    if subject.level != Level.COUNTY:
        own = Union.objects.below(subject.path).values_list("pk", flat=True)
        held = held.about(*(f"{UNION}:{pk}" for pk in own))
    asked_for = {answer.find.paper for part in score.parts for slot in part.slots for answer in slot.answers}
    return Evidence(shelves, [paper for paper in held if paper.pk not in asked_for])


def shelves_of(scores: Sequence[ItemScore]) -> Shelves:
    """各格佐证 of the items' parts. Costs at most four queries for any number of items."""
    slots = [slot for score in scores for part in score.parts for slot in part.slots]
    finds = [answer.find for slot in slots for answer in slot.answers]
    held = _papers({find.paper for find in finds if find.paper})
    done = _traces({find.trace for find in finds if find.trace})
    return {
        part.address: [Shelf(slot, tuple(_exhibits(slot, held, done))) for slot in part.slots]
        for score in scores
        for part in score.parts
    }


def _papers(ids: set[int]) -> Mapping[int, Paper]:
    return {paper.pk: paper for paper in papers.shelved(ids)} if ids else {}


def _traces(ids: set[UUID]) -> Mapping[UUID, Trace]:
    return traces.all_traces().in_bulk(list(ids)) if ids else {}


def _exhibits(slot: Slot, held: Mapping[int, Paper], done: Mapping[UUID, Trace]) -> Iterable[Exhibit]:
    for answer in slot.answers:
        find = answer.find
        yield Exhibit(answer, held.get(find.paper or 0), done.get(find.trace) if find.trace else None)
