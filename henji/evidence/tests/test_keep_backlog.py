"""Keeping many papers of the past at once."""

from datetime import date

import pytest

from henji.evidence import rules
from henji.evidence.commands import Draft, keep_backlog
from henji.evidence.models import Paper, Trace
from henji.evidence.tests.papers import pdf, photo


@pytest.fixture
def keep(county, officer, actor, at):
    """王干事 keeps a backlog."""
    return lambda *drafts: keep_backlog(county=county, drafts=drafts, by=actor(officer), at=at)


def draft(n, **more):
    given = {
        "kind": "minutes",
        "on": date(2015, 3, n),
        "title": f"第{n}次会议记录",
        "files": [pdf(str(n))],
    }
    return Draft(**given | more)


def test_papers_of_the_past_are_kept_in_one_deed_and_marked(keep, at):
    papers = keep(
        draft(1, about=["assessment.item:B03"]), draft(2, files=[photo("1"), photo("2")], number="二")
    )
    assert [(paper.title, paper.late, paper.on.day, paper.number) for paper in papers] == [
        ("第1次会议记录", True, 1, ""),
        ("第2次会议记录", True, 2, "二"),
    ]
    (trace,) = {paper.kept_by for paper in Paper.objects.select_related("kept_by")}
    assert (trace.deed, trace.on, trace.at) == ("evidence.backlog_kept", at.date(), at)
    assert trace.facts["count"] == 2
    assert [len(kept["files"]) for kept in trace.facts["papers"]] == [1, 2]


def test_one_bad_paper_keeps_them_all_back(keep):
    before = Trace.objects.count()
    with pytest.raises(rules.NotYetHappened):
        keep(draft(1), draft(2, on=date(2017, 1, 1)))
    assert not Paper.objects.exists()
    assert Trace.objects.count() == before


def test_no_paper_at_all_is_no_backlog(keep):
    with pytest.raises(rules.NoFiles):
        keep()
