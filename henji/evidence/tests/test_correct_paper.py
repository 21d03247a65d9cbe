"""Saying what a paper really is: nothing of what was kept changes, another paper takes its place."""

from datetime import date, timedelta

import pytest
from django.db import connection

from henji.evidence import blobs, papers, queries, rules, timeline
from henji.evidence.commands import Draft, correct_paper, keep_backlog, keep_paper
from henji.evidence.models import Paper, Trace
from henji.evidence.queries import Holding
from henji.evidence.tests.papers import pdf, photo
from henji.evidence.versions import Outdated

MAY = date(2016, 5, 31)
B10, B11 = "assessment.item:B10", "assessment.item:B11"


@pytest.fixture
def keep(county, officer, actor, at):
    """王干事 keeps a paper."""

    def keep(**more):
        given = {"kind": "minutes", "on": MAY, "title": "五月例会", "files": [pdf(), photo()], "about": [B10]}
        return keep_paper(county=county, by=actor(officer), at=at, **given | more)

    return keep


@pytest.fixture
def correct(county, leader, actor, at):
    """陈主席 corrects a paper, an hour later."""

    def correct(paper, hours=1, **changes):
        held = {field: getattr(paper, field) for field in ("kind", "on", "title", "number")}
        held["about"] = queries.addresses_of(paper)
        signed = {"by": actor(leader), "at": at + timedelta(hours=hours)}
        return correct_paper(paper=paper, county=county, **{"reason": "看错了"} | held | changes, **signed)

    return correct


def test_a_corrected_paper_holds_the_same_files_and_says_what_it_really_is(keep, correct):
    paper = keep()
    now = correct(paper, kind="photo", on=date(2016, 5, 30), title="现场", number="3", about=[B11])
    now = Paper.objects.get(pk=now.pk)
    assert (now.kind, now.on, now.title, now.number) == ("photo", date(2016, 5, 30), "现场", "3")
    assert queries.addresses_of(now) == [B11]
    assert [f.blob for f in queries.files_of(now)] == [f.blob for f in queries.files_of(paper)]
    assert [f.name for f in queries.files_of(now)] == ["通知.pdf", "现场.png"]


def test_what_was_kept_stays_as_it_was(keep, correct):
    paper = keep()
    before = Paper.objects.filter(pk=paper.pk).values().get()
    correct(paper, title="六月例会", about=[])
    assert Paper.objects.filter(pk=paper.pk).values().get() == before
    assert queries.addresses_of(paper) == [B10]


def test_the_trace_points_at_what_was_corrected_and_commits_to_the_files(keep, correct, at):
    paper = keep()
    now = correct(paper, kind="photo")
    trace = Trace.objects.of(now).get()
    assert (trace.deed, trace.supersedes_id) == ("evidence.paper_corrected", paper.kept_by_id)
    assert (trace.facts["kind"], trace.facts["was"]) == ("photo", paper.pk)
    assert trace.words.text == "看错了"
    assert [checked.holding for checked in queries.checked_files(trace)] == [Holding.UNCHANGED] * 2


def test_only_the_corrected_paper_is_listed_searched_and_counted(keep, correct, officer, reach_of, county):
    now = correct(keep(), title="六月例会", about=[B10, B11])
    assert list(queries.papers_in(reach_of(officer))) == [now]
    assert list(papers.about(county.pk, B10)) == [now]
    assert {filed.paper for filed in papers.filed({county.pk}, "assessment.item:", until=MAY)} == {now.pk}


def test_what_was_believed_before_can_still_be_asked(keep, correct, county, at):
    paper = keep()
    now = correct(paper, about=[B11])

    def known(minutes):
        then = at + timedelta(minutes=minutes)
        filed = papers.filed({county.pk}, "assessment.item:", until=MAY, known_at=then)
        return [(one.paper, one.address) for one in filed]

    assert known(-1) == []
    assert known(59) == [(paper.pk, B10)]
    assert known(60) == [(now.pk, B11)]


