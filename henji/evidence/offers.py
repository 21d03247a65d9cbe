"""What evidence offers to itself and others."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from henji.evidence import addresses, queries, searching, timeline
from henji.evidence.models import Paper
from henji.lib import tags
from henji.lib.reach import Reach


@timeline.tells_of("evidence.paper")
def kept(key: str) -> Iterable[timeline.Mention]:
    """存档: the deed that kept the paper, which for a backlog names only its first."""
    return [
        timeline.Mention(trace) for trace in Paper.objects.filter(pk=key).values_list("kept_by", flat=True)
    ]


@addresses.shown_at("evidence.paper")
def paper_page(key: str) -> str:
    """The page of a paper."""
    return reverse("evidence:paper", args=[key])


@addresses.shown_at("evidence.trace")
def trace_page(key: str) -> str:
    """The page of a trace."""
    return reverse("evidence:trace", args=[key])


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
