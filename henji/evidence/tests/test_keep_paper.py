"""Keeping a paper about what happened outside."""

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings

from henji.evidence import blobs, rules
from henji.evidence.commands import Offered, keep_paper
from henji.evidence.kinds import OPEN_KINDS, Kind
from henji.evidence.models import Blob, Paper, Trace
from henji.evidence.tests.papers import PDF, pdf, photo

MAY = date(2016, 5, 31)


@pytest.fixture
def keep(county, officer, actor, at):
    """王干事 keeps a paper."""

    def keep(**more):
        given = {
            "kind": Kind.OFFICIAL_DOCUMENT,
            "on": MAY,
            "title": "关于一日捐的通知",
            "files": [pdf()],
        }
        return keep_paper(county=county, by=actor(officer), at=at, **given | more)

    return keep


def test_a_paper_is_kept_with_its_file_and_what_it_proves(keep, county):
    paper = keep(number="正工〔2016〕3号", about=["assessment.item:B10", "mutual_aid.drive:1"])
    paper = Paper.objects.get(pk=paper.pk)
    assert (paper.county, paper.kind, paper.title) == (county.pk, Kind.OFFICIAL_DOCUMENT, "关于一日捐的通知")
    assert (paper.number, paper.on, paper.late) == ("正工〔2016〕3号", MAY, False)
    assert sorted(paper.about.values_list("address", flat=True)) == [
        "assessment.item:B10",
        "mutual_aid.drive:1",
    ]
    (held,) = paper.files.all()
    assert (held.name, held.position) == ("通知.pdf", 1)
    assert b"".join(blobs.clear_pieces(held.blob)) == PDF


def test_the_trace_commits_to_the_files(keep, at):
    paper = keep(files=[pdf("1"), pdf("2")])
    trace = Trace.objects.of(paper).get()
    assert (trace.deed, trace.on, trace.at) == ("evidence.paper_kept", MAY, at)
    assert paper.kept_by_id == trace.pk
    digests = [held.blob.digest for held in paper.files.order_by("position")]
    assert trace.facts == {"kind": "official_document", "papers": [{"id": paper.pk, "files": digests}]}
    assert len(set(digests)) == 2


def test_the_title_stays_out_of_the_trace(keep):
    paper = keep(title="李会员的困难申请")
    assert "李会员" not in str(vars(Trace.objects.of(paper).get()))


@pytest.mark.parametrize("kind", Kind)
def test_kinds_that_show_people_are_closed_and_the_others_lie_open(keep, kind):
    (held,) = keep(kind=kind, files=[pdf("130123199001010011")]).files.all()
    assert held.blob.personal == (kind not in OPEN_KINDS)
    lies_open = b"130123199001010011" in blobs.path_of(held.blob).read_bytes()
    assert lies_open == (kind in OPEN_KINDS)


def test_a_file_handed_in_twice_is_kept_once(keep):
    first, second = keep(), keep(title="同一份通知")
    assert first.files.get().blob == second.files.get().blob
    assert Blob.objects.count() == 1


def test_one_address_is_said_once(keep):
    assert keep(about=["assessment.item:B10"] * 2).about.count() == 1


def test_a_file_that_was_looked_into_is_kept_whole(keep):
    looked = pdf("正文")
    looked.content.read(5)
    (held,) = keep(files=[looked]).files.all()
    assert b"".join(blobs.clear_pieces(held.blob)) == PDF + "正文".encode()


def test_a_long_name_keeps_its_end(keep):
    (held,) = keep(files=[pdf(name="附" * 300 + ".pdf")]).files.all()
    assert len(held.name) == 200
    assert held.name.endswith(".pdf")


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (rules.NotYetHappened, {"on": date(2016, 6, 2)}),
        (rules.NoFiles, {"files": []}),
        (rules.FileEmpty, {"files": [Offered("空.pdf", BytesIO(b""))]}),
        (rules.FileOfOtherKind, {"files": [Offered("run.exe", BytesIO(b"MZ"))]}),
        (rules.FileOfOtherKind, {"files": [Offered("没有后缀", BytesIO(PDF))]}),
        (rules.FileOfOtherKind, {"files": [photo(), Offered("假.pdf", BytesIO(b"MZ\x90"))]}),
        (rules.FileOfOtherKind, {"files": [Offered("宏.xlsm", BytesIO(b"PK\x03\x04"))]}),
    ],
)
def test_a_refusal_says_why_and_keeps_nothing(keep, refusal, more):
    before = Trace.objects.count()
    with pytest.raises(refusal) as refused:
        keep(**more)
    assert refused.value.words
    assert not Paper.objects.exists()
    assert not Blob.objects.exists()
    assert Trace.objects.count() == before


def test_today_has_happened(keep, at):
    assert keep(on=at.date()).on == at.date()


def test_a_file_larger_than_may_be_handed_in_is_refused(keep, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(rules.FileTooLarge, match="1 MB"):
        keep(files=[pdf("x" * settings.UPLOAD_LIMIT)])


@pytest.mark.parametrize("ending", sorted(rules.ACCEPTED))
def test_every_accepted_ending_knows_its_type_and_its_beginning(ending):
    for beginning in rules.ACCEPTED[ending]:
        assert rules.media_type_of(f"附件.{ending.upper()}", beginning, 10) == rules.MEDIA_TYPES[ending]
    with pytest.raises(rules.FileOfOtherKind):
        rules.media_type_of(f"附件.{ending}", b"#!/bin/sh", 10)


def test_the_limit_itself_may_be_handed_in():
    assert rules.media_type_of("a.pdf", PDF, settings.UPLOAD_LIMIT) == "application/pdf"
