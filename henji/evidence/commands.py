"""Deeds of evidence: keeping papers, erasing words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import blobs, kinds, rules, traces
from henji.evidence.deeds import Deed
from henji.evidence.models import About, Paper, PaperFile, Trace, Words
from henji.evidence.traces import Named
from henji.lib.actors import Actor
from henji.lib.identity import mask_within


@dataclass(frozen=True, slots=True)
class Offered:
    """附件: a file as it was handed in."""

    name: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Draft:
    """待存文件: one paper of a backlog."""

    kind: str
    on: date
    title: str
    files: Sequence[Offered]
    number: str = ""
    about: Sequence[str] = ()


@transaction.atomic
def keep_paper(
    *,
    county: Named,
    kind: str,
    on: date,
    title: str,
    files: Sequence[Offered],
    by: Actor,
    at: datetime,
    number: str = "",
    about: Sequence[str] = (),
) -> Paper:
    """文件存档: keep a paper about what happened outside.

    `about` are addresses of what it proves. Raises NotYetHappened, NoFiles, FileOfOtherKind and the like.
    """
    trace = traces.new_id(at)
    draft = Draft(kind=kind, on=on, title=title, files=files, number=number, about=about)
    paper = _keep(draft, county=county, late=False, trace=trace, at=at)
    traces.leave(
        Deed.PAPER_KEPT,
        id=trace,
        subject=paper,
        county=county,
        by=by,
        at=at,
        on=on,
        papers=[paper],
        facts={"kind": kind},
    )
    return paper


@transaction.atomic
def keep_backlog(*, county: Named, drafts: Sequence[Draft], by: Actor, at: datetime) -> list[Paper]:
    """补录存档: keep many papers of the past at once, each marked 补录; all of them or none."""
    rules.must_have_files(len(drafts))
    trace = traces.new_id(at)
    papers = [_keep(draft, county=county, late=True, trace=trace, at=at) for draft in drafts]
    traces.leave(
        Deed.BACKLOG_KEPT,
        id=trace,
        subject=papers[0],
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        papers=papers,
        facts={"count": len(papers)},
    )
    return papers


@transaction.atomic
def erase_words(*, trace: Trace, county: Named | None, by: Actor, at: datetime) -> None:
    """文字删除: erase what was said about a trace; the trace itself stays."""
    Words.objects.filter(trace=trace).delete()
    traces.leave(
        Deed.WORDS_ERASED,
        id=traces.new_id(at),
        subject=trace,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
    )


def _keep(draft: Draft, *, county: Named, late: bool, trace: UUID, at: datetime) -> Paper:
    rules.must_have_happened(draft.on, today=localdate(at))
    rules.must_have_files(len(draft.files))
    paper = Paper.objects.create(
        county=county.pk,
        kind=draft.kind,
        title=mask_within(draft.title),
        number=draft.number,
        on=draft.on,
        late=late,
        kept_by_id=trace,
    )
    for position, offered in enumerate(draft.files, 1):
        _attach(paper, offered, position, at)
    _say_what_it_proves(paper, draft.about)
    return paper


def _attach(paper: Paper, offered: Offered, position: int, at: datetime) -> None:
    content = offered.content
    content.seek(0)  # a form may have looked into it already
    head = content.read(32)
    size = content.seek(0, 2)
    media_type = rules.media_type_of(offered.name, head, size)
    blob = blobs.keep(
        content, county=paper.county, personal=kinds.is_personal(paper.kind), media_type=media_type, at=at
    )
    PaperFile.objects.create(paper=paper, blob=blob, name=mask_within(offered.name)[-200:], position=position)


def _say_what_it_proves(paper: Paper, addresses: Iterable[str]) -> None:
    About.objects.bulk_create(About(paper=paper, address=address) for address in dict.fromkeys(addresses))
