"""佐证目录: all evidence of items in the order in which inspectors read it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from henji.assessment.cards import ItemScore, PartScore
from henji.assessment.finds import Question
from henji.assessment.queries.demands import ITEM, PART
from henji.assessment.queries.papers import Exhibit, Shelf, shelves_of
from henji.evidence import addresses, telling
from henji.evidence.kinds import Kind, is_personal
from henji.evidence.papers import Paper, PaperFile
from henji.evidence.traces import Trace
from henji.lib.reach import Reach

_PLACES = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Entry:
    """目录条目: a paper, a deed, or what lacks; `files` are the names of its files, where they may be seen.

    `questions` are for the owner only.
    """

    part: str
    label: str
    state: str
    title: str = ""
    number: str = ""
    on: date | None = None
    count: int = 0
    files: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    url: str = ""
    is_held: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """目录的一章: an item and its entries."""

    score: ItemScore
    entries: tuple[Entry, ...]


def catalogue(county: int, scores: Sequence[ItemScore], reach: Reach) -> list[Chapter]:
    """佐证目录 of the items, by part, kind and day; deeds come after papers.

    What files of personal kinds are called, and what they are, is for those who may see papers. Costs as
    many queries for all items as for one.
    """
    shelves = shelves_of(scores)
    clerk = _Clerk(reach, addresses.labels(county))
    return [
        Chapter(
            score, tuple(entry for part in score.parts for entry in clerk.part(part, shelves[part.address]))
        )
        for score in scores
    ]


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Who writes the catalogue: what may be seen, and what addresses are called."""

    reach: Reach
    labels: Mapping[str, str]

    def part(self, part: PartScore, shelves: Iterable[Shelf]) -> Iterator[Entry]:
        for shelf in sorted(shelves, key=_place):
            for exhibit in shelf.exhibits:
                yield self._found(part, shelf, exhibit)
            if shelf.slot.lacking:
                yield Entry(part.part.name, shelf.slot.label, shelf.slot.lacking_words)

    def _found(self, part: PartScore, shelf: Shelf, exhibit: Exhibit) -> Entry:
        answer = exhibit.answer
        told = self._paper(part, exhibit.paper) if exhibit.paper else self._deed(exhibit.trace)
        return Entry(
            part=part.part.name,
            label=shelf.slot.label,
            state=_state(exhibit),
            on=answer.find.on,
            is_held=answer.counts,
            questions=answer.private,
            **told,
        )

    def _paper(self, part: PartScore, paper: Paper) -> dict[str, Any]:
        if is_personal(paper.kind) and not self.reach.may("evidence.see"):
            return {"title": _("（涉及个人，不显示）"), "count": paper.count}  # type: ignore[attr-defined]  # annotated
        return {
            "title": paper.title,
            "number": paper.number,
            "count": paper.count,  # type: ignore[attr-defined]  # annotated
            "files": tuple(_file_name(file) for file in paper.files.all()),
            "places": tuple(self._elsewhere(part, paper)),
            "url": addresses.page_for(self.reach, "evidence.paper", str(paper.pk)),
        }

    def _elsewhere(self, part: PartScore, paper: Paper) -> Iterator[str]:
        here = {f"{ITEM}:{part.address.partition('.')[0]}", f"{PART}:{part.address}"}
        about = sorted(about.address for about in paper.about.all())
        if here & set(about):
            yield _("本项")
        yield from (self.labels.get(address, address) for address in about if address not in here)

    def _deed(self, trace: Trace | None) -> dict[str, Any]:
        if trace is None:
            return {}
        url = addresses.page_for(self.reach, "evidence.trace", str(trace.pk))
        return {"title": telling.who_did(trace), "places": (_("痕迹"),), "url": url}


def _place(shelf: Shelf) -> int:
    kind = shelf.slot.demand.kind
    return _PLACES[kind] if kind else len(_PLACES)


def _state(exhibit: Exhibit) -> str:
    if not exhibit.answer.counts:
        return str(Question.OUT_OF_PERIOD.label)
    return _("已存（补录）") if exhibit.answer.find.late else _("已存")


def _file_name(file: PaperFile) -> str:
    return _("%(name)s（已销毁）") % {"name": file.name} if file.blob.is_destroyed else file.name
