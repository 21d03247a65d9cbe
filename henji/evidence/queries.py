"""Questions about papers and traces."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, QuerySet
from django.utils.timezone import make_aware

from henji.evidence import blobs
from henji.evidence.models import Blob, Paper, PaperFile, PaperQuerySet, Trace, TraceQuerySet
from henji.lib.reach import Reach

#: A chain of corrections longer than this is cut when shown.
_LONGEST_CHAIN = 50


@dataclass(slots=True)
class County:
    """县总工会, as evidence knows it: an id and the name that its latest trace bears."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Checked:
    """核验结果: a file that a trace commits to. `paper` is its page's paper, where it is still filed."""

    digest: str
    name: str
    paper: int
    holds: bool


def county_worked_in(reach: Reach, asked: str = "") -> County | None:
    """所在县: the county asked for by its id, if in reach; else the one worked in; None without any."""
    held = {str(county): county for county in sorted(reach.counties)}
    county = held.get(asked) or reach.county or next(iter(held.values()), None)
    return County(county, _name_of(county)) if county else None


def _name_of(county: int) -> str:
    latest = Trace.objects.in_counties(frozenset({county})).newest_first()
    return latest.values_list("county_name", flat=True).first() or ""


def papers_in(reach: Reach) -> PaperQuerySet:
    """文件: those that the request may see, the latest first, with how many files each has (`count`)."""
    return Paper.objects.in_counties(reach.counties).newest_first().annotate(count=Count("files"))


def years_of_papers(reach: Reach) -> list[int]:
    """年份: the years that the papers in reach are of, the latest first."""
    days = Paper.objects.in_counties(reach.counties).dates("on", "year", order="DESC")
    return [day.year for day in days]


def files_of(paper: Paper) -> list[PaperFile]:
    """附件: the files of a paper, in order, with their blobs."""
    return list(paper.files.select_related("blob").order_by("position"))


def files_in(reach: Reach) -> "QuerySet[PaperFile]":
    """附件: those of the papers that the request may see, with their blobs."""
    return PaperFile.objects.filter(paper__county__in=reach.counties).select_related("blob")


def addresses_of(paper: Paper) -> list[str]:
    """佐证对象: the addresses of what the paper proves."""
    return list(paper.about.order_by("id").values_list("address", flat=True))


def traces_in(reach: Reach) -> TraceQuerySet:
    """痕迹: those that the request may see, the latest recorded first."""
    return Trace.objects.in_counties(reach.counties).newest_first()


def traces_since(reach: Reach, day: date) -> TraceQuerySet:
    """近日痕迹: those in reach that were recorded on the day or later."""
    return traces_in(reach).filter(at__gte=dawn_of(day))


def dawn_of(day: date) -> datetime:
    """The instant at which the day begins here."""
    return make_aware(datetime.combine(day, time.min))


def corrections_of(trace: Trace) -> list[Trace]:
    """更正链: the trace that this one corrects, the one which that corrects, and so on, the latest first."""
    chain: list[Trace] = []
    held = trace.supersedes
    while held is not None and len(chain) < _LONGEST_CHAIN:
        chain.append(held)
        held = held.supersedes
    return chain


def corrected_by(trace: Trace) -> list[Trace]:
    """被更正: the traces that correct this one."""
    return list(Trace.objects.filter(supersedes=trace).newest_first())


def checked_files(trace: Trace) -> Iterator[Checked]:
    """核验: each file that the trace commits to, read again and compared with its digest."""
    for committed in trace.facts.get("papers", ()):
        filed = {
            file.blob.digest: file
            for file in PaperFile.objects.filter(paper=committed["id"]).select_related("blob")
        }
        for digest in committed["files"]:
            file = filed.get(digest)
            blob = file.blob if file else Blob.objects.filter(digest=digest).first()
            yield Checked(
                digest=digest,
                name=file.name if file else "",
                paper=committed["id"] if file else 0,
                holds=blob is not None and blobs.verify(blob),
            )