def test_the_timeline_tells_every_correction_and_what_it_was_before(keep, correct):
    first = keep()
    last = correct(correct(first, kind="photo"), hours=2, title="现场", about=[])
    entries = timeline.of("evidence.paper", str(last.pk))
    assert [entry.trace.deed.partition(".")[2] for entry in entries] == [
        "paper_corrected",
        "paper_corrected",
        "paper_kept",
    ]
    told = [mention.row for entry in entries for mention in entry.mentions]
    assert told == [f"原为：标题《五月例会》；用来证明{B10}", "原为：种类会议纪要、记录、签到", ""]


def test_a_paper_of_a_backlog_stays_one(county, officer, actor, at, correct):
    drafts = [Draft("minutes", MAY, f"第{n}次", [pdf(str(n))]) for n in (1, 2)]
    first, _second = keep_backlog(county=county, drafts=drafts, by=actor(officer), at=at)
    assert correct(first, title="第一次").late


@pytest.mark.parametrize(
    ("refusal", "changes"),
    [
        (rules.NothingCorrected, {}),
        (rules.NoReason, {"title": "别的", "reason": " "}),
        (rules.NotYetHappened, {"on": date(2116, 1, 1)}),
    ],
)
def test_a_refused_correction_says_why_and_changes_nothing(keep, correct, refusal, changes):
    paper = keep()
    with pytest.raises(refusal) as refused:
        correct(paper, **changes)
    assert refused.value.words
    assert list(Paper.objects.all()) == [paper]


def test_what_somebody_else_corrected_meanwhile_is_not_overwritten(keep, correct):
    paper = keep()
    now = correct(paper, title="六月例会")
    with pytest.raises(Outdated):
        correct(paper, title="七月例会")
    assert list(Paper.objects.current()) == [now]


# Files that lay open though they show persons


@pytest.mark.django_db(transaction=True)
def test_what_turns_out_to_show_persons_is_kept_closed_and_lies_open_no_more(keep, correct):
    paper = keep(kind="official_document", files=[pdf("花名册")])
    opened = paper.files.get().blob
    now = correct(paper, kind="roll")
    closed = now.files.get().blob
    assert closed.personal
    assert b"".join(blobs.clear_pieces(closed)).endswith("花名册".encode())
    assert not blobs.path_of(opened).exists()
    (checked,) = queries.checked_files(paper.kept_by)
    assert checked.holding == Holding.CLOSED


@pytest.mark.django_db(transaction=True)
def test_what_another_paper_still_shows_openly_stays(keep, correct):
    first, second = (keep(kind="official_document", files=[pdf("通知")]) for _ in range(2))
    correct(first, kind="roll")
    assert blobs.verify(second.files.get().blob)
    correct(second, kind="roll")
    assert not blobs.verify(second.files.get().blob)


@pytest.mark.django_db(transaction=True)
def test_what_was_closed_and_is_handed_in_openly_again_lies_open_again(keep, correct):
    paper = keep(kind="official_document", files=[pdf("通知")])
    correct(paper, kind="roll")
    again = keep(kind="official_document", files=[pdf("通知")])
    assert again.files.get().blob == paper.files.get().blob
    assert blobs.verify(again.files.get().blob)


def test_what_was_closed_stays_closed_under_any_kind(keep, correct):
    now = correct(keep(), kind="official_document")
    assert all(file.blob.personal for file in queries.files_of(now))


@pytest.mark.django_db(transaction=True)
def test_a_lost_file_is_no_closed_one(keep, correct):
    paper = keep(kind="official_document", files=[pdf("通知")])
    correct(paper, title="改了")
    blobs.path_of(paper.files.get().blob).unlink()
    (checked,) = queries.checked_files(paper.kept_by)
    assert checked.holding == Holding.LOST
    assert connection.in_atomic_block is False
