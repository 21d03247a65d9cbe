"""Destroying what a file says, so that nobody can read it; that it was there still verifies."""

from datetime import date

import pytest

from henji.evidence import blobs, queries, rules, timeline
from henji.evidence.commands import correct_paper, destroy_file, keep_paper
from henji.evidence.models import Trace
from henji.evidence.queries import Holding
from henji.evidence.tests.papers import pdf
from henji.lib.vault import BoxBroken


@pytest.fixture
def keep(county, officer, actor, at):
    """王干事 keeps a paper."""

    def keep(kind="minutes"):
        told = {"on": date(2016, 5, 3), "title": "纪要", "files": [pdf("纪要")]}
        return keep_paper(county=county, kind=kind, by=actor(officer), at=at, **told)

    return keep


@pytest.fixture
def destroy(county, administrator, actor, at):
    """赵管理员 destroys the file of a paper."""

    def destroy(paper, reason="本人要求"):
        signed = {"by": actor(administrator), "at": at}
        destroy_file(file=paper.files.get(), county=county, reason=reason, **signed)

    return destroy


def test_what_was_destroyed_cannot_be_read_and_every_seal_still_verifies(keep, destroy):
    paper = keep()
    before = Trace.objects.filter(pk=paper.kept_by_id).values().get()
    destroy(paper)
    blob = paper.files.get().blob
    assert blob.is_destroyed
    with pytest.raises(BoxBroken):
        b"".join(blobs.clear_pieces(blob))
    assert blobs.verify(blob)
    assert Trace.objects.filter(pk=paper.kept_by_id).values().get() == before
    (checked,) = queries.checked_files(paper.kept_by)
    assert checked.holding == Holding.UNCHANGED
    assert not checked.may_be_destroyed


def test_destroying_leaves_a_trace_with_its_reason_and_no_name(keep, destroy):
    paper = keep()
    destroy(paper)
    trace = Trace.objects.of(paper).get(deed="evidence.file_destroyed")
    assert trace.facts == {"digest": paper.files.get().blob.digest}
    assert trace.words.text == "本人要求"


def test_equal_files_go_with_it_and_come_back_only_when_handed_in_again(keep, destroy):
    first, second = keep(), keep()
    destroy(first)
    assert second.files.get().blob.is_destroyed
    assert not keep().files.get().blob.is_destroyed


@pytest.mark.parametrize(("kind", "words"), [("official_document", "不涉及个人"), ("minutes", "已经销毁")])
def test_a_file_without_a_key_is_refused_in_words(keep, destroy, kind, words):
    paper = keep(kind)
    if kind == "minutes":
        destroy(paper)
    before = Trace.objects.count()
    with pytest.raises(rules.NoKey, match=words):
        destroy(paper)
    assert Trace.objects.count() == before


def test_nothing_is_destroyed_without_a_reason(keep, destroy):
    paper = keep()
    with pytest.raises(rules.NoReason):
        destroy(paper, " ")
    assert not paper.files.get().blob.is_destroyed


def test_the_corrected_papers_timeline_tells_what_was_destroyed_before(
    keep, destroy, county, officer, actor, at
):
    paper = keep()
    destroy(paper)
    told = {"kind": "photo", "on": paper.on, "title": "纪要", "number": "", "about": [], "reason": "看错了"}
    now = correct_paper(paper=paper, county=county, by=actor(officer), at=at, **told)
    deeds = [entry.trace.deed for entry in timeline.of("evidence.paper", str(now.pk))]
    assert sorted(deeds) == ["evidence.file_destroyed", "evidence.paper_corrected", "evidence.paper_kept"]
