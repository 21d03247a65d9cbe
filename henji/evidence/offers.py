"""What evidence offers to itself and others."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.evidence import addresses, queries, searching, telling, timeline
from henji.evidence.deeds import Deed
from henji.evidence.models import Paper, Trace
from henji.evidence.naming import Told
from henji.lib import tags
from henji.lib.reach import Reach


@timeline.tells_of("evidence.paper")
def kept_and_corrected(key: str) -> Iterable[timeline.Mention]:
    """存档和更正: the deed that kept the paper, which for a backlog names only its first, and corrections."""
    versions = queries.versions_of(Paper.objects.get(pk=key))
    for now, was in pairwise(versions):
        yield timeline.Mention(now.kept_by_id, queries.what_was_corrected(was, now))
    yield timeline.Mention(versions[-1].kept_by_id)


@timeline.tells_of("evidence.paper")
def ended(key: str) -> Iterable[timeline.Mention]:
    """附件销毁和标题删除: deeds about the paper as it was before it was corrected."""
    versions = queries.versions_of(Paper.objects.get(pk=key))
    return [timeline.Mention(trace.pk) for trace in queries.endings_of(versions)]


@addresses.shown_at("evidence.paper")
def paper_page(key: str) -> str:
    """The page of a paper."""
    return reverse("evidence:paper", args=[key])


@addresses.shown_at("evidence.trace")
def trace_page(key: str) -> str:
    """The page of a trace."""
    return reverse("evidence:trace", args=[key])


@telling.tells(Deed.LIST_EXPORTED)
def exported(trace: Trace) -> Iterable[Told]:
    """名单导出: which list, under which conditions."""
    export = queries.export_of(trace)
    yield Told(str(_("名单")), export.title, export.page)
    yield Told(str(_("条件")), queries.conditions_in_words(export))


@searching.searchable(_("文件"), power="evidence.see", more="evidence:papers")
def papers(words: str, reach: Reach, most: int) -> Sequence[searching.Hit]:
    """文件: by title or number."""
    found = queries.papers_in(reach).filter(Q(title__icontains=words) | Q(number__icontains=words))
    return [
        searching.Hit(
            title=paper.title,
            url=paper_page(str(paper.pk)),
            note=" ".join(filter(None, (paper.number, tags.day(paper.on)))),
        )
        for paper in found[:most]
    ]
