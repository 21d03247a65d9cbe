"""文件: the backlog in three sittings, then papers as things happen; and one who finds it too much."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from henji.evidence import commands as evidence
from henji.evidence.commands import Draft, Offered
from henji.web.demo import scans
from henji.web.demo.papers import BACKLOG, PAPERS, Kept
from henji.web.demo.stage import Stage, Step, at, in_2016
from henji.work import commands as work


def steps(stage: Stage) -> Iterator[Step]:
    """Each paper on the afternoon of the day on which it was filed."""
    for day, papers in BACKLOG.items():
        backlog = partial(_keep_backlog, stage, papers)
        yield Step(at(day, 14), backlog, "补录以前的文件", weight=len(papers))
    for paper in PAPERS:
        yield Step(at(paper.kept_on or paper.on, 16), partial(_keep, stage, paper), "文件存档")
    yield Step(in_2016(12, 19, 17), partial(_complain, stage), "提减负意见")


def _keep(stage: Stage, paper: Kept, at: datetime) -> None:
    evidence.keep_paper(
        county=stage.county,
        kind=paper.kind,
        on=paper.on,
        title=paper.title,
        number=paper.number,
        files=[_scan(paper)],
        about=_about(paper.about),
        by=stage.answering(paper.about[-1]),
        at=at,
    )


def _keep_backlog(stage: Stage, papers: Sequence[Kept], at: datetime) -> None:
    drafts = [
        Draft(
            kind=paper.kind,
            on=paper.on,
            title=paper.title,
            files=[_scan(paper)],
            about=_about(paper.about),
        )
        for paper in papers
    ]
    evidence.keep_backlog(county=stage.county, drafts=drafts, by=stage.actor("wang"), at=at)


def _complain(stage: Stage, at: datetime) -> None:
    work.complain(
        county=stage.county,
        user=stage.users["wang"],
        page="/evidence/papers/keep/",
        text="培训签到表乡镇已经交过一次，希望不要再要照片。",
        by=stage.actor("wang"),
        at=at,
    )


def _about(parts: Sequence[str]) -> list[str]:
    return [f"assessment.{'part' if '.' in part else 'item'}:{part}" for part in parts]


def _scan(paper: Kept) -> Offered:
    lines = ("（演示文件，内容为虚构）", "正定县总工会", f"{paper.on:%Y-%m-%d}")
    return Offered(f"{paper.title}.pdf", scans.page(paper.title, lines))
