"""Questions about papers and traces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from django.db.models import Count, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from henji.evidence import addresses, blobs
from henji.evidence.deeds import Deed
from henji.evidence.models import (
    Export,
    ExportQuerySet,
    Paper,
    PaperFile,
    PaperQuerySet,
    Trace,
    TraceQuerySet,
)
from henji.lib import tongues
from henji.lib.reach import Reach

#: A chain of corrections longer than this is cut when shown.
_LONGEST_CHAIN = 50


@dataclass(slots=True)
class County:
    """县总工会, as evidence knows it: an id and the name that its latest trace bears."""

    pk: int
    name: str


class Holding(Enum):
    """核验结果: what became of the bytes that a trace commits to."""

    UNCHANGED = "unchanged"
    CLOSED = "closed"  # they lay open, and are kept closed since the paper's kind was corrected
    LOST = "lost"  # or altered


@dataclass(frozen=True, slots=True)
class Checked:
    """核验: a file that a trace commits to, and whether it still is what it was."""

    file: PaperFile
    holding: Holding

    @property
    def may_be_destroyed(self) -> bool:
        """Whether it has a key that could go."""
        return self.file.blob.personal and not self.file.blob.is_destroyed


def county_worked_in(reach: Reach, asked: str = "") -> County | None:
    """所在县: the county asked for by its id, if in reach; else the one worked in; None without any."""
    held = {str(county): county for county in sorted(reach.counties)}
    county = held.get(asked) or reach.county or next(iter(held.values()), None)
    return County(county, _name_of(county)) if county else None


def county_of(held: Paper | Trace) -> County | None:
    """所在县 of a paper or a trace; None where it belongs to none."""
    return County(held.county, _name_of(held.county)) if held.county else None


def _name_of(county: int) -> str:
    latest = Trace.objects.in_counties(frozenset({county})).newest_first()
    return latest.values_list("county_name", flat=True).first() or ""


def papers_in(reach: Reach) -> PaperQuerySet:
    """文件: those that the request may see, the latest first, with how many files each has (`count`)."""
    held = Paper.objects.in_counties(reach.counties).current()
    return held.newest_first().annotate(count=Count("files"))


def papers_ever_in(reach: Reach) -> PaperQuerySet:
    """文件: those that the request may see, with those that corrections have replaced."""
    return Paper.objects.in_counties(reach.counties)


def versions_of(paper: Paper) -> list[Paper]:
    """文件的各个版本: the paper as it is now, and all that it was before, the latest first.

    Costs a query a correction.
    """
    while later := Paper.objects.filter(supersedes=paper).first():
        paper = later
    versions = [paper]
    while versions[-1].supersedes is not None:
        versions.append(versions[-1].supersedes)
    return versions


def what_was_corrected(was: Paper, now: Paper) -> str:
    """更正前: in words, what the correction changed, as it was."""
    labels = addresses.labels(was.county)
    told = {paper: _told(paper, labels) for paper in (was, now)}
    changed = (f"{name}{words}" for name, words in told[was].items() if words != told[now][name])
    return _("原为：%(was)s") % {"was": _("；").join(changed)}


def _told(paper: Paper, labels: Mapping[str, str]) -> dict[str, str]:
    proves = tongues.listed(labels.get(address, address) for address in addresses_of(paper))
    return {
        _("种类"): paper.get_kind_display(),
        _("日期"): paper.on.isoformat(),
        _("标题"): _("《%(title)s》") % {"title": paper.title},
        _("文号"): paper.number or _("（无）"),
        _("用来证明"): proves or _("（未注明）"),
    }


def endings_of(papers: Sequence[Paper]) -> TraceQuerySet:
    """销毁和删除: the deeds that destroyed files of the papers, or erased their titles."""
    ids = [str(paper.pk) for paper in papers]
    return Trace.objects.filter(
        deed__in=(Deed.FILE_DESTROYED, Deed.TITLE_ERASED),
        subject_kind=Paper._meta.label_lower,
        subject_id__in=ids,
    )


def years_of_papers(reach: Reach) -> list[int]:
    """年份: the years that the papers in reach are of, the latest first."""
    days = Paper.objects.in_counties(reach.counties).current().dates("on", "year", order="DESC")
    return [day.year for day in days]


def files_of(paper: Paper) -> list[PaperFile]:
    """附件: the files of a paper, in order, with their blobs."""
    return list(paper.files.select_related("blob").order_by("position"))


def files_in(reach: Reach) -> "QuerySet[PaperFile]":
    """附件: those of the papers that the request may see, with their blobs."""
    return PaperFile.objects.filter(paper__county__in=reach.counties).select_related("blob")


def addresses_of(paper: Paper) -> list[str]:
    """佐证对象: the addresses of what the paper proves."""
    return list(paper.about.order_by("address").values_list("address", flat=True))


def traces_in(reach: Reach) -> TraceQuerySet:
    """痕迹: those that the request may see, the latest recorded first."""
    return Trace.objects.in_counties(reach.counties).newest_first()


def exports_in(reach: Reach) -> ExportQuerySet:
    """名单导出: those of the counties in reach, the latest first, with who, when and why."""
    held = Export.objects.in_counties(reach.counties)
    return held.select_related("made_by__words").newest_first()


def export_of(trace: Trace) -> Export:
    """名单导出 that the trace tells of."""
    return Export.objects.get(made_by=trace)


def conditions_in_words(export: Export) -> str:
    """条件: under which the list stood; of what was typed, only that something was."""
    told = (
        _("%(what)s：%(words)s") % {"what": label, "words": words or _("（所填内容不记）")}
        for label, words in export.conditions
    )
    return _("；").join(told) or _("（无）")


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
        files = PaperFile.objects.filter(paper=committed["id"], blob__digest__in=committed["files"])
        for file in files.select_related("paper", "blob").order_by("position"):
            yield Checked(file, _holding(file))


def _holding(file: PaperFile) -> Holding:
    if blobs.verify(file.blob):
        return Holding.UNCHANGED
    return Holding.CLOSED if _closed_since(file) else Holding.LOST


def _closed_since(file: PaperFile) -> bool:
    """Whether the bytes lay open and a correction of the paper keeps them closed."""
    if file.blob.personal or blobs.path_of(file.blob).exists():
        return False
    versions = versions_of(file.paper)
    return PaperFile.objects.filter(paper__in=versions, position=file.position, blob__personal=True).exists()
