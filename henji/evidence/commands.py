"""Deeds of evidence: papers kept and corrected, words, titles and files destroyed, lists exported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from henji.evidence import blobs, kinds, queries, rules, traces
from henji.evidence.deeds import Deed
from henji.evidence.models import About, Blob, Export, Paper, PaperFile, Trace, Words
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


@dataclass(frozen=True, slots=True)
class Exported:
    """所导出的: a list that leaves the house; `conditions` are (label, words), `filters` their codes."""

    title: str
    view: str
    page: str
    filters: Sequence[str]
    conditions: Sequence[tuple[str, str]]
    rows: int


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
def correct_paper(
    *,
    paper: Paper,
    county: Named | None,
    kind: str,
    on: date,
    title: str,
    number: str,
    about: Sequence[str],
    reason: str,
    by: Actor,
    at: datetime,
) -> Paper:
    """文件更正: say what a paper really is. It becomes another paper with the same files; the old one stays.

    Where the new kind says that the files may show persons, they are kept closed from now on.
    Raises Outdated, NotYetHappened, NothingCorrected, NoReason.
    """
    reason = rules.must_give_reason(reason)
    Paper.objects.select_for_update().get(pk=paper.pk)  # one correction at a time
    rules.must_be_latest(paper)
    rules.must_have_happened(on, today=localdate(at))
    trace = traces.new_id(at)
    corrected = Paper(county=paper.county, kind=kind, title=mask_within(title), number=number, on=on)
    rules.must_differ(paper, corrected, about)
    corrected.late, corrected.supersedes, corrected.kept_by_id = paper.late, paper, trace
    corrected.save()
    for file in paper.files.select_related("blob"):
        blob = _as_closed_as(corrected.kind, file.blob, at)
        PaperFile.objects.create(paper=corrected, blob=blob, name=file.name, position=file.position)
    _say_what_it_proves(corrected, about)
    traces.leave(
        Deed.PAPER_CORRECTED,
        id=trace,
        subject=corrected,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        papers=[corrected],
        facts={"kind": kind, "was": paper.pk},
        words=reason,
        supersedes=paper.kept_by_id,
    )
    return corrected


@transaction.atomic
def destroy_file(*, file: PaperFile, county: Named | None, reason: str, by: Actor, at: datetime) -> None:
    """附件销毁: destroy the key of a file, and with it what can be read; its digest still verifies.

    Equal files of the county share one key. Raises NoKey, NoReason.
    """
    reason = rules.must_give_reason(reason)
    rules.must_have_a_key(Blob.objects.select_for_update().get(pk=file.blob_id))
    blobs.destroy(file.blob)
    traces.leave(
        Deed.FILE_DESTROYED,
        id=traces.new_id(at),
        subject=file.paper,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"digest": file.blob.digest},
        words=reason,
    )


@transaction.atomic
def erase_words(*, trace: Trace, county: Named | None, reason: str, by: Actor, at: datetime) -> None:
    """文字删除: erase what was said about a trace; the trace itself stays. Raises NoWords, NoReason."""
    reason = rules.must_give_reason(reason)
    erased, _tables = Words.objects.filter(trace=trace).delete()
    rules.must_have_erased(erased)
    traces.leave(
        Deed.WORDS_ERASED,
        id=traces.new_id(at),
        subject=trace,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        words=reason,
    )


@transaction.atomic
def erase_title(*, paper: Paper, county: Named | None, reason: str, by: Actor, at: datetime) -> None:
    """标题删除: erase the title of a paper and the names of its files, also from before it was corrected.

    The files stay, and every seal still verifies: it covers them, not what they are called. A correction can
    give the paper another title. Raises NoTitle, NoReason.
    """
    reason = rules.must_give_reason(reason)
    Paper.objects.select_for_update().get(pk=paper.pk)  # a correction under way is waited for
    versions = queries.versions_of(paper)
    titled = Paper.objects.filter(pk__in=[one.pk for one in versions], title__isnull=False)
    named = PaperFile.objects.filter(paper__in=versions, name__isnull=False)
    rules.must_have_had_a_title(named.update(name=None) + titled.update(title=None))
    traces.leave(
        Deed.TITLE_ERASED,
        id=traces.new_id(at),
        subject=versions[0],
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        words=reason,
    )


@transaction.atomic
def export_list(*, id: UUID, county: Named, export: Exported, reason: str, by: Actor, at: datetime) -> Export:
    """名单导出: record that a list which shows persons is taken out of the house. Raises NoReason.

    `id` is the trace's: it stands in the workbook, which is handed over once this is recorded.
    """
    words = rules.must_say_what_for(reason)
    made = Export.objects.create(
        county=county.pk,
        title=export.title,
        page=export.page,
        conditions=[list(condition) for condition in export.conditions],
        rows=export.rows,
        made_by_id=id,
    )
    traces.leave(
        Deed.LIST_EXPORTED,
        id=id,
        subject=made,
        county=county,
        by=by,
        at=at,
        on=localdate(at),
        facts={"list": export.view, "filters": list(export.filters), "rows": export.rows},
        words=words,
    )
    return made


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


def _as_closed_as(kind: str, blob: Blob, at: datetime) -> Blob:
    """The blob or, where the kind asks for it and it lies open, its like that is closed."""
    if blob.personal or not kinds.is_personal(kind) or not blobs.path_of(blob).exists():
        return blob
    with blobs.path_of(blob).open("rb") as source:
        closed = blobs.keep(source, county=blob.county, personal=True, media_type=blob.media_type, at=at)
    transaction.on_commit(partial(_remove_open, blob))
    return closed


def _remove_open(blob: Blob) -> None:
    """Remove bytes that lie open and are kept closed by now, unless a paper shows them still."""
    shown = PaperFile.objects.filter(blob__digest=blob.digest, paper__superseded_by__isnull=True)
    blobs.remove(blob, needed=shown.exists)
